"""Opening one's own business: a page for whoever has the ticket that the terminal prints."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking.links import Links
from truebook.channels.web import forms, pages, visitors, words
from truebook.channels.web.desk.settings import hours
from truebook.channels.web.forms import Form
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.limits import Limit
from truebook.tenants import contact, opening, sessions
from truebook.tenants.kinds import OFFERS, WEEKS, Kind

PURPOSE = "set-up"
LIFE = timedelta(hours=24)
MOST_PEOPLE, LONGEST = 50, 480
OPENED = Limit("businesses of a set-up link", burst=3, every=LIFE.total_seconds(), guarded=True)
"""A link is for one business; whoever has lost the answer may try again."""
KINDS: tuple[Kind, ...] = get_args(Kind)
STEPS = {"name": 1, "kind": 1, "language": 1, "timezone": 1, "people": 2, "email": 2}
"""At which step each field is asked for; what is offered, and when, at the last."""
LAST = 3
routes = pages.routes()


@routes.get("/set-up/{ticket}", response_model=None)
async def ask(request: Request, ticket: str) -> Response:
    """Ask what is needed to open a business: the first step."""
    _admitted(request, ticket)
    return _asked(request, Form((("language", words.chosen(request)),)), 1)


@routes.post("/set-up/{ticket}", response_model=None)
async def open_business(request: Request, ticket: str) -> Response:
    """Go on to the next step, or back; after the last open the business, sign its owner in, and say so."""
    form = await forms.read(request)
    _admitted(request, ticket)
    step = _step(form)
    if form.has("back"):
        return _asked(request, form, max(step - 1, 1))
    db, now = request.app.state.db, clock.now()
    try:
        told = {**_business(form), **(_people(form) if step > 1 else {})}
        if step < LAST:
            return _asked(request, form, step + 1)
        told |= _offered(form, told)
        await limits.take(db, OPENED, ticket)
        opened = await opening.open_business(db, **told)
    except (Invalid, Conflict) as wrong:
        field = str(wrong.data.get("field"))
        return _asked(request, form, min(STEPS.get(field, LAST), step), 422, wrong=field)
    scope = Scope(opened.account.id, "set-up", "set-up")
    token = await sessions.link(db, scope, opened.owner.id, now=now)
    session = await sessions.use_link(db, token, now=now, browser=request.headers.get("user-agent"))
    return visitors.let_in(request, RedirectResponse("/desk/open", 303), session)


def _step(form: Form) -> int:
    """Return at which step a form was sent; one that does not say has everything."""
    text = form.text("step")
    return int(text) if text in ("1", "2") else LAST


def _business(form: Form) -> dict[str, Any]:
    name, kind, language = form.text("name", most=200), form.text("kind"), form.text("language")
    opening.slug_of(name)
    if kind not in KINDS:
        raise Invalid("kind", "choose one")
    if language not in words.EVERYWHERE:
        raise Invalid("language", "choose one")
    zone = form.text("timezone")
    try:
        clock.zone(zone)
    except ValueError as error:
        raise Invalid("timezone", str(error)) from error
    return {"name": name, "kind": kind, "language": language, "timezone": zone}


def _people(form: Form) -> dict[str, Any]:
    people = [line.strip()[:100] for line in form.text("people", most=4000).splitlines() if line.strip()]
    email = contact.email(form.text("email", most=200))
    if not people or len(people) > MOST_PEOPLE or len({one.lower() for one in people}) < len(people):
        raise Invalid("people", "one name a line, each once")
    if email is None:
        raise Invalid("email", "give an address")
    return {"people": people, "email": email}


def _offered(form: Form, told: dict[str, Any]) -> dict[str, Any]:
    """Return what is offered, and when; nothing where that was not asked, and what is usual is meant."""
    if not form.has("step"):
        return {}
    usual = OFFERS[told["kind"]]
    chosen = [n for n in range(len(usual)) if str(n) in form.all("offer")]
    if not chosen:
        raise Invalid("offer", "choose one at least")
    lengths = [form.whole(f"minutes_{n}", 5, LONGEST) for n in chosen]
    offers = [replace(usual[n], minutes=length) for n, length in zip(chosen, lengths, strict=True)]
    week = hours.week(form)
    if not week:
        raise Invalid("day_1", "open on one day at least")
    return {"offers": offers, "week": week}


def _asked(request: Request, form: Form, step: int, status: int = 200, *, wrong: str = "") -> Response:
    typed = {name: form.text(name, most=4000) for name in STEPS}
    kind = typed["kind"] if typed["kind"] in KINDS else KINDS[0]
    language = words.chosen(request)
    spoken = typed["language"] if typed["language"] in words.EVERYWHERE else language
    again = form.text("step") == str(LAST) and not form.has("back")
    offers = [
        (
            n, one.name(spoken), form.text(f"minutes_{n}") if again else one.minutes,
            not again or str(n) in form.all("offer"),
        )
        for n, one in enumerate(OFFERS[kind])
    ]  # fmt: skip
    return pages.page(
        request, "set_up.html", status, typed={**typed, "kind": kind, "language": spoken}, wrong=wrong,
        zones=clock.zones(), step=step, last=LAST, hidden=[name for name, asked in STEPS.items() if asked != step],
        offers=offers, week=[(day, hours.named(day, language), _pairs(form, kind, day, again)) for day in hours.DAYS],
    )  # fmt: skip


def _pairs(form: Form, kind: Kind, weekday: int, again: bool) -> list[tuple[str, str]]:
    """Return a weekday's openings as they were typed, or as they usually are; a day without any has room for one."""
    if again:
        found = list(zip(form.all(f"from_{weekday}"), form.all(f"to_{weekday}"), strict=False))
    else:
        usual = [one for one in WEEKS[kind] if one.weekday == weekday]
        found = [(hours.face(one.opens_minute), hours.face(one.closes_minute)) for one in usual]
    return found or [("", "")]


def _admitted(request: Request, ticket: str) -> None:
    links: Links = request.app.state.links
    if not links.admits(ticket, PURPOSE, clock.now()):
        raise NotFound("there is no such page")
