"""The test chat: the very conversation turn that every channel runs, over REST."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path, Request, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.assistant.incoming import inbox
from truebook.assistant.incoming.inbox import Answered
from truebook.channels.api.acts import told_singly
from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, after_moment, moment_in
from truebook.channels.api.requests import PREFIX, router
from truebook.channels.api.schema import Name, Phone, Strict, Text, View, text_of
from truebook.rehearsal import saving

PATIENCE = 20.0
"""Seconds a request waits for the worker's answer before it says where to look for it."""
routes = router("/chat", "test chat")


class NewSession(Strict):
    """Who talks. With a phone number the customer is known by it, as on WhatsApp, and is never asked for one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Carla", "phone": "+43 660 1234567"}]})

    name: Name | None = None
    phone: Phone | None = None
    display_name: Name | None = None


class NewMessage(Strict):
    """What the customer writes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "a haircut tomorrow around 3, please"}]})

    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    reply_to: UUID | None = Field(
        None,
        description="the last message of the desk's that its writer saw (`answer_id`, or `id` in the transcript): a "
        "yes is a yes to that, and never to what was asked after it; without it, to the last question that was asked",
    )


class SessionView(View):
    """A test chat session."""

    id: UUID
    number: int


class NewRehearsal(Strict):
    """What a saved talk is about."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"about": "half past, after an offer on the hour"}]})

    about: Name


class AnswerView(View):
    """What the desk answers: the text, the buttons under it, what it showed, and the tools it called."""

    message_id: UUID
    answer_id: UUID | None = Field(description="the answer's own id, for `reply_to`; null while there is none")
    status: str = Field(examples=["answered"], description="answered, silent (a person has taken over) or waiting")
    text: str | None
    buttons: list[str]
    acts: list[dict[str, Any]] = Field(
        description="what it showed, each by its `kind`; a series stands as one `read_back` (the first date in `time`, "
        "all of them in `times`) or one `receipt` a date as well, before its own `series_read_back` or `series_receipt`"
    )
    tools: list[str]


class MessageView(View):
    """What somebody said: the customer (`user`) or the desk (`assistant`)."""

    id: UUID
    role: Literal["user", "assistant"]
    text: str
    at: str = Field(json_schema_extra={"format": "date-time"})


class Transcript(View):
    """What was said, in order of time, and the cursor of the next page."""

    items: list[MessageView]
    next: str | None


Id = Annotated[UUID, Path(alias="id")]


@routes.post("/sessions", status_code=201, response_model=None, responses={201: {"model": SessionView}})
async def open_session(call: Owner, who: NewSession) -> Response:
    """Open a test chat."""
    session, _, number = await inbox.open_test_chat(
        call.db, call.scope, name=who.name, phone=who.phone, display_name=who.display_name
    )
    body = to_json({"id": session, "number": number})
    return Response(body, 201, {"Location": _messages(session)}, "application/json")


@routes.post(
    "/sessions/{id}/messages",
    response_model=None,
    responses={200: {"model": AnswerView}, 202: {"model": AnswerView, "description": "the answer is still being made"}},
)
async def say(call: Owner, request: Request, session_id: Id, message: NewMessage) -> Response:
    """Say something and get the answer. The message is stored before anything else; a slow answer is not lost."""
    conversation = await inbox.conversation_of(call.db, call.scope, session_id)
    if message.reply_to is not None:
        await inbox.expect_said(call.db, call.scope, conversation, message.reply_to)
    message_id = await inbox.receive(call.db, call.scope, conversation, message.text, shown=message.reply_to)
    found = await inbox.wait_for_answer(call.db, call.scope, message_id, request.app.state.notices, patience=PATIENCE)
    if isinstance(found, Answered):
        return _answer(session_id, message_id, "answered", found)
    return _answer(session_id, message_id, found or "waiting", None)


@routes.get("/sessions/{id}/messages", response_model=None, responses={200: {"model": Transcript}})
async def read(call: Owner, session_id: Id, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """Read what was said, news of the desk's included."""
    conversation = await inbox.conversation_of(call.db, call.scope, session_id)
    found = await inbox.transcript(
        call.db, call.scope, conversation, after=moment_in(MessageView, cursor), limit=limit + 1
    )
    page = found[:limit]
    more = after_moment(MessageView, page[-1]["at"], page[-1]["id"]) if len(found) > limit else None
    return Response(to_json({"items": page, "next": more}), media_type="application/json")


@routes.post("/sessions/{id}/save", response_class=Response, responses=text_of("application/toml"))
async def save(call: Owner, session_id: Id, what: NewRehearsal) -> Response:
    """Save a test chat as a file for `truebook rehearse`: what was said, by what was asked, and the rows it led to."""
    conversation = await inbox.conversation_of(call.db, call.scope, session_id)
    text = await saving.saved(call.db, call.scope, conversation, what.about)
    return Response(text, media_type="application/toml")


def _answer(session_id: UUID, message_id: UUID, status: str, found: Answered | None) -> Response:
    body = {
        "message_id": message_id,
        "answer_id": found.id if found else None,
        "status": status,
        "text": found.text if found else None,
        "buttons": found.buttons if found else [],
        "acts": told_singly(found.acts) if found else [],
        "tools": found.tools if found else [],
    }
    if status == "waiting":
        return Response(to_json(body), 202, {"Location": _messages(session_id)}, "application/json")
    return Response(to_json(body), media_type="application/json")


def _messages(session_id: UUID) -> str:
    """Return where to read what was said, and what will be."""
    return f"{PREFIX}/chat/sessions/{session_id}/messages"
