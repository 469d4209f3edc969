"""Live: a stream of server-sent events that says when the calendar has changed. What has changed, the page asks."""

import asyncio
import time
from collections.abc import AsyncIterator

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from truebook.channels.web import pages, visitors
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.db.notices import Channel, Notices
from truebook.kernel import clock
from truebook.tenants import roles, sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.roles import NotAllowed

BEAT = 20.0
"""Seconds of silence after which a line is sent, so that nobody in between hangs up, and the session is looked at."""
PAUSE = 0.2
"""Seconds in which several changes are told as one."""
routes = pages.routes()


@routes.get("/desk/live", response_model=None)
async def live(request: Request, who: Anyone) -> Response:
    """Say when something of the business's calendar changes, until the browser or the session leaves.

    With `of=talk` when something is said in a chat, for those who may read it.
    """
    talk = request.query_params.get("of") == "talk"
    if talk and not who.may("conversations"):
        raise NotAllowed("that needs the right: conversations")
    token = request.cookies.get(visitors.cookie_name(request), "")
    return StreamingResponse(
        _told(request.app.state.notices, who, token, talk=talk),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"},
    )


async def _told(notices: Notices, who: Visitor, token: str, *, talk: bool) -> AsyncIterator[str]:
    channel: Channel = "truebook_said" if talk else "truebook_changed"
    async with notices.listening(who.person.tenant, channel) as changed:
        yield "retry: 1000\n\n"
        looked = time.monotonic()
        while not notices.left:
            try:
                await asyncio.wait_for(changed.wait(), BEAT)
                await asyncio.sleep(PAUSE)
                changed.clear()
                said = "event: changed\ndata: 1\n\n"
            except TimeoutError:
                said = ": still here\n\n"
            if time.monotonic() - looked >= BEAT:  # also where it never is silent
                looked = time.monotonic()
                if not await _may_hear(who, token, talk=talk):
                    return
            yield said


async def _may_hear(who: Visitor, token: str, *, talk: bool) -> bool:
    try:
        person, _ = await sessions.identify(who.db, token, now=clock.now())
    except Unauthorized:
        return False
    return not talk or roles.may(person.role, "conversations")
