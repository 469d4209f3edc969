"""The first questions: what, with whom, when. A time that is chosen is held at once; who comes is asked afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import actions, free
from truebook.booking.errors import Refusal
from truebook.booking.model import Appointment, Customer, Slot, Wish
from truebook.channels.web import forms
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import days, frame, holding, offering, places
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.choice import ANYONE, UNNAMED, Choice
from truebook.channels.web.booking.frame import Gone
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid
from truebook.limits import Limit

PAGE = "/{slug:business}"
TIMES = Limit("times held from an address", burst=20, every=60.0)
"""More than anybody changes their mind, even behind the address of a whole office."""
routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def ask(request: Request, slug: str) -> Response:
    """Ask the next question that has no answer yet."""
    shop = await shops.find(request, slug)
    chosen = choices.read(shop, request.query_params.getlist)
    adding = request.query_params.get("add", "")
    if not chosen.services or (adding and choices.may_grow(shop, chosen)):
        return frame.lasting(
            request, shop, lambda: offering.ask(request, shop, chosen, adding if chosen.services else "")
        )
    if chosen.services[0] in shop.courses:
        return await places.ask_when(request, shop, chosen, key=str(ids.uuid7()))
    if not chosen.who:
        return await _ask_whom(request, shop, chosen)
    return await _ask_when(request, shop, chosen)


@routes.post(PAGE, response_model=None)
async def take(request: Request, slug: str) -> Response:
    """Hold the chosen time, or places in a class, instead of what this visitor held before; else say why not."""
    form = await forms.read(request)
    shop = await shops.find(request, slug)
    chosen = choices.read(shop, form.all)
    if not chosen.services:
        return RedirectResponse(chosen.address(), 303)
    if chosen.services[0] in shop.courses:
        return await places.take(request, shop, chosen, form, TIMES)
    start, staff_id = _time(form.text("start"), shop, chosen)
    if staff_id:
        chosen = replace(chosen, who=str(staff_id))
    before = await holding.mine(request, shop)
    if (
        before
        and holding.is_held(before)
        and before.start == start
        and _what(choices.of(shop, before)) == _what(chosen)
    ):
        return holding.lead_there(request, shop, chosen, before)
    await limits.take(shop.db, TIMES, limits.origin(request.client))
    await holding.give_back(shop, before)
    try:
        held = await _hold(shop, chosen, start, form.text("key"), before)
    except Refusal as refusal:
        return await _ask_when(request, shop, chosen, start, refusal)
    return holding.lead_there(request, shop, chosen, held)


async def _hold(shop: Shop, chosen: Choice, start: datetime, page: str, before: Appointment | None) -> Appointment:
    """Hold a time once for a page; what was told before comes along."""
    told = before and holding.told(before)
    wish = Wish(
        chosen.services[0], start, before.customer if before and told else Customer(UNNAMED), chosen.staff_id,
        before.notes if before and told else None, source="web", segments=chosen.parts,
    )  # fmt: skip
    once = holding.key(shop, page, start.isoformat(), chosen.fields())
    held = await actions.hold(shop.db, shop.scope, wish, now=clock.now(), key=once)
    if held.status == "cancelled":  # the page is old: what it held was given back since
        held = await actions.hold(shop.db, shop.scope, wish, now=clock.now())
    return held


def _what(chosen: Choice) -> Choice:
    return replace(chosen, day=None, zone="")


def _time(text: str, shop: Shop, chosen: Choice) -> tuple[datetime, UUID | None]:
    """Return the time that a button stands for, and who goes with it if not whoever was chosen."""
    moment, _, who = text.partition(" ")
    able = {str(one.id): one.id for one in shop.who_does(chosen.for_one)}
    try:
        start = clock.moment(moment)
    except ValueError as error:
        raise Invalid("start", "choose one of the times") from error
    return start, able.get(who)


async def _ask_whom(request: Request, shop: Shop, chosen: Choice) -> Response:
    now, able = clock.now(), shop.who_does(chosen.for_one)
    firsts = {
        str(one.id): await days.first_free(shop.db, shop.scope, replace(chosen, who=str(one.id)).parts, now=now)
        for one in able
    }
    zone = chosen.shown_in(shop)
    known = [at for at in firsts.values() if at]
    told = {who: shop.moment(at, zone) for who, at in firsts.items() if at}
    first = shop.moment(min(known), zone) if known else ""
    return frame.page(request, shop, "who.html", chosen, able=able, firsts=told, first=first)


async def _ask_when(
    request: Request, shop: Shop, chosen: Choice, gone: datetime | None = None, refusal: Refusal | None = None
) -> Response:
    now, zone = clock.now(), chosen.shown_in(shop)
    if gone:
        chosen = replace(chosen, day=gone.astimezone(zone).date())
    held = await holding.mine(request, shop)
    without = held.id if held and held.status == "held" else None
    strip = await days.find(shop.db, shop.scope, chosen.parts, chosen.day, zone, now=now, without=without)
    told = None
    if gone and refusal:
        others = [] if chosen.who == ANYONE else await _others(shop, chosen, gone, now)
        told = Gone(gone, refusal.code, [*refusal.nearest[: 3 - len(others)], *others])
    chosen = replace(chosen, day=strip.chosen.date)
    return frame.when(request, shop, chosen, strip, gone=told, key=str(ids.uuid7()), moving="")


async def _others(shop: Shop, chosen: Choice, gone: datetime, now: datetime) -> list[Slot]:
    """Return who else is free at a time that is gone with the one who was chosen, one at most."""
    day, around = gone.astimezone(shop.zone).date(), timedelta(days=1)
    parts = replace(chosen, who=ANYONE).parts
    found = await free.plans(shop.db, shop.scope, parts, day - around, day + around, now=now)
    return [free.slot_of(one) for one in found if one.start == gone]
