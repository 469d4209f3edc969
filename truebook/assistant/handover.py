"""A person takes over a chat, answers in it, and hands it back: meanwhile the assistant is silent.

Until that person has answered, whoever was passed on by the assistant reads once that it is with the team when they
write again; and a wish that needs nobody is still served (ADR 35).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, NotFound
from truebook.ledger.words import Words, write

Holder = Literal["active", "handed_over"]
"""Who answers: the assistant, or a person."""
CHATS = """
SELECT v.id, v.channel, v.status, c.name, c.phone, v.username, v.last_activity_at, w.since, w.content
FROM conversations v
LEFT JOIN customers c ON c.account_id = %(tenant)s AND c.id = v.customer_id
LEFT JOIN LATERAL (
  SELECT min(m.created_at) AS since, (array_agg(m.content ORDER BY m.created_at DESC, m.id DESC))[1] AS content
  FROM messages m WHERE m.account_id = %(tenant)s AND m.conversation_id = v.id AND m.role = 'user'
    AND m.created_at > coalesce((SELECT max(a.created_at) FROM messages a WHERE a.account_id = %(tenant)s
      AND a.conversation_id = v.id AND a.role = 'assistant' AND NOT a.metadata ? 'holding'), '-infinity')) w ON true
WHERE v.account_id = %(tenant)s AND v.status = %(status)s
  AND (%(moment)s::timestamptz IS NULL OR (v.last_activity_at, v.id) < (%(moment)s, %(after)s::uuid))
ORDER BY v.last_activity_at DESC, v.id DESC LIMIT %(limit)s
"""
UNHELD = """
v.status = 'handed_over' AND EXISTS (SELECT FROM messages o WHERE o.account_id = %(tenant)s
  AND o.conversation_id = v.id AND o.metadata ? 'hands_over' AND NOT EXISTS (SELECT FROM messages h
    WHERE h.account_id = %(tenant)s AND h.conversation_id = v.id AND h.role = 'assistant'
      AND (h.kind = 'person' OR h.reply_to IS NOT NULL) AND h.created_at > o.created_at))
"""
"""Whether the assistant handed a chat `v` over, and neither a person nor the desk has said anything in it since."""
UNANSWERED = """
v.status = 'handed_over' AND EXISTS (SELECT FROM messages o WHERE o.account_id = %(tenant)s
  AND o.conversation_id = v.id AND o.metadata ? 'hands_over' AND NOT EXISTS (SELECT FROM messages h
    WHERE h.account_id = %(tenant)s AND h.conversation_id = v.id AND h.kind = 'person' AND h.created_at > o.created_at))
"""
"""Whether the assistant handed a chat `v` over, and no person has answered in it since."""
WAITS = f"SELECT FROM conversations v WHERE v.account_id = %(tenant)s AND v.id = %(chat)s AND {UNANSWERED}"
LEAVE = """
UPDATE messages SET metadata = metadata || '{"left": true}' WHERE account_id = %s AND conversation_id = %s AND id = %s
"""
HOLDS = f"""
SELECT FROM conversations v WHERE v.account_id = %(tenant)s AND v.id = %(chat)s AND {UNHELD} FOR NO KEY UPDATE OF v
"""
TURN = """
UPDATE conversations SET status = %s, last_activity_at = now() WHERE account_id = %s AND id = %s
  AND status IN ('active', 'handed_over') RETURNING id
"""
ECHO = """
INSERT INTO messages (account_id, id, conversation_id, role, content, metadata, kind, created_at)
VALUES (%s, %s, %s, 'assistant', %s, %s, 'person', %s) ON CONFLICT DO NOTHING
"""
"""Without a provider: it has left already."""
LONGEST = 4096
STATUS = "SELECT status FROM conversations WHERE account_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: with whom, who answers, and what waits in it for an answer since when."""

    id: UUID
    channel: str
    status: str
    name: str | None
    phone: str | None
    username: str | None
    last_activity_at: datetime
    waiting_since: datetime | None
    waiting: str | None


async def chats(
    db: Database, scope: Scope, status: Holder, *, after: tuple[datetime, UUID] | None = None, limit: int = 100
) -> list[Chat]:
    """Return the chats that a person, or the assistant, answers; the latest activity first."""
    moment, chat_id = after or (None, None)
    params = {"tenant": scope.tenant, "status": status, "moment": moment, "after": chat_id, "limit": limit}
    async with db.reading(scope) as tx:
        return [Chat(*row) for row in await tx.rows(CHATS, params)]


async def turn_over(db: Database, scope: Scope, chat_id: UUID, to: Holder) -> None:
    """Let a person answer a chat from now on, or the assistant again; raise NotFound where there is none."""
    async with db.transaction(scope) as tx:
        if await tx.row(TURN, (to, tx.tenant, chat_id)) is None:
            raise NotFound("there is no such conversation")


async def waits_for_a_person(tx: Transaction, chat_id: UUID) -> bool:
    """Tell whether the assistant has handed a chat over, and no person has answered in it yet."""
    return await tx.row(WAITS, {"tenant": tx.tenant, "chat": chat_id}) is not None


async def leave(tx: Transaction, chat_id: UUID, message_id: UUID, text: str, at: datetime | None = None) -> bool:
    """Leave a message to the person: whoever wrote it is told once that the team has it; False where that, or more, was
    said already.

    It is no answer: they go on waiting since they wrote.
    """
    await tx.run(LEAVE, (tx.tenant, chat_id, message_id))
    if await tx.row(HOLDS, {"tenant": tx.tenant, "chat": chat_id}) is None:
        return False
    words = Words(ids.uuid7(), chat_id, text, "reply", metadata={"holding": True}, reply_to=message_id, at=at)
    return await write(tx, words)


async def note_echo(tx: Transaction, chat_id: UUID, echo_id: UUID, text: str, at: datetime) -> None:
    """Keep what a person wrote to a customer past the desk, which takes the chat over."""
    await tx.row(TURN, ("handed_over", tx.tenant, chat_id))
    row = (tx.tenant, echo_id, chat_id, text[:LONGEST], Jsonb({"by": "echo"}), at)
    await tx.run(ECHO, row)


async def reply(db: Database, scope: Scope, chat_id: UUID, text: str) -> UUID:
    """Answer a chat as a person; return the message's id.

    Raises NotFound where there is no such chat, Conflict while the assistant answers it: two voices would contradict
    each other.
    """
    message = ids.uuid7()
    async with db.transaction(scope) as tx:
        row = await tx.row(STATUS, (tx.tenant, chat_id))
        if row is None:
            raise NotFound("there is no such conversation")
        if row[0] != "handed_over":
            raise Conflict("the assistant answers this conversation: take it over first", field="status")
        await write(tx, Words(message, chat_id, text, "person", metadata={"by": scope.actor}))
    return message
