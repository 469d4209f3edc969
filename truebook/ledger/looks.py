"""Which appointments somebody has to look at, since they or what was told of them changed: the database notes it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from truebook.db import Transaction

TAKE = """
DELETE FROM looks WHERE account_id = %(tenant)s AND chore = 'remind' AND appointment_id IN (
  SELECT appointment_id FROM looks WHERE account_id = %(tenant)s AND chore = 'remind' AND due_at <= %(now)s
  ORDER BY due_at, appointment_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING appointment_id
"""
SETTLED = """
SELECT l.appointment_id, l.due_at FROM looks l
JOIN appointments a ON a.tenant_id = %(tenant)s AND a.id = l.appointment_id
WHERE l.account_id = %(tenant)s AND l.chore = 'compare' AND l.due_at <= %(settled)s AND a.updated_at <= %(settled)s
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.tenant_id = %(tenant)s AND o.appointment_id = l.appointment_id
    AND o.status = 'queued')
ORDER BY l.due_at, l.appointment_id LIMIT %(limit)s
"""
LOOKED = """
DELETE FROM looks WHERE account_id = %s AND chore = 'compare'
  AND (appointment_id, due_at) IN (SELECT * FROM unnest(%s::uuid[], %s::timestamptz[]))
"""

Look = tuple[UUID, datetime]
"""An appointment, and the moment at which it was noted."""


async def take(tx: Transaction, now: datetime, *, limit: int) -> list[UUID]:
    """Return appointments whose reminders must be planned, taken off the list by this transaction."""
    params = {"tenant": tx.tenant, "now": now, "limit": limit}
    return [row[0] for row in await tx.rows(TAKE, params)]


async def settled(tx: Transaction, since: datetime, *, limit: int) -> list[Look]:
    """Return appointments of which nothing has changed since a moment and nothing is on its way, but much before."""
    params = {"tenant": tx.tenant, "settled": since, "limit": limit}
    return [(row[0], row[1]) for row in await tx.rows(SETTLED, params)]


async def looked(tx: Transaction, done: Sequence[Look]) -> None:
    """Take appointments off the list that were looked at, unless they have changed again meanwhile."""
    await tx.run(LOOKED, (tx.tenant, [one[0] for one in done], [one[1] for one in done]))
