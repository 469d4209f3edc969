"""Diaries made by hand for the pure tests, and naive answers to compare the clever ones with."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import planning
from truebook.booking.errors import Refusal
from truebook.booking.model import Blackout, Diary, Hours, Policy, Service, Span, Taken, ticks
from truebook.booking.visits import Part, Resource, Visit

ANNA, BEN, CUT, MINUTE = UUID(int=1), UUID(int=2), UUID(int=3), timedelta(minutes=1)
Intervals = tuple[tuple[int, int], ...]


class Busy(NamedTuple):
    """An appointment in a diary made by hand."""

    own: Span
    blocked: Span


def service(duration: int = 60, before: int = 0, after: int = 0, **more: Any) -> Service:
    return Service(CUT, "Haircut", duration, before, after, **more)


def diary(
    weekly: Mapping[int, Intervals] | Intervals = ((540, 1020),),
    *,
    zone: str = "UTC",
    policy: Policy | None = None,
    special: Mapping[date, Intervals] | None = None,
    blackouts: Sequence[Blackout] = (),
    busy: Sequence[Busy] = (),
    offers: bool = True,
    staff: UUID = ANNA,
    name: str = "Anna",
) -> Diary:
    """Make a diary; one tuple of intervals holds on all seven weekdays."""
    week = dict(weekly) if isinstance(weekly, Mapping) else dict.fromkeys(range(7), weekly)
    return Diary(
        staff,
        name,
        Hours(ZoneInfo(zone), week, dict(special or {}), tuple(blackouts)),
        policy or Policy(),
        side_by_side(busy),
        offers,
    )


def resource(one: Diary) -> Resource:
    """Return whom a diary is of, as somebody who can be booked."""
    offers = frozenset({CUT}) if one.offers_service else frozenset[UUID]()
    return Resource(one.staff_id, one.staff_name, None, one.hours, one.policy, one.taken, offers)


def why_not(what: Service, one: Diary, start: datetime, now: datetime) -> Refusal | None:
    """Return why a time cannot be had with one member of staff, or None if it can."""
    try:
        planning.choose(Visit((Part(what),)), [resource(one)], start, now)
    except Refusal as refusal:
        return refusal
    return None


def taken(start: datetime, minutes: int = 60, before: int = 0, after: int = 0) -> Busy:
    own = Span(start, start + minutes * MINUTE)
    return Busy(own, Span(own.start - before * MINUTE, own.end + after * MINUTE))


def side_by_side(busy: Sequence[Busy]) -> Taken:
    columns = zip(*([*map(ticks, (*one.own, *one.blocked))] for one in busy), strict=True)
    return Taken(*map(tuple, columns))


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the wall clock shows, as a naive time."""
    return instant.astimezone(zone).replace(tzinfo=None)


def first_shown(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the clock on the wall shows a minute of a day or more, found by looking."""
    begin, shown = watched(day, zone)
    return begin + bisect_left(shown, datetime.combine(day, time()) + minute * MINUTE) * MINUTE


@lru_cache(maxsize=256)
def watched(day: date, zone: ZoneInfo) -> tuple[datetime, list[datetime]]:
    """Look at the clock every minute around a day; return when that began, and the latest time it showed until then."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    return begin, list(accumulate((wall(begin + n * MINUTE, zone) for n in range(80 * 60)), max))


def off(blackout: Blackout, day: date) -> bool:
    """Tell whether a day is off, by walking through every day off of the years around."""
    if not blackout.yearly:
        return blackout.starts_on <= day <= blackout.ends_on
    for shift in range(day.year - blackout.starts_on.year - 2, day.year - blackout.starts_on.year + 3):
        first = in_year(blackout.starts_on, shift)
        while first <= in_year(blackout.ends_on, shift):
            if first == day:
                return True
            first += timedelta(days=1)
    return False


def in_year(day: date, shift: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + shift, 3, 1) - timedelta(days=1)
    return date(day.year + shift, day.month, day.day)


def openings(one: Diary, first: date, last: date) -> list[Span]:
    """Return the opening intervals day by day, naively."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if any(off(blackout, day) for blackout in one.hours.blackouts):
            continue
        hours = (
            one.hours.special[day] if day in one.hours.special else one.hours.weekly.get((day.weekday() + 1) % 7, ())
        )
        found += [Span(first_shown(day, a, one.hours.zone), first_shown(day, b, one.hours.zone)) for a, b in hours]
    return [span for span in found if span.start < span.end]
