"""Several quick messages of one person are one turn: who writes in bursts gets one answer, to all of it."""

from datetime import timedelta
from uuid import UUID

from truebook.db import Transaction

PAUSE = timedelta(seconds=2)
"""How long nothing more must have come before it is answered."""
PATIENCE = timedelta(seconds=8)
"""How long the first of several messages waits at most."""
MOST = 20
"""Automatic answers in ten minutes of one chat; then silence, for two machines may have met."""

MESSAGE = """
SELECT v.channel, m.turn_id FROM messages m
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE m.account_id = %s AND m.conversation_id = %s AND m.id = %s
"""
WAITING = """
SELECT id, clock_timestamp() - stored_at FROM messages m
WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s AND role = 'user' AND turn_id IS NULL
  AND withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM messages a WHERE a.account_id = %(tenant)s AND a.reply_to = m.id)
ORDER BY created_at, id
"""
CLAIM = "UPDATE messages SET turn_id = %s WHERE account_id = %s AND id = ANY(%s)"
RECENT = """
SELECT count(*) FROM messages WHERE account_id = %s AND conversation_id = %s AND role = 'assistant'
  AND kind <> 'person' AND created_at > clock_timestamp() - interval '10 minutes'
"""


async def turn_of(tx: Transaction, conversation_id: UUID, message_id: UUID) -> UUID | None:
    """Return the message whose answer answers this one; None where it is left to the job of a later one."""
    row = await tx.row(MESSAGE, (tx.tenant, conversation_id, message_id))
    if row is None or row[0] != "whatsapp":
        return message_id
    if row[1] is not None:
        return UUID(str(row[1]))
    waiting = await tx.rows(WAITING, {"tenant": tx.tenant, "conversation": conversation_id})
    if not waiting:
        return None
    ages = [age for _, age in waiting]
    newest = next(one for one, age in waiting if age == min(ages))
    if newest != message_id and min(ages) < PAUSE and max(ages) < PATIENCE:
        return None
    turn = UUID(str(waiting[-1][0]))
    await tx.run(CLAIM, (turn, tx.tenant, [one for one, _ in waiting]))
    return turn


async def talks_too_much(tx: Transaction, conversation_id: UUID) -> bool:
    """Tell whether the desk has answered so often in ten minutes that it had better be silent."""
    row = await tx.row(RECENT, (tx.tenant, conversation_id))
    return row is not None and row[0] >= MOST
