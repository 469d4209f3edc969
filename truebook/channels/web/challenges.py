"""What a passkey has to sign: signed by us, for one purpose, good for some minutes, and used once."""

import secrets
from datetime import datetime, timedelta

from fastapi import Request

from truebook import limits
from truebook.booking.links import Links
from truebook.kernel.errors import Invalid
from truebook.limits import Exceeded, Limit
from truebook.tenants import passkeys
from truebook.tenants.passkeys import Site

LIFE = timedelta(minutes=5)
ONCE = Limit("uses of a passkey's challenge", 1, LIFE.total_seconds() * 2, guarded=True)
"""Longer than a challenge lives, so it is never taken twice."""


def site(request: Request) -> Site | None:
    """Return where passkeys are good; None where this page is at another address, or has no name."""
    found = passkeys.site(request.app.state.settings.base_url)
    return found if found and request.headers.get("host") == found.origin.partition("://")[2] else None


def make(request: Request, purpose: str, now: datetime) -> bytes:
    """Return a new challenge."""
    links: Links = request.app.state.links
    salt = secrets.token_urlsafe(16)
    return f"{salt}.{links.ticket(_signed(purpose, salt), now + LIFE)}".encode()


async def use(request: Request, purpose: str, credential: str, now: datetime) -> bytes:
    """Return the challenge that an answer is to; raise Invalid for one that is not ours, is old, or was used."""
    links: Links = request.app.state.links
    challenge = passkeys.challenge_in(credential)
    salt, _, ticket = challenge.decode("ascii", "replace").partition(".")
    if not links.admits(ticket, _signed(purpose, salt), now):
        raise Invalid("credential", "that took too long")
    try:
        await limits.take(request.app.state.db, ONCE, salt)
    except Exceeded as error:
        raise Invalid("credential", "that was used already") from error
    return challenge


def _signed(purpose: str, salt: str) -> str:
    return f"passkey {purpose} {salt}"
