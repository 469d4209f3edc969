"""What waits to be sent: in order within a chat, whatever happens to one of its messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Transaction
from truebook.kernel import ids
from truebook.ledger.words import IS_ANSWER, Words

NEXT = f"""
SELECT id, content, metadata, created_at, delivery,
       (SELECT count(*) FROM message_attempts a WHERE a.account_id = m.account_id AND a.message_id = m.id),
       {IS_ANSWER}
FROM messages m WHERE account_id = %s AND conversation_id = %s AND delivery IN ('queued', 'sending')
  AND provider IN ('whatsapp', 'twilio') ORDER BY created_at, id LIMIT 1
"""
CHAT = """
SELECT v.number_id, v.heard_at, coalesce(v.language, a.languages[1]), a.name, a.slug, a.timezone, a.languages,
  (SELECT value FROM whatsapp_identities i WHERE i.account_id = v.account_id AND i.conversation_id = v.id
     AND i.kind = 'phone' ORDER BY seen_at DESC, value LIMIT 1),
  (SELECT value FROM whatsapp_identities i WHERE i.account_id = v.account_id AND i.conversation_id = v.id
     AND i.kind = 'user' ORDER BY seen_at DESC, value LIMIT 1)
FROM conversations v JOIN accounts a ON a.id = v.account_id WHERE v.account_id = %s AND v.id = %s
"""
SPEAKS_OF = """
SELECT topic, appointment_id FROM tellings WHERE account_id = %s AND message_id = %s ORDER BY topic, appointment_id
"""
APPROVED = """
SELECT language FROM whatsapp_templates WHERE account_id = %s AND number_id = %s AND name = %s
  AND status = 'APPROVED' AND category = %s ORDER BY language
"""
WRITTEN = """
SELECT m.provider_message_id, v.number_id FROM messages m
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE m.account_id = %s AND m.id = %s AND m.provider_message_id IS NOT NULL AND v.number_id IS NOT NULL
"""
UNREAD = """
SELECT m.id, m.content, m.kind, m.metadata FROM messages m
WHERE m.account_id = %(tenant)s AND m.conversation_id = %(chat)s AND m.role = 'assistant'
  AND m.provider IN ('whatsapp', 'twilio')
  AND m.id = (SELECT l.id FROM messages l WHERE l.account_id = %(tenant)s AND l.conversation_id = %(chat)s
    AND l.role = 'assistant' ORDER BY l.created_at DESC, l.id DESC LIMIT 1)
  AND m.kind <> 'code' AND NOT EXISTS (SELECT FROM tellings t WHERE t.account_id = %(tenant)s AND t.message_id = m.id)
  AND (SELECT a.form FROM message_attempts a WHERE a.account_id = %(tenant)s AND a.message_id = m.id
    ORDER BY a.number DESC LIMIT 1) = 'template'
"""
AGAIN = "UPDATE messages SET delivery = 'queued' WHERE account_id = %s AND id = %s AND delivery = 'failed'"
CLOSED = "UPDATE conversations SET heard_at = NULL WHERE account_id = %s AND id = %s"
LAST = f"""
SELECT m.conversation_id, m.delivery, a.number, a.form, a.failure_code, a.failure, a.provider, {IS_ANSWER},
  m.kind FROM messages m
JOIN message_attempts a ON a.account_id = m.account_id AND a.message_id = m.id
WHERE m.account_id = %s AND m.id = %s ORDER BY a.number DESC LIMIT 1
"""
CONTENTS = """
SELECT name, language, content_sid FROM whatsapp_templates
WHERE account_id = %s AND number_id = %s AND content_sid IS NOT NULL
"""
LOST = """
SELECT m.conversation_id, v.number_id, m.content, a.number, a.started_at,
  (SELECT value FROM whatsapp_identities i WHERE i.account_id = v.account_id AND i.conversation_id = v.id
     AND i.kind = 'phone' ORDER BY seen_at DESC, value LIMIT 1),
  (SELECT value FROM whatsapp_identities i WHERE i.account_id = v.account_id AND i.conversation_id = v.id
     AND i.kind = 'user' ORDER BY seen_at DESC, value LIMIT 1),
  ARRAY(SELECT k.provider_message_id FROM message_attempts k JOIN messages o ON o.account_id = k.account_id
     AND o.id = k.message_id WHERE o.account_id = v.account_id AND o.conversation_id = v.id
     AND k.provider_message_id IS NOT NULL)
FROM messages m JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
JOIN message_attempts a ON a.account_id = m.account_id AND a.message_id = m.id
WHERE m.account_id = %s AND m.id = %s AND m.delivery = 'unknown' AND a.outcome = 'unknown' AND a.provider <> 'email'
  AND v.number_id IS NOT NULL ORDER BY a.number DESC LIMIT 1
"""
CHATS = """
SELECT DISTINCT m.conversation_id FROM messages m JOIN conversations v
  ON v.account_id = m.account_id AND v.id = m.conversation_id
WHERE m.account_id = %s AND m.delivery = 'queued' AND v.number_id = %s
"""


@dataclass(frozen=True, slots=True)
class Due:
    """The message of a chat that is sent next; `delivery` is `sending` where a worker died over it."""

    id: UUID
    text: str
    metadata: dict[str, Any]
    at: datetime
    delivery: str
    attempts: int
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Chat:
    """With whom, by which number, in which language. `heard_at`: their last words, by the provider's clock."""

    number_id: UUID | None
    heard_at: datetime | None
    language: str
    business: str
    slug: str
    timezone: str
    languages: list[str]
    wa_id: str | None
    user_id: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """The last attempt to send a message, and how far the message has come by all of them."""

    conversation: UUID
    delivery: str
    number: int
    form: str
    code: int | None
    failure: str | None
    provider: str
    is_answer: bool
    kind: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A message whose answer was lost: to whom it went, when, and which others of the chat are accounted for."""

    conversation: UUID
    number: UUID
    text: str
    attempt: int
    at: datetime
    wa_id: str | None
    user_id: str | None
    known: list[str]


async def due(tx: Transaction, conversation_id: UUID) -> Due | None:
    """Return what is to be sent next in a chat, if anything is."""
    row = await tx.row(NEXT, (tx.tenant, conversation_id))
    return Due(*row) if row else None


async def chat(tx: Transaction, conversation_id: UUID) -> Chat | None:
    """Return with whom a chat is held."""
    row = await tx.row(CHAT, (tx.tenant, conversation_id))
    return Chat(*row) if row else None


async def speaks_of(tx: Transaction, message_id: UUID) -> tuple[str, UUID] | None:
    """Return the topic and the appointment that a message tells of; None for one that tells of none."""
    row = await tx.row(SPEAKS_OF, (tx.tenant, message_id))
    return (row[0], row[1]) if row else None


async def approved(tx: Transaction, number_id: UUID, name: str, category: str = "UTILITY") -> list[str]:
    """Return the languages in which a template may be sent: one that is charged as something else is not."""
    return [row[0] for row in await tx.rows(APPROVED, (tx.tenant, number_id, name, category))]


async def contents(tx: Transaction, number_id: UUID) -> dict[tuple[str, str], str]:
    """Return the Content resources of a number at Twilio, by name and language."""
    return {(row[0], row[1]): row[2] for row in await tx.rows(CONTENTS, (tx.tenant, number_id))}


async def lost(tx: Transaction, message_id: UUID) -> Lost | None:
    """Return a message of which nobody knows whether it was taken; None where that is known."""
    row = await tx.row(LOST, (tx.tenant, message_id))
    return Lost(*row) if row else None


async def last(tx: Transaction, message_id: UUID) -> Tried | None:
    """Return the last attempt to send a message."""
    row = await tx.row(LAST, (tx.tenant, message_id))
    if row is None:
        return None
    code = int(row[4]) if row[4] and row[4].isdigit() else None
    return Tried(row[0], row[1], row[2], row[3], code, row[5], row[6], row[7], row[8])


async def written(tx: Transaction, message_id: UUID) -> tuple[str, UUID] | None:
    """Return the provider's id of a customer's message and the number it came to; None for one by no provider."""
    row = await tx.row(WRITTEN, (tx.tenant, message_id))
    return (row[0], row[1]) if row else None


async def unread_answer(tx: Transaction, conversation_id: UUID) -> Words | None:
    """Return once more the answer of which a customer was only told that it waits; None where there is none."""
    row = await tx.row(UNREAD, {"tenant": tx.tenant, "chat": conversation_id})
    if row is None:
        return None
    return Words(ids.derived(row[0], "read"), conversation_id, row[1], row[2], metadata=row[3])


async def again(tx: Transaction, message_id: UUID) -> None:
    """Let a message that failed be sent once more."""
    await tx.run(AGAIN, (tx.tenant, message_id))


async def close_window(tx: Transaction, conversation_id: UUID) -> None:
    """Note that only templates may be sent in a chat, until the customer writes again."""
    await tx.run(CLOSED, (tx.tenant, conversation_id))


async def waiting_chats(tx: Transaction, number_id: UUID) -> list[UUID]:
    """Return the chats of a number in which something waits to be sent."""
    return [row[0] for row in await tx.rows(CHATS, (tx.tenant, number_id))]
