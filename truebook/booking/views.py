"""What may be looked at without changing anything: each is one transaction."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from truebook.booking import availability, diaries, free, queries
from truebook.booking.errors import NotOffered, Refusal
from truebook.booking.model import Appointment
from truebook.db import Database, Scope


async def appointment(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Return one appointment; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await queries.appointment(tx, appointment_id)


async def by_code(db: Database, scope: Scope, code: str) -> Appointment:
    """Return the appointment with a code such as 7Q4-K2M; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await queries.by_code(tx, code)


async def listing(
    db: Database,
    scope: Scope,
    begin: datetime,
    end: datetime,
    *,
    staff_id: UUID | None = None,
    status: str | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 100,
) -> list[Appointment]:
    """Return appointments that start in [begin, end), by start and id, at most limit, after a cursor."""
    async with db.reading(scope) as tx:
        return await queries.listing(tx, begin, end, staff_id=staff_id, status=status, after=after, limit=limit)


async def history(db: Database, scope: Scope, appointment_id: UUID) -> list[dict[str, Any]]:
    """Return every change of an appointment; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        await queries.appointment(tx, appointment_id)
        return await queries.history(tx, appointment_id)


async def why_not(
    db: Database,
    scope: Scope,
    service_id: UUID,
    staff_id: UUID | None,
    start: datetime,
    *,
    now: datetime,
    without: UUID | None = None,
) -> Refusal | None:
    """Return why a time cannot be had, with the free times nearest to it; None if it can.

    `without` names an appointment that is to be moved: its own time counts as free.
    """
    day = start.astimezone(UTC).date()
    loaded = await diaries.peek(db, scope, diaries.Question(service_id, staff_id, day, day, now, without))
    try:
        availability.choose(loaded.service, loaded.diaries, start, now)
    except Refusal as refusal:
        whom = None if isinstance(refusal, NotOffered) else staff_id
        refusal.nearest = await free.nearest(db, scope, service_id, whom, start, now, without)
        return refusal
    return None
