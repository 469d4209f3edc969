"""What booking reads: named SQL, rows into frozen dataclasses. Every query is bounded by plain starts_at."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Appointment, Blackout, Customer, Diary, Hours, Policy, Service, Span, Taken
from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import NotFound

AROUND = timedelta(hours=14) + timedelta(minutes=480 + 1440 + 480)
"""How far outside a stretch of UTC days an appointment can matter: the zone's offset, its length, and two buffers."""

BUSY = """
SELECT array_send(array_agg(starts_at)), array_send(array_agg(ends_at)),
       array_send(array_agg(blocked_from)), array_send(array_agg(blocked_until))
FROM appointments
WHERE o.offered AND tenant_id = %(tenant)s AND staff_id = s.id AND starts_at >= %(begin)s AND starts_at < %(end)s
  AND status IN ('held', 'pending', 'confirmed') AND (status <> 'held' OR hold_expires_at > %(now)s)
  AND id IS DISTINCT FROM %(without)s
"""
"""What is taken of the time of the member of staff s; holds that have run out are not. As bytes: see `_ticks`."""

BOOK = f"""
SELECT a.timezone, v.name, v.duration_minutes, v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor,
       v.currency, v.needs_approval, v.is_active,
       s.id, s.name,
       coalesce(o.offered, false),
       coalesce(c.slot_minutes, 15), coalesce(c.min_notice_minutes, 0), coalesce(c.max_advance_days, 90),
       coalesce(c.cancel_notice_minutes, 0),
       (SELECT json_agg(json_build_array(r.weekday, r.opens_minute, r.closes_minute)
                        ORDER BY r.opens_minute, r.weekday)::text
          FROM availability_rules r WHERE r.account_id = a.id AND r.config_id = c.id),
       (SELECT json_agg(json_build_array(d.date,
                 (SELECT json_agg(json_build_array(lower(i), upper(i))) FROM unnest(d.intervals) i))
                 ORDER BY d.staff_id NULLS FIRST, d.date)::text
          FROM date_overrides d WHERE d.account_id = a.id AND (d.staff_id = s.id OR d.staff_id IS NULL)
           AND d.date BETWEEN %(first)s AND %(last)s),
       (SELECT json_agg(json_build_array(b.starts_on, b.ends_on, b.is_recurring, b.reason)
                        ORDER BY b.starts_on, b.id)::text
          FROM blackout_dates b WHERE b.account_id = a.id AND (b.staff_id = s.id OR b.staff_id IS NULL)
           AND (b.is_recurring OR (b.starts_on <= %(last)s AND b.ends_on >= %(first)s))),
       busy.*
FROM accounts a
JOIN services v ON v.account_id = a.id AND v.id = %(service)s
LEFT JOIN staff s ON s.account_id = a.id AND s.is_active AND (%(staff)s::uuid IS NULL OR s.id = %(staff)s)
LEFT JOIN LATERAL (
  SELECT EXISTS (SELECT FROM staff_services o
                  WHERE o.account_id = a.id AND o.staff_id = s.id AND o.service_id = v.id) AS offered) o ON true
LEFT JOIN LATERAL (
  SELECT * FROM availability_configs c
   WHERE c.account_id = a.id AND c.is_active AND (c.staff_id = s.id OR c.staff_id IS NULL)
   ORDER BY c.staff_id NULLS LAST LIMIT 1) c ON true
LEFT JOIN LATERAL ({BUSY}) busy ON true
WHERE a.id = %(tenant)s
ORDER BY s.name, s.id
"""
"""A service and, row by row, the diaries of the staff; one row without staff where there is none."""

POLICY = """
SELECT slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes FROM availability_configs
WHERE account_id = %s AND is_active AND (staff_id = %s OR staff_id IS NULL) ORDER BY staff_id NULLS LAST LIMIT 1
"""

APPROVAL = "SELECT needs_approval FROM services WHERE account_id = %s AND id = %s"

APPOINTMENT = """
SELECT id, code, status, service_id, service_name, staff_id, staff_name, starts_at, ends_at, blocked_from,
       blocked_until, timezone, customer_name, customer_phone, customer_email, customer_id, conversation_id,
       price_minor, currency, notes, source, hold_expires_at, version, created_at, updated_at
FROM appointments WHERE tenant_id = %(tenant)s
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Which service, with whom (None: with anyone), from first to last day, be they meant in UTC or in local time.

    `without` leaves one appointment out of the busy ones.
    """

    service_id: UUID
    staff_id: UUID | None
    first: date
    last: date
    now: datetime
    without: UUID | None = None

    def params(self, tenant: UUID) -> dict[str, Any]:
        """Return the parameters of the query BOOK."""
        begin, end = (datetime.combine(day, time(), UTC) for day in (self.first, self.last + timedelta(days=1)))
        return {
            "tenant": tenant, "service": self.service_id, "staff": self.staff_id, "without": self.without,
            "first": self.first - timedelta(days=1), "last": self.last + timedelta(days=3),
            "begin": begin - AROUND, "end": end + AROUND, "now": self.now,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """One service and the diaries of the staff it may be booked with, over a stretch of days."""

    service: Service
    zone: ZoneInfo
    diaries: tuple[Diary, ...]

    def offering(self) -> tuple[Diary, ...]:
        """Return the diaries of those who offer the service."""
        return tuple(diary for diary in self.diaries if diary.offers_service)


async def book(tx: Transaction, question: Question) -> Book:
    """Load what decides about a service; raise NotFound where it, or the member of staff, is unknown."""
    return _book(question, await tx.rows(BOOK, question.params(tx.tenant), binary=True))


async def peek(db: Database, scope: Scope, question: Question) -> Book:
    """Load the same in a transaction of its own, in a single round trip."""
    assert scope.tenant is not None
    return _book(question, await db.rows(scope, BOOK, question.params(scope.tenant), binary=True))


async def appointment(tx: Transaction, appointment_id: UUID, *, lock: bool = False) -> Appointment:
    """Return one appointment of the tenant, locked against changes if asked for; raise NotFound where there is none."""
    row = await tx.row(
        APPOINTMENT + " AND id = %(id)s" + (" FOR NO KEY UPDATE" if lock else ""),
        {"tenant": tx.tenant, "id": appointment_id},
    )
    if row is None:
        raise NotFound("there is no such appointment")
    return appointment_of(row)


async def policy(tx: Transaction, staff_id: UUID | None) -> Policy:
    """Return the policy that holds for a member of staff: their own, else the business's, else the default."""
    row = await tx.row(POLICY, (tx.tenant, staff_id))
    return Policy(*row) if row else Policy()


async def needs_approval(tx: Transaction, service_id: UUID | None) -> bool:
    """Tell whether the business wants to approve appointments for a service; nobody approves for one that is gone."""
    row = await tx.row(APPROVAL, (tx.tenant, service_id))
    return bool(row and row[0])


async def by_code(tx: Transaction, code: str) -> Appointment:
    """Return the appointment with a code such as 7Q4-K2M; raise NotFound where there is none."""
    row = await tx.row(APPOINTMENT + " AND code = %(code)s", {"tenant": tx.tenant, "code": code})
    if row is None:
        raise NotFound("there is no appointment with that code")
    return appointment_of(row)


async def upcoming(
    tx: Transaction, conversation_id: UUID, customer_id: UUID | None, now: datetime
) -> list[Appointment]:
    """Return what a customer has ahead: booked in this conversation, or under their name in another."""
    rows = await tx.rows(
        APPOINTMENT
        + " AND starts_at > %(now)s AND status IN ('pending', 'confirmed')"
        + " AND (conversation_id = %(conversation)s OR customer_id = %(customer)s) ORDER BY starts_at LIMIT 10",
        {"tenant": tx.tenant, "now": now, "conversation": conversation_id, "customer": customer_id},
    )
    return [appointment_of(row) for row in rows]


async def listing(
    tx: Transaction,
    begin: datetime,
    end: datetime,
    *,
    staff_id: UUID | None = None,
    status: str | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 100,
) -> list[Appointment]:
    """Return appointments that start in [begin, end), by start and id, at most limit, after a cursor."""
    rows = await tx.rows(
        APPOINTMENT
        + " AND starts_at >= %(begin)s AND starts_at < %(end)s"
        + " AND (%(staff)s::uuid IS NULL OR staff_id = %(staff)s)"
        + " AND (%(status)s::text IS NULL OR status = %(status)s)"
        + (" AND (starts_at, id) > (%(after_start)s, %(after_id)s)" if after else "")
        + " ORDER BY starts_at, id LIMIT %(limit)s",
        {
            "tenant": tx.tenant, "begin": begin, "end": end, "staff": staff_id, "status": status, "limit": limit,
            "after_start": after[0] if after else None, "after_id": after[1] if after else None,
        },
    )  # fmt: skip
    return [appointment_of(row) for row in rows]


async def history(tx: Transaction, appointment_id: UUID) -> list[dict[str, Any]]:
    """Return every change of an appointment: version, op, actor, cause, time and the row as it was then."""
    rows = await tx.rows(
        "SELECT version, op, actor, cause, changed_at, row_data FROM appointment_history"
        " WHERE tenant_id = %s AND appointment_id = %s ORDER BY version, changed_at",
        (tx.tenant, appointment_id),
    )
    return [dict(zip(("version", "op", "actor", "cause", "at", "row"), row, strict=True)) for row in rows]


def appointment_of(row: Sequence[Any]) -> Appointment:
    """Make an Appointment from a row of the query APPOINTMENT."""
    return Appointment(
        id=row[0], code=row[1], status=row[2], service_id=row[3], service_name=row[4], staff_id=row[5],
        staff_name=row[6], start=row[7], end=row[8], blocked=Span(row[9], row[10]), timezone=row[11],
        customer=Customer(row[12], row[13], row[14], row[15]), conversation_id=row[16], price_minor=row[17],
        currency=row[18], notes=row[19], source=row[20], hold_expires_at=row[21], version=row[22],
        created_at=row[23], updated_at=row[24],
    )  # fmt: skip


def _book(question: Question, rows: Sequence[Sequence[Any]]) -> Book:
    """Make a Book of the rows of the query BOOK."""
    if not rows:
        raise NotFound("there is no such service", field="service_id")
    if rows[0][9] is None and question.staff_id is not None:
        raise NotFound("there is no such member of staff", field="staff_id")
    zone = rows[0][0]
    diaries = tuple(_diary(row, zone) for row in rows if row[9] is not None)
    return Book(Service(question.service_id, *rows[0][1:9]), ZoneInfo(zone), diaries)


def _diary(row: Sequence[Any], zone: str) -> Diary:
    return Diary(
        staff_id=row[9],
        staff_name=row[10],
        hours=_hours(zone, *row[16:19]),
        policy=Policy(*row[12:16]),
        taken=Taken() if row[19] is None else Taken(*map(_ticks, row[19:23])),
        offers_service=row[11],
    )


@lru_cache(maxsize=4096)
def _hours(zone: str, weekly: str | None, special: str | None, blackouts: str | None) -> Hours:
    """Read hours from JSON. The same ones come from the database all day long, and what is known of them is kept."""
    week: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, opens, closes in json.loads(weekly or "[]"):
        week[weekday] = (*week.get(weekday, ()), (opens, closes))
    return Hours(
        zone=ZoneInfo(zone),
        weekly=week,
        # the business's come first, and one's own replace them
        special={
            date.fromisoformat(day): tuple((begin, end) for begin, end in spans or ())
            for day, spans in json.loads(special or "[]")
        },
        blackouts=tuple(
            Blackout(date.fromisoformat(first), date.fromisoformat(last), yearly, reason)
            for first, last, yearly, reason in json.loads(blackouts or "[]")
        ),
    )


def _ticks(sent: bytes) -> tuple[int, ...]:
    """Read the binary form of a timestamptz[] without NULLs: a header of 20 bytes, then each length and value.

    Thirty times faster than as datetime objects, of which only a few would be looked at. Source: array_send() in
    PostgreSQL's src/backend/utils/adt/arrayfuncs.c; the values are those of timestamptz_send().
    """
    return struct.unpack_from(f"!{'iq' * ((len(sent) - 20) // 12)}", sent, 20)[1::2]
