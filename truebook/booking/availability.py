"""The free times: one pure sweep over what is open and what is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from uuid import UUID

from truebook.booking import rules
from truebook.booking.errors import NotOffered, Refusal
from truebook.booking.model import MINUTE, TICK, Diary, Hours, Service, Slot, Span, Taken, ticks


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Every time that opening hours have room for, in order: its start in ticks, to search by, and its span."""

    marks: list[int]
    spans: list[Span]


def slots(service: Service, diaries: Sequence[Diary], first: date, last: date, now: datetime) -> list[Slot]:
    """Return every bookable slot from first to last day (both included), by time, then by the diaries' order."""
    found = chain.from_iterable(_of_one(service, diary, first, last, now) for diary in diaries)
    return sorted(found, key=attrgetter("start")) if len(diaries) > 1 else list(found)


def nearest(found: Sequence[Slot], wished: datetime, count: int = 3) -> list[Slot]:
    """Return the slots closest to the wished instant, no instant twice, in order of time."""
    by_distance = sorted(found, key=lambda slot: (abs(slot.start - wished), slot.start))
    chosen: dict[datetime, Slot] = {}
    for slot in by_distance:
        chosen.setdefault(slot.start, slot)
        if len(chosen) == count:
            break
    return sorted(chosen.values(), key=lambda slot: slot.start)


def choose(service: Service, diaries: Sequence[Diary], start: datetime, now: datetime) -> Diary:
    """Return whose diary takes the appointment: of those who can, the one with the least to do; raise why nobody can.

    With several people, the refusal told is the one closest to a yes (somebody is busy, rather than not offering it).
    """
    refusals: list[Refusal] = []
    free: list[Diary] = []
    for diary in diaries:
        refusal = rules.why_not(service, diary, start, now)
        refusals.append(refusal) if refusal else free.append(diary)
    if free:
        return min(free, key=lambda diary: len(diary.taken))
    if not refusals:
        raise NotOffered(f"nobody offers {service.name}")
    raise max(refusals, key=lambda refusal: CLOSENESS.index(refusal.code))


CLOSENESS = ("not_offered", "blackout", "closed", "horizon", "notice", "buffer", "booked")
"""The refusals of a time, from the furthest from a yes to the closest."""


def _of_one(service: Service, diary: Diary, first: date, last: date, now: datetime) -> tuple[Slot, ...]:
    """Return one diary's free times: all that its hours allow, less what is taken."""
    if not diary.offers_service or not service.is_active:
        return ()
    grid = _grid(diary.hours, diary.policy.slot_minutes, service.duration, first, last)
    at = bisect_left(grid.marks, ticks(rules.earliest(diary.policy, now)))
    stop = bisect_right(grid.marks, ticks(rules.latest(diary.policy, diary.hours.zone, now)))
    before, until_next = service.buffer_before * MINUTE, (service.duration + service.buffer_after) * MINUTE
    return _free(grid, diary.staff_id, diary.staff_name, diary.taken, before, until_next, at, stop)


@lru_cache(maxsize=1024)
def _free(
    grid: Grid, staff_id: UUID, name: str, taken: Taken, before: int, until_next: int, at: int, stop: int
) -> tuple[Slot, ...]:
    """Return the times of a grid, from the one at a place up to another, that keep clear of what is taken.

    An appointment keeps `before` ticks before its start busy and `until_next` after it. Remembered: between two
    bookings many ask for the same.
    """
    slots = _slots(staff_id, name, grid)
    found: list[Slot] = []
    for begin, until in sorted(zip(taken.blocked_from, taken.blocked_until, strict=True)):
        if at >= stop:
            break
        clash = bisect_right(grid.marks, begin - until_next, at, stop)
        found += slots[at:clash]
        at = bisect_left(grid.marks, until + before, at, stop)
    return (*found, *slots[at:stop])


@lru_cache(maxsize=256)
def _grid(hours: Hours, step: int, length: int, first: date, last: date) -> Grid:
    """Return the times from first to last day for appointments of a length, in steps; both in minutes.

    Remembered, since hours change once in a while and are asked for all day long.
    """
    between, lasts = timedelta(minutes=step), timedelta(minutes=length)
    spans = [
        Span(start, start + lasts)
        for opening, room in _rooms(hours, first, last)
        for start in _starts(Span(opening.start, min(opening.end, room - lasts + TICK)), between)
    ]
    return Grid([ticks(span.start) for span in spans], spans)


def _starts(within: Span, between: timedelta) -> list[datetime]:
    return [within.start + between * n for n in range(-((within.start - within.end) // between))]


@lru_cache(maxsize=1024)
def _slots(staff_id: UUID, name: str, grid: Grid) -> list[Slot]:
    return [Slot(staff_id, name, *span) for span in grid.spans]


def _rooms(hours: Hours, first: date, last: date) -> list[tuple[Span, datetime]]:
    """Return each opening interval with the end of the uninterrupted opening it belongs to (past midnight, say).

    The longest appointment, a day, may reach two dates further where the clock is set forward.
    """
    joined = iter(rules.join(rules.openings(hours, first, last + timedelta(days=2))))
    current = next(joined, None)
    rooms: list[tuple[Span, datetime]] = []
    for interval in rules.openings(hours, first, last):
        while current and current.end < interval.end:
            current = next(joined, None)
        rooms.append((interval, current.end if current else interval.end))
    return rooms
