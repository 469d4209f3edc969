"""The chat on a business's page: the very conversation turn of every channel, as a page with a form."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.assistant.incoming import inbox
from truebook.channels.web import forms, pages
from truebook.channels.web.booking import frame
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.choice import Choice
from truebook.kernel import clock, ids
from truebook.limits import Limit

PAGE = "/{slug:business}/chat"
COOKIE, KEPT = "chat", 30 * 86_400
"""The cookie by which a device picks up its conversation, and for how many seconds."""
SHOWN = 60
"""Messages that are shown; what was said before them is still known to the assistant."""
PATIENCE = 8.0
"""Seconds a page waits for the answer before it says that somebody is typing."""
GIVEN_UP = timedelta(minutes=2)
BY_VISITOR = Limit("chat messages of a visitor", burst=30, every=20.0)
BY_ADDRESS = Limit("chat messages from an address", burst=60, every=10.0)
BEGUN = Limit("chats begun from an address", burst=10, every=300.0)
"""A stranger must not make a language model expensive: neither in one conversation nor in many."""
routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def show(request: Request, slug: str) -> Response:
    """Show the conversation of this device, where there is one."""
    if "c" in request.query_params and not _is_framed(request):
        return RedirectResponse(f"/{slug}/chat", 303)
    shop = await shops.find(request, slug)
    kept = request.cookies.get(COOKIE, "")
    token = kept or request.query_params.get("c", "")
    found = await inbox.conversation_at(shop.db, shop.scope, "web", _address(token)) if token else None
    said = await inbox.last_said(shop.db, shop.scope, found, SHOWN) if found else []
    by_person = await inbox.handed_over(shop.db, shop.scope, found) if found else False
    last = said[-1] if said else None
    buttons: list[str] = []
    if found and last and last["role"] == "assistant":
        just_before = last["at"] - timedelta(microseconds=1)
        told = await inbox.told_since(shop.db, shop.scope, found, just_before)
        buttons = next((one.buttons for one in told if one.id == last["id"]), [])
    shown = next((one["id"] for one in reversed(said) if one["role"] == "assistant"), inbox.NOTHING)
    unanswered = last is not None and last["role"] == "user" and not by_person
    waiting = unanswered and last is not None and clock.now() - last["at"] < GIVEN_UP
    return frame.page(
        request, shop, "chat.html", Choice(slug), said=said, buttons=buttons, by_person=by_person, waiting=waiting,
        late=unanswered and not waiting, key=str(ids.uuid7()), longest=inbox.LONGEST, token="" if kept else token,
        shown=shown,
    )  # fmt: skip


@routes.post(PAGE, response_model=None)
async def say(request: Request, slug: str) -> Response:
    """Take what a customer says, once for a page, and wait a little for the answer."""
    form = await forms.read(request)
    shop = await shops.find(request, slug)
    text = form.text("text", most=inbox.LONGEST)
    kept = request.cookies.get(COOKIE, "")
    named = form.text("c", most=100) if form.has("framed") and not kept else ""
    token = kept or named
    if not text:
        return RedirectResponse(f"/{slug}/chat#end", 303)
    address = limits.origin(request.client)
    await limits.take(shop.db, BY_ADDRESS, address)
    found = await inbox.conversation_at(shop.db, shop.scope, "web", _address(token)) if token else None
    if found is None:
        await limits.take(shop.db, BEGUN, address)
        token = ids.token()
        line = request.app.state.links.line(shop.account.id, address, clock.now().date())
        found = await inbox.open_conversation(
            shop.db, shop.scope, "web", address=_address(token), name=None, phone=None, line=line
        )
    await limits.take(shop.db, BY_VISITOR, str(found))
    key = form.text("key", most=100)
    once = f"web:{found}:{key}" if key else None
    message = await inbox.receive(shop.db, shop.scope, found, text, provider_message_id=once, shown=form.id("shown"))
    await inbox.wait_for_answer(shop.db, shop.scope, message, request.app.state.notices, patience=PATIENCE)
    # inside another site's page a browser may keep no cookie: there the address alone knows the conversation
    alone = form.has("framed") and not kept
    answer = RedirectResponse(f"/{slug}/chat?{urlencode({'c': token})}#end" if alone else f"/{slug}/chat#end", 303)
    if token != named:  # whoever gave somebody an address of theirs would read along from then on
        pages.keep(request, answer, COOKIE, token, seconds=KEPT, path=f"/{slug}", framed_by=shop.account.framed_by)
    return answer


def _is_framed(request: Request) -> bool:
    """Tell whether a page is asked for inside another one, or by a script of our own pages (Fetch Metadata)."""
    told = request.headers
    inside = told.get("sec-fetch-dest") in ("iframe", "frame")
    return inside or (told.get("sec-fetch-dest") == "empty" and told.get("sec-fetch-site") == "same-origin")


def _address(token: str) -> str:
    """Return under which address the conversation of a cookie is kept: who reads the database cannot continue it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
