"""The time that a visitor holds: which it is, remembered in a cookie for an hour, and whom it is for."""

from fastapi import Request, Response

from truebook.booking import views
from truebook.booking.links import Links
from truebook.booking.model import Appointment
from truebook.channels.web import pages
from truebook.channels.web.booking.shop import Shop
from truebook.kernel import clock
from truebook.kernel.errors import NotFound

COOKIE = "held"
LASTS = 3600
"""Seconds: longer than a time is held, so that what was typed is there when another is chosen."""
NOBODY_YET = "…"
"""Whom a time is held for as long as nobody has said."""


def told(one: Appointment) -> bool:
    """Tell whether somebody has said whom a time is held for."""
    return one.customer.name != NOBODY_YET


def is_held(one: Appointment) -> bool:
    """Tell whether a time is held, and not over."""
    return one.status == "held" and (one.hold_expires_at is None or one.hold_expires_at > clock.now())


async def mine(request: Request, shop: Shop) -> Appointment | None:
    """Return the appointment that this visitor's cookie names, while it is not booked."""
    code, _, token = request.cookies.get(COOKIE, "").partition(".")
    links: Links = request.app.state.links
    if not links.fits(shop.account.slug, code, token):
        return None
    try:
        found = await views.by_link(shop.db, shop.scope, code)
    except NotFound:
        return None
    return found if found.status in ("held", "cancelled") else None


def remember(request: Request, answer: Response, shop: Shop, held: Appointment) -> None:
    """Let a browser remember which time it holds."""
    links: Links = request.app.state.links
    slug = shop.account.slug
    answer.set_cookie(
        COOKIE, f"{held.code}.{links.token(slug, held.code)}", max_age=LASTS, path=f"/{slug}",
        httponly=True, samesite="lax", secure=pages.is_secure(request),
    )  # fmt: skip


def forget(answer: Response, slug: str) -> None:
    """Let a browser forget it."""
    answer.delete_cookie(COOKIE, path=f"/{slug}")
