"""Stretches of a text, each from one character up to, without, another; and what of a message lies in them."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Span = tuple[int, int]


class Placed(Protocol):
    """Whatever stands somewhere in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def spans(*found: Iterable[Placed | None]) -> list[Span]:
    """Return where things stand, kind after kind; None stands nowhere."""
    return [(one.start, one.end) for kind in found for one in kind if one]


def within(at: int, stretches: Iterable[Span]) -> bool:
    """Tell whether a place lies in one of some stretches."""
    return any(start <= at < end for start, end in stretches)


def blanked(text: str, stretches: Iterable[Span]) -> str:
    """Return a text with blanks for some stretches, so that all else stands where it stood."""
    for start, end in stretches:
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


def covered(one: Placed, stretches: Iterable[Span]) -> bool:
    """Tell whether one of some stretches holds the whole of something."""
    return any(start <= one.start and one.end <= end for start, end in stretches)


def touched(one: Placed, stretches: Iterable[Span]) -> bool:
    """Tell whether something shares a character with one of some stretches."""
    return any(start < one.end and one.start < end for start, end in stretches)


def clear_of(found: Iterable[P], stretches: Iterable[Span]) -> list[P]:
    """Return what begins in none of some stretches."""
    taken = list(stretches)
    return [one for one in found if not within(one.start, taken)]
