"""What may be looked at, and who may look: each is one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from truebook.booking import diaries, free, planning, queries
from truebook.booking.errors import NotOffered, Refusal
from truebook.booking.model import Appointment, Wanted
from truebook.booking.visits import Part, Visit
from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound

WITHDRAWN = "SELECT 1 FROM withdrawn_links WHERE account_id = %s AND appointment_id = %s"
WITHDRAW = "INSERT INTO withdrawn_links (account_id, appointment_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"


async def appointment(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Return one appointment; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await queries.appointment(tx, appointment_id)


async def by_code(db: Database, scope: Scope, code: str) -> Appointment:
    """Return the appointment with a code such as 7Q4-K2M; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await queries.by_code(tx, code)


async def by_link(db: Database, scope: Scope, code: str) -> Appointment:
    """Return the appointment whose link somebody has; raise NotFound where the link was withdrawn."""
    async with db.reading(scope) as tx:
        found = await queries.by_code(tx, code)
        if await tx.row(WITHDRAWN, (tx.tenant, found.id)):
            raise NotFound("that link was withdrawn")
        return found


async def withdraw_link(db: Database, scope: Scope, appointment_id: UUID) -> None:
    """Let the link of an appointment lead nowhere any more, whoever has it; again changes nothing."""
    async with db.transaction(scope) as tx:
        await queries.appointment(tx, appointment_id)
        await tx.run(WITHDRAW, (tx.tenant, appointment_id))


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


async def history(
    db: Database, scope: Scope, appointment_id: UUID, *, after: tuple[datetime, int] | None = None, limit: int = 200
) -> list[dict[str, Any]]:
    """Return the changes of an appointment, at most limit, after a time and version; raise NotFound for none such."""
    async with db.reading(scope) as tx:
        await queries.appointment(tx, appointment_id)
        return await queries.history(tx, appointment_id, after=after, limit=limit)


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
    return await why_no_visit(db, scope, (Wanted(service_id, staff_id),), start, now=now, without=without)


async def why_no_visit(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    start: datetime,
    *,
    now: datetime,
    same_staff: bool = True,
    without: UUID | None = None,
) -> Refusal | None:
    """Return why a visit cannot be had at a time, which segment and role it is about, and the nearest free times."""
    (refusal,) = await why_not_at(db, scope, parts, (start,), now=now, same_staff=same_staff, without=without)
    if refusal is not None:
        if isinstance(refusal, NotOffered):
            parts = tuple(replace(one, staff_id=None) for one in parts)
        refusal.nearest = await free.nearest(db, scope, parts, start, now, same_staff=same_staff, without=without)
    return refusal


async def why_not_at(
    db: Database,
    scope: Scope,
    parts: tuple[Wanted, ...],
    starts: Sequence[datetime],
    *,
    now: datetime,
    same_staff: bool = True,
    without: UUID | None = None,
) -> list[Refusal | None]:
    """Return for each of several starts, all of a day or two, why a visit cannot be had then; one look for all."""
    days = [one.astimezone(UTC).date() for one in starts]
    services, staff = tuple(one.service_id for one in parts), tuple(one.staff_id for one in parts)
    question = diaries.Question(services, staff, min(days), max(days), now, without, exactly=True)
    book = await diaries.peek(db, scope, question)
    visit = Visit(
        tuple(Part(book.service(one.service_id), one.staff_id, one.guest_name, one.together) for one in parts),
        same_staff,
    )
    return [_refusal(visit, book, start, now) for start in starts]


def _refusal(visit: Visit, book: diaries.Book, start: datetime, now: datetime) -> Refusal | None:
    try:
        planning.choose(visit, book.resources, start, now)
    except Refusal as refusal:
        return refusal
    return None
