"""The page behind a letter's link that ends letters of its kind: one click in the mail program, or one here.

Source: RFC 8058. Looking at the page stops nothing, since programs that look for viruses look at it too.
"""

from uuid import UUID

from fastapi import Request, Response

from truebook.booking.links import Links
from truebook.channels.web import pages
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.errors import NotFound
from truebook.language import wording
from truebook.ledger import stops
from truebook.tenants import accounts
from truebook.tenants.accounts import Account

STOPS = {"reminders": stops.stop_reminders, "notices": stops.stop_notices}
routes = pages.routes()
PAGE = "/stop/{what}/{tenant}/{who}/{ticket}"


@routes.get(PAGE, response_model=None)
async def ask(request: Request, what: str, tenant: UUID, who: UUID, ticket: str) -> Response:
    """Ask whether these letters are to end."""
    return _page(request, await _account(request, what, tenant, who, ticket), "stop_ask", asks=True)


@routes.post(PAGE, response_model=None)
async def stop(request: Request, what: str, tenant: UUID, who: UUID, ticket: str) -> Response:
    """End these letters; doing it again changes nothing."""
    account = await _account(request, what, tenant, who, ticket)
    await STOPS[what](request.app.state.db, Scope(tenant, f"link:stop {what}", "stop letters"), who)
    return _page(request, account, "stop_done", asks=False)


async def _account(request: Request, what: str, tenant: UUID, who: UUID, ticket: str) -> Account:
    links: Links = request.app.state.links
    if what not in STOPS or not links.admits(ticket, links.stop(what, tenant, who), clock.now()):
        raise NotFound("there is no such page")
    return await accounts.get(request.app.state.db, Scope(tenant, "link", "stop letters"), tenant)


def _page(request: Request, account: Account, key: str, *, asks: bool) -> Response:
    language = account.languages[0]
    said = wording.say(language, key, business=account.name)
    return pages.page(
        request, "stop.html", business=account.name, said=said, asks=asks, yes=wording.say(language, "yes")
    )
