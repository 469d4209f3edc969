"""What booking writes: named SQL, one statement per change, guarded by the database's own constraints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from pydantic_core import to_json

from truebook.booking.errors import REFUSALS, KeyReused, Refusal
from truebook.booking.model import Customer, Source, Status
from truebook.booking.visits import Plan, Segment
from truebook.db import Steps, Transaction
from truebook.jobs import DEFER, AppointmentChanged, job
from truebook.kernel import ids

CLAIMED = """
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
SELECT %(tenant)s, resource_id, starts_at, ends_at, %(id)s, segment, number
FROM jsonb_to_recordset(%(claims)s::jsonb)
  AS w(resource_id uuid, starts_at timestamptz, ends_at timestamptz, segment smallint, number smallint)
{after} ORDER BY resource_id, starts_at ON CONFLICT DO NOTHING RETURNING 1
"""
"""Always in this order: then whoever waits for a claim holds only such as come before it, and no circle can be. JSON,
since a parameter for each column would take the driver longer than all the rest."""
WHOLE = "all_or_none(jsonb_array_length(%(claims)s::jsonb), {claimed})"
PARTS = """
INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, session_id, guest_name,
  starts_at, ends_at, claims, service_name, staff_name, resources, price_minor)
SELECT %(tenant)s, %(id)s, position, service_id, staff_id, session_id, guest_name, starts_at, ends_at, claims,
       service_name, staff_name, resources, price_minor
FROM jsonb_to_recordset(%(segments)s::jsonb)
  AS p(position smallint, service_id uuid, staff_id uuid, session_id uuid, guest_name text, starts_at timestamptz,
       ends_at timestamptz, claims smallint, service_name text, staff_name text, resources jsonb, price_minor bigint)
"""
WRITTEN = """
SELECT id FROM appointment_history WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s
ORDER BY version DESC LIMIT 1
"""
"""What the history says of a change that has just been made."""
XID = "pg_current_xact_id()::text::bigint"

ADD = Steps(
    f"{{remembered}}, {XID}, CASE WHEN {{told}} > 0 THEN (SELECT {DEFER}) END, {WHOLE}",
    added="""
INSERT INTO appointments (tenant_id, account_id, id, code, customer_id, conversation_id, starts_at, ends_at, timezone,
  status, hold_expires_at, customer_name, customer_phone, customer_email, price_minor, currency, notes, source,
  overrides, arrived_at)
VALUES (%(tenant)s, %(tenant)s, %(id)s, %(code)s, %(customer)s, %(conversation)s, %(start)s, %(end)s, %(zone)s,
  %(status)s, %(hold)s, %(name)s, %(phone)s, %(email)s, %(price)s, %(currency)s, %(notes)s, %(source)s,
  %(overrides)s::text[], %(arrived)s)
""",
    parts=f"{PARTS} RETURNING 1",
    claimed=CLAIMED.format(after=""),
    remembered="""
INSERT INTO idempotency_keys (account_id, key, request_hash, appointment_id)
SELECT %(tenant)s, %(key)s, %(hash)s, %(id)s WHERE %(key)s::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING key
""",
    told="""
INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
SELECT %(tenant)s, %(outbox)s, %(topic)s, %(id)s, 1 WHERE %(topic)s::text IS NOT NULL RETURNING id
""",
)

CHANGE = Steps(
    f"{{changed.version}}, {XID}",
    changed="""
UPDATE appointments SET status = %(status)s, hold_expires_at = NULL
WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING version
""",
)
ACKNOWLEDGE = Steps(
    f"{{changed}}, {XID}",
    changed="""
UPDATE appointments SET confirmed_by_customer_at = %(now)s WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING 1
""",
)
ANNOTATE = Steps(
    f"{{changed}}, {XID}",
    changed="UPDATE appointments SET notes = %(notes)s WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING 1",
)
INTRODUCE = Steps(
    f"{{changed}}, {XID}",
    named="""
UPDATE appointment_segments s SET guest_name = n.told
FROM unnest(%(known)s::text[], %(told)s::text[]) AS n(known, told)
WHERE s.tenant_id = %(tenant)s AND s.appointment_id = %(id)s AND s.guest_name = n.known
""",
    changed="""
UPDATE appointments SET customer_id = %(customer)s, customer_name = %(name)s, customer_phone = %(phone)s,
  customer_email = %(email)s, notes = %(notes)s
WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING 1
""",
)
ARRIVE = Steps(
    f"{{changed}}, {XID}",
    changed="UPDATE appointments SET arrived_at = %(at)s WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING 1",
)

# what is given up goes first: it cannot be in the way of what is taken instead
REARRANGE = Steps(
    f"{{changed.version}}, {XID}, {WHOLE}",
    gone="DELETE FROM claims WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s RETURNING 1",
    dropped="""
DELETE FROM appointment_segments
WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s AND position > jsonb_array_length(%(segments)s::jsonb)
""",
    parts=f"""{PARTS}
ON CONFLICT (tenant_id, appointment_id, position) DO UPDATE SET service_id = excluded.service_id,
  staff_id = excluded.staff_id, session_id = excluded.session_id, guest_name = excluded.guest_name,
  starts_at = excluded.starts_at, ends_at = excluded.ends_at, claims = excluded.claims,
  service_name = excluded.service_name, staff_name = excluded.staff_name, resources = excluded.resources,
  price_minor = excluded.price_minor
""",
    changed="""
UPDATE appointments SET status = %(status)s, hold_expires_at = NULL, starts_at = %(start)s, ends_at = %(end)s,
  price_minor = %(price)s, currency = %(currency)s, overrides = %(overrides)s::text[],
  confirmed_by_customer_at = CASE WHEN starts_at = %(start)s THEN confirmed_by_customer_at END
WHERE tenant_id = %(tenant)s AND id = %(id)s RETURNING version
""",
    claimed=CLAIMED.format(after="WHERE {gone} >= 0"),
)

TELL = """
INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version, status, last_error)
VALUES (%(tenant)s, %(id)s, %(topic)s, %(appointment)s, %(version)s,
  CASE WHEN %(by_caller)s THEN 'not_needed' ELSE 'queued' END, CASE WHEN %(by_caller)s THEN 'told by the caller' END)
"""

REMEMBER = """
INSERT INTO idempotency_keys (account_id, key, request_hash, appointment_id, refusal)
VALUES (%(tenant)s, %(key)s, %(hash)s, %(appointment)s, %(refusal)s) ON CONFLICT DO NOTHING RETURNING key
"""

RECALL = "SELECT request_hash, appointment_id, refusal FROM idempotency_keys WHERE account_id = %s AND key = %s"

# locked in one order, so that two who release the same holds wait for each other and not in a circle
RELEASE = """
WITH over AS (
  SELECT id FROM appointments a
  WHERE tenant_id = %(tenant)s AND status = 'held' AND hold_expires_at <= %(now)s
    AND (%(resources)s::uuid[] IS NULL OR EXISTS (
      SELECT FROM claims c
      JOIN unnest(%(resources)s::uuid[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
        AS w(resource_id, begin, until)
        ON c.resource_id = w.resource_id AND c.starts_at < w.until AND c.ends_at > w.begin
      WHERE c.tenant_id = %(tenant)s AND c.appointment_id = a.id))
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

    plan: Plan
    timezone: str
    status: Status
    hold_expires_at: datetime | None
    customer: Customer
    conversation_id: UUID | None
    notes: str | None
    source: Source
    overrides: tuple[str, ...] = ()
    arrived_at: datetime | None = None


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


async def add(
    tx: Transaction, new: New, *, key: Key | None, topic: str | None, tell_at: datetime | None
) -> UUID | None:
    """Write an appointment with all its claims, its key, and the note and the job to tell of it, in one statement.

    Returns its id; None where somebody else stored the key first. A claim that is lost ends the transaction.
    """
    appointment_id, note = ids.uuid7(), ids.uuid7()
    row = await _take(
        tx,
        ADD,
        {
            "tenant": tx.tenant, "id": appointment_id, "code": ids.code(), "customer": new.customer.id,
            "conversation": new.conversation_id, "zone": new.timezone, "status": new.status,
            "hold": new.hold_expires_at, "name": new.customer.name, "phone": new.customer.phone,
            "email": new.customer.email, "notes": new.notes, "source": new.source, "overrides": list(new.overrides),
            "arrived": new.arrived_at, "key": key.text if key else None, "hash": key.request if key else None,
            "outbox": note, "topic": topic, **_written(new.plan),
            **job(AppointmentChanged(tx.tenant, note), at=tell_at),
        },
    )  # fmt: skip
    return appointment_id if key is None or row[0] else None


async def change(tx: Transaction, appointment_id: UUID, status: Status) -> int:
    """Change an appointment's status, and with it what it claims; return the new version."""
    row = await _take(tx, CHANGE, {"tenant": tx.tenant, "id": appointment_id, "status": status})
    return int(row[0])


async def annotate(tx: Transaction, appointment_id: UUID, notes: str | None) -> None:
    """Write down what the team is to know of an appointment."""
    await _take(tx, ANNOTATE, {"tenant": tx.tenant, "id": appointment_id, "notes": notes})


async def introduce(
    tx: Transaction, appointment_id: UUID, customer: Customer, notes: str | None, guests: Mapping[str, str]
) -> None:
    """Write down whom an appointment is for, and how its guests are called instead."""
    who = {
        "customer": customer.id, "name": customer.name, "phone": customer.phone, "email": customer.email,
        "known": list(guests), "told": list(guests.values()),
    }  # fmt: skip
    await _take(tx, INTRODUCE, {"tenant": tx.tenant, "id": appointment_id, "notes": notes, **who})


async def arrive(tx: Transaction, appointment_id: UUID, at: datetime | None) -> None:
    """Note when whom an appointment is for came; None: not yet."""
    await _take(tx, ARRIVE, {"tenant": tx.tenant, "id": appointment_id, "at": at})


async def acknowledge(tx: Transaction, appointment_id: UUID, now: datetime) -> None:
    """Note when whom an appointment is for said that they will come."""
    await _take(tx, ACKNOWLEDGE, {"tenant": tx.tenant, "id": appointment_id, "now": now})


async def rearrange(
    tx: Transaction, appointment_id: UUID, plan: Plan, *, status: Status, overrides: tuple[str, ...] = ()
) -> int:
    """Give an appointment other segments and claims, all or none; return the new version."""
    row = await _take(
        tx,
        REARRANGE,
        {
            "tenant": tx.tenant, "id": appointment_id, "status": status, "overrides": list(overrides),
            **_written(plan),
        },
    )  # fmt: skip
    return int(row[0])


async def _take(tx: Transaction, steps: Steps, params: dict[str, Any]) -> TupleRow:
    """Take the steps of a change; note with which transaction id, the second of what is answered."""
    row = await steps.run(tx, params)
    tx.xid = row[1]
    if tx.spread and (change := await tx.row(WRITTEN, params)):
        tx.change = change[0]
    return row


def _written(plan: Plan) -> dict[str, Any]:
    """Return a plan as the statements want it: its claims and its segments as JSON, and what the whole comes to."""
    claims = [
        {"resource_id": one.resource_id, "starts_at": one.start, "ends_at": one.end, "segment": of, "number": n}
        for of, part in enumerate(plan.segments, 1)
        for n, one in enumerate(part.claims, 1)
    ]
    segments = [_segment(position, part) for position, part in enumerate(plan.segments, 1)]
    prices = [part.service.price_minor for part in plan.segments if part.service.price_minor is not None]
    currencies = {part.service.currency for part in plan.segments if part.service.price_minor is not None}
    return {
        "claims": to_json(claims).decode(), "segments": to_json(segments).decode(), "start": plan.start,
        "end": plan.end, "price": sum(prices) if len(currencies) == 1 else None,
        "currency": plan.segments[0].service.currency,
    }  # fmt: skip


def _segment(position: int, part: Segment) -> dict[str, Any]:
    return {
        "position": position, "service_id": part.service.id, "service_name": part.service.name,
        "staff_id": part.staff.resource_id if part.staff else None,
        "staff_name": part.staff.resource_name if part.staff else None,
        "session_id": part.session_id, "guest_name": part.guest_name, "starts_at": part.start, "ends_at": part.end,
        "claims": len(part.claims), "price_minor": part.service.price_minor,
        "resources": [
            {"role": one.role, "id": one.resource_id, "name": one.resource_name, "pool_id": one.pool_id}
            for one in part.seats
        ],
    }  # fmt: skip


async def tell(tx: Transaction, appointment_id: UUID, version: int, topic: str, *, by_caller: bool = False) -> UUID:
    """Note in the outbox that somebody must be told of a change, or that the caller tells; return the note's id."""
    note = ids.uuid7()
    params = {"topic": topic, "appointment": appointment_id, "version": version, "by_caller": by_caller}
    await tx.run(TELL, {"tenant": tx.tenant, "id": note, **params})
    return note


async def release(tx: Transaction, now: datetime, plan: Plan | None = None) -> int:
    """Give back times of holds that have run out: all, or those in the way of a plan. Return how many."""
    claims = [one for part in plan.segments for one in part.claims] if plan else []
    params = {
        "tenant": tx.tenant, "now": now, "resources": [one.resource_id for one in claims] if plan else None,
        "begins": [one.start for one in claims], "ends": [one.end for one in claims],
    }  # fmt: skip
    return len(await tx.rows(RELEASE, params))


async def release_all(tx: Transaction, tenant: UUID, now: datetime) -> None:
    """Give back a business's holds that have run out, along with what follows; nobody waits for how many."""
    await tx.run(RELEASE, {"tenant": tenant, "now": now, "resources": None, "begins": [], "ends": []})


def freeze(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as JSON. Its nearest times are left out: they would be old by the time it is read."""
    return {"code": refusal.code, "message": refusal.message, "data": refusal.data}


def thaw(stored: dict[str, Any]) -> Refusal:
    """Bring a stored refusal back to life."""
    return REFUSALS[stored["code"]](stored["message"], **stored["data"])
