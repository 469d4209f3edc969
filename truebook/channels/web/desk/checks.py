"""The checks of the assistant: saved talks that are played again, and judged by the appointments they end in."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.channels.web import pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import WhoTalks
from truebook.kernel import clock
from truebook.limits import Limit
from truebook.rehearsal import checks

HERE = "/desk/checks"
PLAYS = Limit("plays of a business's checks", burst=4, every=900.0)
"""How often all of them may be played: that takes a language model's tokens, and the time of whoever waits behind."""
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def listing(request: Request, who: WhoTalks) -> Response:
    """Show the checks, and how each went when it was last played."""
    found = await checks.listing(who.db, who.scope)
    good = sum(one.verdict in ("good", "slow") for one in found)
    return pages.page(
        request, "desk/checks.html", who=who, here="inbox", found=found, good=good, say=Say(request, who),
        running=any(one.asked_at for one in found),
    )  # fmt: skip


@routes.post(f"{HERE}/run", response_model=None)
async def run(request: Request, who: WhoTalks) -> Response:
    """Have every check played."""
    await limits.take(who.db, PLAYS, str(who.scope.tenant))
    await checks.ask(who.db, who.scope, now=clock.now())
    return RedirectResponse(HERE, 303)


@routes.post(HERE + "/{check_id:uuid}/remove", response_model=None)
async def remove(request: Request, who: WhoTalks, check_id: UUID) -> Response:
    """Keep a check no more."""
    await checks.remove(who.db, who.scope, check_id)
    return RedirectResponse(HERE, 303)
