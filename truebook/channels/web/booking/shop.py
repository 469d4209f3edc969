"""A business as its booking page sees it: what it offers, who does it, in which language it speaks to this reader."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal
from fastapi import Request

from truebook.booking import shopfront
from truebook.booking.model import Appointment
from truebook.channels.web import words
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.kernel.errors import Fact
from truebook.language.wording.speak import say_date
from truebook.language.wording.voice import Voice
from truebook.ledger import phones
from truebook.ledger.phones import Reach
from truebook.tenants import catalogue
from truebook.tenants.accounts import Account
from truebook.tenants.services import Service
from truebook.tenants.staff import Staff


class Suspended(Fact):
    """A business that takes no bookings at the moment."""

    code = "suspended"

    def __init__(self, account: Account) -> None:
        super().__init__("the business takes no bookings at the moment")
        self.account = account


@dataclass(frozen=True, slots=True)
class Shop:
    """A business, its services that somebody does, who does which, and those given as classes (`courses`).

    Classes have places, not times. `every` is all that there ever was to choose from, for the names. While `state` is
    the same nothing of all this has changed.
    `reach`: whether it can write to people on WhatsApp first, where that was asked.
    """

    db: Database
    scope: Scope
    account: Account
    voice: Voice
    zone: ZoneInfo
    services: dict[UUID, Service]
    courses: dict[UUID, Service]
    staff: dict[UUID, Staff]
    offers: dict[UUID, tuple[UUID, ...]]
    every: dict[UUID, Service]
    state: Hashable
    reach: Reach = field(default_factory=Reach)

    @property
    def offered(self) -> list[Service]:
        """All that can be booked, in the business's own order."""
        return [one for one in self.every.values() if one.id in self.services or one.id in self.courses]

    def who_does(self, services: tuple[UUID, ...]) -> list[Staff]:
        """Return the members of staff who do all of some services."""
        return [one for one in self.staff.values() if set(services) <= set(self.offers.get(one.id, ()))]

    def called(self, service_id: UUID | None, kept: str | None = None) -> str:
        """Return a service's name in the reader's language; where it is gone, the name that was `kept` of it."""
        found = self.every.get(service_id) if service_id else None
        return found.called(self.voice.language) if found else kept or ""

    def approves(self, found: Appointment) -> bool:
        """Tell whether the business wants to say yes itself to what an appointment consists of."""
        return any(self.every[one.service_id].needs_approval for one in found.segments if one.service_id in self.every)

    def length(self, services: tuple[UUID, ...]) -> str:
        """Return how long some services take, one after the other."""
        return self.voice.say("minutes", minutes=sum(self.every[one].duration_minutes for one in services))

    def price(self, services: tuple[UUID, ...]) -> str:
        """Return what some services cost together; nothing where a price is not set, or they are in two currencies."""
        chosen = [self.every[one] for one in services]
        prices = [one.price_minor for one in chosen if one.price_minor is not None]
        if len(prices) < len(chosen) or len({one.currency for one in chosen}) > 1:
            return ""
        return self.voice.money(sum(prices), chosen[0].currency)

    def day(self, day: date) -> str:
        """Return a day as it stands in a small place: with its weekday, both shortened."""
        return say_date(day, self.voice.language, today=self.voice.now.date(), style="short")

    def weekday(self, day: date) -> str:
        """Return the short name of a day's weekday."""
        return str(format_date(day, "EEE", locale=self.voice.language))

    def number(self, value: float) -> str:
        """Return a number as people write it."""
        return str(format_decimal(value, locale=self.voice.language))

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Return an instant on the wall clock of a zone, in a small place."""
        local = at.astimezone(zone)
        return f"{self.day(local.date())}, {self.voice.clock(local.time())}"

    def place(self, zone: ZoneInfo) -> str:
        """Return what people call a zone: its city."""
        return str(get_timezone_location(zone.key, locale=self.voice.language, return_city=True))


def language(request: Request, account: Account) -> str:
    """Return the language for a reader of a business's pages: their choice, their browser's, else the business's."""
    return words.chosen(request, tuple(dict.fromkeys([*account.languages, *words.languages()])))


async def named(db: Database, scope: Scope) -> dict[UUID, Service]:
    """Return every service of a business, in its own order."""
    return {one.id: one for one in (await catalogue.offered(db, scope)).services}


async def reaching(shop: Shop) -> Shop:
    """Return a business with how it can write to people on WhatsApp first."""
    return replace(shop, reach=await phones.reach(shop.db, shop.scope))


async def find(request: Request, slug: str, *, actor: str = "web") -> Shop:
    """Return the business with a slug; raise NotFound where there is none, Suspended where it takes no bookings.

    `actor` is who the history names.
    """
    db: Database = request.app.state.db
    now, cause = clock.now(), f"{request.method} booking page"
    front = await shopfront.find(db, slug, Scope(None, actor, cause), now=now)
    account, found, taught = front.account, front.offered, front.taught
    if account.status != "active":
        raise Suspended(account)
    staff = {one.id: one for one in found.staff if one.is_active}
    done = {service for member in staff for service in found.offers.get(member, ())}.difference(taught)
    every = {one.id: one for one in found.services}
    active = {key: one for key, one in every.items() if one.is_active}
    zone = clock.zone(account.timezone)
    return Shop(
        db, Scope(account.id, actor, cause), account, Voice(language(request, account), now.astimezone(zone)), zone,
        {key: one for key, one in active.items() if key in done},
        {key: one for key, one in active.items() if key in taught}, staff, found.offers, every, front.state,
    )  # fmt: skip
