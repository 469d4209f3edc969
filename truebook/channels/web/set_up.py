"""Opening one's own business: a page for whoever has the ticket that the terminal prints."""

from datetime import timedelta
from typing import Any, get_args

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking.links import Links
from truebook.channels.web import forms, pages, visitors, words
from truebook.channels.web.forms import Form
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.limits import Limit
from truebook.tenants import contact, opening, sessions
from truebook.tenants.kinds import Kind

PURPOSE = "set-up"
LIFE = timedelta(hours=24)
MOST_PEOPLE = 50
OPENED = Limit("businesses of a set-up link", burst=3, every=LIFE.total_seconds())
"""A link is for one business; whoever has lost the answer may try again."""
KINDS: tuple[Kind, ...] = get_args(Kind)
routes = pages.routes()


@routes.get("/set-up/{ticket}", response_model=None)
async def ask(request: Request, ticket: str) -> Response:
    """Ask what is needed to open a business."""
    _admitted(request, ticket)
    return _asked(request, {"kind": KINDS[0], "language": words.chosen(request), "timezone": ""})


@routes.post("/set-up/{ticket}", response_model=None)
async def open_business(request: Request, ticket: str) -> Response:
    """Open it, sign its owner in, and show the desk."""
    form = await forms.read(request)
    _admitted(request, ticket)
    db, now = request.app.state.db, clock.now()
    fields = ("name", "kind", "language", "timezone", "email", "people")
    typed = {name: form.text(name, most=4000 if name == "people" else 200) for name in fields}
    try:
        wanted = _wanted(form, typed)
        await limits.take(db, OPENED, ticket)
        opened = await opening.open_business(db, **wanted)
    except (Invalid, Conflict) as wrong:
        return _asked(request, typed, 422, wrong=str(wrong.data.get("field")))
    scope = Scope(opened.account.id, "set-up", "set-up")
    token = await sessions.link(db, scope, opened.owner.id, now=now)
    session = await sessions.use_link(db, token, now=now, browser=request.headers.get("user-agent"))
    return visitors.let_in(request, RedirectResponse("/desk", 303), session)


def _wanted(form: Form, typed: dict[str, str]) -> dict[str, Any]:
    people = [line.strip()[:100] for line in form.text("people", most=4000).splitlines() if line.strip()]
    email = contact.email(typed["email"])
    if not typed["name"]:
        raise Invalid("name", "give a name")
    if typed["kind"] not in KINDS:
        raise Invalid("kind", "choose one")
    if email is None:
        raise Invalid("email", "give an address")
    if typed["language"] not in words.EVERYWHERE:
        raise Invalid("language", "choose one")
    if not people or len(people) > MOST_PEOPLE or len({one.lower() for one in people}) < len(people):
        raise Invalid("people", "one name a line, each once")
    wanted = {name: typed[name] for name in ("name", "kind", "language", "timezone")}
    return {**wanted, "email": email, "people": people}


def _asked(request: Request, typed: dict[str, str], status: int = 200, *, wrong: str = "") -> Response:
    values = {"name": "", "email": "", "people": "", **typed}
    return pages.page(request, "set_up.html", status, typed=values, wrong=wrong, zones=clock.zones())


def _admitted(request: Request, ticket: str) -> None:
    links: Links = request.app.state.links
    if not links.admits(ticket, PURPOSE, clock.now()):
        raise NotFound("there is no such page")
