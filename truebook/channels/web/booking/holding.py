"""The time that a visitor holds: which it is, remembered in a cookie for an hour, and whom it is for."""

from contextlib import suppress
from hashlib import sha256

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking import actions, views
from truebook.booking.errors import Stale, WrongStatus
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.booking.store import Key
from truebook.channels.web import pages
from truebook.channels.web.booking.choice import UNNAMED, Choice
from truebook.channels.web.booking.shop import Shop
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.kernel.errors import NotFound

COOKIE = "held"
LASTS = 3600
"""Seconds: longer than a time is held, so that what was typed is there when another is chosen."""


def told(one: Appointment) -> bool:
    """Tell whether somebody has said whom a time is held for."""
    return one.customer.name != UNNAMED and not any(is_unnamed(each) for each in guests(one))


def guests(one: Appointment) -> list[str]:
    """Return whom an appointment is for besides the one who books, each once."""
    return [name for name in dict.fromkeys(each.guest_name for each in one.segments) if name]


def is_unnamed(name: str) -> bool:
    """Tell whether a name only stands for one that nobody has said yet."""
    return name.startswith(UNNAMED)


def is_held(one: Appointment) -> bool:
    """Tell whether a time is held, and not over."""
    return one.status == "held" and (one.hold_expires_at is None or one.hold_expires_at > clock.now())


async def was_only_held(db: Database, scope: Scope, found: Appointment) -> bool:
    """Tell whether an appointment never was more than a time that was held."""
    if found.status != "cancelled" or found.source != "web":
        return found.status == "held"
    return all(change["row"]["status"] in ("held", "cancelled") for change in await views.history(db, scope, found.id))


async def mine(request: Request, shop: Shop) -> Appointment | None:
    """Return the time that this visitor's cookie names, held or given back; none that ever was more than held.

    What was told with it comes along to the next one, and a receipt's link shows nobody that.
    """
    code, _, token = request.cookies.get(COOKIE, "").partition(".")
    links: Links = request.app.state.links
    if not links.fits(shop.account.slug, code, token):
        return None
    try:
        found = await views.by_link(shop.db, shop.scope, code)
    except NotFound:
        return None
    return found if await was_only_held(shop.db, shop.scope, found) else None


def key(shop: Shop, page: str, *said: object) -> Key | None:
    """Return the key by which a page holds a time once, however often its button is pressed; None without the page's.

    `said` is what the button stands for.
    """
    if not (page and page.isascii() and page.isprintable()):
        return None
    digest = sha256("\n".join([shop.account.slug, *map(str, said)]).encode()).digest()
    return Key(f"web:{page[:64]}:{digest.hex()[:24]}", digest)


async def give_back(shop: Shop, before: Appointment | None) -> None:
    """Give back what a visitor held, before they hold something else; what is booked meanwhile stays."""
    if before and before.status == "held":
        with suppress(Stale, WrongStatus):
            await actions.cancel(shop.db, shop.scope, before.id, now=clock.now(), version=before.version)


def lead_there(request: Request, shop: Shop, chosen: Choice, held: Appointment) -> Response:
    """Send a browser to the page of what it holds now, and let it remember that."""
    links: Links = request.app.state.links
    address = f"/{links.path(shop.account.slug, held.code)}"
    answer = RedirectResponse(address + (f"?tz={chosen.zone}" if chosen.zone else ""), 303)
    remember(request, answer, shop, held)
    return answer


def remember(request: Request, answer: Response, shop: Shop, held: Appointment) -> None:
    """Let a browser remember which time it holds."""
    links: Links = request.app.state.links
    slug = shop.account.slug
    pages.keep(
        request, answer, COOKIE, f"{held.code}.{links.token(slug, held.code)}", seconds=LASTS, path=f"/{slug}",
        framed_by=shop.account.framed_by,
    )  # fmt: skip


def forget(request: Request, answer: Response, shop: Shop) -> None:
    """Let a browser forget it."""
    path = f"/{shop.account.slug}"
    pages.keep(request, answer, COOKIE, "", seconds=0, path=path, framed_by=shop.account.framed_by)
