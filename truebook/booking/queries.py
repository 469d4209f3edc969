"""What booking reads: named SQL, rows into frozen dataclasses. Every query is bounded by plain starts_at."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from truebook.booking.model import Appointment, AppointmentSegment, Customer, Held, Policy
from truebook.db import Transaction
from truebook.kernel.errors import NotFound

POLICY = """
SELECT slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes FROM availability_configs
WHERE account_id = %s AND is_active AND (staff_id = %s OR staff_id IS NULL) ORDER BY staff_id NULLS LAST LIMIT 1
"""

APPROVAL = "SELECT bool_or(needs_approval) FROM services WHERE account_id = %s AND id = ANY(%s::uuid[])"

SEGMENTS = """
SELECT json_agg(json_build_array(position, service_id, service_name, staff_id, staff_name, guest_name,
                                 starts_at, ends_at, price_minor, resources, session_id) ORDER BY position)
FROM appointment_segments s WHERE s.tenant_id = %(tenant)s AND s.appointment_id = a.id
"""
APPOINTMENT = f"""
SELECT id, code, status, starts_at, ends_at, timezone, customer_name, customer_phone, customer_email, customer_id,
       conversation_id, price_minor, currency, notes, source, hold_expires_at, version, created_at, updated_at,
       arrived_at, overrides, ({SEGMENTS}), confirmed_by_customer_at
FROM appointments a WHERE tenant_id = %(tenant)s
"""


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


async def needs_approval(tx: Transaction, visit: Appointment) -> bool:
    """Tell whether the business wants to approve a visit: one of its services asks for it."""
    row = await tx.row(APPROVAL, (tx.tenant, [one.service_id for one in visit.segments]))
    return bool(row and row[0])


async def by_code(tx: Transaction, code: str) -> Appointment:
    """Return the appointment with a code such as 7Q4-K2M; raise NotFound where there is none."""
    row = await tx.row(APPOINTMENT + " AND code = %(code)s", {"tenant": tx.tenant, "code": code})
    if row is None:
        raise NotFound("there is no appointment with that code")
    return appointment_of(row)


OWN = """
 AND (conversation_id = %(conversation)s
   OR id IN (SELECT appointment_id FROM shown_codes
     WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s)
   OR (customer_id = %(customer)s
     AND (conversation_id IS NULL OR EXISTS (SELECT FROM conversations v WHERE v.account_id = %(tenant)s
       AND v.id = a.conversation_id AND v.customer_id = %(customer)s))))
"""
"""What is a customer's own: made here, opened here by its code, or made where the channel knew them as this customer.

A number typed into some other chat is contact data of that appointment, and makes nobody its owner.
"""


async def upcoming(
    tx: Transaction, conversation_id: UUID, customer_id: UUID | None, now: datetime
) -> list[Appointment]:
    """Return what a customer has ahead, as far as this conversation may know of it."""
    rows = await tx.rows(
        APPOINTMENT
        + " AND starts_at > %(now)s AND status IN ('pending', 'confirmed')"
        + OWN
        + " ORDER BY starts_at LIMIT 10",
        {"tenant": tx.tenant, "now": now, "conversation": conversation_id, "customer": customer_id},
    )
    return [appointment_of(row) for row in rows]


AHEAD = (
    "SELECT count(*) FROM appointments a WHERE tenant_id = %(tenant)s AND starts_at > %(now)s"
    " AND status IN ('pending', 'confirmed')" + OWN
)


async def ahead(tx: Transaction, conversation_id: UUID, customer_id: UUID | None, now: datetime) -> int:
    """Return how many appointments a customer has ahead, as far as this conversation may know of them."""
    params = {"tenant": tx.tenant, "now": now, "conversation": conversation_id, "customer": customer_id}
    row = await tx.row(AHEAD, params)
    assert row is not None
    return int(row[0])


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
        + " AND (%(staff)s::uuid IS NULL OR EXISTS (SELECT FROM appointment_segments s WHERE s.tenant_id = %(tenant)s"
        + "   AND s.appointment_id = a.id AND s.staff_id = %(staff)s))"
        + " AND (%(status)s::text IS NULL OR status = %(status)s)"
        + (" AND (starts_at, id) > (%(after_start)s, %(after_id)s)" if after else "")
        + " ORDER BY starts_at, id LIMIT %(limit)s",
        {
            "tenant": tx.tenant, "begin": begin, "end": end, "staff": staff_id, "status": status, "limit": limit,
            "after_start": after[0] if after else None, "after_id": after[1] if after else None,
        },
    )  # fmt: skip
    return [appointment_of(row) for row in rows]


HISTORY = """
SELECT version, op, actor, cause, changed_at, row_data FROM appointment_history
WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s
  AND (%(after)s::timestamptz IS NULL OR (version, changed_at) > (%(version)s, %(after)s))
ORDER BY version, changed_at LIMIT %(limit)s
"""


async def history(
    tx: Transaction, appointment_id: UUID, *, after: tuple[datetime, int] | None = None, limit: int = 200
) -> list[dict[str, Any]]:
    """Return changes of an appointment, in order: version, op, actor, cause, time and the row as it was then.

    At most `limit`, those after the one of some time and version.
    """
    at, version = after or (None, None)
    params = {"tenant": tx.tenant, "id": appointment_id, "after": at, "version": version, "limit": limit}
    rows = await tx.rows(HISTORY, params)
    return [dict(zip(("version", "op", "actor", "cause", "at", "row"), row, strict=True)) for row in rows]


def appointment_of(row: Sequence[Any]) -> Appointment:
    """Make an Appointment from a row of the query APPOINTMENT."""
    return Appointment(
        id=row[0], code=row[1], status=row[2], start=row[3], end=row[4], timezone=row[5],
        customer=Customer(row[6], row[7], row[8], row[9]), conversation_id=row[10], price_minor=row[11],
        currency=row[12], notes=row[13], source=row[14], hold_expires_at=row[15], version=row[16],
        created_at=row[17], updated_at=row[18], arrived_at=row[19], overrides=tuple(row[20]),
        segments=tuple(map(_segment, row[21] or ())), confirmed_by_customer_at=row[22],
    )  # fmt: skip


def _segment(row: Sequence[Any]) -> AppointmentSegment:
    """Read a segment from JSON, as the query SEGMENTS writes it."""
    return AppointmentSegment(
        position=row[0], service_id=_uuid(row[1]), service_name=row[2], staff_id=_uuid(row[3]), staff_name=row[4],
        guest_name=row[5], start=datetime.fromisoformat(row[6]), end=datetime.fromisoformat(row[7]),
        price_minor=row[8],
        held=tuple(Held(one["role"], UUID(one["id"]), one["name"], _uuid(one["pool_id"])) for one in row[9]),
        session_id=_uuid(row[10]),
    )  # fmt: skip


@lru_cache(8192)  # most are those of the same few services and people
def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
