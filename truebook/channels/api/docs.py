"""The OpenAPI description, completed with what all routes share; and Swagger UI, served from its package."""

from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from truebook.channels.api import doors, idempotency, rights
from truebook.channels.api.requests import PREFIX

OPENAPI = f"{PREFIX}/openapi.json"
CONVENTIONS = """
- What cannot be done is a problem (RFC 9457) with a stable `code`; 405 names the path's methods in `Allow`.
- Lists come in pages: `next` is the `cursor` of the next page, null on the last. Unknown parameters are refused.
- One thing comes with an `ETag`. With `If-None-Match` a GET of what has not changed is 304; with `If-Match` a change of
  what has changed meanwhile is 412.
- `Idempotency-Key`: the same request, sent again with the same key, takes effect once and shows what it led to, as it
  is now, or the same refusal. Operations that do not name it look, or go on where they stopped when sent again.
- `RateLimit` and `RateLimit-Policy` tell how much a key may still ask for; more than that is 429.
- HEAD is answered wherever GET is. No answer may be kept by a cache.
"""
PROBLEM = {
    "type": "object",
    "description": "Why a request could not be done (RFC 9457). `code` is stable; `detail` is for people.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": ["urn:truebook:problem:booked"]},
        "title": {"type": "string", "examples": ["Conflict"]},
        "status": {"type": "integer", "examples": [409]},
        "detail": {"type": "string", "examples": ["that time is taken"]},
        "code": {"type": "string", "examples": ["booked"]},
        "field": {"type": "string", "description": "the field, parameter or header it is about"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "field", "message"],
                "properties": {name: {"type": "string"} for name in ("in", "field", "message")},
            },
        },
        "nearest": {"type": "array", "items": {"$ref": "#/components/schemas/SlotView"}},
        "data": {"type": "object"},
    },
}
PROBLEMS = {
    "401": "No key, or not a living one",
    "403": "A key, but not one for this",
    "404": "There is no such thing here",
    "405": "No such method here",
    "409": "Refused: `code` says why, `nearest` what is free instead",
    "412": "Changed meanwhile: If-Match names an older version",
    "413": "A body of more than a megabyte",
    "415": "A body that is not called JSON, or is packed",
    "422": "A field, parameter or header cannot be used: `field` names it",
    "429": "Too often: `data.limit` names the limit, Retry-After when it is worth trying again",
    "503": "The database cannot be reached, or (`outcome_unknown`) nobody knows yet; try again after Retry-After",
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "409": {"code": "booked", "title": "Conflict", "detail": "that time is taken", "nearest": []},
    "422": {"code": "invalid", "title": "Unprocessable Content", "detail": "start: give a time", "field": "start"},
}
HEADER: dict[str, tuple[str, dict[str, Any]]] = {
    "X-Request-Id": ("The request's name, as it stands in the logs; yours, if you sent one", {"type": "string"}),
    "RateLimit": ("What is left of the key's allowance, and when it is whole again", {"type": "string"}),
    "RateLimit-Policy": ("How much the key may ask for at once, and in which time", {"type": "string"}),
    "ETag": ("The version of the one thing that is answered, for If-Match and If-None-Match", {"type": "string"}),
    "Location": ("Where the new thing is", {"type": "string"}),
    "Retry-After": ("Seconds after which it is worth trying again", {"type": "integer"}),
    "WWW-Authenticate": ("How to say who you are", {"type": "string"}),
}
"""Headers of answers: what each says."""
SENT = ("X-Request-Id", "RateLimit", "RateLimit-Policy", "ETag")
"""Headers that an answer to what was done has; the last where it is one thing."""
OF_PROBLEM = {
    "401": ("WWW-Authenticate",),
    "429": ("Retry-After", "RateLimit", "RateLimit-Policy"),
    "503": ("Retry-After",),
}
SWAGGER = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Truebook API</title>
<link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body>
</html>
"""
START = f"""SwaggerUIBundle({{url: "{OPENAPI}", dom_id: "#ui", deepLinking: true, validatorUrl: "none"}})
"""
"""A key that is typed in is forgotten with the page: what runs here next year could read it."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
KEPT = {"Cache-Control": "public, max-age=3600"}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of an app's routes under /api/v1 and of its health."""
    schema = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=CONVENTIONS, routes=app.routes
    )
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "tb_…"}}
    components["schemas"]["Problem"] = PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["responses"] = {status: _response(status, text) for status, text in PROBLEMS.items()}
    components["headers"] = {name: _header(text, schema) for name, (text, schema) in HEADER.items()}
    schema["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
    schema["servers"] = [{"url": app.state.settings.base_url, "description": "This installation"}]
    by_name = {route.operation_id or route.unique_id: route for route in app.routes if isinstance(route, APIRoute)}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation, by_name[operation["operationId"]])
    return schema


def _header(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "schema": schema}


def _response(status: str, description: str) -> dict[str, Any]:
    example = {"type": "urn:truebook:problem:example", "status": int(status), "title": "", "detail": "", "code": ""}
    content: dict[str, Any] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status in EXAMPLES:
        known = EXAMPLES[status]
        content["example"] = {**example, **known, "type": f"urn:truebook:problem:{known['code']}"}
    names = ("X-Request-Id", *OF_PROBLEM.get(status, ()))
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {"description": description, "headers": headers, "content": {"application/problem+json": content}}


def _complete(path: str, method: str, operation: dict[str, Any], route: APIRoute) -> None:
    """Say what an operation does, how far a key must reach for it, what it can answer, and with which headers."""
    told = operation.get("description", operation["summary"]).replace("\n", " ")
    operation["summary"] = told.partition(". ")[0].rstrip(".")
    operation["description"] = told if told.endswith(".") else f"{told}."
    if idempotency.applies(route, method.upper()):
        operation.setdefault("parameters", []).append(idempotency.PARAMETER)
    for one in operation.get("parameters", ()):
        one["schema"] = _present(one["schema"])
    if not path.startswith(PREFIX):
        operation["security"] = [{}, {"key": []}]  # where others than its own machine may come, some of it takes a key
        operation["responses"] |= {status: {"$ref": f"#/components/responses/{status}"} for status in ("401", "405")}
        return
    operation["security"] = [{"key": []}]
    operation["description"] += f" Takes a key that may {rights.needed(method.upper(), route)}."
    wanted = {"401", "403", "422", "429", "503"}
    wanted |= {"404"} if "{" in path or "slots" in path or method != "get" else set()
    wanted |= {"409", "412", "413"} if method != "get" else set()
    wanted |= {"415"} if "requestBody" in operation else set()
    operation["responses"] |= {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(wanted)}
    for status, response in operation["responses"].items():
        if "$ref" not in response:
            names = SENT + (("Location",) if status in ("201", "202") else ())
            response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter that is there: one that may be left out is left out, and never null."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if "anyOf" not in schema or len(kinds) == len(schema["anyOf"]):
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default") or value}
    rest.pop("anyOf", None)
    return rest | (kinds[0] if len(kinds) == 1 else {"anyOf": kinds})


routes = APIRouter(include_in_schema=False, tags=["docs"])


@routes.get("/docs")
async def swagger(request: Request) -> Response:
    """Show the API in a browser."""
    await doors.expect_reader(request)
    return HTMLResponse(SWAGGER, headers=HEADERS)


@routes.get(OPENAPI)
async def openapi(request: Request) -> Response:
    """Return the API's description for programs."""
    await doors.expect_reader(request)
    return JSONResponse(request.app.openapi())


@routes.get("/docs/{name}")
async def asset(name: str) -> Response:
    """Return what the page is made of."""
    if name == "start.js":
        return Response(START, media_type="text/javascript", headers=KEPT)
    if name not in ASSETS:
        raise HTTPException(404)
    return FileResponse(STATIC / name, headers=KEPT)


STATIC = Path(fastapi_offline.__file__).parent / "static"
"""Only its files are used: Swagger UI 5, which knows OpenAPI 3.1, as a package that pip can lock."""
ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js")
