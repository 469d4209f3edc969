"""The free times: one pure sweep over what is open and what is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from operator import attrgetter

from truebook.booking import rules
from truebook.booking.errors import NotOffered, Refusal
from truebook.booking.model import Diary, Service, Slot, Span
from truebook.kernel import clock


def slots(service: Service, diaries: Iterable[Diary], first: date, last: date, now: datetime) -> list[Slot]:
    """Return every bookable slot from first to last day (both included), by time, then by the diaries' order."""
    found = [slot for diary in diaries for slot in _of_one(service, diary, first, last, now)]
    return sorted(found, key=attrgetter("start"))


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
        return min(free, key=lambda diary: len(diary.busy))
    if not refusals:
        raise NotOffered(f"nobody offers {service.name}")
    raise max(refusals, key=lambda refusal: CLOSENESS.index(refusal.code))


CLOSENESS = ("not_offered", "blackout", "closed", "horizon", "notice", "buffer", "booked")
"""The refusals of a time, from the furthest from a yes to the closest."""


def _of_one(service: Service, diary: Diary, first: date, last: date, now: datetime) -> list[Slot]:
    """Return one diary's free times: its grid, interval by interval, less what is busy."""
    if not diary.offers_service or not service.is_active:
        return []
    step, length = timedelta(minutes=diary.policy.slot_minutes), timedelta(minutes=service.duration)
    begin = max(rules.earliest(diary.policy, now), _midnight(diary, first))
    end = min(rules.latest(diary, now), _midnight(diary, last + timedelta(days=1)) - timedelta(microseconds=1))
    taken = _taken(service, diary)
    found: list[tuple[datetime, datetime]] = []
    passed = 0
    for interval, room in _rooms(diary, *(edge.astimezone(diary.zone).date() for edge in (begin, end))):
        starts, ends = _grid(interval, step, length)
        until = min(room - length, end)
        at, stop = bisect_left(starts, begin), bisect_right(starts, until)
        if at >= stop:
            continue
        while passed < len(taken) and taken[passed][1] <= starts[at]:
            passed += 1
        for last_before, first_after in islice(taken, passed, None):
            if last_before >= until:
                break
            clash = bisect_right(starts, last_before, at, stop)
            found.extend(zip(starts[at:clash], ends[at:clash], strict=True))
            at = bisect_left(starts, first_after, at, stop)
        found.extend(zip(starts[at:stop], ends[at:stop], strict=True))
    staff_id, name = diary.staff_id, diary.staff_name
    return [Slot(staff_id, name, start, until) for start, until in found]


@lru_cache(maxsize=4096)
def _grid(interval: Span, step: timedelta, length: timedelta) -> tuple[list[datetime], list[datetime]]:
    """Return all starts within an opening interval, and the ends that go with them.

    Remembered, since people's days are alike; and what is made of these very objects later is remembered by them.
    """
    count = -((interval.start - interval.end) // step)
    starts = [interval.start + step * n for n in range(count)]
    return starts, [start + length for start in starts]


def _taken(service: Service, diary: Diary) -> list[tuple[datetime, datetime]]:
    """Return, in order, the last start before and the first start after each busy time that is still possible."""
    before = timedelta(minutes=service.buffer_before)
    until_next = timedelta(minutes=service.duration + service.buffer_after)
    return sorted([(begin - until_next, until + before) for _, _, begin, until in diary.busy])


def _rooms(diary: Diary, first: date, last: date) -> list[tuple[Span, datetime]]:
    """Return each opening interval with the end of the uninterrupted opening it belongs to (past midnight, say).

    The longest appointment, a day, may reach two dates further where the clock is set forward.
    """
    raw = rules.opening_intervals(diary, first, last + timedelta(days=2))
    joined = iter(rules.join(raw))
    current = next(joined, None)
    rooms: list[tuple[Span, datetime]] = []
    for interval in raw:
        while current and current.end < interval.end:
            current = next(joined, None)
        rooms.append((interval, current.end if current else interval.end))
    return rooms


def _midnight(diary: Diary, day: date) -> datetime:
    return clock.at(day, 0, diary.zone)
