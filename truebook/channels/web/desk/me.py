"""Your own page: how you sign in, and where you are signed in."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import pages, words
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.language.speak import say_date, say_time
from truebook.tenants import passwords, sessions

routes = pages.routes()


@routes.get("/desk/me", response_model=None)
async def me(request: Request, who: Anyone) -> Response:
    """Show a person their sessions, and a form for a new password."""
    return await _shown(request, who)


@routes.post("/desk/me/password", response_model=None)
async def set_password(request: Request, who: Anyone) -> Response:
    """Set a password; everywhere else one is signed out."""
    try:
        await sessions.set_password(
            who.db, who.person, who.form.text("password"), now=clock.now(), keep=who.session_id
        )  # fmt: skip
    except Invalid:
        return await _shown(request, who, 422, wrong=True)
    return await _shown(request, who, done=True)


@routes.post("/desk/me/sessions/{session_id:uuid}/end", response_model=None)
async def end_session(request: Request, who: Anyone, session_id: UUID) -> Response:
    """End one of one's own sessions."""
    await sessions.end(who.db, who.person, session_id, now=clock.now())
    return RedirectResponse("/desk/me", 303)


async def _shown(
    request: Request, who: Visitor, status: int = 200, *, wrong: bool = False, done: bool = False
) -> Response:
    language, now = words.chosen(request), clock.now()
    today = now.astimezone(who.zone).date()
    lines = []
    for one in await sessions.listing(who.db, who.person, now=now):
        seen = one.seen_at.astimezone(who.zone)
        told = f"{say_date(seen.date(), language, today=today, style='short')}, {say_time(seen.time(), language)}"
        lines.append((one, told))
    return pages.page(
        request, "desk/me.html", status, who=who, here="me", sessions=lines, wrong=wrong, done=done,
        shortest=passwords.SHORTEST,
    )  # fmt: skip
