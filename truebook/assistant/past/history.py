"""A conversation's rows: what the customer wrote, what the desk answered, and what the model needs to know of both."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_ai.messages import ModelMessage

from truebook.assistant.acts import ACTS, Act, Offers, Question, ReadBack, Receipt, SeriesReceipt, time_of
from truebook.assistant.answers.scene import Answer
from truebook.assistant.past import memory
from truebook.booking import queries
from truebook.booking.model import Customer, Source
from truebook.db import Transaction
from truebook.db.notices import ANSWERED
from truebook.kernel.errors import NotFound
from truebook.kernel.memory import Memory
from truebook.language.text import within_hearing
from truebook.ledger import notices
from truebook.ledger.words import KIND_OF, Kind, Telling, Words, write
from truebook.tenants.bots import Fact, ModelChoice

TURNS, STRIDE = 30, 20
"""Turns of a conversation that are remembered, and up to nineteen more: the beginning moves in strides, for what begins
alike is understood once (`points`)."""
REMEMBERED = 64 * 2**20
"""Bytes of turns that are kept ready, as they stood in their rows."""
KEPT = "turns"
"""Under which name a database keeps them."""

CONVERSATION = """
SELECT v.channel, v.status, v.language, c.id, c.name, c.phone, c.email
FROM conversations v LEFT JOIN customers c ON c.account_id = v.account_id AND c.id = v.customer_id
WHERE v.account_id = %s AND v.id = %s
"""
MESSAGE = """
SELECT string_agg(content, E'\\n' ORDER BY created_at, id), max(created_at), bool_and(metadata ? 'unread'),
       EXISTS (SELECT FROM messages WHERE account_id = %(tenant)s AND reply_to = %(id)s),
       array_agg(split_part(metadata ->> 'choice', '.', 1)) || array_agg(metadata ->> 'under')
         || array_agg((SELECT min(a.message_id::text)
         FROM message_attempts a WHERE a.account_id = %(tenant)s AND a.provider IN ('whatsapp', 'twilio')
           AND a.provider_message_id = m.metadata ->> 'about'))
FROM messages m WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s AND withdrawn_at IS NULL
  AND (id = %(id)s OR (turn_id = %(id)s AND role = 'user'))
HAVING count(*) > 0
"""
"""What they wrote, when last, whether it is nothing to read and answered already; and under which answers of the desk's
(texts, the ids of messages): those that were tapped, replied to, or the last that a page showed."""
CALL_OUT = f"SELECT pg_notify('{ANSWERED}', %s)"
OPEN = "SELECT reply_to, metadata FROM messages WHERE account_id = %s AND conversation_id = %s AND id = %s"
PAST = """
SELECT content, metadata, m.created_at, CASE WHEN kind = 'reminder' THEN m.id END,
  CASE WHEN provider IN ('whatsapp', 'twilio') THEN coalesce(
    (SELECT min(a.started_at) FROM message_attempts a WHERE a.account_id = %(tenant)s AND a.message_id = m.id
      AND a.outcome NOT IN ('sending', 'unknown', 'held', 'failed')
      AND (a.form <> 'template' OR m.kind NOT IN ('reply', 'offer', 'read_back'))),
    (SELECT m.created_at FROM messages t WHERE t.account_id = %(tenant)s AND t.conversation_id = m.conversation_id
      AND t.id = %(message)s AND starts_with(t.metadata ->> 'choice', m.id::text || '.')))
  ELSE created_at END AS seen_at, m.id::text, m.xmin::text, length(metadata ->> 'run')
FROM messages m WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s AND role = 'assistant'
  AND coalesce(kind, '') NOT IN ('notice', 'code')
ORDER BY m.created_at DESC, m.id DESC LIMIT %(turns)s + (
  SELECT count(*) FROM messages m WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s
    AND role = 'assistant' AND coalesce(kind, '') NOT IN ('notice', 'code')) %% %(stride)s
"""
"""What the desk said, and when the customer can have seen it: where it is sent, not before it left (and of a question a
template tells no more than that it waits), however long it lay in a queue; else once something in it was tapped."""
REMINDED = """
SELECT t.appointment_id, t.starts_at FROM tellings t WHERE t.account_id = %s AND t.message_id = %s
"""
TOUCH = """
UPDATE conversations SET last_activity_at = now(), language = coalesce(%s, language), status = %s
WHERE account_id = %s AND id = %s
"""
BOT = """
SELECT tone, system_prompt, facts, model, model_url, model_key, answer_tokens, turn_tokens, day_tokens
FROM bot_configs WHERE account_id = %s AND is_active
"""
# the newest news up to the version shown: a change that is no news (a note, a key set to null) counts versions up too
TOLD = """
UPDATE outbox SET status = 'sent', sent_at = now(), message_id = %(message)s, attempts = attempts + 1
WHERE tenant_id = %(tenant)s AND appointment_id = %(appointment)s AND status = 'queued'
  AND appointment_version = (SELECT max(appointment_version) FROM outbox WHERE tenant_id = %(tenant)s
                                AND appointment_id = %(appointment)s AND appointment_version <= %(version)s)
RETURNING id
"""


class AlreadyAnswered(Exception):
    """Somebody else has answered meanwhile: what this transaction claimed to tell must be rolled back with it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation at the moment a message is answered."""

    id: UUID
    channel: Source
    status: str
    language: str | None
    customer: Customer
    text: str
    """What they wrote, as far as it is listened to."""
    written_at: datetime
    answered: bool
    past: tuple[ModelMessage, ...]
    last_acts: tuple[Act, ...]
    """What the customer had been shown when they wrote: an answer they could not have read yet does not count."""
    last_text: str
    misunderstood: int
    tone: str
    extra: str
    facts: tuple[Fact, ...] = ()
    choice: ModelChoice = field(default_factory=ModelChoice)
    unread: bool = False
    """There is nothing to read in it: a picture, a place."""
    kept: ReadBack | None = None
    """What the last word of the desk's own was about: a time that the waiting list keeps for them still."""


async def load(tx: Transaction, conversation_id: UUID, message_id: UUID) -> Conversation:
    """Return a conversation as it stood when a message came in; raise NotFound where either is gone."""
    told = await tx.ask(CONVERSATION, (tx.tenant, conversation_id))
    said = {"tenant": tx.tenant, "conversation": conversation_id, "id": message_id}
    written, set_up = await tx.ask(MESSAGE, said), await tx.ask(BOT, (tx.tenant,))
    asked = {
        "tenant": tx.tenant,
        "conversation": conversation_id,
        "message": message_id,
        "turns": TURNS,
        "stride": STRIDE,
    }
    past = await tx.rows(PAST, asked)
    turns: Memory = tx.kept.setdefault(KEPT, Memory(REMEMBERED, REMEMBERED // 8))
    head, message, bot = await told(), await written(), await set_up() or ("friendly", "", [])
    if head is None or message is None:
        raise NotFound("there is no such message")
    channel, status, language, *customer = head
    last_text, last = past[0][:2] if past else ("", {})
    was_seen = bool(past) and past[0][4] is not None and past[0][4] < message[1]
    was_seen = was_seen and not _points_back(past[0][5], message[4])
    kept = await _kept(tx, last, message[1]) if was_seen else None
    shown = ACTS.validate_python(last.get("acts", [])) if was_seen else []
    return Conversation(
        id=conversation_id,
        channel=channel,
        status=status,
        language=language,
        customer=Customer(customer[1] or "", customer[2], customer[3], customer[0]),
        text=within_hearing(message[0]),
        written_at=message[1],
        answered=message[3],
        last_acts=(kept,) if kept else tuple(shown),
        kept=kept,
        past=tuple([one for row in reversed(past) for one in await _remembered(tx, turns, row)]),
        last_text=last_text,
        misunderstood=int(last.get("misunderstood", 0)),
        tone=bot[0],
        extra=bot[1],
        facts=tuple(Fact(**one) for one in bot[2]),
        choice=ModelChoice(*bot[3:]),
        unread=message[2],
    )


def _points_back(last: str, pointed: Sequence[str | None]) -> bool:
    """Tell whether a message stands under another answer than the last one: a yes to that is none to this."""
    return any(one and len(one) == len(last) and one != last for one in pointed)


async def _kept(tx: Transaction, last: dict[str, Any], at: datetime) -> ReadBack | None:
    """Return the time that the desk's last word said is kept for them, as a question; None where it is so no longer."""
    if last.get("news") != "offered" or "appointment" not in last:
        return None
    held = await queries.appointment(tx, UUID(last["appointment"]))
    if held.status != "held" or held.hold_expires_at is None or held.hold_expires_at <= at:
        return None
    return ReadBack(purpose="take", time=time_of(held), until=held.hold_expires_at)


async def _remembered(tx: Transaction, turns: Memory, row: Sequence[Any]) -> Sequence[ModelMessage]:
    """Return a row of PAST as the model is to remember it; a reminder is one while its appointment stands as it said.

    The same version of a row gives the same messages, which nobody may change.
    """
    text, metadata, _, reminder, _, message, version, weight = row
    told = await tx.row(REMINDED, (tx.tenant, reminder)) if reminder else None
    if told is not None:
        appointment = await queries.appointment(tx, told[0])
        so = appointment.status == "confirmed" and appointment.start == told[1]
        return memory.reminded(time_of(appointment), text) if so else []
    found: Sequence[ModelMessage] | None = turns.get(tx.tenant, (message, version))
    if found is None:
        found = memory.unpack(metadata.get("run", []))
        turns.keep(tx.tenant, (message, version), found, 500 + 5 * (weight or 0))
    return found


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer that had to leave something open: which message it answered, and what it showed."""

    reply_to: UUID
    acts: tuple[Act, ...]


async def open_answer(tx: Transaction, conversation_id: UUID, answer_id: UUID) -> OpenAnswer:
    """Return an answer of the desk by its own id; raise NotFound where there is none."""
    row = await tx.row(OPEN, (tx.tenant, conversation_id, answer_id))
    if row is None or row[0] is None:
        raise NotFound("there is no such answer")
    return OpenAnswer(row[0], tuple(ACTS.validate_python(row[1].get("acts", []))))


async def told_here(tx: Transaction, appointment_id: UUID, version: int, message_id: UUID) -> bool:
    """Claim the telling of a change for this message; return False where the customer was told already."""
    params = {"message": message_id, "tenant": tx.tenant, "appointment": appointment_id, "version": version}
    return await tx.row(TOLD, params) is not None


async def add_answer(
    tx: Transaction,
    conversation: Conversation,
    message_id: UUID,
    reply_to: UUID | None,
    answer: Answer,
    *,
    acts: list[Act],
    run: list[ModelMessage],
    language: str,
    misunderstood: int,
    at: datetime | None = None,
    taps: dict[str, Any] | None = None,
) -> None:
    """Write the answer to a message, or news of the desk's own (no reply_to); raise AlreadyAnswered if it is there."""
    metadata: dict[str, Any] = {
        "acts": ACTS.dump_python(acts, mode="json"),
        "buttons": list(answer.buttons),
        "run": memory.pack(run),
        "misunderstood": misunderstood,
        **({"hands_over": True} if answer.hand_over else {}),
        **({"holding": True} if conversation.status == "handed_over" else {}),  # a person still has to answer
        **(taps or {}),
    }
    words = Words(
        id=message_id, conversation=conversation.id, text=answer.text, kind=_kind(acts), tellings=_tellings(acts),
        metadata=metadata, reply_to=reply_to, at=at,
    )  # fmt: skip
    if not await write(tx, words):
        raise AlreadyAnswered
    if reply_to is not None:
        await call_out(tx, reply_to)
    status = "handed_over" if answer.hand_over else conversation.status
    if answer.hand_over:
        await notices.note(tx, "waiting", message_id)
    await tx.run(TOUCH, (language, status, tx.tenant, conversation.id))


async def call_out(tx: Transaction, message_id: UUID) -> None:
    """Wake whoever waits for the answer to a message, once this is committed."""
    await tx.run(CALL_OUT, (str(message_id),))


def _kind(acts: list[Act]) -> Kind:
    """Return what an answer is: what it tells as done comes before what it asks."""
    done = [act for act in acts if isinstance(act, Receipt | SeriesReceipt)]
    if done:
        return KIND_OF[done[-1].topic]
    last = next((act for act in reversed(acts) if isinstance(act, Question | Offers)), None)
    return "reply" if last is None else "offer" if isinstance(last, Offers) else "read_back"


def _tellings(acts: list[Act]) -> list[Telling]:
    told = [
        Telling(act.topic, UUID(act.time.id), act.version, act.time.start) for act in acts if isinstance(act, Receipt)
    ]
    dates = [(act.topic, one) for act in acts if isinstance(act, SeriesReceipt) for one in act.dates]
    return [*told, *(Telling(topic, one.id, one.version, one.start) for topic, one in dates)]
