"""Health: what is not well with the business, and what nobody has dealt with yet, in plain words."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import pages
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import WhoReads
from truebook.kernel import clock
from truebook.ledger import alerts
from truebook.reports import attention

routes = pages.routes()


@routes.get("/desk/health", response_model=None)
async def show(request: Request, who: WhoReads) -> Response:
    """Show what is not well."""
    return pages.page(
        request, "desk/health.html", who=who, here="health", say=Say(request, who),
        concerns=await attention.concerns(who.db, who.scope, now=clock.now()),
        alerts=await alerts.waiting(who.db, who.scope),
    )  # fmt: skip


@routes.post("/desk/alerts/{alert_id:uuid}/resolve", response_model=None)
async def resolve(request: Request, who: WhoReads, alert_id: UUID) -> Response:
    """Note that somebody has dealt with something."""
    await alerts.resolve(who.db, who.scope, alert_id)
    return RedirectResponse("/desk/health", 303)
