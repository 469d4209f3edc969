"""What waits to be sent by e-mail, to whom, and in which language."""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Transaction
from truebook.ledger import chats

DUE = """
SELECT m.content, m.delivery, m.provider, m.metadata ->> 'news', v.id,
  coalesce(v.language, split_part(c.locale, '-', 1), b.languages[1]), b.name, b.slug, b.address, b.timezone,
  coalesce(p.customer_email, CASE WHEN v.channel = 'email' THEN v.address END, c.email),
  coalesce(p.customer_name, c.name, ''), p.id,
  (SELECT count(*) FROM message_attempts a WHERE a.account_id = %(tenant)s AND a.message_id = m.id)
FROM messages m
JOIN conversations v ON v.account_id = %(tenant)s AND v.id = m.conversation_id
JOIN accounts b ON b.id = m.account_id
LEFT JOIN customers c ON c.account_id = %(tenant)s AND c.id = v.customer_id
LEFT JOIN LATERAL (
  SELECT p.id, p.customer_email, p.customer_name FROM tellings t
  JOIN appointments p ON p.tenant_id = %(tenant)s AND p.id = t.appointment_id
  WHERE t.account_id = %(tenant)s AND t.message_id = m.id ORDER BY t.topic, p.id LIMIT 1) p ON true
WHERE m.account_id = %(tenant)s AND m.id = %(id)s FOR NO KEY UPDATE OF m
"""
INSTEAD = """
UPDATE messages SET delivery = 'queued', provider = 'email' WHERE account_id = %s AND id = %s AND delivery = 'failed'
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A message and all that its letter needs; `news` is the topic it was written for, if it is news."""

    text: str
    delivery: str | None
    provider: str | None
    news: str | None
    conversation: UUID
    language: str
    business: str
    slug: str
    address: str | None
    timezone: str
    to: str | None
    to_name: str
    appointment: UUID | None
    attempts: int


async def due(tx: Transaction, message_id: UUID) -> Due | None:
    """Return a message as it is to be sent, locked; None where it is gone."""
    row = await tx.row(DUE, {"tenant": tx.tenant, "id": message_id})
    return Due(*row) if row else None


async def instead(tx: Transaction, message_id: UUID) -> None:
    """Let a message go by e-mail that did not get through by another way."""
    await tx.run(INSTEAD, (tx.tenant, message_id))


async def chat_with(tx: Transaction, address: str, customer_id: UUID | None) -> UUID:
    """Return the conversation by e-mail with an address, opened if there is none yet."""
    return await chats.opened(tx, "email", address.lower(), customer_id)
