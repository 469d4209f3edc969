"""The chats that a person has taken over: see who waits, answer, and hand them back to the assistant."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.assistant import handover
from truebook.assistant.incoming import inbox
from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, after_moment, moment_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Strict, Text, View

routes = router("/conversations", "conversations")


class Reply(Strict):
    """What a person answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Anna here. Do come by at three."}]})

    text: Annotated[Text, Field(min_length=1)]


class ChatView(View):
    """A chat: with whom, who answers it, and what waits for an answer since when."""

    id: UUID
    channel: str
    status: Literal["active", "handed_over"] = Field(description="whether the assistant or a person answers")
    name: str | None
    phone: str | None
    username: str | None
    last_activity_at: datetime
    waiting_since: datetime | None
    waiting: str | None


class ChatPage(View):
    """Chats, the latest activity first, and the cursor of the next page."""

    items: list[ChatView]
    next: str | None


class WordsView(View):
    """What somebody said: the customer (`user`) or the desk (`assistant`, also where a person answered)."""

    id: UUID
    role: Literal["user", "assistant"]
    text: str
    at: datetime


class WordsPage(View):
    """What was said, in order of time, and the cursor of the next page."""

    items: list[WordsView]
    next: str | None


class Sent(View):
    """A message that was written; whether it arrived stands with it later."""

    id: UUID


@routes.get("", response_model=None, responses={200: {"model": ChatPage}})
async def list_conversations(
    call: Owner, status: Literal["active", "handed_over"] = "handed_over", cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """List the chats that a person answers, or with `status=active` the assistant's."""
    found = await handover.chats(call.db, call.scope, status, after=moment_in(ChatView, cursor), limit=limit + 1)
    page = found[:limit]
    more = after_moment(ChatView, page[-1].last_activity_at, page[-1].id) if len(found) > limit else None
    return Response(to_json({"items": page, "next": more}), media_type="application/json")


@routes.get("/{id}/messages", response_model=None, responses={200: {"model": WordsPage}})
async def read_conversation(call: Owner, chat_id: Id, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """Read what was said in a chat."""
    found = await inbox.transcript(call.db, call.scope, chat_id, after=moment_in(WordsView, cursor), limit=limit + 1)
    page = found[:limit]
    more = after_moment(WordsView, page[-1]["at"], page[-1]["id"]) if len(found) > limit else None
    return Response(to_json({"items": page, "next": more}), media_type="application/json")


@routes.post("/{id}/messages", response_model=None, status_code=201, responses={201: {"model": Sent}})
async def answer_conversation(call: Owner, chat_id: Id, reply: Reply) -> Response:
    """Answer as a person, in a chat that was taken over; it goes out the way the customer writes."""
    message = await handover.reply(call.db, call.scope, chat_id, reply.text)
    where = {"Location": f"{PREFIX}/conversations/{chat_id}/messages"}
    return Response(to_json({"id": message}), 201, where, "application/json")


@routes.post("/{id}/take-over", response_model=None, status_code=204)
async def take_over_conversation(call: Owner, chat_id: Id) -> Response:
    """Answer a chat yourself from now on; the assistant is silent there."""
    await handover.turn_over(call.db, call.scope, chat_id, "handed_over")
    return Response(status_code=204)


@routes.post("/{id}/hand-back", response_model=None, status_code=204)
async def hand_back_conversation(call: Owner, chat_id: Id) -> Response:
    """Let the assistant answer a chat again, from the customer's next message on."""
    await handover.turn_over(call.db, call.scope, chat_id, "active")
    return Response(status_code=204)
