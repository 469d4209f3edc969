"""What a process remembers of the words that it heard, so that none is worked out twice; it can be let go of."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
_HEARD: list[Any] = []


def remembers(maxsize: int) -> Callable[[Function], Function]:
    """Return a decorator for a function of customers' words: its last answers are kept, until `forget`."""

    def kept(function: Function) -> Function:
        _HEARD.append(lru_cache(maxsize=maxsize)(function))
        return cast(Function, _HEARD[-1])

    return kept


def forget() -> None:
    """Let go of all that is remembered."""
    for one in _HEARD:
        one.cache_clear()


def remembered() -> int:
    """Return how many answers are remembered."""
    return sum(one.cache_info().currsize for one in _HEARD)
