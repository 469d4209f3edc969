"""Weekdays by their names alone: a "wednesday" is that of the week spoken of, a date is not."""

from collections.abc import Sequence
from functools import cache

from truebook.language.temporal.spelling import variants
from truebook.language.text import plain
from truebook.language.words import table


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
    """Return the weekday (0 = Monday) that is among some words."""
    known = _weekdays(language)
    return next((known[word] for one in words if (word := plain(one)) in known), None)
