"""The booking page: where it is, how it gets into another site, and what it links to."""

from functools import partial
from typing import Any

from fastapi import Request, Response

from truebook.channels.web.desk.settings.keeping import keep, page
from truebook.channels.web.pages import routes as router
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.tenants import accounts, contact
from truebook.tenants.accounts import ACCOUNTS

HERE = "/desk/settings/page"
FIELDS = {"imprint_url": 310, "privacy_url": 310, "framed_by": 6000}
"""What is typed here, and how long each may be."""
routes = router()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show how the booking page is reached and what it links to."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Keep what the booking page links to, and the sites that may show it inside their own pages."""

    async def change(tx: Any) -> None:
        typed = {name: who.form.text(name, most=most) for name, most in FIELDS.items()}
        values = {
            "imprint_url": contact.web("imprint_url", typed["imprint_url"]),
            "privacy_url": contact.web("privacy_url", typed["privacy_url"]),
            "framed_by": contact.sites("framed_by", typed["framed_by"].split()),
            "tight_offers": who.form.has("tight_offers"),
        }
        await ACCOUNTS.rewrite(tx, who.person.tenant, values, version=who.form.version())

    return await keep(request, who, change, HERE, partial(_shown, request, who))


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    if who.form.fields:
        typed = {name: who.form.text(name, most=50_000) for name in FIELDS}
        tight = who.form.has("tight_offers")
    else:
        sites = "\n".join(account.framed_by)
        typed = {
            "imprint_url": account.imprint_url or "", "privacy_url": account.privacy_url or "", "framed_by": sites,
        }  # fmt: skip
        tight = account.tight_offers
    return page(
        request, who, "page", "booking_page", status, account=account, typed=typed, tight=tight, wrong=wrong,
        base=request.app.state.settings.base_url, most=contact.MOST_SITES,
    )  # fmt: skip
