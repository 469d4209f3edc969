"""Errors as problem+json (RFC 9457): every fact that keeps a wish from being met, with a stable code."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from truebook.booking.errors import KeyReused, OutcomeUnknown, Refusal, Stale
from truebook.channels.api import times
from truebook.channels.api.keys import UTC
from truebook.channels.api.requests import UNKEPT
from truebook.channels.api.versions import etag
from truebook.connectors.twilio.client import Rejected as RejectedByTwilio
from truebook.connectors.whatsapp.management import Rejected
from truebook.db import CommitUnknown, NotCommitted
from truebook.kernel import log
from truebook.kernel.errors import Conflict, Fact, Invalid, NotFound, Unavailable
from truebook.kernel.figures import LIMITED
from truebook.limits import Exceeded
from truebook.tenants.access import Forbidden, Unauthorized

STATUS: tuple[tuple[type[Fact], int], ...] = (
    (Refusal, 409),
    (Conflict, 409),
    (NotFound, 404),
    (Invalid, 422),
    (KeyReused, 422),
    (Unauthorized, 401),
    (Forbidden, 403),
    (Exceeded, 429),
    (Rejected, 502),
    (RejectedByTwilio, 502),
    (Unavailable, 503),
    (NotCommitted, 503),
    (OutcomeUnknown, 503),
    (CommitUnknown, 503),
)
CODES = {404: "not_found", 405: "method_not_allowed", 413: "content_too_large", 415: "unsupported_media_type"}
"""What the framework refuses, by status."""
TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""RFC 9110's names, where Python's differ from version to version."""
HEADERS = {401: {"WWW-Authenticate": "Bearer"}}
MOST_ERRORS = 20
"""How many faults of a request are named; whoever sends a thousand needs to hear of the first ones."""
SECONDS = 2
"""Retry-After, where nothing better is known."""
LOST = "The connection to the database was lost at the moment of saving: nobody knows yet whether it was saved. "
AGAIN = "Send the same request with the same Idempotency-Key again: it takes effect at most once, and tells you."
LOOK = "Look before you send it again."


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None, **members: Any) -> Response:
    """Return a problem as a response; members that are None are left out."""
    content = {
        "type": f"urn:truebook:problem:{code}",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **{name: value for name, value in members.items() if value is not None},
    }
    # names of unknown fields come from outside: ASCII escapes hold whatever they contain
    body = json.dumps(content, ensure_ascii=True, default=str)
    return Response(body, status, {**UNKEPT, **HEADERS.get(status, {}), **(headers or {})}, "application/problem+json")


async def of_fact(request: Request, error: Exception) -> Response:
    """Say a fact in HTTP."""
    assert isinstance(error, Fact)
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    data = dict(error.data)
    later = {"Retry-After": str(data.pop("retry_after", SECONDS))} if status in (429, 503) else {}
    if isinstance(error, Exceeded):
        LIMITED.labels(error.allowance.limit.name).inc()
        request.state.allowance = error.allowance  # the answer tells of the limit that was met
    if isinstance(error, OutcomeUnknown | CommitUnknown):
        advice = AGAIN if isinstance(error, OutcomeUnknown) and "idempotency-key" in request.headers else LOOK
        return problem(status, error.code, LOST + advice, later)
    field = data.pop("field", None)
    if unmet := _unmet(request, error):
        return problem(412, "stale", error.message, field=unmet, data=data or None)
    nearest = None
    if isinstance(error, Refusal):
        zone = getattr(request.state, "zone", UTC)
        nearest = [times.slot(slot, zone) for slot in error.nearest]
    return problem(status, error.code, error.message, later, field=field, nearest=nearest, data=data or None)


def _unmet(request: Request, error: Fact) -> str | None:
    """Return the precondition that a fact says is not met, by its header: a clash of names is none."""
    if isinstance(error, Stale):  # also where what was seen is the newest, and yet cannot be changed any more
        seen = request.headers.get("if-match", "*").strip()
        return None if seen in ("*", etag(error.data["version"])) else "If-Match"
    field = error.data.get("field")
    return field if isinstance(error, Conflict) and field in ("If-Match", "If-None-Match") else None


async def of_validation(_: Request, error: Exception) -> Response:
    """Name every field that cannot be used. What was sent is not repeated."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    errors = [_one(each["loc"], each["msg"]) for each in found[:MOST_ERRORS]]
    first, more = errors[0], len(found) - len(errors)
    detail = f"{first['field']}: {first['message']}"
    return problem(
        422, "invalid", detail, field=first["field"], errors=errors, data={"more_errors": more} if more else None
    )


def _one(place: Sequence[str | int], message: str) -> dict[str, str]:
    inside = [str(part) for part in place[1:]] if len(place) > 1 and place[1] != 0 else [str(place[0])]
    field = ".".join(inside).encode("utf-8", "replace").decode()[:200]
    return {"in": str(place[0]), "field": field, "message": message.removeprefix("Value error, ")[:500]}


async def of_http(request: Request, error: Exception) -> Response:
    """Say what the framework refuses: unknown paths and methods, bodies that are too large or no JSON."""
    assert isinstance(error, HTTPException)
    code, headers = CODES.get(error.status_code, "http"), dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return problem(error.status_code, code, str(error.detail), headers)


def _methods(request: Request) -> set[str]:
    """Return every method that the path of a request knows; a single route tells its own ones only."""
    here = (route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE)
    known = {method for route in here for method in route.methods}
    return known | {"HEAD"} if "GET" in known else known


async def of_accident(request: Request, error: Exception) -> Response:
    """Own up to a mistake of ours, without a word about what was in it."""
    route = getattr(request.scope.get("route"), "path", "unmatched")
    log.get(__name__).error("request failed", method=request.method, route=route, kind=type(error).__name__)
    return problem(500, "mistake", "That is a mistake of ours. Whether anything was changed can be seen by looking.")


def handle_in(app: FastAPI) -> None:
    """Make an app answer every error with a problem."""
    app.add_exception_handler(Fact, of_fact)
    app.add_exception_handler(RequestValidationError, of_validation)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, of_accident)
