"""What is offered: how long, for how much, with what rest, and who does it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from babel.numbers import get_currency_precision
from fastapi import Request, Response

from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import chosen, keep, page, parts
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel.errors import Invalid
from truebook.tenants import accounts
from truebook.tenants.services import SERVICES, Service
from truebook.tenants.staff import STAFF, offer_by, services_by_staff

HERE = "/desk/settings/services"
ONE = HERE + "/{service_id:uuid}"
MOST = 500
TEXTS = {"name": 200, "minutes": 12, "before": 12, "after": 12, "price": 20, "currency": 3, "description": 2000}
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Line:
    """A service in the list, with its price in words and who does it."""

    service: Service
    price: str
    people: str


@routes.get(HERE, response_model=None)
async def listing(request: Request, who: WhoSets) -> Response:
    """Show what is offered."""
    services = sorted(await SERVICES.page(who.db, who.scope, limit=MOST), key=_order)
    offers = await services_by_staff(who.db, who.scope)
    people = [one for one in await STAFF.page(who.db, who.scope, limit=MOST) if one.is_active]
    say = Say(request, who)
    lines = [
        Line(
            one,
            say.money(one.price_minor, one.currency) if one.price_minor is not None else "–",
            ", ".join(person.name for person in people if one.id in offers.get(person.id, ())),
        )
        for one in services
    ]
    return page(request, who, "services", "services", lines=lines)


@routes.get(f"{HERE}/new", response_model=None)
async def ask(request: Request, who: WhoSets) -> Response:
    """Ask for a new service."""
    return await _shown(request, who, None)


@routes.post(HERE, response_model=None)
async def add(request: Request, who: WhoSets) -> Response:
    """Offer something new."""
    return await _kept(request, who, None)


@routes.get(ONE, response_model=None)
async def show(request: Request, who: WhoSets, service_id: UUID) -> Response:
    """Show a service."""
    return await _shown(request, who, await SERVICES.get(who.db, who.scope, service_id))


@routes.post(ONE, response_model=None)
async def save(request: Request, who: WhoSets, service_id: UUID) -> Response:
    """Keep what was typed of a service."""
    return await _kept(request, who, await SERVICES.get(who.db, who.scope, service_id))


async def _kept(request: Request, who: Visitor, service: Service | None) -> Response:
    async def change(tx: Any) -> None:
        values = await _values(who, service)
        if service is None:
            kept = await SERVICES.write(tx, values)
        else:
            kept = await SERVICES.rewrite(tx, service.id, values, version=who.form.version())
        await offer_by(tx, kept.id, chosen(who, "staff"))

    return await keep(request, who, change, HERE, partial(_shown, request, who, service))


async def _values(who: Visitor, service: Service | None) -> dict[str, Any]:
    form = who.form
    name, currency = form.text("name", most=200), form.text("currency", most=3).upper()
    if not name:
        raise Invalid("name", "give a name")
    names = {} if service is None else dict(service.names)
    for language in (await accounts.get(who.db, who.scope, who.person.tenant)).languages:
        told = parts(form.text(f"name_{language}", most=300))
        names.pop(language, None)
        if told:
            names[language] = told
    return {
        "name": name, "names": names, "duration_minutes": form.whole("minutes", 1, 1440),
        "buffer_before_minutes": form.whole("before", 0, 480), "buffer_after_minutes": form.whole("after", 0, 480),
        "price_minor": _minor(form.text("price", most=20), currency), "currency": currency,
        "description": form.text("description", most=2000) or None, "needs_approval": form.has("needs_approval"),
        "is_active": form.has("is_active"),
    }  # fmt: skip


def _minor(text: str, currency: str) -> int | None:
    """Return a price as typed ("35", "35,50") in minor units; None for none; raise Invalid for anything else."""
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ".").replace(" ", "")) * 10 ** int(get_currency_precision(currency))
    except ArithmeticError as error:  # 1e999999999 overflows
        raise Invalid("price", "give an amount") from error
    if not value.is_finite() or not 0 <= value < 10**12 or value != int(value):  # a million digits take their time
        raise Invalid("price", "give an amount")
    return int(value)


async def _shown(
    request: Request, who: Visitor, service: Service | None, status: int = 200, *, wrong: str = ""
) -> Response:
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    people = [one for one in await STAFF.page(who.db, who.scope, limit=MOST) if one.is_active]
    offers = await services_by_staff(who.db, who.scope)
    doing = [str(one.id) for one in people if service is None or service.id in offers.get(one.id, ())]
    return page(
        request, who, "services", "service", status, service=service, typed=_typed(who, service), people=people,
        doing=who.form.all("staff") if who.form.fields else doing, languages_of=account.languages,
        named=words.own_name, wrong=wrong, version=service.version if service else "",
    )  # fmt: skip


def _typed(who: Visitor, service: Service | None) -> dict[str, Any]:
    if who.form.fields:
        marks = {name: who.form.has(name) for name in ("needs_approval", "is_active")}
        names = {key: value for key, value in who.form.fields if key.startswith("name_")}
        return {**{name: who.form.text(name, most=most) for name, most in TEXTS.items()}, **marks, **names}
    if service is None:
        blank = {"minutes": "30", "before": "0", "after": "0", "currency": "EUR"}
        return {**dict.fromkeys(TEXTS, ""), **blank, "needs_approval": False, "is_active": True}
    digits = int(get_currency_precision(service.currency))
    price = "" if service.price_minor is None else f"{service.price_minor / 10**digits:.{digits}f}"
    return {
        "name": service.name, "minutes": service.duration_minutes, "before": service.buffer_before_minutes,
        "after": service.buffer_after_minutes, "price": price, "currency": service.currency,
        "description": service.description or "", "needs_approval": service.needs_approval,
        "is_active": service.is_active,
        **{f"name_{language}": ", ".join(told) for language, told in service.names.items()},
    }  # fmt: skip


def _order(one: Service) -> tuple[bool, int, str]:
    return (not one.is_active, one.sort_order, one.name)
