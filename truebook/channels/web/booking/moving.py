"""Move an appointment: the same strip of days and times, once more before it counts, and it stands elsewhere."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import actions, availability, revising, views
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.channels.web import forms
from truebook.channels.web.booking import asking, changing, days, frame, visit
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.choice import Choice
from truebook.channels.web.booking.frame import Gone
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound

PAGE = "/{slug:business}/{code}/{token}/move"
MOVABLE = ("pending", "confirmed")
routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def ask(request: Request, slug: str, code: str, token: str) -> Response:
    """Ask when instead; with a time in the address, whether it shall be moved there."""
    shop, found = await _movable(request, slug, code, token)
    if found.status not in MOVABLE:
        return RedirectResponse(_own(found, slug, token), 303)
    if visit.is_class(found):
        return await changing.ask(request, shop, found, token)
    chosen = choices.read(shop, request.query_params.getlist)
    if "to" not in request.query_params:
        return await _ask_when(request, shop, found, chosen)
    start, who = _time(request.query_params["to"])
    refusal = await _why_not(shop, found, start, who)
    if refusal:
        return await _ask_when(request, shop, found, chosen, start, refusal)
    there = start.astimezone(shop.zone)
    with_whom = shop.staff[who].name if who in shop.staff else ""
    chips = frame.chips_of(shop, found, _own(found, slug, token))
    return frame.page(
        request, shop, "move.html", choices.of(shop, found), chips=chips, one=found, to=request.query_params["to"],
        with_whom=with_whom, new_date=shop.voice.full_date(there.date()),
        new_time=shop.voice.clock(there.time()), approved=shop.approves(found), **asking.moments(request, shop, found),
    )  # fmt: skip


@routes.post(PAGE, response_model=None)
async def move(request: Request, slug: str, code: str, token: str) -> Response:
    """Move the appointment; explain where it cannot be. Sent again it leads to the same receipt."""
    form = await forms.read(request)
    shop, found = await _movable(request, slug, code, token)
    if visit.is_class(found):
        return await changing.change(request, shop, found, token, form)
    start, who = _time(form.text("to"))
    if found.status not in MOVABLE or (found.start == start and who in (None, found.staff_id)):
        return RedirectResponse(_own(found, slug, token), 303)
    await limits.take(shop.db, asking.ADDRESSES, limits.origin(request.client))
    try:
        await actions.move(
            shop.db, shop.scope, found.id, start, now=clock.now(), staff_id=who, by_customer=True,
            version=form.version(),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code in availability.CLOSENESS:
            return await _ask_when(request, shop, found, choices.read(shop, form.all), start, refusal)
        return RedirectResponse(f"{_own(found, slug, token)}?not={refusal.code}", 303)
    except OutcomeUnknown:
        return RedirectResponse(f"{_own(found, slug, token)}?not=unknown", 303)
    return RedirectResponse(_own(found, slug, token), 303)


async def _ask_when(
    request: Request,
    shop: Shop,
    found: Appointment,
    chosen: Choice,
    gone: datetime | None = None,
    refusal: Refusal | None = None,
) -> Response:
    zone, own = chosen.shown_in(shop), _own(found, shop.account.slug, request.path_params["token"])
    wished = gone.astimezone(zone).date() if gone else chosen.day or found.start.astimezone(zone).date()
    parts = revising.wanted(found, None)
    if not parts:
        return RedirectResponse(f"{own}?not=gone", 303)
    strip = await days.find(shop.db, shop.scope, parts, wished, zone, now=clock.now(), without=found.id)

    def address(day: Any, zone: str = chosen.zone) -> str:
        return f"{own}/move?{urlencode([('day', day.isoformat()), *([('tz', zone)] if zone else [])])}"

    return frame.when(
        request, shop, chosen, strip, gone=Gone(gone, refusal.code, [*refusal.nearest]) if gone and refusal else None,
        address=address, chips=frame.chips_of(shop, found, own),
        moving=f"{own}/move?{'tz=' + chosen.zone + '&' if chosen.zone else ''}to=",
    )  # fmt: skip


async def _why_not(shop: Shop, found: Appointment, start: datetime, who: UUID | None) -> Refusal | None:
    """Return why an appointment cannot be moved to a time."""
    parts = revising.wanted(found, who)
    return (
        await views.why_no_visit(shop.db, shop.scope, parts, start, now=clock.now(), without=found.id)
        if parts
        else None
    )


def _time(text: str) -> tuple[datetime, UUID | None]:
    moment, _, who = text.partition(" ")
    try:
        return clock.moment(moment), UUID(who) if who else None
    except ValueError as error:
        raise Invalid("to", "choose one of the times") from error


def _own(found: Appointment, slug: str, token: str) -> str:
    return f"/{slug}/{found.code}/{token}"


async def _movable(request: Request, slug: str, code: str, token: str) -> tuple[Shop, Appointment]:
    """Return the business and the appointment of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    shop = await shops.find(request, slug, actor=f"link:{code}")
    return shop, await views.by_link(shop.db, shop.scope, code)
