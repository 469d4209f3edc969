"""Series as their rows stand: what is wanted again and again, and what became of each date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from truebook.booking.model import Customer, Status, Wanted, Wish
from truebook.db import Transaction
from truebook.kernel.errors import NotFound

SERIES = """
SELECT s.id, s.rrule, s.starts_on, s.starts_minute, s.timezone, s.segments, s.same_staff, s.overrides, s.notes,
  s.customer_id, s.customer_name, c.phone, c.email, s.version, s.source, s.conversation_id
FROM appointment_series s LEFT JOIN customers c ON (c.account_id, c.id) = (s.tenant_id, s.customer_id)
WHERE s.tenant_id = %s AND s.id = %s
"""
DATES = """
SELECT o.occurs_on, o.status, o.refusal, a.id, a.code, a.status, a.starts_at, a.version,
  o.moved_to, p.staff_id, p.staff_name FROM series_occurrences o
LEFT JOIN appointments a ON (a.tenant_id, a.id) = (o.tenant_id, o.appointment_id)
LEFT JOIN appointment_segments p ON (p.tenant_id, p.appointment_id, p.position) = (a.tenant_id, a.id, 1)
WHERE o.tenant_id = %s AND o.series_id = %s ORDER BY o.occurs_on
"""
LISTING = """
SELECT s.id, s.rrule, s.starts_on, s.starts_minute, s.timezone, s.customer_id, s.customer_name, s.version,
  count(*) FILTER (WHERE o.status = 'wanted'), count(*) FILTER (WHERE o.status = 'booked'),
  count(*) FILTER (WHERE o.status = 'refused'), count(*) FILTER (WHERE o.status = 'exception')
FROM appointment_series s JOIN series_occurrences o ON (o.tenant_id, o.series_id) = (s.tenant_id, s.id)
WHERE s.tenant_id = %(tenant)s AND (%(after)s::uuid IS NULL OR s.id > %(after)s)
  AND (%(customer)s::uuid IS NULL OR s.customer_id = %(customer)s)
GROUP BY s.tenant_id, s.id ORDER BY s.id LIMIT %(limit)s
"""
NEVER = datetime.min.replace(tzinfo=UTC)
"""Stands for the start in a wish of which every date has its own."""


@dataclass(frozen=True, slots=True)
class Day:
    """What became of a date: wanted (not tried yet), booked, refused (why), or an exception.

    A booked one names its appointment, whose own status tells what became of it since, and who does (the first part of)
    it. `moved_to`: when one that is not booked is wanted, where the rest of its series was moved.
    """

    on: date
    status: str
    refusal: dict[str, Any] | None
    appointment_id: UUID | None
    code: str | None
    appointment_status: Status | None
    start: datetime | None
    version: int | None
    moved_to: datetime | None = None
    staff_id: UUID | None = None
    staff_name: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A series as its rows stand."""

    id: UUID
    rrule: str
    starts_on: date
    minute: int
    timezone: str
    wish: Wish
    version: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A series in a list: how many of its dates are still wanted, booked, refused, or exceptions."""

    id: UUID
    rrule: str
    starts_on: date
    minute: int
    timezone: str
    customer_id: UUID | None
    customer_name: str
    version: int
    wanted: int
    booked: int
    refused: int
    exceptions: int


async def read(tx: Transaction, series_id: UUID) -> Series:
    """Return a series with what became of every date; raise NotFound where there is none."""
    row = await tx.row(SERIES, (tx.tenant, series_id))
    days = await tx.rows(DATES, (tx.tenant, series_id))
    if row is None:
        raise NotFound("there is no such series")
    parts = tuple(_part(one) for one in row[5])
    customer = Customer(row[10], row[11], row[12], row[9])
    wish = Wish(
        parts[0].service_id, NEVER, customer, parts[0].staff_id, row[8], segments=parts, same_staff=row[6],
        overrides=tuple(row[7]), source=row[14], conversation_id=row[15],
    )  # fmt: skip
    return Series(*(*row[:5], wish, row[13], tuple(Day(*one) for one in days)))


async def listing(tx: Transaction, *, customer_id: UUID | None, after: UUID | None, limit: int) -> list[Summary]:
    """Return series in the order they were made, at most limit, after a cursor; all of them or a customer's."""
    params = {"tenant": tx.tenant, "customer": customer_id, "after": after, "limit": limit}
    return [Summary(*row) for row in await tx.rows(LISTING, params)]


def _part(one: dict[str, Any]) -> Wanted:
    staff = UUID(one["staff_id"]) if one["staff_id"] else None
    return Wanted(UUID(one["service_id"]), staff, one["guest_name"], one["together"])
