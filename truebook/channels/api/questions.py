"""What customers asked and the desk could not answer."""

from datetime import datetime
from uuid import UUID

from fastapi import Response

from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, id_in
from truebook.channels.api.requests import router
from truebook.channels.api.resources import Page, Record, page_of
from truebook.tenants.questions import QUESTIONS

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
