"""The front page: what this is, and the doors a newcomer can go through."""

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts, demo

routes = pages.routes()


@routes.get("/", response_model=None)
async def front(request: Request) -> Response:
    """Say what this is and where to go."""
    try:
        shown = await accounts.by_slug(request.app.state.db, demo.SLUG)
    except NotFound:
        shown = None
    return pages.page(request, "front.html", demo=shown)
