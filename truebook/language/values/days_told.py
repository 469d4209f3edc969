"""Days as they are told together: a weekday and its date, today and what day it is, a stretch and its end."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.timewords import spelled, weekday_named
from truebook.language.temporal.model import DayReading
from truebook.language.text import plain
from truebook.language.values.said import Values

_WEEK = dt.timedelta(weeks=1)
_FEW = 2  # words between "until" and the day it leads to
_FAR_OFF = dt.timedelta(days=150)  # later than that, a stretch beside a nearer day is part of a story
_IN_DOUBT = 0.5  # how sure a day is that is told in two ways which disagree
_APPOSED = re.compile(r"\s*[,(:–-]?\s*")


def none_far_off(days: list[DayReading], today: dt.date) -> list[DayReading]:
    """Return days without a stretch far off beside a near one: "this saturday; he cut it badly in october"."""
    near = [day for day in days if not (day.until and day.date > today + _FAR_OFF)]
    return near or days


def told_twice(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days with a "today, friday" that disagrees with itself as the weekday, which may also mean the other.

    "Today is tuesday, so thursday" only tells what day it is.
    """
    found: list[DayReading] = []
    stated: list[DayReading] = []
    for day in days:
        before = found[-1] if found else None
        apposed = before and _APPOSED.fullmatch(values.text, before.end, day.start)
        equal = before and _says_is(values, before.end, day.start)
        denied = before and stands_before(before.start, values, "not_before")  # "not tomorrow, thursday"
        if before and (apposed or equal) and not denied and (one := _either(before, day, values)):
            found[-1] = replace(one, start=before.start, end=day.end)
            stated += [found[-1]] if equal else []
        else:
            found.append(day)
    return [day for day in found if day not in stated] or found


def _says_is(values: Values, start: int, end: int) -> bool:
    """Tell whether nothing but an "is" stands between two places: "today, which is friday"."""
    between = values.between(start, end)
    known, polite = lists_of(LIMITS, values.language)["it_is"], lists(values.language)["courtesy"]
    left = [word for word in between if word.text not in polite]
    return bool(between) and (not left or " ".join(word.text for word in left) in known)


def _either(one: DayReading, other: DayReading, values: Values) -> DayReading | None:
    """Return the one of two days that is a weekday by name, in doubt with the other, which is told from today on."""
    for named, relative in ((one, other), (other, one)):
        words = values.text[relative.start : relative.end]
        single = named.until is None and relative.until is None and not any(c.isdigit() for c in words)
        weekdays = [weekday_named(values.text[d.start : d.end], values.language) for d in (named, relative)]
        if single and weekdays[0] is not None and weekdays[1] is None:
            return replace(named, alternatives=(relative.date,), confidence=_IN_DOUBT)
    return None


def by_date(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days without the weekdays that a date tells more exactly: "wednesday afternoon, the 9th".

    "Wednesday, but not the 2nd" is the Wednesday after it, and so is "wednesday, but not this wednesday".
    """
    found = list[DayReading]()
    for day in days:
        weekday = weekday_named(values.text[day.start : day.end], values.language) if day.until is None else None
        dates = [d for d in days if weekday is not None and d is not day and _is_date_of(d, weekday, day, values)]
        same = [d for d in days if weekday is not None and d.start > day.end and (d.date, d.until) == (day.date, None)]
        dates += [d for d in same if d not in dates and stands_before(d.start, values, "not_before")]
        denied = [d for d in dates if stands_before(d.start, values, "not_before")]
        if len(denied) == len(dates):
            away = dt.timedelta(days=7 if any(d.date == day.date for d in denied) else 0)
            found.append(replace(day, date=day.date + away, alternatives=()) if away else day)
    return found


def beside_dates(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days with a bare weekday in the week of the date that follows it: "wednesday or thursday the 10th"."""
    found = list(days)
    for place, (one, date) in enumerate(pairwise(days)):
        words = values.text[one.start : one.end]
        dated = any(sign.isdigit() for sign in values.text[date.start : date.end])
        bare = weekday_named(words, values.language) if one.until is None and len(words.split()) == 1 else None
        if bare is None or not dated or date.until or not values.joined(one.end, date.start, "skip", "or", "and"):
            continue
        away = dt.timedelta(days=bare - date.date.weekday())
        if away.days < 0 and one.date < date.date:
            found[place] = replace(one, date=date.date + away, alternatives=(), confidence=1.0)
    return found


def _is_date_of(date: DayReading, weekday: int, named: DayReading, values: Values) -> bool:
    """Tell whether a reading is a date on a weekday that is named elsewhere in the message, and no other choice."""
    words = values.text[date.start : date.end]
    if date.until is not None or date.date.weekday() != weekday or weekday_named(words, values.language) is not None:
        return False  # first what costs little: in a message of a hundred days every pair is asked about
    between = (min(date.end, named.end), max(date.start, named.start))
    other = any(between[0] <= m.start and m.end <= between[1] for m in values.marks if m.key in ("or", "otherwise"))
    return not other and not stands_before(named.start, values, "not_before")


def last_day_of(day: DayReading, values: Values) -> DayReading:
    """Return a stretch of days as its last one, where only its end is meant: "until the end of january"."""
    before = [m for m in values.marked("until") if m.end <= day.start and len(values.between(m.end, day.start)) <= _FEW]
    inside = [m for m in values.marked("until") if m.start == day.start]
    if day.until is None or not (before or inside):
        return day
    return replace(day, date=day.until, until=None, alternatives=(), confidence=1.0)


def stands_before(start: int, values: Values, key: str) -> bool:
    """Tell whether a phrase of a list stands right before a place, small words apart."""
    turns = values.marked("otherwise", "proposing", "correcting")  # "pourquoi pas jeudi", "no no friday"
    led = (m for m in values.marked(key) if m.end <= start and not any(t.start <= m.start < t.end for t in turns))
    last = max(led, key=lambda mark: mark.end, default=None)
    return last is not None and values.joined(last.end, start, "skip")


def weeks_apart(days: Sequence[DayReading], values: Values, today: dt.date) -> list[DayReading]:
    """Return days in which, on a sunday, next week is the one after this week, where both are named."""
    begins, this = today + dt.timedelta(days=1), spelled(values.language, "this")
    weeks = [day for day in days if day.until and day.date == begins and day.date.weekday() == 0]
    near = [day for day in weeks if this & {*plain(values.text[day.start : day.end]).split()}]
    later = [day for day in weeks if day not in near] if near else []
    return [replace(d, date=d.date + _WEEK, until=d.until + _WEEK) if d in later and d.until else d for d in days]
