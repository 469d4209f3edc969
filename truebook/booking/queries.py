"""What booking reads: named SQL, rows into frozen dataclasses. Every query is bounded by plain starts_at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Appointment, Blackout, Busy, Customer, Diary, Policy, Service, Span
from truebook.db import Transaction
from truebook.kernel.errors import NotFound

AROUND = timedelta(hours=14) + timedelta(minutes=480 + 1440 + 480)
"""How far outside a stretch of UTC days an appointment can matter: the zone's offset, its length, and two buffers."""

SERVICE = """
SELECT a.timezone, v.name, v.duration_minutes, v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor,
       v.currency, v.needs_approval, v.is_active,
       (SELECT jsonb_agg(jsonb_build_array(d.staff_id, d.date,
                 (SELECT jsonb_agg(jsonb_build_array(lower(i), upper(i))) FROM unnest(d.intervals) i)))
          FROM date_overrides d WHERE d.account_id = a.id AND d.date BETWEEN %(first)s AND %(last)s),
       (SELECT jsonb_agg(jsonb_build_array(b.staff_id, b.starts_on, b.ends_on, b.is_recurring, b.reason))
          FROM blackout_dates b WHERE b.account_id = a.id
           AND (b.is_recurring OR (b.starts_on <= %(last)s AND b.ends_on >= %(first)s)))
FROM accounts a JOIN services v ON v.account_id = a.id AND v.id = %(service)s
WHERE a.id = %(tenant)s
"""

STAFF = """
SELECT s.id, s.name,
       EXISTS (SELECT FROM staff_services o
                WHERE o.account_id = s.account_id AND o.staff_id = s.id AND o.service_id = %(service)s),
       coalesce(c.slot_minutes, 15), coalesce(c.min_notice_minutes, 0), coalesce(c.max_advance_days, 90),
       coalesce(c.cancel_notice_minutes, 0),
       (SELECT jsonb_agg(jsonb_build_array(r.weekday, r.opens_minute, r.closes_minute) ORDER BY r.opens_minute)
          FROM availability_rules r WHERE r.account_id = c.account_id AND r.config_id = c.id)
FROM staff s
LEFT JOIN LATERAL (
  SELECT * FROM availability_configs c
   WHERE c.account_id = s.account_id AND c.is_active AND (c.staff_id = s.id OR c.staff_id IS NULL)
   ORDER BY c.staff_id NULLS LAST LIMIT 1) c ON true
WHERE s.account_id = %(tenant)s AND s.is_active AND (%(staff)s::uuid IS NULL OR s.id = %(staff)s)
ORDER BY s.name, s.id
"""

POLICY = """
SELECT slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes FROM availability_configs
WHERE account_id = %s AND is_active AND (staff_id = %s OR staff_id IS NULL) ORDER BY staff_id NULLS LAST LIMIT 1
"""

APPROVAL = "SELECT needs_approval FROM services WHERE account_id = %s AND id = %s"

BUSY = """
SELECT staff_id, array_agg(id), array_agg(starts_at), array_agg(ends_at), array_agg(blocked_from),
       array_agg(blocked_until), array_agg(status = 'held' AND hold_expires_at <= %(now)s)
FROM appointments
WHERE tenant_id = %(tenant)s AND starts_at >= %(begin)s AND starts_at < %(end)s
  AND status IN ('held', 'pending', 'confirmed') AND (%(staff)s::uuid IS NULL OR staff_id = %(staff)s)
GROUP BY staff_id
"""

APPOINTMENT = """
SELECT id, code, status, service_id, service_name, staff_id, staff_name, starts_at, ends_at, blocked_from,
       blocked_until, timezone, customer_name, customer_phone, customer_email, customer_id, conversation_id,
       price_minor, currency, notes, source, hold_expires_at, version, created_at, updated_at
FROM appointments WHERE tenant_id = %(tenant)s
"""


@dataclass(frozen=True, slots=True)
class Book:
    """One service and the diaries of the staff it may be booked with, over a stretch of days."""

    service: Service
    zone: ZoneInfo
    diaries: tuple[Diary, ...]
    expired_holds: dict[UUID, Span]

    def offering(self) -> tuple[Diary, ...]:
        """Return the diaries of those who offer the service."""
        return tuple(diary for diary in self.diaries if diary.offers_service)


async def book(
    tx: Transaction,
    service_id: UUID,
    staff_id: UUID | None,
    first: date,
    last: date,
    now: datetime,
    *,
    without: UUID | None = None,
) -> Book:
    """Load what decides about a service from first to last day, be they meant in UTC or on the business's calendar.

    `without` leaves one appointment out of the busy ones.
    Raises NotFound for an unknown service or member of staff.
    """
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    params = {
        "tenant": tx.tenant, "service": service_id, "staff": staff_id, "first": first - timedelta(days=1),
        "last": last + timedelta(days=3), "begin": begin - AROUND, "end": end + AROUND, "now": now,
    }  # fmt: skip
    cursors = [await tx.connection.execute(sql, params, binary=True) for sql in (SERVICE, STAFF, BUSY)]
    head = await cursors[0].fetchone()
    staff = await cursors[1].fetchall()
    busy = await cursors[2].fetchall()
    if head is None:
        raise NotFound("there is no such service", field="service_id")
    if staff_id is not None and not staff:
        raise NotFound("there is no such member of staff", field="staff_id")
    taken, expired = _busy(busy, without)
    zone = ZoneInfo(head[0])
    diaries = tuple(_diary(row, zone, head[9] or (), head[10] or (), taken.get(row[0], ())) for row in staff)
    return Book(Service(service_id, *head[1:9]), zone, diaries, expired)


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


def _busy(rows: Sequence[Any], without: UUID | None) -> tuple[dict[UUID, tuple[Busy, ...]], dict[UUID, Span]]:
    """Sort busy times by staff; holds that have run out are set aside, to be released when their time is wanted."""
    taken: dict[UUID, tuple[Busy, ...]] = {}
    expired: dict[UUID, Span] = {}
    for staff_id, ids, starts, ends, blocked_from, blocked_until, run_out in rows:
        kept: list[Busy] = []
        for one, start, end, begin, until, is_expired in zip(
            ids, starts, ends, blocked_from, blocked_until, run_out, strict=True
        ):
            if is_expired:
                expired[one] = Span(begin, until)
            elif one != without:
                kept.append(Busy(one, Span(start, end), Span(begin, until)))
        taken[staff_id] = tuple(kept)
    return taken, expired


def _diary(
    row: Sequence[Any], zone: ZoneInfo, overrides: Sequence[Any], blackouts: Sequence[Any], busy: tuple[Busy, ...]
) -> Diary:
    staff_id: UUID = row[0]
    weekly: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, opens, closes in row[7] or ():
        weekly[weekday] = (*weekly.get(weekday, ()), (opens, closes))
    return Diary(
        staff_id=staff_id,
        staff_name=row[1],
        zone=zone,
        policy=Policy(*row[3:7]),
        weekly=weekly,
        special=_special(overrides, staff_id),
        blackouts=tuple(
            Blackout(date.fromisoformat(first), date.fromisoformat(last), yearly, reason)
            for whose, first, last, yearly, reason in blackouts
            if whose is None or UUID(whose) == staff_id
        ),
        busy=busy,
        offers_service=row[2],
    )


def _special(overrides: Sequence[Any], staff_id: UUID) -> dict[date, tuple[tuple[int, int], ...]]:
    """Return the special hours of one member of staff: their own where they have some, else the business's."""
    special: dict[date, tuple[tuple[int, int], ...]] = {}
    for whose, day, spans in sorted(overrides, key=lambda override: override[0] is not None):
        if whose is None or UUID(whose) == staff_id:
            special[date.fromisoformat(day)] = tuple((begin, end) for begin, end in spans or ())
    return special
