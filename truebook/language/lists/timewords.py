"""The words of days and times of a language, plain; a weekday by its name alone is that of the week spoken of."""

from collections.abc import Iterator, Mapping, Sequence
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


@cache
def _weekdays(language: str) -> dict[str, int]:
    names = table(language).weekdays
    return {plain(one): day for day, spellings in enumerate(names) for one in variants(spellings)}


def weekday_named(text: str, language: str) -> int | None:
    """Return the weekday (0 = Monday) that a text names and no date with it; None where it is anything else."""
    if any(c.isdigit() for c in text):
        return None
    return weekday_in(plain(text).split(), language)


def weekday_in(words: Sequence[str], language: str) -> int | None:
    """Return the weekday (0 = Monday) that is among some words, also as the first part of one: "donderdagavond"."""
    known, found = _weekdays(language), (_without_part(plain(one), language) for one in words)
    return next((known[word] for word in found if word in known), None)


def _without_part(word: str, language: str) -> str:
    """Return a word without the part of the day that it ends with: the "mittwoch" of "mittwochabend"."""
    parts = (one for one in spelled(language, "parts") if word.endswith(one))
    return next((begun for one in parts if (begun := word.removesuffix(one)) in _weekdays(language)), word)
