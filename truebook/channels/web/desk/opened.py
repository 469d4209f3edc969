"""You are open: what a business sees that was just set up: its booking page, the first free time, what may follow."""

from fastapi import Request, Response

from truebook.booking.model import Wanted
from truebook.channels.web import pages, words
from truebook.channels.web.booking import days
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel import clock
from truebook.language.wording.voice import Voice
from truebook.tenants import accounts, catalogue

HERE = "/desk/open"
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show where the business is booked now, and from when on."""
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    return pages.page(
        request, "desk/open.html", who=who, here="calendar", account=account, first=await _first(request, who),
        base=request.app.state.settings.base_url,
    )  # fmt: skip


async def _first(request: Request, who: Visitor) -> str:
    """Return the first free time of anything that is offered, in words; nothing where there is none."""
    now, offered = clock.now(), await catalogue.offered(who.db, who.scope)
    done = {service for services in offered.offers.values() for service in services}
    found = [
        await days.first_free(who.db, who.scope, (Wanted(one.id),), now=now)
        for one in offered.services[:5]
        if one.is_active and one.id in done
    ]
    starts = [one for one in found if one]
    if not starts:
        return ""
    local, voice = min(starts).astimezone(who.zone), Voice(words.chosen(request), now.astimezone(who.zone))
    return f"{voice.near_date(local.date())}, {voice.clock(local.time())}"
