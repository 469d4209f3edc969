"""Your own page: what you hear of, how you sign in, and where you are signed in."""

from typing import get_args
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import challenges, pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.ledger import notices
from truebook.tenants import accounts, contact, passkeys, passwords, sessions
from truebook.tenants.users import USERS

CADENCES: tuple[notices.Cadence, ...] = get_args(notices.Cadence)
BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "CrOS": "ChromeOS",
    "Mac OS X": "Mac", "Linux": "Linux",
}  # fmt: skip
"""What stands in a browser's own words, and what people call it: the first that is found, since many pose as others."""
routes = pages.routes()


@routes.get("/desk/me", response_model=None)
async def me(request: Request, who: Anyone) -> Response:
    """Show a person their sessions, and a form for a new password."""
    return await shown(request, who)


@routes.post("/desk/me/password", response_model=None)
async def set_password(request: Request, who: Anyone) -> Response:
    """Set a password; everywhere else one is signed out."""
    try:
        await sessions.set_password(
            who.db, who.person, who.form.text("password"), now=clock.now(), keep=who.session_id
        )  # fmt: skip
    except Invalid:
        return await shown(request, who, 422, wrong="password")
    return await shown(request, who, done=True)


@routes.post("/desk/me/notices", response_model=None)
async def choose_notices(request: Request, who: Anyone) -> Response:
    """Choose what one hears of, when, and by which way."""
    form, scope = who.form, who.scope
    typed = {name: form.text(name, most=40) for name in ("phone", *notices.TOPICS)}
    whatsapp = {topic for topic in notices.TOPICS if form.has(f"{topic}-whatsapp")}
    try:
        account = await accounts.get(who.db, scope, who.person.tenant)
        phone = contact.phone(typed["phone"], account.timezone)
        if whatsapp and phone is None:
            raise Invalid("phone", "give a number")
        wanted = {topic: _cadence(typed[topic]) for topic in notices.TOPICS}
        await USERS.change(who.db, scope, who.person.user_id, {"phone": phone})
        await notices.choose(who.db, scope, who.person.user_id, wanted, whatsapp=whatsapp)
    except Invalid:
        return await shown(request, who, 422, wrong="phone")
    return RedirectResponse("/desk/me#notices", 303)


def _cadence(typed: str) -> notices.Cadence:
    for one in CADENCES:
        if typed == one:
            return one
    raise Invalid("cadence", "choose one")


@routes.post("/desk/me/sessions/{session_id:uuid}/end", response_model=None)
async def end_session(request: Request, who: Anyone, session_id: UUID) -> Response:
    """End one of one's own sessions."""
    await sessions.end(who.db, who.person, session_id, now=clock.now())
    return RedirectResponse("/desk/me", 303)


async def shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "", done: bool = False) -> Response:
    """Return one's own page; `wrong` names what could not be kept."""
    say, now = Say(request, who), clock.now()
    lines = [(one, say.day_and_time(one.seen_at)) for one in await sessions.listing(who.db, who.person, now=now)]
    return pages.page(
        request, "desk/me.html", status, who=who, here="me", sessions=lines, browser_of=browser_of, wrong=wrong,
        done=done, say=say, shortest=passwords.SHORTEST, passkeys=await passkeys.listing(who.db, who.person),
        able=challenges.site(request) is not None, hears=await notices.choices(who.db, who.scope, who.person.user_id),
        phone=(await USERS.get(who.db, who.scope, who.person.user_id)).phone or "", topics=notices.TOPICS,
        cadences=CADENCES,
    )  # fmt: skip


def browser_of(told: str) -> str:
    """Return what people call a browser that tells so of itself; its own words where it is none that is known."""
    found = [next((name for mark, name in known.items() if mark in told), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or told
