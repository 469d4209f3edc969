"""What somebody has chosen so far: it stands in the address, so that every answer is a link and Back works."""

from collections.abc import Callable, Iterable
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
"""Services that one visit may have."""
ANYONE = "any"


@dataclass(frozen=True, slots=True)
class Choice:
    """The services, in order; with whom (`who`: a member's id, ANYONE, or empty: not asked yet); which day and zone.

    `zone` is empty until the browser has told its own.
    """

    slug: str
    services: tuple[UUID, ...] = ()
    who: str = ""
    day: date | None = None
    zone: str = ""

    @property
    def staff_id(self) -> UUID | None:
        """With whom; None: with anyone."""
        return UUID(self.who) if self.who not in ("", ANYONE) else None

    @property
    def parts(self) -> tuple[Wanted, ...]:
        """The visit that is wanted."""
        return tuple(Wanted(one, self.staff_id) for one in self.services)

    def fields(self) -> list[tuple[str, str]]:
        """Return the choice as the fields of a form or an address."""
        told = [("s", str(one)) for one in self.services]
        rest = (("who", self.who), ("day", self.day.isoformat() if self.day else ""), ("tz", self.zone))
        return [*told, *((name, value) for name, value in rest if value)]

    def address(self, *more: tuple[str, str], **changes: Any) -> str:
        """Return the address of this choice, changed."""
        fields = [*(replace(self, **changes) if changes else self).fields(), *more]
        return f"/{self.slug}" + (f"?{urlencode(fields)}" if fields else "")

    def shown_in(self, shop: Shop) -> ZoneInfo:
        """Return the zone in which times are shown."""
        return clock.zone(self.zone) if self.zone else shop.zone


def read(shop: Shop, every: Callable[[str], Iterable[str]]) -> Choice:
    """Return what an address or a form chose of what there is; what is not there any more is not chosen."""
    chosen = [one for one in dict.fromkeys(map(_id, every("s"))) if one in shop.services]
    services = tuple(one for one in chosen if one is not None)[:MOST]
    able = {str(one.id) for one in shop.who_does(services)}
    who = _first(every("who"))
    return Choice(
        shop.account.slug,
        services,
        ANYONE if services and len(able) < 2 else who if who == ANYONE or who in able else "",
        _day(_first(every("day"))),
        zone(_first(every("tz"))),
    )


def of(shop: Shop, one: Appointment) -> Choice:
    """Return the choice that led to an appointment, as far as it can still be made."""
    services = tuple(each.service_id for each in one.segments if each.service_id in shop.services)
    able = {member.id for member in shop.who_does(services)} if services else set()
    who = str(one.staff_id) if one.staff_id in able else ANYONE
    return Choice(shop.account.slug, services, who, one.local_start.date())


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def zone(text: str) -> str:
    """Return the name of a zone; nothing for what is none."""
    try:
        return clock.zone(text).key if text else ""
    except ValueError:
        return ""
