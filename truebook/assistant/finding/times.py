"""Find the times to offer: what meets the wish, or the best near it, and why the wish itself cannot be met."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant.finding.plans import MOST, Option, choose, further, instant
from truebook.booking import free, views
from truebook.booking.model import Slot, Wanted
from truebook.booking.offers import Piece, Proposal, proposal
from truebook.db import Database, Scope
from truebook.language.wish import Days, On, Times

WHOLE_DAY = {
    "closed": "closed_day",
    "blackout": "blackout",
    "horizon": "horizon",
    "not_offered": "not_offered",
    "notice": "notice_day",
}
"""Refusals that may hold for every hour of a day, and what is said then."""
AHEAD = 14
"""Days searched where no day was wished for, or nothing was free on it."""
LONGEST = 62
"""Days searched at the most."""
WAKING = range(7, 22)
PROBED = WAKING[::3]
"""Hours at which a day is asked why it has nothing."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a customer wishes for: a visit, and options in order of preference, each a set of constraints."""

    parts: tuple[Wanted, ...]
    options: tuple[Option, ...] = ((),)
    staff: tuple[tuple[str, UUID], ...] = ()
    """The people who are named in the options, and their ids."""
    moving: UUID | None = None
    """The appointment that is to be moved: its own time counts as free."""
    refused: frozenset[datetime] = frozenset()
    """Times that the customer has declined."""


@dataclass(frozen=True, slots=True)
class Found:
    """What to offer. `exact`: the very time that was wished for. `reason`: why the wish itself cannot be met."""

    proposals: tuple[Proposal, ...]
    exact: bool
    wished: datetime | None = None
    reason: str | None = None
    gave: tuple[On | Literal["together"], ...] = ()
    """What had to give for these times to be offered."""
    more: tuple[Proposal, ...] = ()
    """Further times that meet the wish."""


async def search(db: Database, scope: Scope, wanted: Search, now: datetime, zone: ZoneInfo) -> Found:
    """Return the times to offer for a wish: those that meet it, else the nearest, else what the days after have."""
    today = now.astimezone(zone).date()
    first, last = stretch(wanted.options, today)
    slots = await _free(db, scope, wanted, first, last, now)
    plans = choose(list(slots), wanted.options, zone, now, several=len(wanted.parts) > 1)
    if not plans.gave and plans.slots and plans.choice == 1:
        more = () if plans.exact else further(list(slots), plans, wanted.options, zone)
        found, others = (tuple(slots[one] for one in some) for some in (plans.slots, more))
        return Found(found, plans.exact, plans.aim, more=others)
    if not plans.slots or ("day" in plans.gave and plans.choice == 1):
        slots = await _free(db, scope, wanted, first, last + timedelta(days=AHEAD), now)
        plans = choose(list(slots), wanted.options, zone, now, several=len(wanted.parts) > 1)
    option = wanted.options[plans.choice - 1 if plans.gave else 0]
    wished = told_of(option, zone, now)
    reason = await _reason(db, scope, wanted, option, now, zone)
    found = tuple(slots[one] for one in plans.slots)
    return Found(found, plans.exact, wished, reason, plans.gave)


async def free_days(
    db: Database, scope: Scope, parts: tuple[Wanted, ...], now: datetime, zone: ZoneInfo
) -> tuple[date, ...]:
    """Return the next days on which a visit has a free time."""
    today = now.astimezone(zone).date()
    slots = await _free(db, scope, Search(parts), today, today + timedelta(days=AHEAD), now)
    return tuple(sorted({slot.start.astimezone(zone).date() for slot in slots}))[:MOST]


async def instead(
    db: Database, scope: Scope, parts: tuple[Wanted, ...], start: datetime, now: datetime, without: UUID | None = None
) -> tuple[Proposal, ...]:
    """Return what to offer for a time that is gone: the nearest with the same person, and the same with another.

    A visit is looked for with whom it was wished for first, and with anybody where that cannot be.
    """
    first, last = start.date() - timedelta(days=1), start.date() + timedelta(days=AHEAD)
    anyone = tuple(replace(one, staff_id=None) for one in parts)
    if len(parts) > 1:
        for wanted in (parts, anyone):
            if found := await _free(db, scope, Search(wanted, moving=without), first, last, now):
                return tuple(found[one] for one in nearest(list(found), start, MOST))
    found = await _free(db, scope, Search(anyone, moving=without), first, last, now)
    staff_id = parts[0].staff_id
    others = [slot for slot in found if slot.start == start and slot.staff_id != staff_id]
    same = nearest([slot for slot in found if slot.staff_id == staff_id], start, MOST - len(others[:1]))
    return tuple(found[one] for one in sorted([*same, *others[:1]], key=lambda slot: slot.start))


def nearest(slots: Sequence[Slot], wished: datetime, count: int) -> list[Slot]:
    """Return the slots closest to a wish, no instant twice, in order of time; of two as close, the later is closer."""
    by_distance = sorted(slots, key=lambda slot: (abs(slot.start - wished), slot.start < wished))
    chosen: dict[datetime, Slot] = {}
    for slot in by_distance:
        if len(chosen) < count:
            chosen.setdefault(slot.start, slot)
    return sorted(chosen.values(), key=lambda slot: slot.start)


def stretch(options: Sequence[Option], today: date) -> tuple[date, date]:
    """Return the first and the last day that any option allows."""
    days = [
        v for o in options for c in o if c.on == "day" and c.allow and c.must for v in c.values if isinstance(v, Days)
    ]
    loose = [
        v
        for o in options
        for c in o
        if c.on == "day" and c.allow and not c.must
        for v in c.values
        if isinstance(v, Days)
    ]
    unbound = not days or any(not any(c.on == "day" and c.allow and c.must for c in o) for o in options)
    first = max(min((d.first for d in days), default=today), today)
    last = max((d.last for d in (*days, *loose)), default=first)
    if unbound:
        first, last = today, max(last, today + timedelta(days=AHEAD))
    return first, max(first, min(last, first + timedelta(days=LONGEST)))


async def _free(
    db: Database, scope: Scope, wanted: Search, first: date, last: date, now: datetime
) -> dict[Slot, Proposal]:
    """Return the free times, each with what is to be put before the customer for it; by start."""
    if len(wanted.parts) == 1:
        part = wanted.parts[0]
        slots = await free.find(db, scope, part.service_id, None, first, last, now=now, without=wanted.moving)
        found = {s: Proposal((Piece(part.service_id, s.staff_id, s.start, part.guest_name),)) for s in slots}
    else:
        plans = await free.plans(db, scope, wanted.parts, first, last, now=now, without=wanted.moving)
        found = {free.slot_of(plan): proposal(plan, wanted.parts) for plan in plans}
    return {slot: one for slot, one in found.items() if slot.start not in wanted.refused}


def _days(option: Option) -> list[Days]:
    return [v for c in option if c.on == "day" and c.allow for v in c.values if isinstance(v, Days)]


def aim(option: Option, zone: ZoneInfo) -> datetime | None:
    """Return about which instant a refusal is told: the day that was asked for, at its time or at noon."""
    days = _days(option)
    clocks = [v.first or v.last for c in option if c.on == "time" and c.allow for v in c.values if isinstance(v, Times)]
    return datetime.combine(days[0].first, (clocks and clocks[0]) or time(12), zone) if days else None


def told_of(option: Option, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return about which instant a refusal is told; None where no single day of those wished for is meant: "early this
    week", "on weekdays"."""
    days = _days(option)
    soon = now.astimezone(zone).date() + timedelta(days=AHEAD)
    several = bool(days) and not days[0].one and (bool(days[0].weekdays) or days[0].last < soon)
    return None if several else instant(option, zone) or aim(option, zone)


async def _reason(
    db: Database, scope: Scope, wanted: Search, option: Option, now: datetime, zone: ZoneInfo
) -> str | None:
    """Return the code of why the wish cannot be met; "full" where a window or a whole day was wished for.

    None where the time is free but not one of those at which appointments begin.
    """
    wished, exact = aim(option, zone), instant(option, zone)
    if wished is None:
        return "full"
    if wished.date() < now.astimezone(zone).date() or (exact and exact < now):
        return "past"
    hours = [datetime.combine(wished.date(), time(hour), zone) for hour in PROBED]
    clocks = [clock for clock in (wished.time(), *map(time, WAKING)) if _in_window(option, clock)]
    within = [datetime.combine(wished.date(), clock, zone) for clock in clocks]
    codes = await _codes(db, scope, wanted, _whom(wanted, option), {*hours, *within, *((exact,) if exact else ())}, now)
    told = codes[exact] if exact else "full"
    if told not in ("closed", "full") or not _one_day(option):
        return told
    if len({codes[one] for one in hours}) == 1 and (only := codes[hours[0]]) in WHOLE_DAY:
        return WHOLE_DAY[only]
    inside = not exact and bool(within) and _in_window(option, wished.time())  # else the hour told was not wished for
    if inside and {codes[one] for one in within} == {"closed"}:
        return "closed"
    return told


def _in_window(option: Option, clock: time) -> bool:
    windows = [v for c in option if c.on == "time" and c.allow and c.must for v in c.values if isinstance(v, Times)]
    return any(one.holds(clock) for one in windows)


def _one_day(option: Option) -> bool:
    return any(c.on == "day" and c.allow and len(c.values) == 1 and getattr(c.values[0], "one", False) for c in option)


def _whom(wanted: Search, option: Option) -> UUID | None:
    named = [v for c in option if c.on == "staff" and c.allow and c.must for v in c.values]
    return dict(wanted.staff).get(str(named[0])) if len(named) == 1 else None


async def _codes(
    db: Database, scope: Scope, wanted: Search, staff_id: UUID | None, starts: Set[datetime], now: datetime
) -> dict[datetime, str | None]:
    """Return the code of why a visit cannot be had at each start; None where it can."""
    parts = tuple(replace(one, staff_id=one.staff_id or staff_id) for one in wanted.parts)
    refusals = await views.why_not_at(db, scope, parts, tuple(starts), now=now, without=wanted.moving)
    return {start: refusal.code if refusal else None for start, refusal in zip(starts, refusals, strict=True)}
