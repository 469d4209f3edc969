"""Signing in and out: a password, a passkey, or a link that works once. Looking at a link does not use it up."""

from datetime import datetime, timedelta

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook import limits
from truebook.booking.links import Links
from truebook.channels.web import challenges, forms, headers, pages, visitors
from truebook.channels.web.visitors import Anyone
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.limits import Limit
from truebook.tenants import passkeys, sessions
from truebook.tenants.access import Unauthorized

HOME = "/desk"
SIGN_IN = "sign in"
"""What a passkey's challenge is for here."""
AN_ACCOUNT = Limit("sign-ins of an account from an address", 10, 60, guarded=True)
ANYWHERE = Limit("sign-ins of an account", 100, 30, guarded=True)
"""Far more than one address may try; many together can use it up."""
KNOWN = Limit("sign-ins of an account from a browser that was signed in", 10, 60, guarded=True)
"""So nobody keeps somebody else from signing in by guessing at their password: where they were before, they can."""
COOKIE, KEPT = "known", timedelta(days=400)
"""The cookie by which a browser shows that an account was signed in there, and how long it does."""
AN_ADDRESS = Limit("sign-ins from an address", 30, 20)
"""Whether the password is right or wrong, and whether there is such an account: it counts."""
LETTERS = Limit("sign-in links to an address", 3, 600)
"""So nobody fills somebody else's mailbox with them."""
routes = pages.routes()


def onward(request: Request) -> str:
    """Return where somebody wanted to go who had to sign in first: a page of the desk, and nowhere else."""
    wanted = request.query_params.get("next", HOME)
    return wanted if wanted == HOME or (wanted.startswith((f"{HOME}/", f"{HOME}?")) and "\\" not in wanted) else HOME


@routes.get("/sign-in", response_model=None)
async def ask(request: Request) -> Response:
    """Ask who is there."""
    return _asked(request)


@routes.post("/sign-in", response_model=None)
async def by_password(request: Request) -> Response:
    """Sign somebody in by their password; the same answer for a wrong one and for somebody unknown."""
    form, now, db = await forms.read(request), clock.now(), request.app.state.db
    email = form.text("email")
    whence = limits.origin(request.client)
    await limits.take(db, AN_ADDRESS, whence)
    if salt := _known(request, email.lower(), now):
        await limits.take(db, KNOWN, salt)
    else:
        await limits.take(db, AN_ACCOUNT, f"{email.lower()} {whence}")
        await limits.take(db, ANYWHERE, email.lower())
    try:
        found = await sessions.by_password(db, email, form.text("password"))
    except Unauthorized:
        return _asked(request, 422, email=email, wrong="password")
    if len(found) == 1:
        token = await sessions.open_session(db, found[0], now=now, browser=request.headers.get("user-agent"))
        answer = visitors.let_in(request, RedirectResponse(onward(request), 303), token)
        return _made_known(request, answer, email.lower(), now)
    doors = [(one, await sessions.link(db, one.scope("choose"), one.user_id, now=now)) for one in found]
    return _made_known(request, pages.page(request, "which_business.html", doors=doors), email.lower(), now)


@routes.post("/sign-in/link", response_model=None)
async def ask_for_a_link(request: Request) -> Response:
    """Have a link sent by e-mail to whoever works here with an address; the answer is the same where nobody does."""
    if request.app.state.settings.mail_url is None:
        raise NotFound("no e-mails are sent from here")
    form, db = await forms.read(request), request.app.state.db
    email = form.text("email", most=200).strip()
    if not email:
        return _asked(request, 422, wrong="address")
    await limits.take(db, AN_ADDRESS, limits.origin(request.client))
    await limits.take(db, LETTERS, email.lower())
    await sessions.send_link(db, email, now=clock.now())
    return _asked(request, email=email, mailed=True)


@routes.get("/sign-in/passkey", response_model=None)
async def passkey_options(request: Request) -> Response:
    """Give the browser what it asks for a passkey by."""
    found = challenges.site(request)
    if found is None:
        raise NotFound("there are no passkeys at this address")
    told = passkeys.to_get(found, challenges.make(request, SIGN_IN, clock.now()))
    return Response(told, headers=headers.of_page(secure=pages.is_secure(request)), media_type="application/json")


@routes.post("/sign-in/passkey", response_model=None)
async def by_passkey(request: Request) -> Response:
    """Sign somebody in by a passkey."""
    form, now, db, found = await forms.read(request), clock.now(), request.app.state.db, challenges.site(request)
    if found is None:
        raise NotFound("there are no passkeys at this address")
    await limits.take(db, AN_ADDRESS, limits.origin(request.client))
    try:
        credential = form.text("credential", most=20_000)
        challenge = await challenges.use(request, SIGN_IN, credential, now)
        agent = request.headers.get("user-agent")
        token = await passkeys.sign_in(db, found, challenge, credential, now=now, browser=agent)
    except (Unauthorized, Invalid):
        return _asked(request, 422, wrong="passkey")
    return visitors.let_in(request, RedirectResponse(onward(request), 303), token)


@routes.get("/sign-in/{token}", response_model=None)
async def show_link(request: Request, token: str) -> Response:
    """Show whom a link signs in, and where; scanners that open links change nothing."""
    try:
        person = await sessions.by_link(request.app.state.db, token, now=clock.now())
    except Unauthorized:
        return pages.page(request, "link_used.html", 404)
    return pages.page(request, "sign_in_by_link.html", person=person)


@routes.post("/sign-in/{token}", response_model=None)
async def by_link(request: Request, token: str) -> Response:
    """Use a link up and open the desk."""
    await forms.read(request)
    agent = request.headers.get("user-agent")
    try:
        session = await sessions.use_link(request.app.state.db, token, now=clock.now(), browser=agent)
    except Unauthorized:
        return pages.page(request, "link_used.html", 404)
    return visitors.let_in(request, RedirectResponse(HOME, 303), session)


@routes.post("/desk/sign-out", response_model=None)
async def sign_out(request: Request, who: Anyone) -> Response:
    """End the session."""
    await sessions.end(who.db, who.person, who.session_id, now=clock.now())
    return visitors.let_out(request, RedirectResponse("/sign-in", 303))


def _made_known(request: Request, answer: Response, email: str, now: datetime) -> Response:
    """Let a browser show from now on that an account was signed in there by its password."""
    links: Links = request.app.state.links
    salt = ids.token()
    value = f"{salt}.{links.ticket(_signed(email, salt), now + KEPT)}"
    pages.keep(request, answer, COOKIE, value, seconds=int(KEPT.total_seconds()), path="/sign-in")
    return answer


def _known(request: Request, email: str, now: datetime) -> str | None:
    """Return what a browser is known by in which an account was signed in before; None for any other."""
    links: Links = request.app.state.links
    salt, _, ticket = request.cookies.get(COOKIE, "").partition(".")
    return salt if salt and links.admits(ticket, _signed(email, salt), now) else None


def _signed(email: str, salt: str) -> str:
    return f"known browser {salt} {email}"


def _asked(request: Request, status: int = 200, *, email: str = "", wrong: str = "", mailed: bool = False) -> Response:
    able, mails = challenges.site(request) is not None, request.app.state.settings.mail_url is not None
    return pages.page(
        request, "sign_in.html", status,
        onward=onward(request), email=email, wrong=wrong, mailed=mailed, able=able, mails=mails,
    )  # fmt: skip
