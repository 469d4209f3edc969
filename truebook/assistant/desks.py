"""A business as the understanding sees it, from its catalogue or from what listServices told."""

from collections.abc import Sequence
from datetime import time
from functools import lru_cache
from typing import Any

from truebook.kernel import phones
from truebook.language import kinds
from truebook.language.names import Named
from truebook.language.state import Desk
from truebook.language.text import plain
from truebook.tenants.catalogue import Catalogue
from truebook.tenants.services import Service

Returned = dict[str, Any]


def desk_of(shop: Catalogue) -> Desk:
    """Return the desk of a business."""
    services = tuple(Named(one.name, one.name, other_names(one)) for one in shop.services)
    return Desk(
        services=services,
        elsewhere=_elsewhere(services),
        staff=tuple(Named(one.name, one.name, tuple(one.synonyms)) for one in shop.staff),
        opens=clock_of(shop.opens_minute),
        closes=clock_of(shop.closes_minute),
        closing=_closing([(one.weekday, one.closes_minute) for one in shop.week]),
        languages=tuple(shop.account.languages),
        country=phones.country(shop.account.timezone),
        name=shop.account.name,
    )


def _closing(week: Sequence[tuple[int, int]]) -> tuple[time | None, ...]:
    """Return when the last opening of each day ends, from Monday on, by weekday (0 = Sunday) and minute."""
    if not week:
        return ()
    by_day = {number: max((closes for day, closes in week if day == number), default=None) for number in range(7)}
    return tuple(clock_of(by_day[number % 7]) for number in range(1, 8))


def other_names(service: Service) -> tuple[str, ...]:
    """Return the names by which customers may ask for a service: its owner's, and its kind's in each language."""
    return tuple(dict.fromkeys((*service.known_as, *kinds.names(service.name))))


def desk_told(shop: Returned) -> Desk:
    """Return the desk that listServices described."""
    services = tuple(Named(one["name"], one["name"], tuple(one["synonyms"])) for one in shop["services"])
    return Desk(
        services=services,
        elsewhere=_elsewhere(services),
        staff=tuple(Named(one["name"], one["name"], tuple(one["synonyms"])) for one in shop["staff"]),
        classes=frozenset(one["name"] for one in shop["services"] if one.get("class")),
        opens=clock_of(shop["opens"]),
        closes=clock_of(shop["closes"]),
        closing=_closing([(day, closes) for day, _, closes in shop["week"]]),
        languages=tuple(shop["languages"]),
        country=phones.country(shop["timezone"]),
        name=shop["business"],
    )


@lru_cache(maxsize=256)
def _elsewhere(services: tuple[Named, ...]) -> frozenset[str]:
    """Return what services of the trades of a business are called that are none of its own."""
    ours = {plain(name) for one in services for name in (one.name, *one.synonyms)}
    said, found = f" {' / '.join(ours)} ", set[str]()
    trades = [{kind: {*map(plain, called)} for kind, called in trade.items()} for trade in kinds.by_trade()]
    done = {kind for trade in trades for kind, called in trade.items() if called & ours}
    for trade in trades:
        if done & trade.keys():
            found |= {one for kind in trade.keys() - done for one in trade[kind] if f" {one} " not in said}
    return frozenset(found)


def clock_of(minute: int | None) -> time | None:
    """Return a minute of the day as a time; the end of the day as its last minute."""
    return None if minute is None else time(min(minute // 60, 23), minute % 60 if minute < 1440 else 59)
