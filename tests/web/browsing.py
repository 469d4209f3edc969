"""A browser without a window: the app's pages over ASGI."""

import httpx2

from truebook.app import build
from truebook.booking.links import Links
from truebook.db import Database
from truebook.kernel.settings import Settings

LINKS = Links("http://desk.test", b"secret")


def browser(db: Database, settings: Settings | None = None, *, address: str = "127.0.0.1") -> httpx2.AsyncClient:
    """Return a client that keeps cookies, as a browser does, and asks for pages; `address`: where it comes from."""
    transport = httpx2.ASGITransport(build(settings or Settings(), db, LINKS), client=(address, 1234))
    return httpx2.AsyncClient(transport=transport, base_url="http://desk.test", headers={"Accept": "text/html"})
