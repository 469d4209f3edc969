"""What every page of a booking has around its question: the business, the answers so far as ways back, languages."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException

from truebook.booking.model import Appointment, Slot
from truebook.channels.web import pages, words
from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import days, visit
from truebook.channels.web.booking.choice import ANYONE, Choice
from truebook.channels.web.booking.days import Day, Strip
from truebook.channels.web.booking.shop import Shop, Suspended, language
from truebook.kernel.errors import Fact
from truebook.kernel.memory import MIB, Memory
from truebook.language.wording.voice import sentence
from truebook.limits import Exceeded
from truebook.tenants.accounts import RESERVED


class Business(StringConvertor):
    """Any business's place on the web, none of the installation's own addresses."""

    regex = f"(?!(?:{'|'.join(map(re.escape, sorted(RESERVED)))})(?:/|$))[^/\\x00]+"


register_url_convertor("business", Business())
PAGES = "pages"
"""Under which name a database keeps what this process remembers of pages that were made."""


class BookingRoute(APIRoute):
    """A page's route that has pages of its own for a business that takes no bookings, and for too much at once."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with what it raises turned into a page."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handler(request)
            except Suspended as closed:
                account = closed.account
                spoken = language(request, account)
                return pages.page(
                    request, "booking/suspended.html", language=spoken, framed_by=account.framed_by, account=account
                )
            except Exceeded as error:
                wait = int(error.data["retry_after"])
                sent = {"Retry-After": str(wait)}
                spoken, minutes = words.chosen(request, words.languages()), -(-wait // 60)
                return pages.page(request, "booking/too_many.html", 429, language=spoken, sent=sent, minutes=minutes)
            except (Fact, HTTPException, RequestValidationError) as error:
                return pages.of_error(request, error)

        return handled


def routes() -> APIRouter:
    """Return a router for pages of a booking."""
    return APIRouter(include_in_schema=False, route_class=BookingRoute)


@dataclass(frozen=True, slots=True)
class Chip:
    """An answer, what is worth knowing about it, and the way back to its question."""

    kind: str
    text: str
    detail: str
    back: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A time that was wanted and cannot be had, why, and the nearest instead."""

    at: datetime
    why: str
    nearest: list[Slot]


def page(
    request: Request,
    shop: Shop,
    template: str,
    chosen: Choice,
    answered: int = 200,
    *,
    chips: list[Chip] | None = None,
    **values: Any,
) -> Response:
    """Return a page of a booking."""
    here, kept = "", [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    if request.method != "GET":  # what answers a form has another address in another language
        here, kept = (values["links_to"], []) if "links_to" in values else ("", chosen.fields())
    menu = [(code, words.own_name(code), f"{here}?{urlencode([*kept, ('lang', code)])}") for code in words.languages()]
    return pages.page(
        request, f"booking/{template}", answered, language=shop.voice.language, framed_by=shop.account.framed_by,
        shop=shop, voice=shop.voice,
        chosen=chosen, chips=answers(shop, chosen) if chips is None else chips, menu=menu, sentence=sentence,
        ANYONE=ANYONE, adds=chips is None and choices.may_grow(shop, chosen), **values,
    )  # fmt: skip


def lasting(request: Request, shop: Shop, make: Callable[[], Response]) -> Response:
    """Return a page that depends on nothing but its address, its language and what the business offers.

    It is made once, and remembered for as long as nothing of that changes.
    """
    memory: Memory = shop.db.kept.setdefault(PAGES, Memory(16 * MIB, MIB))
    key = shop.state, shop.voice.language, request.scope["path"], request.scope["query_string"]
    kept: Response | None = memory.get(shop.account.id, key)
    if kept is None:
        kept = make()
        memory.keep(shop.account.id, key, kept, len(kept.body) + len(key[3]) + 4000)
    answer = Response(kept.body, kept.status_code)
    answer.raw_headers = list(kept.raw_headers)
    return answer


def answers(shop: Shop, chosen: Choice) -> list[Chip]:
    """Return the answers so far."""
    if not chosen.services:
        return []
    plain = replace(chosen, services=(), guests=(), apart=False, seats=1, who="", day=None)
    told = [_services(shop, "check", chosen.services, plain.address())]
    if chosen.seats > 1:
        told[0] = replace(told[0], text=shop.voice.places(told[0].text, chosen.seats))
    for n, guest in enumerate(chosen.guests):
        others = chosen.guests[:n] + chosen.guests[n + 1 :]
        without = replace(chosen, guests=others, who="", day=None)
        told.append(_services(shop, "people", guest, without.address(("add", "new"))))
    able = shop.who_does(chosen.for_one)
    if len(able) > 1 and chosen.who:
        named = "" if chosen.who == ANYONE else shop.staff[chosen.staff_id].name if chosen.staff_id else ""
        told.append(Chip("person", named, "", replace(chosen, who="", day=None).address()))
    return told


def chips_of(shop: Shop, found: Appointment, own: str) -> list[Chip]:
    """Return what an appointment is and when, as ways back to its own page."""
    what = visit.what(shop.voice, found, shop.every)
    return [Chip("check", what, "", own), Chip("cal", shop.moment(found.start, shop.zone), "", own)]


def _services(shop: Shop, kind: str, services: tuple[UUID, ...], back: str) -> Chip:
    """Return the answer that somebody wants some services."""
    names = shop.voice.one_of([shop.called(one) for one in services], "and")
    return Chip(kind, names, ", ".join(filter(None, (shop.length(services), shop.price(services)))), back)


def when(
    request: Request,
    shop: Shop,
    chosen: Choice,
    strip: Strip,
    *,
    gone: Gone | None,
    address: Callable[..., str] | None = None,
    template: str = "when.html",
    answered: int = 200,
    **values: Any,
) -> Response:
    """Return a page that asks when: the strip of days, and the times of one by part of day.

    `address` gives the address of the same page for another day or zone.
    """
    zone = chosen.shown_in(shop)
    struck = gone.at.astimezone(zone) if gone else None
    times = sorted({*strip.chosen.times, *([struck] if struck else [])})
    first, last = strip.days[0].date, strip.days[-1].date
    today = shop.voice.now.astimezone(zone).date()

    def another(day: date, **changes: str) -> str:
        return chosen.address(day=day, **changes)

    return page(
        request, shop, template, chosen, 409 if gone else answered,
        days=[(day, day.level(strip.most)) for day in strip.days], day=strip.chosen, today=today,
        months=_months(shop, first.replace(day=1), last.replace(day=1)),
        parts=days.parts_of_day(times), gone=gone, struck=struck, next_free=strip.next_free(),
        address=address or another, earlier=first - timedelta(days=days.SHOWN) if first > today else None,
        later=last + timedelta(days=1), zone=zone, ahead=_ahead(shop, zone, strip.chosen),
        waits=choices.may_wait(chosen), **values,
        both_ways=bool(chosen.guests) and choices.can_be_together(shop, chosen.services, chosen.guests),
    )  # fmt: skip


def _months(shop: Shop, first: date, last: date) -> str:
    language = shop.voice.language
    if first == last:
        return str(format_skeleton("yMMMM", first, locale=language))
    alone = first.year == last.year
    begins = format_date(first, "LLLL", language) if alone else format_skeleton("yMMMM", first, locale=language)
    return f"{begins} – {format_skeleton('yMMMM', last, locale=language)}"


def _ahead(shop: Shop, zone: ZoneInfo, day: Day) -> float:
    """Return how many hours the business's clocks are ahead of the shown ones on a day; behind: less than 0."""
    theirs, shown = (datetime.combine(day.date, time(12), one).utcoffset() for one in (shop.zone, zone))
    assert theirs is not None and shown is not None
    return (theirs - shown).total_seconds() / 3600
