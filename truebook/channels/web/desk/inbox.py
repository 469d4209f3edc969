"""The inbox: chats of all channels, read, taken over, answered, handed back; beside a message what stood behind it."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.assistant import handover
from truebook.assistant.handover import Chat
from truebook.assistant.incoming import inbox
from truebook.assistant.past import behind
from truebook.channels.web import pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoTalks
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.rehearsal import checks
from truebook.tenants.users import USERS

HERE = "/desk/inbox"
ONE = HERE + "/{chat_id:uuid}"
MOST = 50
"""Chats of each kind that are listed."""
LONGEST = 2000
PATIENCE = 8.0
"""Seconds that a test chat's page waits for the answer; what takes longer shows up by itself."""
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def listing(request: Request, who: WhoTalks) -> Response:
    """Show the chats."""
    return await _shown(request, who, None)


@routes.post(f"{HERE}/test", response_model=None)
async def begin_test(request: Request, who: WhoTalks) -> Response:
    """Begin a test chat with one's own assistant."""
    _, chat_id, _ = await inbox.open_test_chat(who.db, who.scope, name=None, phone=None)
    return RedirectResponse(f"{HERE}/{chat_id}#say", 303)


@routes.post(f"{ONE}/say", response_model=None)
async def say(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Say something as a customer would, in a test chat, and wait a little for the answer."""
    if (await behind.talk(who.db, who.scope, chat_id, limit=1)).channel != "test":
        raise NotFound("there is no such test chat")
    text = next((one.strip() for one in who.form.all("text") if one.strip()), "")  # the field, else a button below it
    if not 0 < len(text) <= LONGEST:
        return await _shown(request, who, chat_id, 422, wrong="text")
    message = await inbox.receive(who.db, who.scope, chat_id, text, shown=who.form.id("shown"))
    await inbox.wait_for_answer(who.db, who.scope, message, request.app.state.notices, patience=PATIENCE)
    return RedirectResponse(f"{HERE}/{chat_id}#say", 303)


@routes.post(f"{ONE}/keep", response_model=None)
async def keep(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Save a test chat as a check of the assistant."""
    if (await behind.talk(who.db, who.scope, chat_id, limit=1)).channel != "test":
        raise NotFound("there is no such test chat")
    try:
        await checks.keep(who.db, who.scope, chat_id, who.form.text("about", most=200))
    except Invalid:
        return await _shown(request, who, chat_id, 422, wrong="about")
    return RedirectResponse("/desk/checks", 303)


@routes.get(ONE, response_model=None)
async def read(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Show a chat."""
    return await _shown(request, who, chat_id)


@routes.post(f"{ONE}/take-over", response_model=None)
async def take_over(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Answer a chat oneself from now on."""
    await handover.turn_over(who.db, who.scope, chat_id, "handed_over")
    return RedirectResponse(f"{HERE}/{chat_id}#answer", 303)


@routes.post(f"{ONE}/hand-back", response_model=None)
async def hand_back(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Let the assistant answer again."""
    await handover.turn_over(who.db, who.scope, chat_id, "active")
    return RedirectResponse(f"{HERE}/{chat_id}", 303)


@routes.post(f"{ONE}/answer", response_model=None)
async def answer(request: Request, who: WhoTalks, chat_id: UUID) -> Response:
    """Answer as a person."""
    try:
        text = who.form.text("text", most=LONGEST)
        if not text:
            raise Invalid("text", "write something")
        await handover.reply(who.db, who.scope, chat_id, text)
    except Invalid:
        return await _shown(request, who, chat_id, 422, wrong="text")
    except Conflict:
        return await _shown(request, who, chat_id, 409, wrong="held")
    return RedirectResponse(f"{HERE}/{chat_id}#answer", 303)


async def _shown(
    request: Request, who: Visitor, chat_id: UUID | None, status: int = 200, *, wrong: str = ""
) -> Response:
    mine = await handover.chats(who.db, who.scope, "handed_over", limit=MOST)
    theirs = await handover.chats(who.db, who.scope, "active", limit=MOST)
    users = {f"user:{user.id}": user.name or user.email for user in await USERS.page(who.db, who.scope, limit=500)}
    talk = await behind.talk(who.db, who.scope, chat_id) if chat_id else None
    typed: Any = next((value for key, value in who.form.fields if key == "text"), "")
    return pages.page(
        request, "desk/inbox.html", status, who=who, here="inbox", mine=sorted(mine, key=_first), theirs=theirs,
        talk=talk, say=Say(request, who), users=users, wrong=wrong, typed=typed[:LONGEST], longest=LONGEST,
        nothing=inbox.NOTHING,
    )  # fmt: skip


def _first(chat: Chat) -> tuple[bool, float]:
    """Who waits comes first, the longest first; then the latest."""
    if chat.waiting_since is None:
        return (True, -chat.last_activity_at.timestamp())
    return (False, chat.waiting_since.timestamp())
