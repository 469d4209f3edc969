"""The booking page: where it is, how it gets into another site, and what it links to."""

from functools import partial
from typing import Any

from fastapi import Request, Response

from truebook.channels.web.desk.settings.keeping import keep, page
from truebook.channels.web.pages import routes as router
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.ledger import phones
from truebook.tenants import accounts, contact
from truebook.tenants.accounts import ACCOUNTS

HERE = "/desk/settings/page"
FIELDS = {"imprint_url": 310, "privacy_url": 310, "framed_by": 6000, "series_dates": 12}
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
            "confirms_by_code": who.form.has("confirms_by_code"),
            "series_dates": who.form.whole("series_dates", 0, 52) if who.form.has("series_dates") else 0,
        }
        await ACCOUNTS.rewrite(tx, who.person.tenant, values, version=who.form.version())

    return await keep(request, who, change, HERE, partial(_shown, request, who))


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    if who.form.fields:
        typed = {name: who.form.text(name, most=50_000) for name in FIELDS}
        tight, by_code = who.form.has("tight_offers"), who.form.has("confirms_by_code")
    else:
        sites = "\n".join(account.framed_by)
        typed = {
            "imprint_url": account.imprint_url or "", "privacy_url": account.privacy_url or "", "framed_by": sites,
            "series_dates": str(account.series_dates),
        }  # fmt: skip
        tight, by_code = account.tight_offers, account.confirms_by_code
    return page(
        request, who, "page", "booking_page", status, account=account, typed=typed, tight=tight,
        by_code=by_code, wrong=wrong,
        can_ask=request.app.state.settings.mail_url is not None or (await phones.reach(who.db, who.scope)).codes,
        base=request.app.state.settings.base_url, most=contact.MOST_SITES,
    )  # fmt: skip
