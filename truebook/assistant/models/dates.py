"""A date that a model hands in, held against the words it stands for: those must be the customer's, and mean it.

The model says which words it read; the desk's own grammar reads them again. A weekday that does not match, a day that
is over, a time that nobody named go back to the model with a reason it can mend.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from truebook.language.languages import LANGUAGES
from truebook.language.temporal import read
from truebook.language.temporal.lexicon import lexicon
from truebook.language.temporal.model import Context, DayReading, TimeReading
from truebook.language.text import plain, words
from truebook.language.wish import Constraint, Days, Times

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AHEAD = 2
"""Years: whoever means a day beyond them did not mean that day."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a customer has written, on the business's wall clock, and the times they have been shown before."""

    text: str
    now: datetime
    language: str = "en"
    opens: time | None = None
    closes: time | None = None
    shown: frozenset[time] = frozenset()


def misheard(constraints: Sequence[Constraint], heard: Heard) -> str | None:
    """Return what is wrong with the days and times of a call, or None."""
    for one in constraints:
        if one.on not in ("day", "time") or not one.allow:
            continue
        if wrong := _not_said(one, heard):
            return wrong
        for value in one.values:
            wrong = _day(value, one.said, heard) if isinstance(value, Days) else None
            wrong = _time(value, one.said, heard) if isinstance(value, Times) else wrong
            if wrong:
                return wrong
    return None


def _not_said(one: Constraint, heard: Heard) -> str | None:
    told = words(plain(one.said))
    if not told:
        return f"Say in `said` which words of the customer's name the {one.on}; if none do, leave it out."
    text = plain(heard.text)  # in scripts without spaces a word is a piece of a word
    if plain(one.said) not in text and (missing := told - words(text)):
        return f"The customer did not write {', '.join(sorted(missing))!r}. Put their own words into `said`."
    return None


def _day(value: Days, said: str, heard: Heard) -> str | None:
    today = heard.now.date()
    if value.last < today:
        return f"{value.last} is over: today is {_named(today)}."
    if value.first.year > today.year + AHEAD:
        return f"{value.first} is years away: today is {_named(today)}."
    found = [(day, weekdays) for day, weekdays in _days_in(said, heard)]
    weekdays = {one for _, named in found for one in named}
    days = [day for day, _ in found]
    if not found or any(_within(value, day) for day in days) or not value.one:
        return None
    if value.first.weekday() in weekdays:
        return None
    if weekdays:
        return f"{value.first} is a {NAMES[value.first.weekday()]}; the customer wrote {said!r}{_perhaps(days)}."
    return f"{said!r} does not mean {_named(value.first)}{_perhaps(days)}."


def _time(value: Times, said: str, heard: Heard) -> str | None:
    if not value.point or value.first in heard.shown:
        return None
    found = list(_times_in(said, heard))
    if any(value.first in _points(one) for one in found):
        return None
    if found:
        return f"{said!r} does not name {value.first:%H:%M}. Give the window it names as a limit, such as 13:00-18:00."
    if any(letter.isdigit() for letter in said) or not said.isascii():
        return None  # in words that our grammar does not read
    return f"{said!r} names no time of day. Leave the time out, or ask for it."


def _days_in(said: str, heard: Heard) -> Iterator[tuple[DayReading, set[int]]]:
    """Yield the days that words may mean in any language, each with the weekdays that are named in it."""
    for language in _languages(heard):
        days = read(said, Context(heard.now, language, heard.opens, heard.closes)).days
        if days:
            named = {item.kinds["weekday"] for item in lexicon(language).items(said) if "weekday" in item.kinds}
            yield from ((day, named) for day in days)


def _times_in(said: str, heard: Heard) -> Iterator[TimeReading]:
    for language in _languages(heard):
        yield from read(said, Context(heard.now, language, heard.opens, heard.closes)).times


def _languages(heard: Heard) -> Iterator[str]:
    """Yield the customer's language, and the others: a sentence may hold words of two."""
    yield heard.language
    yield from (one for one in LANGUAGES if one != heard.language)


def _within(value: Days, day: DayReading) -> bool:
    last = day.until or day.date
    return day.date <= value.first <= last or value.first in day.alternatives


def _points(one: TimeReading) -> set[time]:
    """Return the times of day that are named as such, at which an appointment may begin."""
    if one.relation == "part":
        return set()
    return {found for found in (one.time, one.until, *one.alternatives) if found}


def _perhaps(days: Sequence[DayReading]) -> str:
    found = dict.fromkeys(_named(day.date) for day in days)
    return f", which may be {' or '.join(list(found)[:3])}" if found else ""


def _named(day: date) -> str:
    return f"{NAMES[day.weekday()]} {day.isoformat()}"
