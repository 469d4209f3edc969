"""Telling a customer once more what could not be told: only what failed for certain, never what may have arrived."""

from uuid import UUID

from truebook.booking import queries
from truebook.db import Database, Scope
from truebook.jobs import AppointmentChanged, MailDue, MessageDue, publish
from truebook.kernel.errors import Conflict

LAST = """
SELECT m.id, m.conversation_id, m.provider, m.delivery, m.created_at FROM tellings t
JOIN messages m ON m.account_id = t.account_id AND m.id = t.message_id
WHERE t.account_id = %s AND t.appointment_id = %s ORDER BY m.created_at DESC, m.id DESC LIMIT 1 FOR UPDATE OF m
"""
OWED = """
SELECT id, status, created_at FROM outbox WHERE tenant_id = %s AND appointment_id = %s AND message_id IS NULL
  AND status <> 'not_needed' ORDER BY created_at DESC, id DESC LIMIT 1 FOR UPDATE
"""
QUEUE_MESSAGE = "UPDATE messages SET delivery = 'queued' WHERE account_id = %s AND id = %s"
QUEUE_NEWS = """
UPDATE outbox SET status = 'queued', available_at = now(), last_error = NULL WHERE tenant_id = %s AND id = %s
"""


async def tell_again(db: Database, scope: Scope, appointment_id: UUID) -> None:
    """Let the last news of an appointment be sent once more; it is held against the row again before it leaves.

    Raises NotFound where there is no such appointment, Conflict where its last news did not fail: whoever may have
    been told is not told twice.
    """
    async with db.transaction(scope) as tx:
        await queries.appointment(tx, appointment_id)
        last = await tx.row(LAST, (tx.tenant, appointment_id))
        owed = await tx.row(OWED, (tx.tenant, appointment_id))
        if owed is not None and (last is None or owed[2] > last[4]):
            if owed[1] != "failed":
                raise Conflict("the last news of it did not fail", field="status")
            await tx.run(QUEUE_NEWS, (tx.tenant, owed[0]))
            await publish(tx, AppointmentChanged(tx.tenant, owed[0]))
            return
        if last is None or last[3] != "failed":
            raise Conflict("the last news of it did not fail", field="status")
        await tx.run(QUEUE_MESSAGE, (tx.tenant, last[0]))
        await publish(tx, MailDue(tx.tenant, last[0]) if last[2] == "email" else MessageDue(tx.tenant, last[1]))
