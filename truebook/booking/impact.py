"""What a change of the settings would leave outside: tried in a transaction that is rolled back, by the desk's rules.

Nothing is ever dropped for it. What is booked stays booked; whoever changes the hours is shown it first.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from truebook.booking import diaries, rules
from truebook.booking.diaries import Book
from truebook.booking.model import Appointment, Span
from truebook.booking.queries import APPOINTMENT, appointment_of
from truebook.db import Database, Scope, Transaction
from truebook.tenants.services import SERVICES

Why = Literal["closed", "blackout", "not_offered"]
Change = Callable[[Transaction], Awaitable[object]]
MOST = 5000
AHEAD = (
    APPOINTMENT
    + " AND starts_at > %(now)s AND status IN ('held', 'pending', 'confirmed')"
    + " ORDER BY starts_at, id LIMIT %(limit)s"
)

BY_THE_WEEK = """
SELECT s.starts_at, s.ends_at FROM appointments a
JOIN appointment_segments s ON s.tenant_id = a.tenant_id AND s.appointment_id = a.id
WHERE a.tenant_id = %(tenant)s AND a.starts_at > %(now)s AND a.status IN ('held', 'pending', 'confirmed')
  AND (s.staff_id = %(staff)s OR %(staff)s::uuid IS NULL AND NOT EXISTS (
    SELECT FROM availability_configs c WHERE c.account_id = a.tenant_id AND c.staff_id = s.staff_id AND c.is_active))
  AND NOT EXISTS (SELECT FROM date_overrides d WHERE d.account_id = a.tenant_id
    AND (d.staff_id IS NULL OR d.staff_id = s.staff_id) AND d.date = (s.starts_at AT TIME ZONE a.timezone)::date)
ORDER BY 1, 2 LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Outside:
    """An appointment that a change leaves outside, and what then speaks against it."""

    appointment: Appointment
    why: Why


def against(book: Book, one: Appointment) -> Why | None:
    """Return what the settings say against an appointment as it was agreed, or None."""
    people = {resource.id: resource for resource in book.resources if resource.pool_id is None}
    found: list[Why] = []
    for part in one.segments:
        service = book.services.get(part.service_id) if part.service_id else None
        staff = people.get(part.staff_id) if part.staff_id else None
        span = Span(part.start, part.end)
        if staff is None or service is None or not service.is_active or service.id not in staff.offers:
            found.append("not_offered")
        elif staff.hours is None:
            continue
        elif rules.away_during(staff.hours, span):
            found.append("blackout")
        elif not any(
            opening.holds(span)
            for opening in rules.join(rules.openings(staff.hours, *rules.days_around(staff.hours.zone, span)))
        ):
            found.append("closed")
    return found[0] if found else None


async def by_the_week(db: Database, scope: Scope, staff_id: UUID | None, *, now: datetime) -> list[Span]:
    """Return the work ahead that the week's hours of somebody decide about; None: of all who have none of their own."""
    params = {"tenant": scope.tenant, "now": now, "staff": staff_id, "limit": MOST}
    return [Span(*row) for row in await db.rows(scope, BY_THE_WEEK, params)]


async def outside(db: Database, scope: Scope, change: Change, *, now: datetime) -> list[Outside]:
    """Return which appointments ahead a change would leave outside that are not so already; nothing is changed.

    Raises whatever the change itself raises.
    """
    found: list[Outside] = []
    try:
        async with SERVICES.changing(db, scope) as tx:
            rows = await tx.rows(AHEAD, {"tenant": tx.tenant, "now": now, "limit": MOST})
            ahead = [appointment_of(row) for row in rows]
            before = await diaries.settings(tx)
            await change(tx)
            after = await diaries.settings(tx)
            for one in ahead:
                why = against(after, one)
                if why is not None and against(before, one) is None:
                    found.append(Outside(one, why))
            raise _Tried
    except _Tried:
        return found


class _Tried(Exception):
    """Ends a transaction that was only there to see what a change does."""


async def make(db: Database, scope: Scope, change: Change) -> None:
    """Make a change of the settings in one transaction; raises whatever the change itself raises."""
    async with SERVICES.changing(db, scope) as tx:
        await change(tx)
