"""What somebody has chosen so far: it stands in the address, so that every answer is a link and Back works."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Appointment, Wanted
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock

MOST = 6
"""Services that one visit may have for each who comes."""
GUESTS = 4
"""Who may come along."""
SEATS = 8
"""Places in a class that may be booked at once."""
ANYONE = "any"
UNNAMED = "…"
"""Whom a time is held for as long as nobody has said; of guests it is followed by a number."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The services, in order; with whom (`who`: a member's id, ANYONE, or empty: not asked yet); which day and zone.

    `guests` are the services of each who comes along; with `apart` they come one after the other. A class is a service
    by itself, of which `seats` places are wanted. `zone` is empty until the browser has told its own.
    """

    slug: str
    services: tuple[UUID, ...] = ()
    who: str = ""
    day: date | None = None
    zone: str = ""
    guests: tuple[tuple[UUID, ...], ...] = ()
    apart: bool = False
    seats: int = 1

    @property
    def staff_id(self) -> UUID | None:
        """With whom; None: with anyone."""
        return UUID(self.who) if self.who not in ("", ANYONE) else None

    @property
    def people(self) -> int:
        """How many come."""
        return 1 + len(self.guests)

    @property
    def for_one(self) -> tuple[UUID, ...]:
        """The services that whoever was chosen does: those of guests too, where they come one after the other."""
        theirs = [one for guest in self.guests for one in guest] if self.apart else []
        return (*self.services, *theirs)

    @property
    def parts(self) -> tuple[Wanted, ...]:
        """The visit that is wanted. Those who come together begin together: what else each wants comes afterwards."""
        mine = [Wanted(one, self.staff_id) for one in self.services]
        if self.apart:
            theirs = [Wanted(one, self.staff_id, unnamed(n)) for n, guest in enumerate(self.guests) for one in guest]
            return (*mine, *theirs)
        first = [Wanted(guest[0], None, unnamed(n), together=True) for n, guest in enumerate(self.guests)]
        rest = [Wanted(one, None, unnamed(n)) for n, guest in enumerate(self.guests) for one in guest[1:]]
        return (*mine[:1], *first, *mine[1:], *rest)

    def fields(self) -> list[tuple[str, str]]:
        """Return the choice as the fields of a form or an address."""
        told = [("s", str(one)) for one in self.services]
        told += [("g", f"{n}.{one}") for n, guest in enumerate(self.guests) for one in guest]
        rest = (
            ("apart", "1" if self.apart else ""), ("seats", str(self.seats) if self.seats > 1 else ""),
            ("who", self.who), ("day", self.day.isoformat() if self.day else ""), ("tz", self.zone),
        )  # fmt: skip
        return [*told, *((name, value) for name, value in rest if value)]

    def address(self, *more: tuple[str, str], **changes: Any) -> str:
        """Return the address of this choice, changed."""
        fields = [*(replace(self, **changes) if changes else self).fields(), *more]
        return f"/{self.slug}" + (f"?{urlencode(fields)}" if fields else "")

    def shown_in(self, shop: Shop) -> ZoneInfo:
        """Return the zone in which times are shown."""
        return clock.zone(self.zone) if self.zone else shop.zone


def unnamed(n: int) -> str:
    """Return whom a guest's services are held for as long as nobody has said."""
    return f"{UNNAMED} {n + 2}"


def read(shop: Shop, every: Callable[[str], Iterable[str]]) -> Choice:
    """Return what an address or a form chose of what there is; what is not there any more is not chosen."""
    day, told = _day(_first(every("day"))), zone(_first(every("tz")))
    wanted = [one for one in dict.fromkeys(map(_id, every("s"))) if one is not None]
    course = next((one for one in wanted if one in shop.courses), None)
    if course:
        seats = _first(every("seats"))
        count = int(seats) if seats.isascii() and seats.isdigit() and len(seats) < 3 else 1
        return Choice(shop.account.slug, (course,), ANYONE, day, told, seats=min(max(count, 1), SEATS))
    services = tuple(one for one in wanted if one in shop.services)[:MOST]
    guests = _guests(shop, every("g")) if services else ()
    apart = bool(guests) and (_first(every("apart")) == "1" or not can_be_together(shop, services, guests))
    chosen = Choice(shop.account.slug, services, "", day, told, guests, apart)
    able = {str(one.id) for one in shop.who_does(chosen.for_one)}
    who = _first(every("who"))
    return replace(chosen, who=ANYONE if services and len(able) < 2 else who if who == ANYONE or who in able else "")


def may_grow(shop: Shop, chosen: Choice) -> bool:
    """Tell whether there is anything that could be added to a choice: another service, or somebody."""
    if not chosen.services or chosen.services[0] in shop.courses:
        return False
    return len(chosen.guests) < GUESTS or len(chosen.services) < min(MOST, len(shop.services))


def may_wait(chosen: Choice) -> bool:
    """Tell whether a choice can be waited for: one service, or one place in a class."""
    return len(chosen.services) == 1 and not chosen.guests and chosen.seats == 1


def can_be_together(shop: Shop, services: Sequence[UUID], guests: Sequence[Sequence[UUID]]) -> bool:
    """Tell whether there are as many who could serve as there are to be served, each with their first service."""
    wanted = [services[0], *(guest[0] for guest in guests)]
    return len({one.id for service in wanted for one in shop.who_does((service,))}) >= len(wanted)


def of(shop: Shop, one: Appointment) -> Choice:
    """Return the choice that led to an appointment, as far as it can still be made."""
    day = one.local_start.date()
    mine = tuple(each.service_id for each in one.segments if each.guest_name is None and each.service_id)
    if any(each.session_id for each in one.segments):
        there = mine[:1] if mine and mine[0] in shop.courses else ()
        return Choice(shop.account.slug, there, ANYONE, day, seats=len(one.segments))
    services = tuple(each for each in mine if each in shop.services)
    named = dict.fromkeys(each.guest_name for each in one.segments if each.guest_name)
    guests = tuple(
        tuple(each.service_id for each in one.segments if each.guest_name == name and each.service_id in shop.services)
        for name in named
    )
    guests = tuple(each for each in guests if each) if services else ()
    apart = bool(guests) and any(each.start > one.start for each in _firsts(one))
    chosen = Choice(shop.account.slug, services, "", day, guests=guests, apart=apart)
    able = {member.id for member in shop.who_does(chosen.for_one)} if services else set()
    alone = {each.staff_id for each in one.segments if apart or each.guest_name is None} == {one.staff_id}
    return replace(chosen, who=str(one.staff_id) if one.staff_id in able and alone else ANYONE)


def _firsts(one: Appointment) -> list[Any]:
    """Return the first segment of each who comes."""
    found: dict[str | None, Any] = {}
    for each in one.segments:
        found.setdefault(each.guest_name, each)
    return list(found.values())


def _guests(shop: Shop, told: Iterable[str]) -> tuple[tuple[UUID, ...], ...]:
    """Return the services of each guest, said as a number, a dot and a service's id."""
    found: dict[str, dict[UUID, None]] = {}
    for one in told:
        number, _, service = one.partition(".")
        wanted = _id(service)
        if wanted in shop.services and number.isascii() and number.isdigit() and len(number) < 3:
            found.setdefault(number, {})[wanted] = None
    return tuple(tuple(one)[:MOST] for _, one in sorted(found.items(), key=lambda one: int(one[0])))[:GUESTS]


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return clock.day(text)
    except ValueError:
        return None


def zone(text: str) -> str:
    """Return the name of a zone; nothing for what is none."""
    try:
        return clock.zone(text).key if text else ""
    except ValueError:
        return ""
