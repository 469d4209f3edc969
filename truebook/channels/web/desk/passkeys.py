"""One's own passkeys: made, listed among the ways to sign in, and taken away."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import challenges, headers, pages
from truebook.channels.web.desk import me
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.tenants import passkeys
from truebook.tenants.passkeys import Site

HERE = "/desk/me/passkeys"
routes = pages.routes()


@routes.get(f"{HERE}/options", response_model=None)
async def options(request: Request, who: Anyone) -> Response:
    """Give the browser what it makes a passkey by."""
    challenge = challenges.make(request, _purpose(who), clock.now())
    told = await passkeys.to_create(who.db, who.person, _site(request), challenge)
    return Response(told, headers=headers.of_page(secure=pages.is_secure(request)), media_type="application/json")


@routes.post(HERE, response_model=None)
async def add(request: Request, who: Anyone) -> Response:
    """Keep a passkey that the browser made."""
    try:
        credential, name = who.form.text("credential", most=20_000), who.form.text("name", most=100)
        challenge = await challenges.use(request, _purpose(who), credential, clock.now())
        await passkeys.add(who.db, who.person, _site(request), challenge, credential, name or "–")
    except (Invalid, Conflict):
        return await me.shown(request, who, 422, wrong="passkey")
    return RedirectResponse("/desk/me", 303)


@routes.post(HERE + "/{passkey_id:uuid}/remove", response_model=None)
async def remove(request: Request, who: Anyone, passkey_id: UUID) -> Response:
    """Let a passkey open nothing any more."""
    await passkeys.remove(who.db, who.person, passkey_id)
    return RedirectResponse("/desk/me", 303)


def _purpose(who: Visitor) -> str:
    return f"add {who.session_id}"


def _site(request: Request) -> Site:
    found = challenges.site(request)
    if found is None:
        raise NotFound("there are no passkeys at this address")
    return found
