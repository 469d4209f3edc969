"""The chat on WhatsApp with a number that somebody gave, and may never have written from."""

from dataclasses import dataclass
from uuid import UUID

from truebook.connectors.whatsapp.phones import variants
from truebook.db import Database, Scope, Transaction
from truebook.ledger import chats

NUMBER = """
SELECT id FROM whatsapp_numbers WHERE account_id = %s AND status = 'connected' ORDER BY created_at, id LIMIT 1
"""
REACH = """
SELECT EXISTS (SELECT FROM whatsapp_templates t WHERE t.account_id = %(tenant)s AND t.number_id = n.id
    AND t.name = 'appointment_booked' AND t.status = 'APPROVED' AND t.category = 'UTILITY'),
  EXISTS (SELECT FROM whatsapp_templates t WHERE t.account_id = %(tenant)s AND t.number_id = n.id
    AND t.name = 'booking_code' AND t.status = 'APPROVED' AND t.category = 'AUTHENTICATION')
FROM whatsapp_numbers n WHERE n.account_id = %(tenant)s AND n.status = 'connected' ORDER BY n.created_at, n.id LIMIT 1
"""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s || %s, 0))"
FIND = """
SELECT conversation_id FROM whatsapp_identities WHERE account_id = %s AND kind = 'phone' AND value = ANY(%s)
ORDER BY seen_at DESC LIMIT 1
"""
LINK = """
INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id) VALUES (%s, 'phone', %s, %s)
ON CONFLICT DO NOTHING
"""
HELD_WITH = """
UPDATE conversations SET number_id = coalesce(number_id, %s), last_activity_at = now() WHERE account_id = %s AND id = %s
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether the business can write to a number on WhatsApp, and whether it can send codes there."""

    news: bool = False
    codes: bool = False


async def reach(db: Database, scope: Scope) -> Reach:
    """Return how the business can write to people who have not written to it."""
    row = await db.glance(scope, REACH, {"tenant": scope.tenant})
    return Reach(row[0], row[1]) if row else Reach()


async def chat_with(tx: Transaction, phone: str) -> UUID | None:
    """Return the chat with a number (E.164), opened if there is none; None where the business has no number itself.

    It is nobody's: what somebody typed proves nothing, and makes no customer of whoever has that phone.
    """
    number = await tx.row(NUMBER, (tx.tenant,))
    if number is None:
        return None
    digits = phone.removeprefix("+")
    await alone(tx, digits)
    found = await tx.row(FIND, (tx.tenant, list(variants(digits))))
    chat = UUID(str(found[0])) if found else await chats.opened(tx, "whatsapp", None)
    if found is None:
        await tx.run(LINK, (tx.tenant, digits, chat))
    await tx.run(HELD_WITH, (number[0], tx.tenant, chat))
    return chat


async def alone(tx: Transaction, *identifiers: str) -> None:
    """Let nobody else find or open a chat by one of these identifiers until the transaction ends."""
    for one in sorted({min(variants(one)) for one in identifiers}):
        await tx.run(LOCK, (str(tx.tenant), one))
