"""The free times: one pure sweep over what is open and what is taken."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
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


def _of_one(service: Service, diary: Diary, first: date, last: date, now: datetime) -> Iterator[Slot]:
    """Step through one diary's opening intervals on their grid, leaping over what is busy."""
    if not diary.offers_service or not service.is_active:
        return
    step, length = timedelta(minutes=diary.policy.slot_minutes), timedelta(minutes=service.duration)
    begin = max(rules.earliest(diary.policy, now), _midnight(diary, first))
    end = min(rules.latest(diary, now), _midnight(diary, last + timedelta(days=1)) - timedelta(microseconds=1))
    taken = _taken(service, diary)
    passed = 0
    for interval, room in _rooms(diary, *(edge.astimezone(diary.zone).date() for edge in (begin, end))):
        start = _on_grid(interval, begin, step)
        until = min(room - length, interval.end - timedelta(microseconds=1), end)
        while passed < len(taken) and taken[passed][1] <= start:
            passed += 1
        for last_before, first_after in islice(taken, passed, None):
            if last_before >= until:
                break
            for free in _steps(start, last_before, step):
                yield Slot(diary.staff_id, diary.staff_name, free, free + length)
            start = max(start, _on_grid(interval, first_after, step))
        for free in _steps(start, until, step):
            yield Slot(diary.staff_id, diary.staff_name, free, free + length)


def _taken(service: Service, diary: Diary) -> list[tuple[datetime, datetime]]:
    """Return, in order, the last start before and the first start after each busy time that is still possible."""
    before, after = timedelta(minutes=service.buffer_before), timedelta(minutes=service.buffer_after)
    until_next = timedelta(minutes=service.duration) + after
    return sorted((busy.blocked.start - until_next, busy.blocked.end + before) for busy in diary.busy)


def _steps(start: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    """Count from start in steps, as far as until and no further."""
    while start <= until:
        yield start
        start += step


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


def _on_grid(hours: Span, at_least: datetime, step: timedelta) -> datetime:
    """Return the first grid time of these hours that is not before at_least."""
    steps = -((hours.start - at_least) // step)
    return hours.start + max(steps, 0) * step
