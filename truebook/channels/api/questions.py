"""What customers asked and the desk could not answer."""

from datetime import datetime
from uuid import UUID

from fastapi import Response
from pydantic import ConfigDict

from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, id_in
from truebook.channels.api.requests import Id, router
from truebook.channels.api.resources import Page, Record, page_of
from truebook.channels.api.schema import Strict, Text
from truebook.tenants import questions
from truebook.tenants.questions import QUESTIONS


class Settlement(Strict):
    """How a question is put aside; with an answer, the assistant knows it from then on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "There is a garage across the street."}]})

    answer: Text | None = None


routes = router("/questions", "questions")


class QuestionView(Record):
    """A question in the customer's own words, what it is about, and in which conversation it was asked."""

    conversation_id: UUID
    topic: str
    question: str
    created_at: datetime


@routes.get("", response_model=None, responses={200: {"model": Page[QuestionView]}})
async def list_questions(call: Owner, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """List the open questions, the oldest first."""
    found = await QUESTIONS.page(call.db, call.scope, after=id_in(QuestionView, cursor), limit=limit + 1)
    return page_of(QuestionView, found, limit)


@routes.post("/{id}/settle", response_model=None, status_code=204)
async def settle_question(call: Owner, question_id: Id, body: Settlement) -> Response:
    """Put a question aside; with an answer, the assistant knows it from then on: that takes a key that may manage."""
    if body.answer:
        call.must("manage")
    await questions.settle(call.db, call.scope, question_id, answer=body.answer or "")
    return Response(status_code=204)
