"""Find the times to offer: the one that was wished for, or the best near it, and why the wish itself cannot be met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import actions, availability, views
from truebook.booking.model import Slot
from truebook.db import Database, Scope

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
    slots = await actions.find_slots(db, scope, wanted.service_id, wanted.staff_id, first, last, now=now)
    fitting = [slot for slot in slots if fits(slot.start.astimezone(zone).time(), wanted)]
    wished = _instant(wanted, first, zone) if wanted.first and wanted.at else None
    if wished and wanted.relation in ("at", "around"):
        exact = [slot for slot in fitting if slot.start == wished]
        if exact and wanted.relation == "at":
            return Found(tuple(exact[:1]), exact=True, wished=wished)
    if fitting:
        around = wished if wanted.relation == "around" else None
        chosen = _spread(sorted(fitting, key=lambda slot: abs(slot.start - around)) if around else fitting)
        return Found(tuple(chosen), exact=False, wished=wished)
    reason = await _reason(db, scope, wanted, wished, now)
    near = slots or await _later(db, scope, wanted, first, now)
    aim = wished or _instant(Search(wanted.service_id, at=wanted.at or time(12)), first, zone)
    return Found(tuple(availability.nearest(near, aim, MOST)), exact=False, wished=wished, reason=reason)


def fits(clock: time, wanted: Search) -> bool:
    """Tell whether a time of day is what was wished for."""
    if wanted.at is None and wanted.until is None:
        return True
    if wanted.relation == "at":
        return clock == wanted.at
    if wanted.relation == "around":
        return wanted.at is not None and abs(_minutes(clock) - _minutes(wanted.at)) <= 60
    return (wanted.at is None or clock >= wanted.at) and (wanted.until is None or clock < wanted.until)


def _spread(slots: Sequence[Slot]) -> list[Slot]:
    """Return the first few slots that lie half an hour apart, in order of time."""
    chosen: list[Slot] = []
    for slot in slots:
        if all(abs(slot.start - one.start) >= timedelta(minutes=30) for one in chosen):
            chosen.append(slot)
        if len(chosen) == MOST:
            break
    return sorted(chosen, key=lambda slot: slot.start)


async def _reason(db: Database, scope: Scope, wanted: Search, wished: datetime | None, now: datetime) -> str:
    """Return the code of why the wished instant is not free; "full" where a window or a whole day was wished for."""
    if wished is None:
        return "full"
    refusal = await views.why_not(db, scope, wanted.service_id, wanted.staff_id, wished, now=now)
    return refusal.code if refusal else "full"


async def _later(db: Database, scope: Scope, wanted: Search, first: date, now: datetime) -> list[Slot]:
    last = first + timedelta(days=AHEAD)
    return await actions.find_slots(db, scope, wanted.service_id, wanted.staff_id, first, last, now=now)


def _instant(wanted: Search, day: date, zone: ZoneInfo) -> datetime:
    assert wanted.at is not None
    return datetime.combine(day, wanted.at, zone).astimezone(ZoneInfo("UTC"))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
