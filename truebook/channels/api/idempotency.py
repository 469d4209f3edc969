"""The header Idempotency-Key: the same request, sent again with the same key, takes effect once.

What is done to appointments keeps its key by itself (`booking.once`); for every other change the transaction that makes
it keeps the key (`Scope.claim`). Sent again, a request shows the thing as it is now, or the same refusal.
"""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

import psycopg
from fastapi import Header, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import Match

from truebook.booking.errors import REFUSALS, KeyReused, Refusal
from truebook.booking.store import Key
from truebook.channels.api.keys import Call
from truebook.db import Claim, Claimed, Scope
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, Fact, Invalid, NotFound, Unavailable
from truebook.tenants import repeats
from truebook.tenants.repeats import Kept

Handle = Callable[[Request], Awaitable[Response]]
FORM = re.compile(r"[\x20-\x7E]{1,200}")
BY_THEMSELVES = frozenset(
    {"resolve", "add_classes", "resume_series", "cancel_series", "move_series", "preview_series", "delete_account"}
)
"""Operations of many transactions, which go on where they stopped when sent again; and one that ends its own keys."""
WITHOUT = frozenset({"slots", "test chat", "health", "docs"})
"""What changes nothing, and the test chat."""
REPLAYED = {"Idempotency-Replayed": "true"}

TOLD = "Any text of yours, kept for 30 days: a repeated request with it takes effect once."
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x20-\x7E]+$",
        description=TOLD,
    ),
]
PARAMETER = {
    "name": "Idempotency-Key", "in": "header", "required": False, "description": TOLD,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x20-\x7E]+$"},
}  # fmt: skip
"""How the API's description tells of it, where the route itself does not."""


def key(text: str | None, call: Call, body: BaseModel | None = None) -> Key | None:
    """Return the key of a request, bound to who asks for what: method, path, caller and the body's meaning."""
    if text is None:
        return None
    said = body.model_dump_json() if body else ""
    return Key(text, sha256("\n".join((call.line, call.scope.actor, said)).encode()).digest())


def applies(route: APIRoute, method: str) -> bool:
    """Tell whether a key is kept for a route here: for every change that does not keep one by itself."""
    own = any(one.alias == "Idempotency-Key" for one in route.dependant.header_params)
    return method != "GET" and not own and route.name not in BY_THEMSELVES and str(route.tags[0]) not in WITHOUT


async def once(request: Request, handle: Handle) -> Response:
    """Answer a request whose key is kept here; one that was answered before is shown its outcome."""
    text = request.headers.get("idempotency-key", "")
    if not FORM.fullmatch(text):
        raise Invalid("Idempotency-Key", "give 1 to 200 printable ASCII characters")
    call: Call = request.state.call
    said = "\n".join((call.line, call.scope.actor)).encode() + b"\n" + await request.body()
    for _ in range(3):
        claim = Claim(text, sha256(said).digest())
        scope = replace(call.scope, claim=claim)
        whose = _whose(request, call, text)
        request.state.call = replace(call, scope=scope)
        if kept := await repeats.find(call.db, whose, text):
            return await _again(request, kept, claim)
        try:
            answer = await handle(request)
        except Claimed:
            continue
        except (Refusal, Conflict, NotFound) as refusal:
            if not claim.made:
                await _keep(call, whose, claim, refusal)
            raise
        await repeats.settle(call.db, whose, claim, answer.status_code, _place(request, answer))
        return answer
    raise Unavailable("the same was sent many times at once; look what became of it", retry_after=1)


def new_account(call: Call, text: str) -> UUID:
    """Return the id of the business that an operator opens under a key."""
    return ids.derived(call.key_id, text)


def _whose(request: Request, call: Call, text: str) -> Scope:
    """Return the scope of the business whose keys these are."""
    if call.scope.tenant is not None:
        return call.scope
    given = request.path_params.get("id")
    try:
        return replace(call.scope, tenant=UUID(given) if given else new_account(call, text))
    except ValueError as error:
        raise NotFound("there is no such account") from error


async def _keep(call: Call, whose: Scope, claim: Claim, refusal: Refusal | Conflict | NotFound) -> None:
    """Keep a refusal; where the business itself is not there, it cannot be kept, and need not be."""
    plain = {name: value for name, value in refusal.data.items() if isinstance(value, str | int | bool)}
    kept = {"code": refusal.code, "message": refusal.message, "data": plain}
    with suppress(psycopg.IntegrityError):
        await repeats.refuse(call.db, whose, claim, kept)


def _place(request: Request, answer: Response) -> str | None:
    """Return where the outcome of a request can be seen: where it says, or at the thing itself if it looks alike."""
    if "location" in answer.headers:
        return answer.headers["location"]
    path = str(request.scope["path"])
    place = path.rpartition("/")[0] if request.method == "POST" else path
    seen = {**request.scope, "method": "GET", "path": place}
    kind = _kind(request.scope["route"], answer.status_code)
    there = (one for one in request.app.routes if isinstance(one, APIRoute) and one.matches(seen)[0] is Match.FULL)
    return place if any(_kind(one, 200) is kind for one in there) else None


def _kind(route: APIRoute, status: int) -> object:
    """Return what a route answers with: the model that its description names."""
    return route.responses.get(status, {}).get("model")


async def _again(request: Request, kept: Kept, claim: Claim) -> Response:
    if kept.request != claim.request:
        raise KeyReused("that Idempotency-Key belongs to another request", field="Idempotency-Key")
    if kept.refusal:
        kinds: dict[str, type[Fact]] = {**REFUSALS, Conflict.code: Conflict, NotFound.code: NotFound}
        raise kinds.get(kept.refusal["code"], Conflict)(kept.refusal["message"], **kept.refusal["data"])
    if kept.status == 204:
        return Response(status_code=204, headers=REPLAYED)
    if kept.status is None or kept.place is None:
        raise Conflict("that request took effect already: look at what it changed", field="Idempotency-Key")
    shown = await _look(request, kept.place)
    shown.headers.update(REPLAYED)
    if shown.status_code == 200:
        shown.status_code = kept.status
        if kept.status == 201:
            shown.headers["Location"] = kept.place
    return shown


async def _look(request: Request, place: str) -> Response:
    """Return what a GET of a path answers to the same caller."""
    hidden = (b"if-match", b"if-none-match", b"content-type", b"content-length", b"idempotency-key")
    headers = [(name, value) for name, value in request.scope["headers"] if name not in hidden]
    scope: dict[str, Any] = {
        **request.scope, "method": "GET", "path": place, "raw_path": place.encode(), "query_string": b"",
        "headers": headers, "state": {},
    }  # fmt: skip
    head: dict[str, Any] = {}
    body = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            head.update(message)
        body.extend(message.get("body", b""))

    await request.app.router(scope, receive, send)
    answer = Response(bytes(body), head["status"])
    answer.raw_headers = [(name, value) for name, value in head["headers"] if name != b"content-length"] + [
        (b"content-length", str(len(body)).encode())
    ]
    return answer
