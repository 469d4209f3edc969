"""What the desk says: each message is written once, with what it says of appointments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Transaction
from truebook.jobs import AnswerDue, MailDue, MessageDue, publish, publish_ahead

Kind = Literal["reply", "offer", "read_back", "receipt", "move", "cancellation", "reminder", "correction", "person",
    "notice", "code",
]  # fmt: skip
Topic = Literal["booked", "requested", "moved", "cancelled", "reminder", "correction", "offered", "off_list"]
KIND_OF: dict[str, Kind] = {
    "booked": "receipt", "requested": "receipt", "moved": "move", "cancelled": "cancellation",
    "reminder": "reminder", "correction": "correction", "offered": "offer", "off_list": "reply",
}  # fmt: skip
"""The kind of a message that tells of a topic."""

IS_ANSWER = "(m.reply_to IS NOT NULL OR m.kind IN ('reply', 'person', 'code'))"
"""Whether somebody waits for a message `m`: it never stands behind news."""
ADD = f"""
INSERT INTO messages (account_id, id, conversation_id, role, content, reply_to, metadata, kind, created_at, provider,
  delivery)
SELECT account_id, %(id)s, id, 'assistant', %(text)s, %(reply_to)s, %(metadata)s, %(kind)s,
  coalesce(%(at)s, clock_timestamp()), CASE WHEN number_id IS NOT NULL THEN 'whatsapp' WHEN %(mail)s THEN 'email' END,
  CASE WHEN number_id IS NOT NULL OR %(mail)s THEN 'queued' END
FROM conversations WHERE account_id = %(tenant)s AND id = %(conversation)s
ON CONFLICT DO NOTHING RETURNING provider, {IS_ANSWER.replace("m.", "messages.")}
"""
TELL = """
INSERT INTO tellings (account_id, message_id, appointment_id, topic, version, starts_at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a message says of an appointment: taken from the row that was read back, its version and its start."""

    topic: Topic
    appointment: UUID
    version: int
    start: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """A message of the desk's, about to be written. `at` is when it is said, where that is not now.

    With `mail` it goes by e-mail as well, where the chat itself is not one that is sent.
    """

    id: UUID
    conversation: UUID
    text: str
    kind: Kind
    tellings: Sequence[Telling] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    reply_to: UUID | None = None
    at: datetime | None = None
    mail: bool = False


async def write(tx: Transaction, words: Words) -> bool:
    """Write a message, what it tells, and the job that sends it where it is not read in place.

    False where it, or another answer to the same, is there already.
    """
    params = {
        "tenant": tx.tenant, "id": words.id, "conversation": words.conversation, "text": words.text,
        "reply_to": words.reply_to, "metadata": Jsonb(words.metadata), "kind": words.kind, "at": words.at,
        "mail": words.mail,
    }  # fmt: skip
    added = await tx.row(ADD, params)
    if added is None:
        return False
    if added[0] is not None:
        if added[0] == "email":
            await publish(tx, MailDue(tx.tenant, words.id))
        elif added[1]:
            await publish_ahead(tx, AnswerDue(tx.tenant, words.conversation))
        else:
            await publish(tx, MessageDue(tx.tenant, words.conversation))
    for one in words.tellings:
        await tx.run(TELL, (tx.tenant, words.id, one.appointment, one.topic, one.version, one.start))
    return True
