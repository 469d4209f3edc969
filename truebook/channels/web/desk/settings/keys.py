"""API keys: what programs of the business work with. A key is shown once, and revoked by one click."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import pages
from truebook.channels.web.desk.settings.keeping import page
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoIssuesKeys
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.tenants import access
from truebook.tenants.users import USERS

HERE = "/desk/settings/keys"
LIVES = ("30", "90", "365", "")
"""Days that a key may live; empty for ever."""
MOST = 500
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoIssuesKeys) -> Response:
    """Show the keys."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def issue(request: Request, who: WhoIssuesKeys) -> Response:
    """Make a key, and show it this once."""
    form = who.form
    try:
        name, may, life = form.text("name", most=200), form.text("may"), form.text("life")
        if not name:
            raise Invalid("name", "say what it is for")
        reach = next((one for one in access.REACH if one == may), None)
        if reach is None:
            raise Invalid("may", "choose one")
        if life not in LIVES:
            raise Invalid("life", "choose one")
    except Invalid as wrong:
        return await _shown(request, who, 422, wrong=wrong.field)
    ends = clock.now() + timedelta(days=int(life)) if life else None
    key = await access.issue(who.db, who.scope, name, may=reach, expires_at=ends)
    return await _shown(request, who, made=key, made_for=name)


@routes.post(HERE + "/{key_id:uuid}/revoke", response_model=None)
async def revoke(request: Request, who: WhoIssuesKeys, key_id: UUID) -> Response:
    """Let a key open nothing any more, nor any that it issued."""
    await access.revoke(who.db, who.scope, key_id)
    return RedirectResponse(f"{HERE}?saved=1", 303)


async def _shown(
    request: Request, who: Visitor, status: int = 200, *, wrong: str = "", made: str = "", made_for: str = ""
) -> Response:
    now = clock.now()
    found = await access.listing(who.db, who.scope)
    living = [one for one in found if one.revoked_at is None and (one.expires_at is None or one.expires_at > now)]
    makers = {one.id: one.name or one.email for one in await USERS.page(who.db, who.scope, limit=MOST)}
    typed = {name: who.form.text(name) if wrong else "" for name in ("name", "may", "life")}
    return page(
        request, who, "keys", "keys", status, living=living[::-1], gone=len(found) - len(living), made=made,
        made_for=made_for, typed=typed, wrong=wrong, lives=LIVES, say=Say(request, who),
        base=request.app.state.settings.base_url, makers=makers,
    )  # fmt: skip
