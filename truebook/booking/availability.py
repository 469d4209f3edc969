"""The free times: one pure sweep over what is open and what is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter

from truebook.booking import rules
from truebook.booking.model import MINUTE, TICK, Diary, Hours, Service, Slot, Span, ticks

AT_ONCE = 25
"""Days of people that are worked out before the first of their times is given out."""

CLOSENESS = ("not_offered", "blackout", "closed", "horizon", "notice", "buffer", "booked")
"""The refusals of a time, from the furthest from a yes to the closest."""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """Every time of a day that somebody's hours have room for, in order: its start in ticks, to search by."""

    marks: tuple[int, ...]
    slots: tuple[Slot, ...]


def slots(service: Service, diaries: Sequence[Diary], first: date, last: date, now: datetime) -> Iterator[Slot]:
    """Yield every bookable slot from first to last day (both included), by time, then by the diaries' order.

    They are worked out some days at a time, so that whoever wants the first few does not wait for a whole month.
    """
    asked = [diary for diary in diaries if diary.offers_service] if service.is_active else []
    if not asked:
        return
    busy = [sorted(zip(one.taken.blocked_from, one.taken.blocked_until, strict=True)) for one in asked]
    together = max(1, AT_ONCE // len(asked))
    all_days = rules.days(first, last)
    for at in range(0, len(all_days), together):
        days = all_days[at : at + together]
        found = [_of_one(service, *one, days, now) for one in zip(asked, busy, strict=True)]
        yield from sorted(chain.from_iterable(found), key=attrgetter("start")) if len(found) > 1 else found[0]


def nearest(found: Sequence[Slot], wished: datetime, count: int = 3) -> list[Slot]:
    """Return the slots closest to the wished instant, no instant twice, in order of time."""
    by_distance = sorted(found, key=lambda slot: (abs(slot.start - wished), slot.start))
    chosen: dict[datetime, Slot] = {}
    for slot in by_distance:
        chosen.setdefault(slot.start, slot)
        if len(chosen) == count:
            break
    return sorted(chosen.values(), key=lambda slot: slot.start)


def _of_one(
    service: Service, diary: Diary, busy: Sequence[tuple[int, int]], days: Sequence[date], now: datetime
) -> list[Slot]:
    """Return one diary's free times on some days: all that its hours allow, less what is taken.

    `busy` are the stretches that are taken, by start. An appointment keeps its buffers busy, too.
    """
    worked = [_day(diary, service.duration, day) for day in days]
    marks = list(chain.from_iterable([one.marks for one in worked]))
    slots = list(chain.from_iterable([one.slots for one in worked]))
    before, until_next = service.buffer_before * MINUTE, (service.duration + service.buffer_after) * MINUTE
    at = bisect_left(marks, ticks(rules.earliest(diary.policy, now)))
    stop = bisect_right(marks, ticks(rules.latest(diary.policy, diary.hours.zone, now)))
    if at >= stop:
        return []
    opens, found = marks[at] - before, []
    for begin, until in busy:
        if at >= stop:
            break
        if until > opens:
            clash = bisect_right(marks, begin - until_next, at, stop)
            found += slots[at:clash]
            at = bisect_left(marks, until + before, at, stop)
    return found + slots[at:stop]


def _day(diary: Diary, length: int, day: date) -> Day:
    """Return somebody's times of a day for appointments of a length in minutes, in the steps of their policy."""
    step = diary.policy.slot_minutes

    def work() -> Day:
        between, lasts = timedelta(minutes=step), timedelta(minutes=length)
        found = [
            Slot(diary.staff_id, diary.staff_name, start, start + lasts)
            for opening, room in _rooms(diary.hours, day)
            for start in _starts(Span(opening.start, min(opening.end, room - lasts + TICK)), between)
        ]
        return Day(tuple(ticks(slot.start) for slot in found), tuple(found))

    key = (diary.hours, diary.staff_id, diary.staff_name, step, length, day)
    return rules.remembered(diary.hours, key, work, lambda worked: 600 + 230 * len(worked.marks))


def _starts(within: Span, between: timedelta) -> list[datetime]:
    return [within.start + between * n for n in range(-((within.start - within.end) // between))]


def _rooms(hours: Hours, day: date) -> list[tuple[Span, datetime]]:
    """Return each opening interval with the end of the uninterrupted opening it belongs to (past midnight, say).

    The longest appointment, a day, may reach two dates further where the clock is set forward.
    """
    joined = iter(rules.join(rules.openings(hours, day, day + timedelta(days=2))))
    current = next(joined, None)
    rooms: list[tuple[Span, datetime]] = []
    for interval in rules.openings(hours, day, day):
        while current and current.end < interval.end:
            current = next(joined, None)
        rooms.append((interval, current.end if current else interval.end))
    return rooms
