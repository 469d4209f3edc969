"""What booking writes: named SQL, one statement per change, guarded by the database's own constraints."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.booking.errors import REFUSALS, KeyReused, Refusal
from truebook.booking.model import Appointment, Customer, Service, Slot, Source, Span, Status
from truebook.db import Transaction
from truebook.jobs import DEFER, AppointmentChanged, job
from truebook.kernel import ids

ADD = f"""
WITH added AS (
  INSERT INTO appointments (tenant_id, account_id, id, code, service_id, staff_id, customer_id, conversation_id,
    starts_at, ends_at, blocked_from, blocked_until, timezone, status, hold_expires_at, customer_name, customer_phone,
    customer_email, service_name, staff_name, price_minor, currency, notes, source)
  VALUES (%(tenant)s, %(tenant)s, %(id)s, %(code)s, %(service)s, %(staff)s, %(customer)s, %(conversation)s,
    %(start)s, %(end)s, %(blocked_from)s, %(blocked_until)s, %(zone)s, %(status)s, %(hold)s, %(name)s, %(phone)s,
    %(email)s, %(service_name)s, %(staff_name)s, %(price)s, %(currency)s, %(notes)s, %(source)s)
  ON CONFLICT DO NOTHING
  RETURNING id),
remembered AS (
  INSERT INTO idempotency_keys (account_id, key, request_hash, appointment_id)
  SELECT %(tenant)s, %(key)s, %(hash)s, id FROM added WHERE %(key)s::text IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING key),
told AS (
  INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
  SELECT %(tenant)s, %(outbox)s, %(topic)s, id, 1 FROM added WHERE %(topic)s::text IS NOT NULL RETURNING id)
SELECT (SELECT count(*) FROM added) AS added, (SELECT count(*) FROM remembered), pg_current_xact_id()::text::bigint,
       (SELECT {DEFER} FROM told)
"""

CHANGE = """
UPDATE appointments SET status = %(status)s, hold_expires_at = NULL, staff_id = %(staff)s, staff_name = %(staff_name)s,
  starts_at = %(start)s, ends_at = %(end)s, blocked_from = %(blocked_from)s, blocked_until = %(blocked_until)s
WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING version, pg_current_xact_id()::text::bigint
"""

TELL = """
INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
VALUES (%(tenant)s, %(id)s, %(topic)s, %(appointment)s, %(version)s)
"""

REMEMBER = """
INSERT INTO idempotency_keys (account_id, key, request_hash, appointment_id, refusal)
VALUES (%(tenant)s, %(key)s, %(hash)s, %(appointment)s, %(refusal)s) ON CONFLICT DO NOTHING RETURNING key
"""

RECALL = "SELECT request_hash, appointment_id, refusal FROM idempotency_keys WHERE account_id = %s AND key = %s"

# locked in one order, so that two who release the same holds wait for each other and not in a circle
RELEASE = """
WITH over AS (
  SELECT id FROM appointments
  WHERE tenant_id = %(tenant)s AND status = 'held' AND hold_expires_at <= %(now)s
    AND (%(staff)s::uuid IS NULL OR (staff_id = %(staff)s AND blocked_from < %(end)s AND blocked_until > %(begin)s))
  ORDER BY id FOR NO KEY UPDATE)
UPDATE appointments a SET status = 'cancelled', hold_expires_at = NULL
FROM over WHERE a.tenant_id = %(tenant)s AND a.id = over.id RETURNING a.id
"""


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key and the hash of the request it stands for (SHA-256 of its canonical form)."""

    text: str
    request: bytes


@dataclass(frozen=True, slots=True)
class New:
    """An appointment about to be written."""

    service: Service
    slot: Slot
    blocked: Span
    timezone: str
    status: Status
    hold_expires_at: datetime | None
    customer: Customer
    conversation_id: UUID | None
    notes: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Added:
    """What came of writing an appointment.

    `appointment_id` is None where the time was taken meanwhile (or, once in a billion, the code is); `remembered` is
    False where somebody else stored the key first.
    """

    appointment_id: UUID | None
    remembered: bool


async def recall(tx: Transaction, key: Key) -> UUID | Refusal | None:
    """Return what a key led to, an appointment or a refusal; None for a new key.

    Raises KeyReused where the key belongs to another request.
    """
    row = await tx.row(RECALL, (tx.tenant, key.text))
    if row is None:
        return None
    request_hash, appointment_id, refusal = row
    if bytes(request_hash) != key.request:
        raise KeyReused("this idempotency key was used for another request", field="Idempotency-Key")
    if refusal is not None:
        return thaw(refusal)
    assert isinstance(appointment_id, UUID)
    return appointment_id


async def remember(tx: Transaction, key: Key, outcome: UUID | Refusal) -> bool:
    """Store what a key led to; return False where somebody stored an outcome first."""
    refusal = Jsonb(freeze(outcome)) if isinstance(outcome, Refusal) else None
    appointment_id = outcome if isinstance(outcome, UUID) else None
    params = {"tenant": tx.tenant, "key": key.text, "hash": key.request}
    return await tx.row(REMEMBER, {**params, "appointment": appointment_id, "refusal": refusal}) is not None


async def add(tx: Transaction, new: New, *, key: Key | None, topic: str | None, tell_at: datetime | None) -> Added:
    """Write an appointment, its key, and the note and the job to tell of it (with a topic), all in one statement."""
    appointment_id, note = ids.uuid7(), ids.uuid7()
    row = await tx.row(
        ADD,
        {
            "tenant": tx.tenant, "id": appointment_id, "code": ids.code(), "service": new.service.id,
            "staff": new.slot.staff_id, "customer": new.customer.id, "conversation": new.conversation_id,
            "start": new.slot.start, "end": new.slot.end, "blocked_from": new.blocked.start,
            "blocked_until": new.blocked.end, "zone": new.timezone, "status": new.status, "hold": new.hold_expires_at,
            "name": new.customer.name, "phone": new.customer.phone, "email": new.customer.email,
            "service_name": new.service.name, "staff_name": new.slot.staff_name, "price": new.service.price_minor,
            "currency": new.service.currency, "notes": new.notes, "source": new.source,
            "key": key.text if key else None, "hash": key.request if key else None, "outbox": note, "topic": topic,
            **job(AppointmentChanged(tx.tenant, note), at=tell_at),
        },
    )  # fmt: skip
    assert row is not None
    tx.xid = row[2]
    return Added(appointment_id if row[0] else None, key is None or bool(row[1]))


async def change(
    tx: Transaction, before: Appointment, *, status: Status, slot: Slot | None, blocked: Span | None
) -> int:
    """Change an appointment's status and, with slot and blocked, its time and staff; return the new version."""
    row = await tx.row(
        CHANGE,
        {
            "tenant": tx.tenant, "id": before.id, "status": status,
            "staff": slot.staff_id if slot else before.staff_id,
            "staff_name": slot.staff_name if slot else before.staff_name,
            "start": slot.start if slot else before.start, "end": slot.end if slot else before.end,
            "blocked_from": (blocked or before.blocked).start, "blocked_until": (blocked or before.blocked).end,
        },
    )  # fmt: skip
    assert row is not None
    tx.xid = row[1]
    return int(row[0])


async def tell(tx: Transaction, appointment_id: UUID, version: int, topic: str) -> UUID:
    """Note in the outbox that somebody must be told of a change; return the note's id."""
    note = ids.uuid7()
    await tx.run(
        TELL, {"tenant": tx.tenant, "id": note, "topic": topic, "appointment": appointment_id, "version": version}
    )
    return note


async def release(tx: Transaction, now: datetime, staff_id: UUID | None = None, span: Span | None = None) -> int:
    """Give back times of holds that have run out: all of the tenant's, or one person's in a span. Return how many."""
    begin, end = span or (None, None)
    params = {"tenant": tx.tenant, "now": now, "staff": staff_id, "begin": begin, "end": end}
    return len(await tx.rows(RELEASE, params))


def freeze(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as JSON. Its nearest times are left out: they would be old by the time it is read."""
    return {"code": refusal.code, "message": refusal.message, "data": refusal.data}


def thaw(stored: dict[str, Any]) -> Refusal:
    """Bring a stored refusal back to life."""
    return REFUSALS[stored["code"]](stored["message"], **stored["data"])
