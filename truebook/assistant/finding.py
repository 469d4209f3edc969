"""Find the times to offer: the one that was wished for, or the best near it, and why the wish itself cannot be met."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import free, views
from truebook.booking.model import Slot
from truebook.db import Database, Scope

NOON = time(12)
WHOLE_DAY = {
    "closed": "closed_day",
    "blackout": "blackout",
    "horizon": "horizon",
    "not_offered": "not_offered",
    "notice": "notice_day",
}
"""Refusals that may hold for every hour of a day, and what is said then."""
MOST = 3
"""Times offered at once: more is a wall of text."""
AHEAD = 14
"""Days searched where no day was wished for, or nothing was free on it."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a customer wishes for. Days and times on the business's wall clock."""

    service_id: UUID
    staff_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    at: time | None = None
    relation: str = "at"
    until: time | None = None
    moving: UUID | None = None
    """The appointment that is to be moved: its own time counts as free."""


@dataclass(frozen=True, slots=True)
class Found:
    """Slots to offer. `exact`: the very time that was wished for. `reason`: why the wish itself cannot be met."""

    slots: tuple[Slot, ...]
    exact: bool
    wished: datetime | None = None
    reason: str | None = None


async def search(db: Database, scope: Scope, wanted: Search, now: datetime, zone: ZoneInfo) -> Found:
    """Return the times to offer for a wish: exactly that, else the nearest, else what the days after it have."""
    today = now.astimezone(zone).date()
    first = max(wanted.first or today, today)
    last = max(wanted.last or (first if wanted.first else first + timedelta(days=AHEAD)), first)
    last = min(last, first + timedelta(days=62))
    slots = await free.find(db, scope, wanted.service_id, wanted.staff_id, first, last, now=now, without=wanted.moving)
    fitting = [slot for slot in slots if fits(slot.start.astimezone(zone).time(), wanted)]
    wished = _instant(wanted, first, zone) if wanted.first and wanted.at else None
    if fitting and not (wanted.first and wanted.first < today):
        return _fitting(fitting, wished, wanted)
    reason = await _reason(db, scope, wanted, wished, now, zone)
    if reason == "not_offered":
        wanted = replace(wanted, staff_id=None)
        slots = await free.find(db, scope, wanted.service_id, None, first, last, now=now, without=wanted.moving)
    near = slots or await _later(db, scope, wanted, first, now)
    aim = wished or _instant(replace(wanted, at=wanted.at or NOON), first, zone)
    missed = aim if wanted.first else None
    close = _nearest(near, max(aim, now), MOST if wished else 4 * MOST)
    return Found(tuple(close if wished else _spread(close, MOST)), exact=False, wished=missed, reason=reason)


async def instead(
    db: Database, scope: Scope, service_id: UUID, staff_id: UUID, start: datetime, now: datetime
) -> tuple[Slot, ...]:
    """Return what to offer for a time that is gone: the nearest with the same person, and the same with another."""
    first, last = start.date() - timedelta(days=1), start.date() + timedelta(days=AHEAD)
    slots = await free.find(db, scope, service_id, None, first, last, now=now)
    others = [slot for slot in slots if slot.start == start and slot.staff_id != staff_id]
    same = _nearest([slot for slot in slots if slot.staff_id == staff_id], start, MOST - len(others[:1]))
    return tuple(sorted([*same, *others[:1]], key=lambda slot: slot.start))


def _nearest(slots: Sequence[Slot], wished: datetime, count: int) -> list[Slot]:
    """Return the slots closest to a wish, no instant twice, in order of time; of two as close, the later is closer."""
    by_distance = sorted(slots, key=lambda slot: (abs(slot.start - wished), slot.start < wished))
    chosen: dict[datetime, Slot] = {}
    for slot in by_distance:
        if len(chosen) < count:
            chosen.setdefault(slot.start, slot)
    return sorted(chosen.values(), key=lambda slot: slot.start)


def _fitting(fitting: Sequence[Slot], wished: datetime | None, wanted: Search) -> Found:
    """Return the very time that was wished for, or the best of those that fit."""
    exact = [slot for slot in fitting if slot.start == wished]
    if exact and wanted.relation == "at":
        return Found(tuple(exact[:1]), exact=True, wished=wished)
    if wished and wanted.relation == "around":
        return Found(tuple(_around(fitting, wished)), exact=False, wished=wished)
    whole_day = wanted.first and not (wanted.at or wanted.until)
    return Found(tuple(_over(fitting) if whole_day else _spread(fitting, MOST)), exact=False, wished=wished)


def _over(slots: Sequence[Slot]) -> list[Slot]:
    """Return an early, a middle and a late time: a day is better told by its breadth than by its first hour."""
    return _spread([slots[0], slots[len(slots) // 2], slots[-1]], MOST)


def _around(fitting: Sequence[Slot], wished: datetime) -> list[Slot]:
    """Return the wished time and the next one; later times are closer to a wish than earlier ones."""
    near = sorted(fitting, key=lambda slot: (abs(slot.start - wished), slot.start < wished))
    if near[0].start != wished:
        return _spread(near, MOST)
    rest = sorted(near, key=lambda slot: (slot.start < wished, slot.staff_id != near[0].staff_id, slot.start))
    return _spread([near[0], *rest], 2)


def fits(clock: time, wanted: Search) -> bool:
    """Tell whether a time of day is what was wished for."""
    if wanted.at is None and wanted.until is None:
        return True
    if wanted.relation == "at":
        return clock == wanted.at
    if wanted.relation == "around":
        return wanted.at is not None and abs(_minutes(clock) - _minutes(wanted.at)) <= 60
    return (wanted.at is None or clock >= wanted.at) and (wanted.until is None or clock < wanted.until)


def _spread(slots: Sequence[Slot], most: int) -> list[Slot]:
    """Return the first few slots that lie half an hour apart, in order of time."""
    chosen: list[Slot] = []
    for slot in slots:
        if all(abs(slot.start - one.start) >= timedelta(minutes=30) for one in chosen):
            chosen.append(slot)
        if len(chosen) == most:
            break
    return sorted(chosen, key=lambda slot: slot.start)


async def _reason(
    db: Database, scope: Scope, wanted: Search, wished: datetime | None, now: datetime, zone: ZoneInfo
) -> str | None:
    """Return the code of why the wish cannot be met; "full" where a window or a whole day was wished for.

    None where the time is free but not one of those at which appointments begin.
    """
    if wanted.first is None:
        return "full"
    if wanted.first < now.astimezone(zone).date() or (wished and wished < now and wanted.relation == "at"):
        return "past"
    told = await _refusal(db, scope, wanted, wished, now) if wished else "full"
    if told not in ("closed", "full"):
        return told
    hours = [_instant(replace(wanted, at=time(hour)), wanted.first, zone) for hour in range(7, 22, 3)]
    codes = {await _refusal(db, scope, wanted, one, now) for one in hours}
    if len(codes) == 1 and (only := codes.pop()) in WHOLE_DAY and wanted.last in (None, wanted.first):
        return WHOLE_DAY[only]
    return told if wanted.relation == "at" else "full"


async def _refusal(db: Database, scope: Scope, wanted: Search, start: datetime, now: datetime) -> str | None:
    refusal = await views.why_not(db, scope, wanted.service_id, wanted.staff_id, start, now=now, without=wanted.moving)
    return refusal.code if refusal else None


async def _later(db: Database, scope: Scope, wanted: Search, first: date, now: datetime) -> list[Slot]:
    last = first + timedelta(days=AHEAD)
    return await free.find(db, scope, wanted.service_id, wanted.staff_id, first, last, now=now, without=wanted.moving)


def _instant(wanted: Search, day: date, zone: ZoneInfo) -> datetime:
    assert wanted.at is not None
    return datetime.combine(day, wanted.at, zone).astimezone(ZoneInfo("UTC"))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
