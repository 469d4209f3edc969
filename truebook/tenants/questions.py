"""What customers asked and the desk could not answer: open until the owner has seen to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.tenants.bots import BOTS
from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question in the customer's own words, and what it is about."""

    id: UUID
    conversation_id: UUID
    topic: str
    question: str
    created_at: datetime
    version: int


QUESTIONS = Records("open_questions", OpenQuestion, noun="question")
ADD_FACT = """
UPDATE bot_configs SET facts = facts || %s::jsonb WHERE account_id = %s AND is_active RETURNING id
"""
LANGUAGE = "SELECT language FROM conversations WHERE account_id = %s AND id = %s"
ADD = "INSERT INTO open_questions (account_id, id, conversation_id, topic, question) VALUES (%s, %s, %s, %s, %s)"


async def keep(tx: Transaction, conversation_id: UUID, topic: str, question: str) -> None:
    """Write down a question that could not be answered."""
    await tx.run(ADD, (tx.tenant, ids.uuid7(), conversation_id, topic, question))


async def settle(db: Database, scope: Scope, question_id: UUID, *, answer: str = "") -> None:
    """Put a question aside; with an answer, it becomes one of the assistant's facts, in the language it was asked in.

    Raises NotFound where there is no such question.
    """
    async with QUESTIONS.changing(db, scope) as tx:
        question = await QUESTIONS.read(tx, question_id, lock=True)
        if answer:
            spoken = await tx.row(LANGUAGE, (tx.tenant, question.conversation_id))
            fact = {"topic": question.topic, "text": answer, "language": (spoken and spoken[0]) or ""}
            if await tx.row(ADD_FACT, (Jsonb([fact]), tx.tenant)) is None:
                await BOTS.write(tx, {"name": "Desk", "facts": [fact]})
        await QUESTIONS.erase(tx, question_id)
