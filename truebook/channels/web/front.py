"""The front page: what this is, and the doors a newcomer can go through."""

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.kernel import clock
from truebook.tenants import demo, sessions
from truebook.tenants.access import Unauthorized

routes = pages.routes()


@routes.get("/", response_model=None)
async def front(request: Request) -> Response:
    """Say what this is and where to go. `?desk=` is a link that signs somebody in: its door opens the desk for them."""
    shown = await demo.open_ones(request.app.state.db)
    door = request.query_params.get("desk", "")
    try:
        opens = await sessions.by_link(request.app.state.db, door, now=clock.now()) if door else None
    except Unauthorized:
        opens = None
    return pages.page(request, "front.html", demos=shown, door=door if opens else None)
