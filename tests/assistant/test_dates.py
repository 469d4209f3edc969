"""Dates that a model hands in: the customer's words and a date, and the one must be the other."""

from datetime import date, datetime, time

import pytest

from truebook.assistant.models.dates import Heard, misheard
from truebook.language.wish import Constraint, Days, Times

pytestmark = pytest.mark.unit
NOW = datetime(2031, 12, 2, 9)
"""A Tuesday."""


def day(text: str, said: str, until: str | None = None) -> Constraint:
    first = date.fromisoformat(text)
    return Constraint("day", (Days(first, date.fromisoformat(until) if until else first),), said=said)


def clock(text: str, said: str) -> Constraint:
    at = time.fromisoformat(text)
    return Constraint("time", (Times(at, at),), said=said)


def heard(text: str, language: str = "en", **more) -> Heard:
    return Heard(text, NOW, language, time(9), time(18), **more)


@pytest.mark.parametrize(
    ("text", "language", "constraint"),
    [
        ("a haircut on Thursday please", "en", day("2031-12-04", "on Thursday")),
        ("thursday", "en", day("2031-12-11", "thursday")),
        ("tomorrow around 3ish", "en", day("2031-12-03", "tomorrow")),
        ("tomorrow around 3ish", "en", clock("15:00", "around 3ish")),
        ("am Donnerstag um halb drei", "de", day("2031-12-04", "Donnerstag")),
        ("am Donnerstag um halb drei", "de", clock("14:30", "halb drei")),
        ("el 12 de diciembre a las 10", "es", day("2031-12-12", "el 12 de diciembre")),
        ("jeudi à 15h30", "fr", clock("15:30", "15h30")),
        ("next week", "en", day("2031-12-09", "next week")),
        ("some day next week", "en", day("2031-12-08", "next week", "2031-12-14")),
        ("hi, geht Donnerstag?", "en", day("2031-12-04", "Donnerstag")),
        ("the second one, same day", "en", day("2031-12-05", "same day")),
        ("half past", "en", clock("15:30", "half past")),
        ("в четверг в 15:30", "en", clock("15:30", "в 15:30")),
        ("明天下午三点", "en", day("2031-12-03", "明天")),
        ("明天下午三点", "en", clock("15:00", "下午三点")),
    ],
)
def test_what_was_said_is_taken(text: str, language: str, constraint: Constraint) -> None:
    assert misheard([constraint], heard(text, language, shown=frozenset({time(15), time(15, 30)}))) is None


@pytest.mark.parametrize(
    ("text", "constraint", "reason"),
    [
        ("on thursday", day("2031-12-03", "thursday"), "is a Wednesday.*which may be Thursday 2031-12-04"),
        ("am Donnerstag", day("2031-12-05", "Donnerstag"), "is a Friday"),
        ("the 12th of december", day("2031-12-19", "the 12th of december"), "may be Friday 2031-12-12"),
        ("last friday", day("2031-11-28", "last friday"), "is over: today is Tuesday 2031-12-02"),
        ("tomorrow", day("2041-12-03", "tomorrow"), "years away"),
        ("a haircut please", day("2031-12-03", "tomorrow"), "did not write 'tomorrow'"),
        ("a haircut please", day("2031-12-03", ""), "which words"),
        ("tomorrow afternoon", clock("15:00", "afternoon"), "does not name 15:00"),
        ("tomorrow at 3", clock("16:00", "at 3"), "does not name 16:00"),
        ("tomorrow please", clock("15:00", "please"), "names no time of day"),
    ],
)
def test_what_was_not_goes_back_with_a_reason(text: str, constraint: Constraint, reason: str) -> None:
    import re

    told = misheard([constraint], heard(text))
    assert told
    assert re.search(reason, told), told


def test_what_is_not_wanted_needs_no_words() -> None:
    assert (
        misheard([Constraint("day", (Days(date(2031, 12, 5), date(2031, 12, 5)),), allow=False)], heard("hi")) is None
    )
