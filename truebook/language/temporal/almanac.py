"""Arithmetic on days: weekdays, months, holidays."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_TOO = timedelta(days=62)
"""How far ahead a day is called by its weekday too ("friday 13"); after that, "friday 10" at a desk is 10 o'clock."""

NEARLY = timedelta(days=7)
"""How far from a day that is spoken of its neighbours lie, in whatever month: the 2nd from the 30th."""
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
"""Between these a day is read: with those outside, which nobody books, sums of days would leave the calendar."""


def valid(year: int, month: int, day: int) -> date | None:
    """Return the date, at least FIRST and at most LAST, or None where the calendar has no such day."""
    try:
        return min(max(date(year, month, day), FIRST), LAST)
    except ValueError:
        return None


def monday(day: date) -> date:
    """Return the Monday of the week of day."""
    return day - timedelta(days=day.weekday())


def on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday that is not before day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def after(day: date, weekday: int) -> date:
    """Return the first such weekday after day."""
    return on_or_after(day + timedelta(days=1), weekday)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month of day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_workdays(day: date, count: int) -> date:
    """Return the day that is count working days (Monday to Friday) later."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def next_date(today: date, month: int, day: int) -> date | None:
    """Return the next such day of the year from today on (29 February may be years away)."""
    years = (valid(today.year + ahead, month, day) for ahead in range(9))
    return next((found for found in years if found and found >= today), None)


def next_day_of_month(today: date, day: int, weekday: int | None = None, *, near: date | None = None) -> date | None:
    """Return the next such day of a month from today on, and only on weekday if one is given.

    near: a day that is spoken of; then such a day of its week or its month, where there is one ahead.
    """
    months = [add_months(near.replace(day=1), away) for away in (-1, 0, 1)] if near else []
    beside = [found for found in _days_of(months, today, day, weekday) if near and _is_beside(found, near)]
    if near and beside:
        return min(beside, key=lambda found: abs(found - near))
    ahead = (add_months(today.replace(day=1), away) for away in range(48))
    return next(_days_of(ahead, today, day, weekday), None)


def _days_of(months: Iterable[date], today: date, day: int, weekday: int | None) -> Iterator[date]:
    for month in months:
        found = valid(month.year, month.month, day)
        if found and found >= today and weekday in (None, found.weekday()):
            yield found


def _is_beside(day: date, near: date) -> bool:
    return abs(day - near) <= NEARLY or (day.year, day.month) == (near.year, near.month)


def nth_weekday(first: date, last: date, weekday: int, number: int) -> date | None:
    """Return the number-th (-1: the last) such weekday between two days, or None."""
    if number < 0:
        return on_or_after(last - timedelta(days=6), weekday)
    found = on_or_after(first, weekday) + timedelta(weeks=number - 1)
    return found if found <= last else None


def easter(year: int) -> date:
    """Return Easter Sunday of a year (the anonymous Gregorian algorithm)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, skip = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * skip + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """Return a holiday of a year; rules are "12-25", "easter-2", "11-thu4", "11-thu4+1" and
    "05-sun-1" (the last Sunday)."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    month, day = int(rule[:2]), rule[3:]
    if day.isdigit():
        return valid(year, month, int(day))
    day, _, later = day.partition("+")
    first = date(year, month, 1)
    found = nth_weekday(first, month_end(first), WEEKDAYS.index(day[:3]), int(day[3:]))
    return found and found + timedelta(days=int(later or 0))


def next_holiday(rule: str, today: date) -> date | None:
    """Return the next time a holiday comes, today included."""
    days = (holiday(rule, today.year + ahead) for ahead in range(9))
    return next((day for day in days if day and day >= today), None)
