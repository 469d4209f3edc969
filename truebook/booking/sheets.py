"""Days as the desk draws them: who works when, what is booked, held and asked for, and whether customers were told."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from truebook.booking import blocks, diaries, queries, rules, sessions, waitlist
from truebook.booking.blocks import Block
from truebook.booking.model import Appointment, Blackout, Hours, Service, Span
from truebook.booking.sessions import Session
from truebook.db import Database, Scope
from truebook.kernel import clock

MOST = 5000
"""Appointments of one sheet; a month of a busy business has a thousand."""

TOLD = """
SELECT DISTINCT ON (appointment_id) appointment_id, status FROM outbox
WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(ids)s) ORDER BY appointment_id, created_at DESC, id DESC
"""
VISITS = """
SELECT count(*) FILTER (WHERE status = 'completed' OR status = 'confirmed' AND starts_at < %(now)s),
       count(*) FILTER (WHERE status = 'no_show'),
       max(starts_at) FILTER (WHERE status IN ('confirmed', 'completed') AND starts_at < %(now)s)
FROM appointments WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s AND id <> %(but)s
"""
PEOPLE = """
SELECT s.id, s.name, s.is_active FROM staff s WHERE s.account_id = %s
ORDER BY s.is_active DESC, s.name, s.id
"""


ROOMS = """
SELECT r.id, r.name FROM resources r JOIN resource_pools p ON p.account_id = r.account_id AND p.id = r.pool_id
WHERE r.account_id = %s AND r.is_active AND p.kind IN ('room', 'equipment') ORDER BY p.kind DESC, p.name, r.unit
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One member of staff on one day: when they are open, and a day off that falls on it."""

    staff_id: UUID
    name: str
    day: date
    open: tuple[Span, ...]
    away: Blackout | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment on a sheet. `told` is what became of the last message about it: queued, sent, failed, not_needed.

    None where nobody had to be told.
    """

    appointment: Appointment
    told: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """A room or a unit of equipment, which may be a column of its own."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some days of a business: its columns, by day and name, and what stands in them; who waits for a time in them."""

    first: date
    last: date
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    classes: tuple[Session, ...] = ()
    waiting: tuple[waitlist.Entry, ...] = ()
    rooms: tuple[Room, ...] = ()
    pauses: dict[UUID, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """By service, the minutes from its start during which whoever does it is free for others."""


@dataclass(frozen=True, slots=True)
class Past:
    """How often a customer came, did not come, and when last; None where the appointment has no known customer."""

    visits: int
    no_shows: int
    last: datetime | None


async def sheet(
    db: Database, scope: Scope, first: date, last: date, *, now: datetime, zone: str, staff_id: UUID | None = None
) -> Sheet:
    """Return the sheet of some days, both included, of everybody or of one member of staff."""
    tz = clock.zone(zone)
    begin, end = clock.at(first, 0, tz), clock.at(last + timedelta(days=1), 0, tz)
    async with db.reading(scope) as tx:
        people = [(row[0], row[1]) for row in await tx.rows(PEOPLE, (tx.tenant,)) if row[2]]
        found = await queries.listing(tx, begin, end, staff_id=staff_id, limit=MOST)
        shown = [one for one in found if one.status != "cancelled" and not _over(one, now)]
        told: dict[UUID, str] = dict(await tx.rows(TOLD, {"tenant": tx.tenant, "ids": [one.id for one in shown]}))
        settings = await diaries.committed(tx)
        held = [one for one in await sessions.listing(tx, begin, end, None, MOST) if one.cancelled_at is None]
        rooms = [Room(*row) for row in await tx.rows(ROOMS, (tx.tenant,))] if staff_id is None else []
    hours = {one.id: one.hours for one in settings.resources if one.hours is not None}
    pausing = {one.id: free for one in settings.services.values() if (free := pauses(one))}
    days = rules.days(first, last)
    mine = [(who, name) for who, name in people if staff_id in (None, who)]
    columns = [_column(who, name, day, hours.get(who)) for day in days for who, name in mine]
    kept = await blocks.listing(db, scope, begin, end, resource_id=staff_id)
    waiting = [
        one
        for one in await waitlist.listing(db, scope)
        if staff_id is None or one.staff_id == staff_id
        if any(span.overlaps(Span(begin, end)) for span in one.windows)
    ]
    mine_held = [one for one in held if staff_id is None or (one.teacher and one.teacher.id == staff_id)]
    entries = tuple(Entry(one, told.get(one.id)) for one in shown)
    return Sheet(
        first, last, tuple(columns), entries, tuple(kept), tuple(mine_held), tuple(waiting), tuple(rooms), pausing
    )  # fmt: skip


async def past(db: Database, scope: Scope, one: Appointment, *, now: datetime) -> Past | None:
    """Return what is known of the other visits of an appointment's customer."""
    if one.customer.id is None:
        return None
    params = {"tenant": scope.tenant, "customer": one.customer.id, "now": now, "but": one.id}
    row = await db.glance(scope, VISITS, params)
    return Past(*row) if row else None


def pauses(service: Service) -> tuple[tuple[int, int], ...]:
    """Return the minutes from a service's start during which whoever leads it is free: processing time."""
    lead = next((role for role in service.roles if role.pool_id is None), None)
    if lead is None:
        return ()
    return tuple(
        (max(end, 0), min(begin, service.duration))
        for (_, end), (begin, _) in zip(lead.busy, lead.busy[1:], strict=False)
        if begin > 0 and end < service.duration
    )


def _column(staff_id: UUID, name: str, day: date, hours: Hours | None) -> Column:
    if hours is None:
        return Column(staff_id, name, day, (), None)
    return Column(staff_id, name, day, tuple(rules.openings(hours, day, day)), rules.away_on(hours, day))


def _over(one: Appointment, now: datetime) -> bool:
    return one.hold_expires_at is not None and one.hold_expires_at <= now
