"""The free times: one pure sweep over what is open and what is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter

from truebook.booking import rules
from truebook.booking.model import MINUTE, TICK, Diary, Hours, Service, Slot, Span, ticks
from truebook.kernel import clock

AT_ONCE = 200
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
    together = max(1, AT_ONCE // len(asked))
    all_days = rules.days(first, last)
    for at in range(0, len(all_days), together):
        yield from _of_all(service, asked, all_days[at : at + together], now)


def nearest(found: Sequence[Slot], wished: datetime, count: int = 3) -> list[Slot]:
    """Return the slots closest to the wished instant, no instant twice, in order of time."""
    by_distance = sorted(found, key=lambda slot: (abs(slot.start - wished), slot.start))
    chosen: dict[datetime, Slot] = {}
    for slot in by_distance:
        chosen.setdefault(slot.start, slot)
        if len(chosen) == count:
            break
    return sorted(chosen.values(), key=lambda slot: slot.start)


def _of_all(service: Service, diaries: Sequence[Diary], days: Sequence[date], now: datetime) -> list[Slot]:
    """Return everybody's free times on some days. Remembered: between two bookings many ask for the same."""
    begin = ticks(clock.at(days[0], 0, diaries[0].hours.zone))
    end = ticks(clock.at(days[-1], 1440, diaries[0].hours.zone))
    bounds = [
        (
            # times are in whole minutes: a minute that has begun is over
            max(-(-ticks(rules.earliest(one.policy, now)) // MINUTE) * MINUTE, begin),
            min(ticks(rules.latest(one.policy, one.hours.zone, now)), end),
        )
        for one in diaries
    ]
    whose = [_whose(one, service.duration) for one in diaries]
    before, until_next = service.buffer_before * MINUTE, (service.duration + service.buffer_after) * MINUTE
    key = (days[0], days[-1], before, until_next, *whose, *bounds, *(one.taken for one in diaries))

    def work() -> list[Slot]:
        found = [
            _of_one(one, service.duration, days, bound, before, until_next)
            for one, bound in zip(diaries, bounds, strict=True)
        ]
        return sorted(chain.from_iterable(found), key=attrgetter("start")) if len(found) > 1 else found[0]

    taken = sum(len(one.taken) for one in diaries)
    return rules.remembered(diaries[0].hours, key, work, lambda found: 2000 + 8 * len(found) + 180 * taken)


def _of_one(
    diary: Diary, length: int, days: Sequence[date], bound: tuple[int, int], before: int, until_next: int
) -> list[Slot]:
    """Return one diary's free times within bounds: all that its hours allow, less what is taken.

    An appointment keeps `before` ticks before its start busy and `until_next` after it.
    """
    worked = _days(diary, length, days)
    marks = list(chain.from_iterable([one.marks for one in worked]))
    slots = list(chain.from_iterable([one.slots for one in worked]))
    at, stop = bisect_left(marks, bound[0]), bisect_right(marks, bound[1])
    if at >= stop:
        return []
    opens, found = marks[at] - before, []
    for begin, until in sorted(zip(diary.taken.blocked_from, diary.taken.blocked_until, strict=True)):
        if at >= stop:
            break
        if until > opens:
            clash = bisect_right(marks, begin - until_next, at, stop)
            found += slots[at:clash]
            at = bisect_left(marks, until + before, at, stop)
    return found + slots[at:stop]


def _whose(diary: Diary, length: int) -> tuple[Hours, int, str, int, int]:
    """Return what decides which times of a day somebody has: numbers, since hashing UUID objects takes long."""
    return diary.hours, diary.staff_id.int, diary.staff_name, diary.policy.slot_minutes, length


def _days(diary: Diary, length: int, days: Sequence[date]) -> list[Day]:
    """Return somebody's times of some days for appointments of a length in minutes, in the steps of their policy."""
    whose = _whose(diary, length)
    return [
        rules.WORKED.get(diary.hours.business, (whose, day)) or _worked(diary, length, day, (whose, day))
        for day in days
    ]


def _worked(diary: Diary, length: int, day: date, key: Hashable) -> Day:
    """Work out the times of a day, and remember them."""
    between, lasts = timedelta(minutes=diary.policy.slot_minutes), timedelta(minutes=length)
    found = [
        Slot(diary.staff_id, diary.staff_name, start, start + lasts)
        for opening, room in _rooms(diary.hours, day)
        for start in _starts(Span(opening.start, min(opening.end, room - lasts + TICK)), between)
    ]
    worked = Day(tuple(ticks(slot.start) for slot in found), tuple(found))
    rules.WORKED.keep(diary.hours.business, key, worked, 600 + 230 * len(found))
    return worked


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
