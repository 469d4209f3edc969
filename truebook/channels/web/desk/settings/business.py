"""The business itself: its name, where it is, its languages, its clock, and for how long it keeps customers."""

from functools import partial
from typing import Any

from fastapi import Request, Response

from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import keep, page
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.language.languages import LANGUAGES
from truebook.tenants import accounts, contact
from truebook.tenants.accounts import ACCOUNTS, Account

HERE = "/desk/settings"
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show what is set of the business."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Keep what was typed of the business."""

    async def change(tx: Any) -> None:
        await ACCOUNTS.rewrite(tx, who.person.tenant, _values(who), version=who.form.version())

    return await keep(request, who, change, HERE, partial(_shown, request, who))


def _values(who: Visitor) -> dict[str, Any]:
    form = who.form
    name, zone = form.text("name", most=200), form.text("timezone", most=80)
    if not name:
        raise Invalid("name", "give a name")
    try:
        clock.zone(zone)
    except ValueError as error:
        raise Invalid("timezone", str(error)) from error
    first, others = form.text("language", most=3), form.all("languages")
    languages = [one for one in dict.fromkeys([first, *others]) if one in LANGUAGES]
    if first not in LANGUAGES:
        raise Invalid("language", "choose one")
    months = who.form.whole("retention_months", 1, 240) if form.text("retention_months") else None
    return {
        "name": name, "timezone": zone, "languages": languages, "address": form.text("address", most=500) or None,
        "phone": contact.phone(form.text("phone", most=40), zone), "retention_months": months,
    }  # fmt: skip


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    return page(
        request, who, "business", "business", status, account=account, typed=_typed(who, account), wrong=wrong,
        zones=clock.zones(), spoken=[(one, words.own_name(one)) for one in LANGUAGES],
    )  # fmt: skip


def _typed(who: Visitor, account: Account) -> dict[str, Any]:
    if who.form.fields:
        fields = ("name", "address", "phone", "timezone", "language", "retention_months")
        return {**{name: who.form.text(name) for name in fields}, "languages": who.form.all("languages")}
    return {
        "name": account.name, "address": account.address or "", "phone": account.phone or "",
        "timezone": account.timezone, "language": account.languages[0], "languages": account.languages,
        "retention_months": account.retention_months or "",
    }  # fmt: skip
