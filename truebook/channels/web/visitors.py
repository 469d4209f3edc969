"""Who looks at a page of the desk: their session, what they may do, and the scope in which they act."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Request, Response

from truebook.assistant import attention
from truebook.assistant.attention import Waiting
from truebook.channels.web import forms, pages
from truebook.channels.web.forms import Elsewhere, Form
from truebook.channels.web.together import Together
from truebook.db import Database, Scope
from truebook.kernel import clock
from truebook.tenants import roles, sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.roles import NotAllowed, Right
from truebook.tenants.sessions import Person


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in. `form` is what they sent, empty where they only look."""

    db: Database
    person: Person
    session_id: UUID
    scope: Scope
    zone: ZoneInfo
    csrf: str
    form: Form
    waiting: Waiting
    """What waits for somebody of the business, as the side bar shows it."""

    def may(self, right: Right) -> bool:
        """Tell whether their role has a right."""
        return roles.may(self.person.role, right)


class May:
    """A dependency: somebody who is signed in and has a right. A form they send must carry their session's own mark."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, request: Request) -> Visitor:
        """Return who calls; raise Unauthorized, NotAllowed or Elsewhere."""
        token = request.cookies.get(cookie_name(request), "")
        if not token:
            raise Unauthorized("please sign in")
        db: Database = request.app.state.db
        person, session_id = await sessions.identify(db, token, now=clock.now())
        form, csrf = Form(()), _mark(token)
        if request.method != "GET":
            form = await forms.read(request)
            if not hmac.compare_digest(form.text("csrf").encode(), csrf.encode()):
                raise Elsewhere("that page is from before you signed in")
        if not roles.may(person.role, self.right):
            raise NotAllowed(f"that needs the right: {self.right}")
        scope = person.scope(f"{request.method} {request.scope['route'].path}")
        seen = roles.may(person.role, "conversations") and not request.url.path.endswith("/live")
        waiting = await _waiting(request, scope) if seen else Waiting()
        return Visitor(db, person, session_id, scope, clock.zone(person.timezone), csrf, form, waiting)


async def _waiting(request: Request, scope: Scope) -> Waiting:
    """Return what waits for somebody of a business, looked up once for all who ask at once."""
    db: Database = request.app.state.db
    together: Together = request.app.state.together
    return await together.of((Waiting, scope.tenant), lambda: attention.waiting(db, scope))


Anyone = Annotated[Visitor, Depends(May("calendar"))]
"""Everybody who is signed in."""
WhoSeesAll = Annotated[Visitor, Depends(May("all calendars"))]
WhoSeesCustomers = Annotated[Visitor, Depends(May("customers"))]
WhoTalks = Annotated[Visitor, Depends(May("conversations"))]
WhoReads = Annotated[Visitor, Depends(May("reports"))]
WhoSets = Annotated[Visitor, Depends(May("settings"))]
WhoNamesUsers = Annotated[Visitor, Depends(May("users"))]
WhoIssuesKeys = Annotated[Visitor, Depends(May("keys"))]


def cookie_name(request: Request) -> str:
    """Return the name of the session's cookie; by HTTPS one that no other host can have set."""
    return "__Host-truebook" if pages.is_secure(request) else "truebook"


def let_in(request: Request, answer: Response, token: str) -> Response:
    """Give a browser its session."""
    answer.set_cookie(
        cookie_name(request), token, max_age=int(sessions.LIFE.total_seconds()), httponly=True, samesite="lax",
        secure=pages.is_secure(request), path="/",
    )  # fmt: skip
    return answer


def let_out(request: Request, answer: Response) -> Response:
    """Take the session's cookie from a browser."""
    answer.delete_cookie(cookie_name(request), path="/", secure=pages.is_secure(request), httponly=True, samesite="lax")
    return answer


def _mark(token: str) -> str:
    """Return what every form of a session carries: known to its pages, and to nobody who only knows it."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()[:32]
