"""Days as they are told together: a weekday and its date, today and what day it is, a stretch and its end."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.timewords import spelled, weekday_named
from truebook.language.temporal.almanac import monday
from truebook.language.temporal.model import DayReading
from truebook.language.text import plain
from truebook.language.values.said import STOPS, Values
from truebook.language.wish import Days

_WEEK, _DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)
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
        single = named.until is None and relative.until is None and not values.in_digits(relative)
        weekdays = [values.weekday_of(d) for d in (named, relative)]
        if single and weekdays[0] is not None and weekdays[1] is None:
            return replace(named, alternatives=(relative.date,), confidence=_IN_DOUBT)
    return None


def by_date(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days without the weekdays that a date tells more exactly: "wednesday afternoon, the 9th".

    "Wednesday, but not the 2nd" is the Wednesday after it, and so is "wednesday, but not this wednesday".
    """
    found = list[DayReading]()
    for day in days:
        weekday = values.weekday_of(day) if day.until is None else None
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
        bare, dated = _bare_weekday(one, values), values.in_digits(date)
        if bare is None or not dated or date.until or not values.joined(one.end, date.start, "skip", "or", "and"):
            continue
        away = dt.timedelta(days=bare - date.date.weekday())
        if away.days < 0 and one.date < date.date:
            found[place] = replace(one, date=date.date + away, alternatives=(), confidence=1.0)
    return found


def in_the_week_named(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days with bare weekdays in the only week that a message names: "next week, wednesday or thursday", "on
    tuesday or wednesday next week", "tuesday to friday in two weeks", but not "friday, or monday next week".

    "In two weeks" beside such a weekday is that week, and no single day.
    """
    days = _apart_from_its_weekday(days, values)
    told, week = _by_week(days, values), week_named(days, values)
    if week is None:
        return list(days)
    first, found = told[0], list[DayReading]()
    for place, day in enumerate(days):
        weekday = _bare_weekday(day, values)
        after = weekday is not None and day.start > first.start and not _or_joins(first, day, values)
        before = day.end <= first.start and (_leads_to(days[place:], first, values) or _stands_by(day, first, values))
        if weekday is not None and (after or before):
            found.append(replace(day, date=week.first + dt.timedelta(days=weekday), alternatives=(), confidence=1.0))
        elif _is_stretch_of_weekdays(day, values) and first.until and day not in told and day.until:
            found.append(
                replace(day, date=week.first + _DAY * day.date.weekday(), until=week.first + _DAY * day.until.weekday())
            )
        elif day in told and day.until and (begins := _begins_on(day, values)) is not None:
            found.append(replace(day, date=week.first + dt.timedelta(days=begins)))
        else:
            found.append(day)
    bare = any(new is not old for old, new in zip(days, found, strict=True))
    within = any(new is not old and new.until and old not in told for old, new in zip(days, found, strict=True))
    kept = [day for day in found if not (within and day in told)]  # "next week, tuesday to thursday" is those
    return [_whole_week(day, week, values) if bare and day in told else day for day in kept]


def _apart_from_its_weekday(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days with a weekday of its own that was read as a part of its week: "the week of 14 december, tuesday"."""
    found = list[DayReading]()
    for day in days:
        words = values.between(day.start, day.end)
        weekday = weekday_named(words[-1].text, values.language) if words else None
        if day.is_week and weekday is not None and len(words) > 1:
            own = replace(day, date=day.date + _DAY * weekday, until=None, start=words[-1].start)
            found += [replace(day, end=words[-2].end), own]
        else:
            found.append(day)
    return found


def _is_stretch_of_weekdays(day: DayReading, values: Values) -> bool:
    """Tell whether a stretch is told by weekdays alone, and can be: "tuesday to thursday", but not "... I'm away"."""
    named = values.weekday_of(day) is not None and day.until is not None
    barred = any(day.end <= m.start and values.joined(day.end, m.start, "skip") for m in values.marked("not_after"))
    return named and not barred and day.date.weekday() < (day.until or day.date).weekday()


def week_named(days: Sequence[DayReading], values: Values) -> Days | None:
    """Return the only week that a message names: "next week", "wednesday in two weeks"."""
    weeks = {week_of(day.until or day.date) for day in _by_week(days, values)}
    return weeks.pop() if len(weeks) == 1 else None


def in_each_week(values: Values) -> Values:
    """Return the values with the one weekday of a message in each of the weeks that it names: "wednesday at 7, one this
    week and one next"."""
    weeks = [day for day in values.days if day.is_week]
    single, found = [day for day in values.days if day not in weeks], dict[dt.date, DayReading]()
    on = {None if day.until else day.date.weekday() for day in single}
    weekday = on.pop() if len(on) == 1 else None
    if weekday is None or not values.says("and") or values.says("or"):
        return values
    for one in sorted((*weeks, *_by_week(single, values)), key=lambda day: day.start):
        day = monday(one.date) + weekday * _DAY
        found.setdefault(day, replace(one, date=day, until=None))
    return replace(values, days=tuple(found.values())) if weeks and len(found) > 1 else values


def _by_week(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return the days that are told by their week, where that is wished for."""
    units = spelled(values.language, "units.week")
    told = [day for day in days if units & {*plain(values.written(day)).split()}]
    return [day for day in told if not stands_before(day.start, values, "not_before")]


def in_the_week_after(days: Sequence[DayReading], values: Values) -> list[DayReading]:
    """Return days with the week that is wished for instead of one that is not: "not next week but the one after"."""
    found = list[DayReading]()
    for day in days:
        no = next((m for m in reversed(values.marked("not_before")) if m.end <= day.start), None)
        after = next((m for m in values.marked("the_one_after") if m.start >= day.end), None)
        denied = no and day.is_week and stands_before(day.start, values, "not_before")
        if no and after and denied and day.until:
            next_too = {w.text for w in values.between(day.end, after.start)} & spelled(values.language, "next")
            away = _WEEK * (2 if next_too else 1)  # "not this week or next, but the one after"
            day = replace(day, date=day.date + away, until=day.until + away, start=no.start, end=after.end)
        found.append(day)
    return found


def with_the_next_week(days: Sequence[DayReading], values: Values) -> tuple[DayReading, ...]:
    """Return days with a week that is only told as the one after another: "the blood test this week and next the
    consultation"."""
    found = list(days)
    for mark in values.marked("the_next", "the_one_after"):
        week = next((day for day in reversed(found) if day.end <= mark.start), None)
        service = min((hit.start for hit in values.services if hit.start >= mark.end), default=len(values.text))
        ends = values.text[mark.end :].lstrip()[:1] in ("", *STOPS) or values.joined(mark.end, service, "skip", "whose")
        if week and week.until and week.is_week and ends and not stands_before(week.start, values, "not_before"):
            found.append(DayReading(week.date + _WEEK, mark.start, mark.end, 1.0, until=week.until + _WEEK))
    return tuple(sorted(found, key=lambda day: day.start))


def week_of(day: dt.date) -> Days:
    """Return the week, from monday on, in which a day lies."""
    first = monday(day)
    return Days(first, first + 6 * _DAY)


def _bare_weekday(day: DayReading, values: Values) -> int | None:
    """Return the weekday of a day that is told by its name, and by nothing else."""
    return values.weekday_of(day) if day.until is None and len(values.written(day).split()) == 1 else None


def _or_joins(week: DayReading, day: DayReading, values: Values) -> bool:
    """Tell whether an "or" stands between a week and a day: "next week, or friday"."""
    either = any(week.end <= one.start < day.start for one in values.marked("or"))
    return week.until is not None and either and values.joined(week.end, day.start, "or", "skip")


def _stands_by(day: DayReading, week: DayReading, values: Values) -> bool:
    """Tell whether a week is told right behind a day, and no other day with it: "saturday, not this week but next"."""
    either = any(day.end <= one.start < week.start for one in values.marked("or", "and"))
    named = values.weekday_of(week)
    return named is None and not either and values.joined(day.end, week.start, "skip")


def _leads_to(days: Sequence[DayReading], last: DayReading, values: Values) -> bool:
    """Tell whether the days of a list lead up to its last one, in their order: "wednesday or thursday next week"."""
    listed = [*days[: days.index(last)], last]
    weekdays = [values.weekday_of(day) for day in listed]
    ordered = all(a is not None and b is not None and a < b for a, b in pairwise(weekdays))
    commas = [values.text[a.end : b.start].strip() == "," for a, b in pairwise(listed)]
    joined = [values.joined(a.end, b.start, "or", "and", "skip") for a, b in pairwise(listed)]
    return ordered and all(map(any, zip(commas, joined, strict=True)))


def _begins_on(day: DayReading, values: Values) -> int | None:
    """Return the weekday with which a stretch within a named week begins: "tuesday to friday in two weeks"."""
    named = [weekday_named(word, values.language) for word in values.written(day).split()]
    begins = next((one for one in named if one is not None), None)
    return begins if day.until and begins is not None and begins < day.until.weekday() else None


def _whole_week(day: DayReading, week: Days, values: Values) -> DayReading:
    """Return a single day that is told by a number of weeks as the week in which it lies."""
    named = values.weekday_of(day)
    return day if day.until or named is not None else replace(day, date=week.first, until=week.last)


def _is_date_of(date: DayReading, weekday: int, named: DayReading, values: Values) -> bool:
    """Tell whether a reading is a date on a weekday that is named elsewhere in the message, and no other choice."""
    if date.until is not None or date.date.weekday() != weekday or values.weekday_of(date) is not None:
        return False  # first what costs little: in a message of a hundred days every pair is asked about
    between = (min(date.end, named.end), max(date.start, named.start))
    other = any(between[0] <= m.start and m.end <= between[1] for m in values.marks if m.key in ("or", "otherwise"))
    return not other and not stands_before(named.start, values, "not_before")


def last_day_of(day: DayReading, values: Values) -> DayReading:
    """Return a stretch of days as its last one, where only its end is meant: "until the end of january"."""
    if day.until is None or not _ends(day, values):
        return day
    return replace(day, date=day.until, until=None, alternatives=(), confidence=1.0)


def up_to(days: list[DayReading], values: Values, today: dt.date) -> list[DayReading]:
    """Return the only day of a series as the stretch that ends on it, where only its end is told: "until christmas"."""
    if len(days) != 1 or days[0].until or not _ends(days[0], values):
        return days
    return [replace(days[0], date=today, until=days[0].date)]


def until_apart(day: DayReading, values: Values) -> list[DayReading]:
    """Return a stretch that is told from a weekday until a day as these two: "tuesday until christmas"."""
    inside = [mark for mark in values.marked("until") if day.start < mark.start and mark.end < day.end]
    weekday = weekday_named(values.text[day.start : inside[0].start].strip(), values.language) if inside else None
    if day.until is None or weekday is None:
        return [day]
    first = replace(day, end=len(values.text[: inside[0].start].rstrip()), until=None)
    return [first, replace(day, start=inside[0].end + 1, date=day.until, until=None)]


def ends(days: Sequence[DayReading], values: Values) -> bool:
    """Tell whether one of several days is that until which something goes on, or comes again."""
    return len(days) > 1 and any(_ends(day, values) for day in days)


def _ends(day: DayReading, values: Values) -> bool:
    """Tell whether an "until" leads to a day."""
    near = (m for m in values.marked("until") if m.end <= day.start and len(values.between(m.end, day.start)) <= _FEW)
    return any(near) or any(m.start == day.start for m in values.marked("until"))


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
    near = [day for day in weeks if this & {*plain(values.written(day)).split()}]
    later = [day for day in weeks if day not in near] if near else []
    return [replace(d, date=d.date + _WEEK, until=d.until + _WEEK) if d in later and d.until else d for d in days]
