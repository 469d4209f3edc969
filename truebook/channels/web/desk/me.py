"""Your own page: how you sign in, and where you are signed in."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import challenges, pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.tenants import passkeys, passwords, sessions

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
        request, "desk/me.html", status, who=who, here="me", sessions=lines, wrong=wrong, done=done, say=say,
        shortest=passwords.SHORTEST, passkeys=await passkeys.listing(who.db, who.person),
        able=challenges.site(request) is not None,
    )  # fmt: skip
