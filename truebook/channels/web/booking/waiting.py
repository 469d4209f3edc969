"""The waiting list: a day on which nothing is free can be waited for. What comes free is held, and stands on a page."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import turns, views, waitlist
from truebook.booking.errors import WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Span
from truebook.booking.waitlist import Entry, Waiting
from truebook.channels.web import forms
from truebook.channels.web.booking import asking, contacts, days, frame
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.choice import Choice
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock, ids
from truebook.kernel.errors import NotFound

PAGE, ENTRY = "/{slug:business}/wait", "/{slug:business}/wait/{entry_id}/{token}"
PARTS = {
    "any": (0, 1440), "morning": (0, days.NOON * 60), "afternoon": (days.NOON * 60, days.EVENING * 60),
    "evening": (days.EVENING * 60, 1440),
}  # fmt: skip
"""The parts of a day, in minutes of its wall clock: those under whose names times are shown."""
routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def ask(request: Request, slug: str) -> Response:
    """Ask who waits, and when it could be."""
    shop = await shops.find(request, slug)
    chosen = choices.read(shop, request.query_params.getlist)
    if not choices.may_wait(chosen):
        return RedirectResponse(chosen.address(), 303)
    by = "email" if tells_by_mail(request) else "phone"
    typed = {"name": "", "phone": "", "email": "", "by": by, "span": "day", "part": "any", "key": str(ids.uuid7())}
    return _asked(request, shop, chosen, typed, {})


@routes.post(PAGE, response_model=None)
async def join(request: Request, slug: str) -> Response:
    """Put somebody on the list; sent again they keep their place. What is free is shown, not waited for."""
    form = await forms.read(request)
    shop = await shops.find(request, slug)
    chosen = choices.read(shop, form.all)
    if not choices.may_wait(chosen) or chosen.day is None:
        return RedirectResponse(chosen.address(), 303)
    typed = {name: form.text(name, most=4000) for name in ("name", "by", "phone", "email", "span", "part", "key")}
    customer, wrong = asking.customer(typed, shop)
    windows = _windows(shop, chosen, chosen.day, typed)
    if not windows:
        wrong["part"] = "over"
    if wrong:
        return _asked(request, shop, chosen, typed, wrong)
    if free := await _first_free(shop, chosen, windows):
        return RedirectResponse(replace(chosen, day=free).address(), 303)
    await limits.take(shop.db, asking.ADDRESSES, limits.origin(request.client))
    await contacts.count(request, shop, contacts.WAITS, customer)
    place = ids.derived(shop.account.id, f"waits {typed['key'] or ids.token()}")  # who sends a form again knows its key
    wanted = Waiting(chosen.services[0], chosen.staff_id, windows, stranger=True, id=place)
    entry = await waitlist.join(shop.db, shop.scope, customer, wanted, now=clock.now())
    return RedirectResponse(_address(request, slug, entry.id), 303)


@routes.get(ENTRY, response_model=None)
async def show(request: Request, slug: str, entry_id: UUID, token: str) -> Response:
    """Show what became of waiting to whoever has its link."""
    shop, entry = await _entry(request, slug, entry_id, token)
    links: Links = request.app.state.links
    offer = None
    if entry.appointment_id and entry.status in ("offered", "booked"):
        offer = await views.appointment(shop.db, shop.scope, entry.appointment_id)
    return frame.page(
        request, shop, "waiting.html", Choice(slug, (entry.service_id,)), chips=[], entry=entry, offer=offer,
        leads="/" + links.path(slug, offer.code) if offer else "",
        when=shop.moment(offer.start, shop.zone) if offer else "",
        days=list(dict.fromkeys(shop.day(one.start.astimezone(shop.zone).date()) for one in entry.windows)),
        by_mail=tells_by_mail(request), links_to=request.url.path,
    )  # fmt: skip


@routes.post(ENTRY, response_model=None)
async def answer(request: Request, slug: str, entry_id: UUID, token: str) -> Response:
    """Take somebody off the list, or give back what is offered; doing it again shows the same."""
    form = await forms.read(request)
    shop, entry = await _entry(request, slug, entry_id, token)
    if form.text("do") == "let-go":
        try:
            await turns.let_go(shop.db, shop.scope, entry.id)
        except WrongStatus:
            pass  # it was over, or taken: the page says what it is now
    elif entry.status in ("waiting", "offered"):
        await waitlist.leave(shop.db, shop.scope, entry.id)
    return RedirectResponse(request.url.path, 303)


def tells_by_mail(request: Request) -> bool:
    """Tell whether this installation sends e-mails."""
    return request.app.state.settings.mail_url is not None


def _asked(request: Request, shop: Shop, chosen: Choice, typed: dict[str, str], wrong: dict[str, str]) -> Response:
    day = chosen.day or clock.now().astimezone(shop.zone).date()
    return frame.page(
        request, shop, "wait.html", chosen, 422 if wrong else 200, chips=frame.answers(shop, chosen), day=day,
        typed=typed, wrong=wrong,
        by_mail=tells_by_mail(request), ways=(), consent=None,
    )  # fmt: skip


def _windows(shop: Shop, chosen: Choice, day: date, typed: dict[str, str]) -> tuple[Span, ...]:
    """Return when it could be, of what is not over: that day or seven from it on, all of each or a part."""
    begin, end = PARTS.get(typed["part"], PARTS["any"])
    zone, now = chosen.shown_in(shop), clock.now()
    found = [
        Span(max(clock.at(one, begin, zone), now), clock.at(one, end, zone))
        for one in (day + timedelta(days=n) for n in range(7 if typed["span"] == "week" else 1))
    ]
    return tuple(one for one in found if one.start < one.end)


async def _first_free(shop: Shop, chosen: Choice, windows: tuple[Span, ...]) -> date | None:
    """Return the first day on which what somebody would wait for can be had already."""
    service, zone, now = chosen.services[0], chosen.shown_in(shop), clock.now()
    looked: set[date] = set()
    for wished in (one.start.astimezone(zone).date() for one in windows):
        if wished in looked:
            continue
        if service in shop.courses:
            strip = await days.classes_of(shop.db, shop.scope, service, wished, zone, now=now, seats=1)
        else:
            strip = await days.find(shop.db, shop.scope, chosen.parts, wished, zone, now=now)
        for day in strip.days:
            starts = [*day.times, *(one.start for one in day.classes if one.free)]
            if any(one.start <= at < one.end for at in starts for one in windows):
                return day.date
        looked.update(day.date for day in strip.days)
    return None


def _address(request: Request, slug: str, entry_id: UUID) -> str:
    links: Links = request.app.state.links
    return f"/{slug}/wait/{entry_id}/{links.token(slug, str(entry_id))}"


async def _entry(request: Request, slug: str, entry_id: UUID, token: str) -> tuple[Shop, Entry]:
    """Return the business and the entry of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, str(entry_id), token):
        raise NotFound("there is no such page")
    shop = await shops.find(request, slug)
    return shop, await waitlist.get(shop.db, shop.scope, entry_id)
