"""What customers asked and the desk could not answer: open until the owner has seen to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Transaction
from truebook.kernel import ids
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
ADD = "INSERT INTO open_questions (account_id, id, conversation_id, topic, question) VALUES (%s, %s, %s, %s, %s)"


async def keep(tx: Transaction, conversation_id: UUID, topic: str, question: str) -> None:
    """Write down a question that could not be answered."""
    await tx.run(ADD, (tx.tenant, ids.uuid7(), conversation_id, topic, question))
