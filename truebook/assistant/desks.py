"""A business as the understanding sees it, from its catalogue or from what listServices told."""

from datetime import time
from typing import Any

from babel.core import get_global

from truebook.language import kinds
from truebook.language.names import Named
from truebook.language.state import Desk
from truebook.tenants.catalogue import Catalogue
from truebook.tenants.services import Service

Returned = dict[str, Any]


def desk_of(shop: Catalogue) -> Desk:
    """Return the desk of a business."""
    return Desk(
        services=tuple(Named(one.name, one.name, other_names(one)) for one in shop.services),
        staff=tuple(Named(one.name, one.name, tuple(one.synonyms)) for one in shop.staff),
        opens=clock_of(shop.opens_minute),
        closes=clock_of(shop.closes_minute),
        languages=tuple(shop.account.languages),
        country=country_of(shop.account.timezone),
    )


def other_names(service: Service) -> tuple[str, ...]:
    """Return the names by which customers may ask for a service: its owner's, and its kind's in each language."""
    return tuple(dict.fromkeys((*service.known_as, *kinds.names(service.name))))


def desk_told(shop: Returned) -> Desk:
    """Return the desk that listServices described."""
    return Desk(
        services=tuple(Named(one["name"], one["name"], tuple(one["synonyms"])) for one in shop["services"]),
        staff=tuple(Named(one["name"], one["name"], tuple(one["synonyms"])) for one in shop["staff"]),
        opens=clock_of(shop["opens"]),
        closes=clock_of(shop["closes"]),
        languages=tuple(shop["languages"]),
        country=country_of(shop["timezone"]),
    )


def clock_of(minute: int | None) -> time | None:
    """Return a minute of the day as a time; the end of the day as its last minute."""
    return None if minute is None else time(min(minute // 60, 23), minute % 60 if minute < 1440 else 59)


def country_of(timezone: str) -> str | None:
    """Return the country (AT) whose clock a time zone is; None where it is no single country's."""
    found = get_global("zone_territories").get(timezone)
    return str(found) if found and len(found) == 2 else None
