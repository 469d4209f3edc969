"""The same time every week: the dates of a series, what is free of them, and one receipt for all. All or none."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import actions, revising, series, views
from truebook.booking.errors import Refusal
from truebook.booking.links import Links
from truebook.booking.model import Appointment, Wish
from truebook.booking.repeats import Series
from truebook.booking.series import Foreseen, Plan
from truebook.booking.store import Key
from truebook.channels.web import forms
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import contacts, frame, holding, proving, visit
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.choice import Choice
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound
from truebook.limits import Limit

BOOK, PAGE = "/{slug:business}/{code}/{token}/series", "/{slug:business}/series/{series_id}/{token}"
COUNTS = (4, 6, 8, 10, 12, 16, 20, 26, 40, 52)
"""How many weeks are offered, as far as the business allows it."""
SERIES = Limit("series from an address", burst=5, every=600.0)
routes = frame.routes()


def counts(request: Request, shop: Shop, found: Appointment) -> list[int]:
    """Return for how many weeks a held time may be had; none where there are no series of such a thing.

    Nor where a booking counts only once a code was typed: that is asked for one appointment at a time.
    """
    if found.source != "web" or visit.is_class(found) or proving.is_wanted(request, shop):
        return []
    return [one for one in COUNTS if one <= shop.account.series_dates]


async def ask(request: Request, shop: Shop, found: Appointment, weeks: int, **moments: Any) -> Response:
    """Ask whether all the dates that are free shall be booked; those that are not are named, and left out."""
    ahead = await _foreseen(shop, found, weeks)
    offered = counts(request, shop, found)
    return frame.page(
        request, shop, "series.html", choices.of(shop, found), one=found, weeks=weeks, counts=offered,
        ahead=[(one, _local(shop, one)) for one in ahead], left=[one.on for one in ahead if one.refusal],
        lost=_day(request.query_params.get("lost", "")), **moments,
    )  # fmt: skip


@routes.post(BOOK, response_model=None)
async def book(request: Request, slug: str, code: str, token: str) -> Response:
    """Book the dates that were told, all or none; sent again it leads to the same receipt."""
    form = await forms.read(request)
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    shop = await shops.find(request, slug)
    found = await views.by_link(shop.db, shop.scope, code)
    weeks = form.text("weeks", most=2)
    told = int(weeks) if weeks.isascii() and weeks.isdigit() else 0
    left = [day for one in form.all("leave")[: max(COUNTS)] if (day := _day(one))]
    own = f"/{slug}/{code}/{token}"
    if told not in counts(request, shop, found) or not holding.told(found):
        raise Invalid("weeks", "choose how many weeks")
    await limits.take(shop.db, SERIES, limits.origin(request.client))
    plan = replace(_plan(found, told, found.local_start.date()), exceptions=tuple(left))
    digest = sha256(f"{found.id} {told} {sorted(left)}".encode()).digest()
    once = Key(f"web:series:{digest.hex()[:32]}", digest)
    if not holding.is_held(found) and await series.known(shop.db, shop.scope, once) is None:
        return RedirectResponse(own, 303)  # a receipt's link books nothing; its page says what became of it
    if holding.is_held(found):
        await contacts.count(request, shop, contacts.BOOKED, found.customer)
    await holding.give_back(shop, found)  # its time is the first date's
    try:
        made = await series.book(shop.db, shop.scope, plan, "all", shop.zone, now=clock.now(), key=once)
    except Refusal as refusal:
        lost = refusal.data.get("date", "")
        try:
            again = await actions.hold(shop.db, shop.scope, replace(plan.wish, start=found.start), now=clock.now())
        except Refusal:
            return RedirectResponse(own, 303)  # which says that the time is not held any longer
        answer = RedirectResponse(f"/{links.path(slug, again.code)}?weeks={told}&lost={lost}", 303)
        holding.remember(request, answer, shop, again)
        return answer
    answer = RedirectResponse(f"/{slug}/series/{made.id}/{links.token(slug, str(made.id))}", 303)
    holding.forget(request, answer, shop)
    return answer


@routes.get(PAGE, response_model=None)
async def show(request: Request, slug: str, series_id: UUID, token: str) -> Response:
    """Show what became of every date to whoever has the link."""
    shop, found = await _series(request, slug, series_id, token)
    return _page(request, shop, found)


@routes.post(PAGE, response_model=None)
async def cancel(request: Request, slug: str, series_id: UUID, token: str) -> Response:
    """Cancel every date that is still ahead; what is too near stays, and is shown."""
    await forms.read(request)
    shop, found = await _series(request, slug, series_id, token)
    today = clock.now().astimezone(shop.zone).date()
    await series.cancel(shop.db, shop.scope, found.id, today, now=clock.now(), by_customer=True)
    return RedirectResponse(request.url.path, 303)


def _page(request: Request, shop: Shop, found: Series) -> Response:
    links: Links = request.app.state.links
    dates = [
        (
            shop.moment(one.start, shop.zone),
            one.appointment_status,
            f"/{links.path(shop.account.slug, one.code)}",
            one.code,
        )
        for one in found.days
        if one.start and one.code
    ]
    standing = [one for one in found.days if one.appointment_status in ("confirmed", "pending")]
    parts = found.wish.parts
    what = shop.voice.one_of([*dict.fromkeys(shop.called(one.service_id) for one in parts)], "and")
    staff = parts[0].staff_id if len({one.staff_id for one in parts}) == 1 else None
    name = shop.staff[staff].name if staff in shop.staff else ""
    return frame.page(
        request, shop, "dates.html", Choice(shop.account.slug, (parts[0].service_id,)), chips=[], dates=dates,
        standing=len(standing), requested=any(one.appointment_status == "pending" for one in standing),
        ahead=bool(series.ahead(found, clock.now().date(), clock.now())),
        what=shop.voice.what(what, name), links_to=request.url.path,
    )  # fmt: skip


def _plan(found: Appointment, weeks: int, first: date) -> Plan:
    """Return the series of a held time: the same with the same people, so many weeks from a date on."""
    parts = revising.wanted(found, None)
    if not parts:
        raise NotFound("that service is not there any more")
    local = found.local_start
    wish = Wish(
        parts[0].service_id, found.start, found.customer, parts[0].staff_id, found.notes, source="web",
        segments=parts, same_staff=False,
    )  # fmt: skip
    return Plan(wish, f"FREQ=WEEKLY;COUNT={weeks}", first, local.hour * 60 + local.minute)


async def _foreseen(shop: Shop, found: Appointment, weeks: int) -> list[Foreseen]:
    """Return what would become of the dates after the first, which is held already."""
    later = _plan(found, weeks - 1, found.local_start.date() + timedelta(days=7))
    return await series.preview(shop.db, shop.scope, later, shop.zone, now=clock.now())


def _local(shop: Shop, one: Foreseen) -> str:
    return shop.moment(one.start, shop.zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _series(request: Request, slug: str, series_id: UUID, token: str) -> tuple[Shop, Series]:
    """Return the business and the series of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, str(series_id), token):
        raise NotFound("there is no such page")
    shop = await shops.find(request, slug)
    return shop, await series.get(shop.db, shop.scope, series_id)
