"""A browser without a window: the app's pages over ASGI."""

import httpx2

from truebook.app import build
from truebook.booking.links import Links
from truebook.db import Database
from truebook.kernel.settings import Settings

HOME = "http://desk.test"
LINKS = Links(HOME, b"secret")


def browser(db: Database, settings: Settings | None = None, *, address: str = "127.0.0.1") -> httpx2.AsyncClient:
    """Return a client that keeps cookies, as a browser does, and asks for pages; `address`: where it comes from."""
    app = build(settings or Settings(public_url=HOME), db, LINKS)
    transport = httpx2.ASGITransport(app, client=(address, 1234))
    return httpx2.AsyncClient(transport=transport, base_url=HOME, headers={"Accept": "text/html"})
