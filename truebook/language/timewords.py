"""The words of days and times of a language, plain, without what they mean."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from truebook.language.languages import ours
from truebook.language.temporal.spelling import variants
from truebook.language.text import plain
from truebook.language.words import table


@cache
def spelled(language: str, *names: str) -> frozenset[str]:
    """Return every spelling of some entries of a language's table: "at", "weekdays", and "units.week" of its units."""
    words, every = table(ours(language)), list[str]()
    for name in names:
        field, _, key = name.partition(".")
        found = getattr(words, field)
        every += _texts(found.get(key, "") if key else found)
    return frozenset(found for text in every for one in variants(text) if (found := plain(one)))


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    else:
        yield from found.values() if isinstance(found, Mapping) else found
