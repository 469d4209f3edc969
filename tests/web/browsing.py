"""A browser without a window: the app's pages over ASGI."""

import httpx2

from truebook.app import build
from truebook.booking.links import Links
from truebook.db import Database
from truebook.kernel.settings import Settings

HOME = "http://desk.test"
LINKS = Links(HOME, b"secret")


def browser(db: Database, settings: Settings | None = None) -> httpx2.AsyncClient:
    """Return a client that keeps cookies, as a browser does, and asks for pages."""
    transport = httpx2.ASGITransport(build(settings or Settings(public_url=HOME), db, LINKS))
    return httpx2.AsyncClient(transport=transport, base_url=HOME, headers={"Accept": "text/html"})
