"""The inbox: a customer's message is stored once, with the job that will answer it, in one transaction."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook import limits
from truebook.assistant.handover import UNANSWERED
from truebook.assistant.incoming import gathering
from truebook.assistant.past import calls
from truebook.booking.model import Source
from truebook.db import Database, Scope, Transaction
from truebook.db.notices import ANSWERED, Notices
from truebook.jobs import MessageReceived, publish
from truebook.kernel import clock, ids, signs
from truebook.kernel.errors import Invalid, NotFound
from truebook.ledger import chats
from truebook.limits import Limit
from truebook.tenants import customers

LONGEST = 4096
"""Characters a message may have, as on WhatsApp; `language.text.within_hearing` tells how much is listened to."""
UNHEARD = 1.0
"""Seconds after which an answer is looked for although nobody has called it out."""
CONVERSATION = Limit("conversation", burst=60, every=2.0, lease=6)
"""How many messages a customer may write: more than anybody types."""
SESSION = """
INSERT INTO test_chat_sessions (account_id, id, conversation_id, session_number, display_name)
SELECT %(tenant)s, %(id)s, %(conversation)s, coalesce(max(session_number), 0) + 1, %(name)s
FROM test_chat_sessions WHERE account_id = %(tenant)s
RETURNING session_number
"""
AT = "SELECT id FROM conversations WHERE account_id = %(tenant)s AND channel = %(channel)s AND address = %(address)s"
LOCK_ACCOUNT = "SELECT FROM accounts WHERE id = %s FOR NO KEY UPDATE"
NAMED = "INSERT INTO customers (account_id, id, name, email) VALUES (%s, %s, %s, %s)"
KNOWN = "SELECT id FROM messages WHERE account_id = %s AND provider_message_id = %s"
ADD = """
INSERT INTO messages (account_id, id, conversation_id, role, content, provider_message_id, created_at, metadata)
SELECT account_id, %s, id, 'user', %s, %s, coalesce(%s, clock_timestamp()), %s
FROM conversations WHERE account_id = %s AND id = %s ON CONFLICT DO NOTHING RETURNING id
"""
EDIT = """
UPDATE messages m SET content = %s WHERE account_id = %s AND provider_message_id = %s AND role = 'user'
  AND turn_id IS NULL AND NOT EXISTS (SELECT FROM messages a WHERE a.account_id = m.account_id AND a.reply_to = m.id)
RETURNING id
"""
WITHDRAW = """
UPDATE messages SET withdrawn_at = statement_timestamp()
WHERE account_id = %s AND provider_message_id = %s AND role = 'user' AND withdrawn_at IS NULL
"""
MEANING = """
SELECT c ->> 'text' FROM messages m, jsonb_array_elements(m.metadata -> 'choices') c
WHERE m.account_id = %s AND m.conversation_id = %s AND m.metadata ? 'choices' AND c ->> 'id' = %s
ORDER BY m.created_at DESC, m.id DESC LIMIT 1
"""
NUMBERED = """
SELECT metadata -> 'choices' -> (%(number)s - 1) ->> 'text' FROM messages m
WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s AND role = 'assistant' AND provider = 'twilio'
  AND id = (SELECT l.id FROM messages l WHERE l.account_id = %(tenant)s AND l.conversation_id = m.conversation_id
    AND l.role = 'assistant' ORDER BY l.created_at DESC, l.id DESC LIMIT 1)
"""
UNDER = """
SELECT m.id FROM messages s JOIN messages m ON m.account_id = s.account_id AND m.conversation_id = s.conversation_id
WHERE s.account_id = %(tenant)s AND s.conversation_id = %(conversation)s AND s.id = %(shown)s
  AND m.role = 'assistant' AND coalesce(m.kind, '') NOT IN ('notice', 'code')
  AND (m.created_at, m.id) <= (s.created_at, s.id) ORDER BY m.created_at DESC, m.id DESC LIMIT 1
"""
"""The answer that was the last of those that can be replied to, where a message was the last that was shown."""
ANSWER = """
SELECT id, content, metadata, created_at FROM messages WHERE account_id = %(tenant)s AND reply_to = %(id)s
"""
REPLY = f"""
SELECT v.status = 'handed_over' AND (m.metadata ? 'left' OR NOT ({UNANSWERED})), a.id, a.content, a.metadata,
  a.created_at FROM messages m
JOIN conversations v ON v.account_id = %(tenant)s AND v.id = m.conversation_id
LEFT JOIN messages a ON a.account_id = %(tenant)s AND a.reply_to = m.id
WHERE m.account_id = %(tenant)s AND m.id = %(id)s
"""
SAID = """
SELECT id, role, content, created_at FROM messages
WHERE account_id = %s AND conversation_id = %s AND role IN ('user', 'assistant')
  AND (created_at, id) > (coalesce(%s::timestamptz, '-infinity'), %s::uuid) ORDER BY created_at, id LIMIT %s
"""
LAST_SAID = """
SELECT id, role, content, created_at FROM messages
WHERE account_id = %s AND conversation_id = %s AND role IN ('user', 'assistant')
ORDER BY created_at DESC, id DESC LIMIT %s
"""
LATER = """
SELECT id, role, content, metadata, created_at FROM messages
WHERE account_id = %s AND conversation_id = %s AND role = 'assistant' AND created_at > %s ORDER BY created_at, id
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the desk: its text, the buttons under it, what it showed, and the tools behind it."""

    id: UUID
    text: str
    buttons: list[str]
    acts: list[dict[str, Any]]
    tools: list[str]
    at: datetime


SILENT: Literal["silent"] = "silent"
NOTHING = UUID(int=0)
"""What a page names as the last that it showed where it showed nothing of the desk's."""
Reply = Answered | Literal["silent"] | None


async def open_conversation(
    db: Database,
    scope: Scope,
    channel: Source,
    *,
    address: str | None,
    name: str | None,
    phone: str | None,
    line: str | None = None,
) -> UUID:
    """Return the conversation with a customer on a channel, opened if there is none at that address yet.

    The channel knows who writes: with a phone number (E.164) the customer is known by it and never asked for one; and
    by `line`, where nobody is known, with which other conversations wrong codes are counted.
    """
    async with db.transaction(scope) as tx:
        return await _open(tx, channel, address, name, phone, line)


async def open_test_chat(
    db: Database, scope: Scope, *, name: str | None, phone: str | None, display_name: str | None = None
) -> tuple[UUID, UUID, int]:
    """Open a test chat; return the session's id, its conversation's id and its number."""
    session = ids.uuid7()
    async with db.transaction(scope) as tx:
        await tx.run(LOCK_ACCOUNT, (tx.tenant,))  # session numbers have no gaps and no doubles
        conversation = await _open(tx, "test", None, name, phone)
        params = {"tenant": tx.tenant, "id": session, "conversation": conversation, "name": display_name}
        row = await tx.row(SESSION, params)
        assert row is not None
        return session, conversation, int(row[0])


async def _open(
    tx: Transaction, channel: Source, address: str | None, name: str | None, phone: str | None, line: str | None = None
) -> UUID:
    customer = await customers.find_or_add(tx, name, phone, None)
    if customer is None and name:
        customer = ids.uuid7()
        await tx.run(NAMED, (tx.tenant, customer, name, None))
    return await chats.opened(tx, channel, address, customer, line)


async def conversation_of(db: Database, scope: Scope, session_id: UUID) -> UUID:
    """Return the conversation of a test chat session; raise NotFound where there is none."""
    query = "SELECT conversation_id FROM test_chat_sessions WHERE account_id = %(tenant)s AND id = %(id)s"
    row = await db.glance(scope, query, {"tenant": scope.tenant, "id": session_id})
    if row is None:
        raise NotFound("there is no such chat session")
    return UUID(str(row[0]))


async def conversation_at(db: Database, scope: Scope, channel: Source, address: str) -> UUID | None:
    """Return the conversation at an address of a channel, or None while there is none."""
    params = {"tenant": scope.tenant, "channel": channel, "address": address}
    row = await db.glance(scope, AT, params)
    return UUID(str(row[0])) if row else None


async def receive(
    db: Database,
    scope: Scope,
    conversation_id: UUID,
    text: str,
    *,
    provider_message_id: str | None = None,
    at: datetime | None = None,
    shown: UUID | None = None,
) -> UUID:
    """Store a customer's message and the job that answers it; a message that came before is not stored again.

    `at` is when it was written, where that is not now on the database's clock; `shown` is the last message of the
    desk's that its writer saw, where the channel knows: a yes to that is none to what was asked elsewhere meanwhile.
    What PostgreSQL's text cannot hold (NUL, lone surrogates) is kept as U+FFFD: a customer's message is never lost for
    one character. Raises Invalid for a message that is longer than LONGEST, Exceeded where the customer writes too much
    too fast, and NotFound.
    """
    if len(text) > LONGEST:
        raise Invalid("text", f"a message has at most {LONGEST:,} characters, this one has {len(text):,}")
    await limits.take(db, CONVERSATION, str(conversation_id))
    message_id, text = ids.uuid7(), signs.kept(text)
    async with db.transaction(scope.because(f"message:{message_id}")) as tx:
        told = Jsonb(await _under(tx, conversation_id, shown))
        row = (message_id, text, provider_message_id, at, told, tx.tenant, conversation_id)
        added = await tx.row(ADD, row)
        if added is None:
            return await _known(tx, provider_message_id)
        await publish(tx, MessageReceived(tx.tenant, conversation_id, message_id, direct="yes"))
    return message_id


async def add(
    tx: Transaction,
    conversation_id: UUID,
    text: str,
    *,
    provider_message_id: str,
    at: datetime,
    metadata: dict[str, Any],
) -> bool:
    """Store a message that a provider brought, and the job that answers it once a little while nothing more has come.

    False where it came before.
    """
    message_id, text = ids.uuid7(), signs.kept(text[:LONGEST])
    row = (message_id, text, provider_message_id, at, Jsonb(metadata), tx.tenant, conversation_id)
    if await tx.row(ADD, row) is None:
        return False
    event = MessageReceived(tx.tenant, conversation_id, message_id)
    await publish(tx, event, at=clock.now() + gathering.PAUSE)
    return True


async def edit(tx: Transaction, provider_message_id: str, text: str) -> bool:
    """Let a message say what its writer changed it to; False where it is answered already, or not known."""
    return await tx.row(EDIT, (signs.kept(text[:LONGEST]), tx.tenant, provider_message_id)) is not None


async def withdraw(tx: Transaction, provider_message_id: str) -> None:
    """Note that a message was taken back by its writer: one that waits is not answered, what was booked stands."""
    await tx.run(WITHDRAW, (tx.tenant, provider_message_id))


async def meaning_of(tx: Transaction, conversation_id: UUID, choice: str) -> str | None:
    """Return what a choice means that was tapped, however old the message is under which it stood."""
    row = await tx.row(MEANING, (tx.tenant, conversation_id, choice))
    return str(row[0]) if row else None


async def meaning_of_number(tx: Transaction, conversation_id: UUID, number: int) -> str | None:
    """Return what a number means where the last answer's choices had to be written with numbers; None elsewhere."""
    row = await tx.row(NUMBERED, {"tenant": tx.tenant, "conversation": conversation_id, "number": number})
    return str(row[0]) if row and row[0] else None


async def _under(tx: Transaction, conversation_id: UUID, shown: UUID | None) -> dict[str, str]:
    """Return what a message tells of the answer under which it was written."""
    if shown is None:
        return {}
    row = await tx.row(UNDER, {"tenant": tx.tenant, "conversation": conversation_id, "shown": shown})
    return {"under": str(row[0] if row else shown)}


async def expect_said(db: Database, scope: Scope, conversation_id: UUID, message_id: UUID) -> None:
    """Raise Invalid, naming `reply_to`, where the desk did not write such a message in a conversation."""
    query = """
    SELECT id FROM messages WHERE account_id = %(tenant)s AND conversation_id = %(chat)s AND id = %(id)s
      AND role = 'assistant'
    """
    row = await db.glance(scope, query, {"tenant": scope.tenant, "chat": conversation_id, "id": message_id})
    if row is None:
        raise Invalid("reply_to", "the desk has written no such message in this conversation")


async def _known(tx: Transaction, provider_message_id: str | None) -> UUID:
    row = await tx.row(KNOWN, (tx.tenant, provider_message_id))
    if row is None:
        raise NotFound("there is no such conversation")
    return UUID(str(row[0]))


async def answer(db: Database, scope: Scope, message_id: UUID) -> Answered | None:
    """Return the answer to a message, or None while there is none."""
    row = await db.glance(scope, ANSWER, {"tenant": scope.tenant, "id": message_id})
    return _answered(*row) if row else None


async def reply(db: Database, scope: Scope, message_id: UUID) -> Reply:
    """Return the answer to a message, SILENT where there will be none because it is left to a person, else None."""
    row = await db.glance(scope, REPLY, {"tenant": scope.tenant, "id": message_id})
    if row is None:
        return None
    return _answered(*row[1:]) if row[1] else SILENT if row[0] else None


async def handed_over(db: Database, scope: Scope, conversation_id: UUID) -> bool:
    """Tell whether a person has taken over: then the assistant is silent."""
    query = "SELECT status FROM conversations WHERE account_id = %(tenant)s AND id = %(id)s"
    row = await db.glance(scope, query, {"tenant": scope.tenant, "id": conversation_id})
    return row is not None and row[0] == "handed_over"


async def transcript(
    db: Database,
    scope: Scope,
    conversation_id: UUID,
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Return what was said in a conversation: who, what, when; in order of time and id, from a message on."""
    moment, message_id = after or (None, None)
    async with db.reading(scope) as tx:
        rows = await tx.rows(SAID, (tx.tenant, conversation_id, moment, message_id, limit))
    return [_shown(row) for row in rows]


async def last_said(db: Database, scope: Scope, conversation_id: UUID, most: int) -> list[dict[str, Any]]:
    """Return the last of what was said in a conversation, in order of time and id."""
    async with db.reading(scope) as tx:
        return [_shown(row) for row in await tx.rows(LAST_SAID, (tx.tenant, conversation_id, most))][::-1]


def _shown(row: Sequence[Any]) -> dict[str, Any]:
    return {"id": row[0], "role": row[1], "text": row[2], "at": row[3]}


async def told_since(db: Database, scope: Scope, conversation_id: UUID, moment: datetime) -> list[Answered]:
    """Return what the desk has written in a conversation since a moment, answers and news alike."""
    async with db.reading(scope) as tx:
        rows = await tx.rows(LATER, (tx.tenant, conversation_id, moment))
    return [_answered(row[0], row[2], row[3], row[4]) for row in rows]


def _answered(message_id: UUID, text: str, metadata: dict[str, Any], at: datetime) -> Answered:
    tools = calls.tools(metadata.get("run", []))
    return Answered(message_id, text, metadata.get("buttons", []), metadata.get("acts", []), tools, at)


async def wait_for_answer(db: Database, scope: Scope, message_id: UUID, notices: Notices, *, patience: float) -> Reply:
    """Return the answer to a message as soon as it is stored; None if that takes longer than patience, in seconds.

    Whoever answers calls out; the database is asked again only now and then, for a call that nobody heard. Where a
    person has taken over there is nothing to wait for: SILENT.
    """
    deadline = time.monotonic() + patience
    if patience <= 0:
        return await reply(db, scope, message_id)
    async with notices.listening(message_id, ANSWERED) as heard:
        while (found := await reply(db, scope, message_id)) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), min(left, UNHEARD))
            heard.clear()
        return found
