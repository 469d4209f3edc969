"""Find the classes to offer places in: those that meet the wish and have as many left, or the nearest that have."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant.finding.plans import MOST, Option, choose
from truebook.assistant.finding.times import AHEAD, Found, nearest, stretch, told_of
from truebook.booking import classes, queries, rules
from truebook.booking.model import Slot
from truebook.booking.offers import Piece, Proposal
from truebook.booking.sessions import Session
from truebook.db import Database, Scope


@dataclass(frozen=True, slots=True)
class Places:
    """How many places somebody wants in a class of which service, and when it suits."""

    service_id: UUID
    seats: int = 1
    options: tuple[Option, ...] = ((),)
    refused: frozenset[datetime] = frozenset()
    """Times that the customer has declined."""


async def search(db: Database, scope: Scope, wanted: Places, now: datetime, zone: ZoneInfo) -> Found:
    """Return the classes to offer for a wish."""
    first, last = stretch(wanted.options, now.astimezone(zone).date())
    ahead = await _ahead(db, scope, wanted.service_id, first, last + timedelta(days=AHEAD), now, zone)
    within = {slot: one for slot, one in ahead.items() if slot.start.astimezone(zone).date() <= last}
    left = _left(within, wanted)
    plans = choose(list(left), wanted.options, zone, now)
    if not plans.gave and plans.slots:
        return Found(tuple(left[one] for one in plans.slots), plans.exact, plans.aim)
    left = _left(ahead, wanted)
    plans = choose(list(left), wanted.options, zone, now)
    option = wanted.options[0]
    full = choose(list(within), wanted.options, zone, now)
    declined = any(slot.start in wanted.refused for slot in full.slots)
    reason = None if declined else "class_full" if full.slots and not full.gave else "no_class"
    found = tuple(left[one] for one in plans.slots)
    wished = told_of(option, zone, now)
    return Found(found, exact=False, wished=wished, reason=reason, gave=plans.gave)


async def free_days(
    db: Database, scope: Scope, service_id: UUID, seats: int, now: datetime, zone: ZoneInfo
) -> tuple[date, ...]:
    """Return the next days on which a class has so many places left."""
    today = now.astimezone(zone).date()
    ahead = await _ahead(db, scope, service_id, today, today + timedelta(days=AHEAD), now, zone)
    left = _left(ahead, Places(service_id, seats))
    return tuple(sorted({slot.start.astimezone(zone).date() for slot in left}))[:MOST]


async def instead(
    db: Database, scope: Scope, wanted: Places, start: datetime, now: datetime, zone: ZoneInfo
) -> tuple[Proposal, ...]:
    """Return the classes nearest to one that cannot be had."""
    day = start.astimezone(zone).date()
    ahead = await _ahead(db, scope, wanted.service_id, day - timedelta(days=AHEAD), day + timedelta(AHEAD), now, zone)
    left = _left(ahead, wanted)
    return tuple(left[one] for one in nearest(list(left), start, MOST))


async def _ahead(
    db: Database, scope: Scope, service_id: UUID, first: date, last: date, now: datetime, zone: ZoneInfo
) -> dict[Slot, Session]:
    """Return the classes of some days that can be joined, were there a place left; by start."""
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    found = await classes.listing(db, scope, begin, end, service_id=service_id)
    standing = [(one, who) for one in found if (who := one.teacher) and one.cancelled_at is None and one.start > now]
    async with db.reading(scope) as tx:
        policies = {who.id: await queries.policy(tx, who.id) for _, who in standing}
    return {
        Slot(who.id, who.name, one.start, one.end): one
        for one, who in standing
        if rules.earliest(policies[who.id], now) <= one.start
        and one.start <= now + timedelta(days=policies[who.id].max_advance_days)
    }


def _left(ahead: dict[Slot, Session], wanted: Places) -> dict[Slot, Proposal]:
    return {
        slot: Proposal((Piece(one.service_id, slot.staff_id, one.start),), one.id, wanted.seats)
        for slot, one in ahead.items()
        if one.free >= wanted.seats and slot.start not in wanted.refused
    }
