"""A day as it is meant where it was said: of its week, of its month, after the first that was named, and not over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from truebook.language.lists import lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import Word
from truebook.language.lists.timewords import spelled, weekday_in
from truebook.language.spans import clear_of, spans
from truebook.language.temporal.almanac import next_day_of_month
from truebook.language.temporal.model import DayReading, Reading
from truebook.language.text import plain
from truebook.language.values.said import Listening


def of_month(number: Word, to: Listening) -> DayReading:
    day = next_day_of_month(to.now.date(), int(number.text), near=to.about)
    assert day
    return DayReading(day, number.start, number.end, 0.9)


def untaken(numbers: Sequence[Word], reading: Reading, limits: Sequence[Word]) -> list[Word]:
    """Return the numbers that are no part of a day, an hour or a length that was read."""
    return clear_of(numbers, spans(reading.days, limits, reading.times, reading.lengths))


def in_its_week(day: DayReading, text: str, language: str, to: Listening) -> DayReading:
    """Return a weekday by its name alone as that of the week in which what is booked lies, if that is ahead."""
    named = to.stands is not None and day.until is None and is_bare(day, text, language)
    weekday = weekday_in(text[day.start : day.end].split()[-1:], language) if named else None
    if weekday is None or to.stands is None:
        return day
    meant = to.stands + timedelta(days=weekday - to.stands.weekday())
    return replace(day, date=meant, alternatives=(), confidence=1.0) if meant >= to.now.date() else day


def after_its_first(day: DayReading, days: tuple[DayReading, ...], text: str, language: str) -> DayReading:
    """Return a bare number that is a day before the first one named of a series as that of a month later: the "30" of
    "every wednesday from the 2nd, the 23rd goes to the 30th", on the 29th."""
    first, said = days[0], text[day.start : day.end]
    number = "".join(sign for sign in said if sign.isdigit())
    bare = bool(number) and day.until is None and not spelled(language, "months") & {*plain(said).split()}
    if not bare or day is first or first.until or day.date >= first.date:
        return day
    later = next_day_of_month(first.date, int(number))
    return replace(day, date=later, alternatives=()) if later else day


def is_bare(day: DayReading, text: str, language: str) -> bool:
    """Tell whether a day is told in one word, or pointed at as the one that was spoken of: "nessa quarta", "ce
    mercredi-là"."""
    said = text[day.start : day.end].split()
    beside = {*plain(text[day.start : day.end]).split()[:1], *plain(text[day.end :].lstrip(" -")).split()[:1]}
    return len(said) == 1 or (len(said) == 2 and bool(lists_of(LIMITS, language)["that"] & beside))


def still_ahead(day: DayReading, to: Listening, *, weekend: bool) -> DayReading:
    """Return a day that may be today or another as the other one, and a weekend as the next, once today is over."""
    today, closing = to.now.date(), to.desk.closing
    if not closing:
        return day
    if day.until:
        later = timedelta(days=7)
        left = (today + timedelta(days=ahead) for ahead in range((day.until - today).days + 1))
        over = day.date <= today and all(_is_over(one, to) for one in left)
        return replace(day, date=day.date + later, until=day.until + later) if weekend and over else day
    readings = (day.date, *day.alternatives)
    open_ = tuple(one for one in readings if one != today or not _is_over(one, to))
    if open_ in ((), readings):
        return day
    return replace(day, date=open_[0], alternatives=open_[1:], confidence=1.0 if len(open_) == 1 else day.confidence)


def _is_over(day: date, to: Listening) -> bool:
    """Tell whether nobody can come on a day any more: the business is closed, or about to be."""
    ends = to.desk.closing[day.weekday()] if to.desk.closing else time.max
    return ends is None or (day == to.now.date() and to.now.time() >= ends)
