"""Who books under a user name is asked for their number, where the business wants it; what they share is kept.

A card proves a number only as the answer to our asking, once, and only a number that nobody else is known by.
"""

from uuid import UUID

from truebook.assistant.incoming.people import is_anothers, share_phone
from truebook.db import Transaction
from truebook.kernel import ids
from truebook.kernel.phones import kept
from truebook.language import wording
from truebook.ledger.words import Words, write
from truebook.tenants import telling

ASKS = "number"
"""What the metadata of a message says that asks for a number."""
ASKED = """
SELECT EXISTS (SELECT FROM messages WHERE account_id = %s AND conversation_id = %s AND metadata ->> 'asks' = 'number')
"""
TAKE_ANSWER = """
UPDATE messages m SET metadata = metadata || '{"shared": true}' WHERE account_id = %(tenant)s AND id = (
  SELECT id FROM messages a WHERE a.account_id = %(tenant)s AND a.conversation_id = %(chat)s
    AND a.metadata ->> 'asks' = 'number' AND NOT a.metadata ? 'shared'
    AND (%(about)s::text IS NULL OR EXISTS (SELECT FROM message_attempts t WHERE t.account_id = %(tenant)s
      AND t.message_id = a.id AND t.provider_message_id = %(about)s))
  ORDER BY a.created_at DESC, a.id DESC LIMIT 1 FOR UPDATE)
RETURNING id
"""
"""A message that asked and had no answer yet: the one that a card is about, or the last where the card names none."""
LANGUAGE = """
SELECT coalesce(v.language, a.languages[1]) FROM conversations v JOIN accounts a ON a.id = v.account_id
WHERE v.account_id = %s AND v.id = %s
"""
FILL_IN = """
UPDATE appointments SET customer_phone = %s WHERE tenant_id = %s AND conversation_id = %s AND customer_phone IS NULL
  AND starts_at > now() AND status IN ('held', 'pending', 'confirmed')
"""


async def ask(tx: Transaction, conversation_id: UUID, language: str) -> None:
    """Ask for a number after a booking, once a chat, where the business wants one."""
    if not (await telling.read(tx)).ask_number or await _was_asked(tx, conversation_id):
        return
    text = wording.say(language, "ask_number")
    await write(tx, Words(ids.uuid7(), conversation_id, text, "reply", metadata={"asks": ASKS}))


async def take(tx: Transaction, conversation_id: UUID, wa_id: str, about: str | None) -> bool:
    """Keep a number that was shared, also with what is booked; False where it answers no asking of ours.

    False as well where another user writes from it: it is no number to reach them by, and nothing of it is kept.

    `about`: the provider's id of the message that the card answers, where it says so.
    """
    if await tx.row(TAKE_ANSWER, {"tenant": tx.tenant, "chat": conversation_id, "about": about}) is None:
        return False
    if await is_anothers(tx, conversation_id, wa_id):
        return False
    await share_phone(tx, conversation_id, wa_id)
    await tx.run(FILL_IN, (kept(f"+{wa_id}"), tx.tenant, conversation_id))
    row = await tx.row(LANGUAGE, (tx.tenant, conversation_id))
    text = wording.say(row[0] if row else "en", "number_kept")
    await write(tx, Words(ids.uuid7(), conversation_id, text, "reply"))
    return True


async def _was_asked(tx: Transaction, conversation_id: UUID) -> bool:
    row = await tx.row(ASKED, (tx.tenant, conversation_id))
    return bool(row and row[0])
