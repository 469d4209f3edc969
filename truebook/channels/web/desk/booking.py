"""A new appointment, written in by hand."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response

from truebook.booking import actions
from truebook.booking.errors import Refusal
from truebook.booking.model import Customer, Wish
from truebook.booking.store import Key
from truebook.channels.web import pages
from truebook.channels.web.desk import place
from truebook.channels.web.desk.appointment import RULES, beside, beyond, instant, local, reason, when
from truebook.channels.web.desk.calendar import Choice, Notice, shown
from truebook.channels.web.desk.place import Place
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import contact
from truebook.tenants.services import SERVICES

routes = pages.routes()
FIELDS = ("service", "staff", "day", "time", "until", "name", "phone", "email", "notes", "key", "here")
GRID = 5
"""Minutes: a walk-in begins on the last multiple of them before now."""


@routes.get("/desk/new", response_model=None)
async def ask(request: Request, who: Anyone) -> Response:
    """Ask for what is to be booked; the address may say when and with whom already."""
    at = place.place_of(request, who)
    asked = {name: request.query_params.get(name, "")[:200] for name in ("on", "time", "until", "with")}
    here = "1" if request.query_params.get("here") else ""
    now = clock.now().astimezone(who.zone)
    begun = now - timedelta(minutes=now.minute % GRID)
    given = {
        "day": asked["on"] or at.day.isoformat(),
        "time": begun.strftime("%H:%M") if here else asked["time"],
        "here": here,
        "until": asked["until"],
        "staff": asked["with"],
    }
    return await _asked(request, who, at, {**given, "key": ids.token()})


@routes.post("/desk/appointments", response_model=None)
async def book(request: Request, who: Anyone) -> Response:
    """Book it, or say why not, with everything that was typed still there."""
    at, form = place.place_of(request, who), who.form
    typed = {name: form.text(name, most=2000 if name == "notes" else 200) for name in FIELDS}
    if taken := form.text("take"):  # one of the free times that were shown instead
        start, _, staff_id = taken.partition(" ")
        typed |= {"day": start[:10], "time": start[11:], "staff": staff_id}
    try:
        wish = _wish(who, typed)
    except Invalid as wrong:
        return await _asked(request, who, at, typed, 422, wrong=wrong.field)
    try:
        key = Key(f"desk:{typed['key'] or ids.token()}", ids.digest("|".join(typed.values())))
        booked = await actions.book(who.db, who.scope, wish, now=clock.now(), key=key)
    except Refusal as refusal:
        service = (await SERVICES.get(who.db, who.scope, wish.service_id)).name
        staff = next((one.staff_name for one in refusal.nearest if one.staff_id == wish.staff_id), "")
        free = tuple(
            Choice(f"{when(request, who, one.start)}, {one.staff_name}", local(who, one.start), one.staff_id)
            for one in refusal.nearest
        )
        why = reason(request, who, refusal, wish.start, service, staff or service)
        again = {**typed, "key": ids.token()}
        return await _asked(request, who, at, again, 409, why=why, free=free, anyway=RULES.get(refusal.code, ""))
    there = at.on(booked.start.astimezone(who.zone).date())
    return await beside(request, who, there, booked, notice=Notice(""))


async def _asked(
    request: Request, who: Visitor, at: Place, typed: dict[str, str], status: int = 200, *, wrong: str = "",
    why: str = "", free: tuple[Choice, ...] = (), anyway: str = "",
) -> Response:  # fmt: skip
    values = {name: typed.get(name, "") for name in FIELDS}
    return await shown(
        request, who, at, status, shown=None, typed=values, wrong=wrong, why=why, free=free, anyway=anyway
    )


def _wish(who: Visitor, typed: dict[str, str]) -> Wish:
    """Return what was typed as a wish; raise Invalid for the field that cannot be used."""
    if not typed["name"]:
        raise Invalid("name", "give a name")
    staff_id = _id("staff", typed["staff"]) if typed["staff"] else None
    if not who.may("all calendars"):
        if staff_id not in (None, who.person.staff_id):
            raise NotFound("there is no such member of staff")
        staff_id = who.person.staff_id
    phone = contact.phone(typed["phone"], who.person.timezone)
    customer = Customer(typed["name"], phone, contact.email(typed["email"]))
    start = instant(who, f"{typed['day']}T{typed['time']}")
    service_id, notes = _id("service", typed["service"]), typed["notes"] or None
    here = bool(typed["here"])
    overrides = tuple(dict.fromkeys([*beyond(who), *(["notice"] if here else [])]))
    return Wish(service_id, start, customer, staff_id, notes, "staff", overrides=overrides, arrived=here)


def _id(field: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid(field, "choose one") from error
