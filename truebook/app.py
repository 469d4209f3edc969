"""The ASGI app: the channels, put together over one database."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, partial
from urllib.parse import quote

import httpx2
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from truebook import __doc__ as about
from truebook import limits
from truebook.booking.links import Links
from truebook.channels.api import (
    access,
    accounts,
    appointments,
    availability,
    blackouts,
    blocks,
    bots,
    chat,
    classes,
    conversations,
    customers,
    docs,
    health,
    hours,
    notices,
    overrides,
    people,
    pools,
    problems,
    questions,
    reports,
    requirements,
    segments,
    series,
    services,
    slots,
    staff,
    telling,
    told,
    users,
    waitlist,
    whatsapp,
)
from truebook.channels.api.headers import Guarded
from truebook.channels.api.heads import Headed
from truebook.channels.api.hosts import Named
from truebook.channels.api.keys import Keyring
from truebook.channels.api.limits import Limited
from truebook.channels.api.logged import Logged
from truebook.channels.api.metrics import Measured
from truebook.channels.web import pages
from truebook.channels.web import routes as web
from truebook.channels.web.together import Together
from truebook.channels.whatsapp import twilio, webhook
from truebook.db import Database
from truebook.db.database import WATCHFUL
from truebook.db.notices import Notices
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.onboarding.connect import Onboarding
from truebook.tenants.vault import Vault

ROUTERS = (
    slots.routes,
    appointments.routes,
    appointments.codes,
    segments.routes,
    told.routes,
    availability.routes,
    chat.routes,
    conversations.routes,
    services.routes,
    requirements.routes,
    pools.routes,
    blocks.routes,
    classes.routes,
    waitlist.routes,
    series.routes,
    staff.routes,
    hours.routes,
    hours.of_staff,
    overrides.routes,
    blackouts.routes,
    bots.routes,
    questions.routes,
    telling.routes,
    reports.routes,
    people.routes,
    customers.routes,
    users.routes,
    notices.routes,
    accounts.own,
    accounts.routes,
    whatsapp.routes,
    whatsapp.senders,
    whatsapp.consumption,
    whatsapp.attention,
    access.own,
    access.routes,
    health.routes,
)
"""In the order they are matched, so the busiest first."""


def build(
    settings: Settings, db: Database | None = None, links: Links | None = None, vault: Vault | None = None
) -> FastAPI:
    """Return the app over an open database, or over the one that the settings name, opened while the app runs.

    Without `links` there are no pages for customers: nobody could have been given the address of one. Without `vault`
    nothing can be opened that webhooks are signed with, so none are taken.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if db is not None:
            async with _hearing(app):
                yield
            return
        if settings.database_url is None:
            raise Invalid("DATABASE_URL", "the app needs a database: set DATABASE_URL, or start it with `truebook up`")
        async with Database(settings.database_url, direct=settings.direct_url) as opened:
            attach(app, settings, opened)
            async with _hearing(app):
                yield

    # routes are put in as they are: include_router() would match every request twice (91 µs instead of 46)
    routes = [*(route for router in ROUTERS for route in router.routes), *docs.routes.routes]
    if vault is not None:
        secret = settings.whatsapp_secret.encode() if settings.whatsapp_secret else None
        routes += webhook.routes(vault, webhook.App(secret, settings.whatsapp_verify)).routes
        routes += twilio.routes(vault, settings.base_url).routes
    if links is not None:
        routes = [*web.BUSIEST, *routes, *web.ROUTES]
    app = FastAPI(
        title="Truebook", summary=about, version="1", openapi_url=None, lifespan=lifespan, routes=routes,
        redirect_slashes=False,  # it would lead to whatever Host was sent
    )  # fmt: skip
    app.openapi = cache(partial(docs.describe, app))  # type: ignore[method-assign]
    app.state.links, app.state.settings, app.state.onboarding, app.state.leaving = links, settings, None, False
    app.state.vault = vault
    problems.handle_in(app)
    if links is not None:
        app.add_exception_handler(HTTPException, _of_http)
    app.add_middleware(Limited)
    app.add_middleware(Measured)
    app.add_middleware(Headed)
    app.add_middleware(Logged)
    if settings.private:
        app.add_middleware(Named)
    app.add_middleware(Guarded, secure=settings.base_url.startswith("https:"))
    if db is not None:
        attach(app, settings, db)
        if vault is not None:
            app.state.onboarding = Onboarding(db, vault, httpx2.AsyncClient(), settings.base_url)
    return app


async def _of_http(request: Request, error: Exception) -> Response:
    """Say what the framework refuses: to people as a page, to programs as a problem."""
    if there := _without_slash(request, error):
        return RedirectResponse(there, 307, headers={"Cache-Control": "no-store"})
    from_a_browser = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    return pages.of_error(request, error) if from_a_browser else await problems.of_http(request, error)


def _without_slash(request: Request, error: Exception) -> str | None:
    """Return where somebody meant to go who wrote a slash behind an address: on this site, whatever it was called."""
    path = request.url.path
    is_missing = isinstance(error, HTTPException) and error.status_code == 404
    if not is_missing or request.method not in ("GET", "HEAD") or path.startswith(("//", "/api/")):
        return None
    bare = quote(path.rstrip("/"))
    return f"{bare}?{request.url.query}".rstrip("?") if path.endswith("/") and bare else None


def attach(app: FastAPI, settings: Settings, db: Database) -> None:
    """Give an app the database its routes work on."""
    app.state.db, app.state.notices = db, Notices(db.direct, WATCHFUL)
    app.state.together = Together()
    app.state.keyring = Keyring(db, limits.a_second("key", settings.rate))


def _hearing(app: FastAPI) -> AbstractAsyncContextManager[None]:
    """Have the app hear of keys that are not what they were; while nothing can be heard, it looks every few seconds."""
    notices: Notices = app.state.notices
    keyring: Keyring = app.state.keyring
    return notices.telling(keyring.forget)
