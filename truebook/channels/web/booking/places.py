"""Places in a class: how many, on which day, in which class. They are held at once; who comes is asked afterwards."""

from dataclasses import replace
from uuid import UUID

from fastapi import Request, Response

from truebook import limits
from truebook.booking import actions, classes
from truebook.booking.errors import Refusal
from truebook.booking.model import Appointment, Customer
from truebook.booking.sessions import Session
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import days, frame, holding
from truebook.channels.web.booking.choice import UNNAMED, Choice
from truebook.channels.web.booking.days import Strip
from truebook.channels.web.booking.shop import Shop
from truebook.channels.web.forms import Form
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.limits import Limit


async def ask_when(
    request: Request, shop: Shop, chosen: Choice, *, key: str, lost: UUID | None = None, refusal: Refusal | None = None
) -> Response:
    """Ask for a class; one that could not be had (`lost`) is explained where it stands."""
    zone, now = chosen.shown_in(shop), clock.now()
    if lost and refusal:
        chosen = replace(chosen, day=(await classes.get(shop.db, shop.scope, lost)).start.astimezone(zone).date())
    strip = await days.classes_of(
        shop.db, shop.scope, chosen.services[0], chosen.day, zone, now=now, seats=chosen.seats
    )
    strip = _with_mine(strip, await holding.mine(request, shop))
    chosen = replace(chosen, day=strip.chosen.date)
    counts = [(n, chosen.address(seats=n)) for n in range(1, choices.SEATS + 1)]
    return frame.when(
        request, shop, chosen, strip, template="class.html", gone=None, counts=counts, lost=lost, refusal=refusal,
        key=key, moving="", current=None, answered=409 if lost else 200,
    )  # fmt: skip


async def take(request: Request, shop: Shop, chosen: Choice, form: Form, limit: Limit) -> Response:
    """Hold places in a class for this visitor, instead of what they held before; explain where it cannot be had."""
    session = session_in(form.text("class"))
    before = await holding.mine(request, shop)
    if before and holding.is_held(before) and _same(before, session, chosen.seats):
        return holding.lead_there(request, shop, chosen, before)
    await limits.take(shop.db, limit, limits.origin(request.client))
    await holding.give_back(shop, before)
    page = form.text("key")
    try:
        held = await _hold(shop, chosen, session, page, before)
    except Refusal as refusal:
        return await ask_when(request, shop, chosen, key=page, lost=session, refusal=refusal)
    return holding.lead_there(request, shop, chosen, held)


def session_in(text: str) -> UUID:
    """Return the class that a button stands for."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid("class", "choose one of the classes") from error


async def _hold(shop: Shop, chosen: Choice, session: UUID, page: str, before: Appointment | None) -> Appointment:
    """Hold places once for a page; what was told before comes along."""
    told = before is not None and holding.told(before)
    customer, notes = (before.customer, before.notes) if before and told else (Customer(UNNAMED), None)
    once = holding.key(shop, page, session, chosen.seats)
    for key in (once, None):
        held = await classes.book(
            shop.db, shop.scope, session, customer, now=clock.now(), seats=chosen.seats, hold=actions.HOLD, key=key,
            notes=notes, source="web",
        )  # fmt: skip
        if held.status != "cancelled":  # else the page is old: what it held was given back since
            break
    return held


def _same(before: Appointment, session: UUID, seats: int) -> bool:
    return len(before.segments) == seats and all(one.session_id == session for one in before.segments)


def _with_mine(strip: Strip, held: Appointment | None) -> Strip:
    """Return the days with what a visitor holds already counted as free to them."""
    if held is None or not holding.is_held(held) or held.segments[0].session_id is None:
        return strip
    mine, count = held.segments[0].session_id, len(held.segments)

    def counted(one: Session) -> Session:
        return replace(one, free=one.free + count) if one.id == mine else one

    found = tuple(replace(day, classes=tuple(map(counted, day.classes))) for day in strip.days)
    return Strip(found, next(day for day in found if day.date == strip.chosen.date))
