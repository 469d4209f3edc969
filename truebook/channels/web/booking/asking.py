"""The last questions, about a time that is held: who comes, and whether that is it. Then it is booked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking import actions, views
from truebook.booking.errors import HoldExpired, OutcomeUnknown, Stale, WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Appointment, Customer
from truebook.channels.web import forms, words
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import contacts, frame, holding, proving, repeating, visit
from truebook.channels.web.booking import shop as shops
from truebook.channels.web.booking.frame import Chip
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound
from truebook.ledger import consents
from truebook.limits import Limit
from truebook.tenants import contact

YOU, BOOK = "/{slug:business}/{code}/{token}/you", "/{slug:business}/{code}/{token}/book"
ADDRESSES = Limit("bookings from an address", burst=20, every=180.0)
LONGEST_NAME, LONGEST_NOTE = 80, 500
routes = frame.routes()


@routes.post(YOU, response_model=None)
async def introduce(request: Request, slug: str, code: str, token: str) -> Response:
    """Write down who comes; where something cannot be, give back what was typed, with the field named."""
    form = await forms.read(request)
    shop, found = await _held(request, slug, code, token)
    if not holding.is_held(found):
        return _back(request, found)
    typed = {name: form.text(name, most=4000) for name in ("name", "by", "phone", "email", "notes", "whatsapp")}
    typed |= {field: form.text(field, most=4000) for field in _fields(found)}
    if (ways := proving.ways(request, shop)) and typed["by"] not in ways:
        typed["by"] = ways[0]
    who, wrong = customer(typed, shop, _fields(found))
    if wrong:
        return ask_who(request, shop, found, typed=typed, wrong=wrong)
    guests = {name: typed[field] for field, name in _fields(found).items()}
    try:
        await actions.introduce(
            shop.db, shop.scope, found.id, who, typed["notes"] or None, now=clock.now(), guests=guests
        )
        wording = consent(shop) if typed["whatsapp"] and who.phone else None
        await consents.keep(shop.db, shop.scope, found.id, who.phone, wording, shop.voice.language)
    except (WrongStatus, HoldExpired):
        pass  # the page that follows says what it is now
    return _back(request, found)


@routes.post(BOOK, response_model=None)
async def book(request: Request, slug: str, code: str, token: str) -> Response:
    """Book the held time; sent again it leads to the same receipt."""
    form = await forms.read(request)
    shop, found = await _held(request, slug, code, token)
    if not holding.is_held(found) or not holding.told(found):
        return _back(request, found)
    await limits.take(shop.db, ADDRESSES, limits.origin(request.client))
    if found.source == "web" and proving.is_wanted(request, shop):
        if not proving.address(request, shop, found):
            way = proving.ways(request, shop)[0]
            return ask_who(request, shop, found, typed={**_typed(found), "by": way}, wrong={way: "missing"})
        told = {**moments(request, shop, found), "approved": shop.approves(found)}
        if asked := await proving.ask(request, shop, found, form, **told):
            return asked
    else:
        await contacts.count(request, shop, contacts.BOOKED, found.customer)
    try:
        await actions.confirm(shop.db, shop.scope, found.id, now=clock.now(), version=found.version)
    except (WrongStatus, HoldExpired, Stale):
        pass  # twice at once, or a moment too late: the page that follows says what it is now
    except OutcomeUnknown:
        return frame.page(
            request,
            shop,
            "unsure.html",
            choices.of(shop, found),
            202,
            chips=[],
            one=found,
            **moments(request, shop, found),
        )
    answer = _back(request, found)
    holding.forget(request, answer, shop)
    return answer


async def ask(request: Request, shop: Shop, found: Appointment) -> Response:
    """Ask what is still to be asked about a held time: who comes, else whether that is it."""
    shop = await shops.reaching(shop)
    if not holding.is_held(found):
        chosen = choices.of(shop, found)
        return frame.page(request, shop, "over.html", chosen, chips=[], one=found, **moments(request, shop, found))
    if not holding.told(found) or request.query_params.get("edit") == "1":
        return ask_who(request, shop, found, typed=_typed(found), wrong={})
    weeks = request.query_params.get("weeks", "")
    offered = repeating.counts(request, shop, found)
    if weeks in map(str, offered):
        chips = _chips(shop, found)
        return await repeating.ask(request, shop, found, int(weeks), chips=chips, **moments(request, shop, found))
    return frame.page(
        request, shop, "check.html", choices.of(shop, found), chips=_chips(shop, found), one=found,
        approved=shop.approves(found), counts=offered, **moments(request, shop, found),
    )  # fmt: skip


def ask_who(
    request: Request, shop: Shop, found: Appointment, *, typed: dict[str, str], wrong: dict[str, str]
) -> Response:
    """Ask who comes, with what was typed before and what was wrong with it."""
    return frame.page(
        request, shop, "you.html", choices.of(shop, found), 422 if wrong else 200, chips=_chips(shop, found),
        one=found, typed=typed, wrong=wrong, guests=list(_fields(found)),
        ways=proving.ways(request, shop) if found.source == "web" else (), consent=consent(shop),
        **moments(request, shop, found),
    )  # fmt: skip


def consent(shop: Shop) -> str | None:
    """Return the words to which somebody says yes who wants to be told on WhatsApp; None where that cannot be."""
    if not shop.reach.news:
        return None
    catalog = words.catalog(shop.voice.language)
    return catalog.gettext("Tell me about this appointment on WhatsApp: booking, changes and a reminder.")


def _fields(found: Appointment) -> dict[str, str]:
    """Return the fields in which those who come along are named, and by which name each is known so far."""
    return {f"guest-{n}": name for n, name in enumerate(holding.guests(found), 2)}


def customer(typed: dict[str, str], shop: Shop, guests: Iterable[str] = ()) -> tuple[Customer, dict[str, str]]:
    """Return who comes, and by field what cannot be: `missing`, `long`, `twice` or `wrong`.

    `guests` are the fields in which those who come along are named.
    """
    wrong: dict[str, str] = {}
    seen: set[str] = set()
    for field in ("name", *guests):
        if not typed[field] or holding.is_unnamed(typed[field]):
            wrong[field] = "missing"
        elif len(typed[field]) > LONGEST_NAME:
            wrong[field] = "long"
        elif field != "name" and typed[field].casefold() in seen:
            wrong[field] = "twice"
        seen.add(typed[field].casefold())
    if len(typed.get("notes", "")) > LONGEST_NOTE:
        wrong["notes"] = "long"
    by = "email" if typed["by"] == "email" else "phone"
    phone = email = None
    try:
        if by == "email":
            email = contact.email(typed["email"])
        else:
            phone = contact.phone(typed["phone"], shop.account.timezone)
        if not (email or phone):
            wrong[by] = "missing"
    except Invalid:
        wrong[by] = "wrong"
    return Customer(typed["name"], phone, email), wrong


def _typed(found: Appointment) -> dict[str, str]:
    who = found.customer
    names = {"name": who.name, **_fields(found)}
    return {
        "phone": who.phone or "", "email": who.email or "", "by": "email" if who.email and not who.phone else "phone",
        "notes": found.notes or "",
        **{field: "" if holding.is_unnamed(name) else name for field, name in names.items()},
    }  # fmt: skip


def _chips(shop: Shop, found: Appointment) -> list[Chip]:
    chosen = choices.of(shop, found)
    told = frame.answers(shop, chosen)
    return [*told, Chip("cal", shop.moment(found.start, shop.zone), "", chosen.address())]


def moments(request: Request, shop: Shop, found: Appointment) -> dict[str, Any]:
    """Return the times of an appointment in words: the business's own, and the visitor's where that is another."""
    local, voice = found.start.astimezone(shop.zone), shop.voice
    told = choices.zone(request.query_params.get("tz", ""))
    own = clock.zone(told) if told else shop.zone
    elsewhere = found.start.astimezone(own)
    until = found.hold_expires_at
    return {
        "date": voice.full_date(local.date()),
        "time": voice.clock(local.time()),
        "place": shop.place(shop.zone),
        "elsewhere": shop.moment(found.start, own) if elsewhere.utcoffset() != local.utcoffset() else "",
        "own_place": shop.place(own),
        "until": _until(shop, until, own) if until else "",
        "tz": told,
        "links_to": f"/{shop.account.slug}/{found.code}/{request.path_params['token']}",
        "length": voice.say("minutes", minutes=int((found.end - found.start).total_seconds() // 60)),
        "price": voice.money(found.price_minor, found.currency)
        if found.price_minor is not None and found.currency
        else "",
        "what": visit.what(voice, found, shop.every),
    }


def _until(shop: Shop, until: datetime, own: ZoneInfo) -> str:
    """Return until when a time is held: by the clock, with the day where that is not today."""
    same = until.astimezone(own).date() == clock.now().astimezone(own).date()
    return shop.voice.clock(until.astimezone(own).time()) if same else shop.moment(until, own)


async def _held(request: Request, slug: str, code: str, token: str) -> tuple[Shop, Appointment]:
    """Return the business and the appointment of somebody with a good link; raise NotFound for any other."""
    links: Links = request.app.state.links
    if not links.fits(slug, code, token):
        raise NotFound("there is no such page")
    shop = await shops.reaching(await shops.find(request, slug))
    return shop, await views.by_link(shop.db, shop.scope, code)


def _back(request: Request, found: Appointment) -> Response:
    """Send a browser to the appointment's own page, which says what it is now."""
    own = request.url.path.rpartition("/")[0]
    zone = choices.zone(request.query_params.get("tz", ""))
    return RedirectResponse(own + (f"?tz={zone}" if zone else ""), 303)
