"""What somebody wants: a service to begin with, then more of them, for the customer or for who comes along."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from truebook.channels.web.booking import choice as choices
from truebook.channels.web.booking import frame
from truebook.channels.web.booking.choice import Choice
from truebook.channels.web.booking.shop import Shop


def ask(request: Request, shop: Shop, chosen: Choice, adding: str) -> Response:
    """Ask for a service; `adding`: for whom another one is, `1` the customer, `g` with a guest's number, or `new`."""
    if not chosen.services:
        offers = [(one, chosen.address(services=(one.id,), who="", day=None)) for one in shop.offered]
        return frame.page(request, shop, "services.html", chosen, offers=offers, adding="", tabs=[])
    tabs = ["1", *(f"g{n}" for n in range(len(chosen.guests)))]
    tabs += ["new"] if len(chosen.guests) < choices.GUESTS else []
    adding = adding if adding in tabs else "1"
    more = _more(shop, chosen, adding)
    return frame.page(
        request, shop, "services.html", chosen, adding=adding,
        offers=[(shop.services[key], chosen.address(who="", day=None, **changes)) for key, changes in more.items()],
        tabs=[(one, chosen.address(("add", one))) for one in tabs],
    )  # fmt: skip


def _more(shop: Shop, chosen: Choice, adding: str) -> dict[UUID, dict[str, Any]]:
    """Return what can be added for somebody, and how the choice changes by it."""
    if adding == "new":
        return {one: {"guests": (*chosen.guests, (one,))} for one in shop.services}
    if adding == "1":
        mine = chosen.services
        return {one: {"services": (*mine, one)} for one in _others(shop, mine)}
    place = int(adding[1:])
    before, theirs, after = chosen.guests[:place], chosen.guests[place], chosen.guests[place + 1 :]
    return {one: {"guests": (*before, (*theirs, one), *after)} for one in _others(shop, theirs)}


def _others(shop: Shop, had: tuple[UUID, ...]) -> list[UUID]:
    """Return the services that somebody does not have yet; none where they have as many as a visit may."""
    return [one for one in shop.services if one not in had] if len(had) < choices.MOST else []
