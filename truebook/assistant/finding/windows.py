"""From a wish to windows: the stretches of time in which whoever waits could come. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from truebook.assistant.finding.plans import Option
from truebook.booking.model import Span
from truebook.kernel import clock
from truebook.language.wish import Days, Times
from truebook.tenants.hours import Opening

AHEAD = 14
"""Days that are waited for where none was said."""
MOST = 20
"""Windows of one wish."""
DAY = 24 * 60
"""Minutes."""


def windows_of(option: Option, minutes: int, zone: ZoneInfo, now: datetime) -> tuple[Span, ...]:
    """Return when an appointment of so many minutes would suit: whole days in a row are one window."""
    today = now.astimezone(zone).date()
    found: list[Span] = []
    for day in _days(option, today):
        for begin, end in _hours(option, minutes):
            span = Span(clock.at(day, begin, zone), clock.at(day, end, zone))
            if span.end - max(span.start, now) < timedelta(minutes=minutes):
                continue
            if found and found[-1].end == span.start:
                span = Span(found.pop().start, span.end)
            found.append(span)
    return tuple(found[:MOST])


def any_open(windows: Sequence[Span], week: Sequence[Opening], zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether the business is open at some time ahead within windows, by its week; so it is where none is told."""
    for one in windows if week else ():
        day, last = one.start.astimezone(zone).date(), one.end.astimezone(zone).date()
        while day <= last:
            for hours in week:
                closes, opens = clock.at(day, hours.closes_minute, zone), clock.at(day, hours.opens_minute, zone)
                if hours.weekday == day.isoweekday() % 7 and min(closes, one.end) > max(opens, one.start, now):
                    return True
            day += timedelta(days=1)
    return not week


def _days(option: Option, today: date) -> list[date]:
    wanted = [c for c in option if c.on == "day" and c.must]
    named = [one for c in wanted if c.allow for one in c.values if isinstance(one, Days)]
    first = max(min((one.first for one in named), default=today), today)
    last = max((one.last for one in named), default=today + timedelta(days=AHEAD))
    days = [first + timedelta(days=n) for n in range(min((last - first).days, 92) + 1)]
    return [day for day in days if all(c.holds(day) for c in wanted)]


def _hours(option: Option, minutes: int) -> list[tuple[int, int]]:
    """Return the stretches of a day in minutes: from when on it may begin, and by when it must be over."""
    named = [one for c in option if c.on == "time" and c.allow and c.must for one in c.values if isinstance(one, Times)]
    if not named:
        return [(0, DAY)]
    found = []
    for one in named:
        begin = _minute(one.first) if one.first else 0
        last = begin if one.point else _minute(one.last) if one.last else DAY
        found.append((begin, min(last + minutes, DAY)))
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
