"""What customers believe, read from what was said to them, held against the rows; and promises that nobody has kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Transaction

LAST_SAID = """
SELECT t.message_id, t.topic, t.version, t.starts_at FROM tellings t
JOIN messages m ON m.account_id = %(tenant)s AND m.id = t.message_id
WHERE t.account_id = %(tenant)s AND t.appointment_id = a.id
  AND t.topic IN ('booked', 'requested', 'moved', 'cancelled', 'reminder', 'correction')
  AND (m.delivery IS NULL OR m.delivery NOT IN ('queued', 'failed', 'withdrawn'))
ORDER BY t.version DESC, m.created_at DESC, m.id DESC LIMIT 1
"""
"""The last words about an appointment `a` that its customer may have read."""
BELIEVED = f"""
SELECT s.topic, s.starts_at FROM appointments a CROSS JOIN LATERAL ({LAST_SAID}) s
WHERE a.tenant_id = %(tenant)s AND a.id = %(appointment)s
"""
UNTRUE = f"""
SELECT a.id, a.code, s.message_id, s.topic, s.starts_at FROM appointments a CROSS JOIN LATERAL ({LAST_SAID}) s
WHERE a.tenant_id = %(tenant)s AND a.starts_at > %(now)s AND a.status IN ('pending', 'confirmed', 'cancelled')
  AND a.updated_at <= %(settled)s AND (%(among)s::uuid[] IS NULL OR a.id = ANY(%(among)s))
  AND ((a.status = 'cancelled') <> (s.topic = 'cancelled') OR (a.status <> 'cancelled' AND a.starts_at <> s.starts_at))
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.tenant_id = %(tenant)s AND o.appointment_id = a.id
    AND o.status = 'queued')
  AND (SELECT n.last_error FROM outbox n WHERE n.tenant_id = %(tenant)s AND n.appointment_id = a.id
    ORDER BY n.appointment_version DESC LIMIT 1) IS DISTINCT FROM 'told by the caller'
  AND NOT EXISTS (SELECT FROM tellings c WHERE c.account_id = %(tenant)s AND c.appointment_id = a.id
    AND c.version = a.version AND c.starts_at = a.starts_at AND c.message_id <> s.message_id)
ORDER BY a.starts_at, a.id LIMIT %(limit)s
"""
"""Appointments ahead of which the customer was last told something else than stands, and nothing is on its way."""
UNKEPT = """
SELECT o.id, a.code, o.topic, o.created_at FROM outbox o
JOIN appointments a ON a.tenant_id = %(tenant)s AND a.id = o.appointment_id
WHERE o.tenant_id = %(tenant)s AND o.status = 'queued' AND o.available_at < %(since)s
UNION ALL
SELECT m.id, a.code, t.topic, m.created_at FROM messages m
JOIN tellings t ON t.account_id = %(tenant)s AND t.message_id = m.id
JOIN appointments a ON a.tenant_id = %(tenant)s AND a.id = t.appointment_id
WHERE m.account_id = %(tenant)s AND m.delivery IN ('queued', 'sending') AND m.created_at < %(since)s
ORDER BY 4, 1 LIMIT %(limit)s
"""
KEPT = """
UPDATE alerts x SET resolved_at = statement_timestamp()
WHERE x.account_id = %(tenant)s AND x.kind = 'untold' AND x.resolved_at IS NULL
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.tenant_id = %(tenant)s AND o.id = x.subject AND o.status = 'queued')
  AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = %(tenant)s AND m.id = x.subject
    AND m.delivery IN ('queued', 'sending'))
"""


@dataclass(frozen=True, slots=True)
class Untrue:
    """A claim that was sent and is not so: the message that made it, and what it said."""

    appointment: UUID
    code: str
    message: UUID
    topic: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Unkept:
    """Something that a customer should have been told by now. `subject`: the outbox note, or the message that waits."""

    subject: UUID
    code: str
    topic: str
    since: datetime


async def believed(tx: Transaction, appointment_id: UUID) -> tuple[str, datetime] | None:
    """Return what a customer was last told of an appointment, its topic and its start; None for nothing."""
    row = await tx.row(BELIEVED, {"tenant": tx.tenant, "appointment": appointment_id})
    return (row[0], row[1]) if row else None


async def untrue(
    tx: Transaction, now: datetime, settled: datetime, among: Sequence[UUID] | None = None, *, limit: int = 100
) -> list[Untrue]:
    """Return sent claims that the rows of appointments ahead, of all or of some, do not bear out.

    Rows that have changed since `settled` are left out.
    """
    params = {
        "tenant": tx.tenant, "now": now, "settled": settled, "limit": limit,
        "among": None if among is None else list(among),
    }  # fmt: skip
    return [Untrue(*row) for row in await tx.rows(UNTRUE, params)]


async def unkept(tx: Transaction, since: datetime, *, limit: int = 100) -> list[Unkept]:
    """Return what has waited to be told since before a moment."""
    return [Unkept(*row) for row in await tx.rows(UNKEPT, {"tenant": tx.tenant, "since": since, "limit": limit})]


async def settle_kept(tx: Transaction) -> None:
    """Take the alerts back that named promises which are kept, or given up, by now."""
    await tx.run(KEPT, {"tenant": tx.tenant})
