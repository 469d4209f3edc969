"""How every route of the API reads its request: strict JSON, known parameters, one prefix, one naming of operations."""

from collections.abc import Awaitable, Callable, Coroutine
from json import JSONDecodeError
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from starlette.exceptions import HTTPException

from truebook.channels.api import idempotency, keys
from truebook.channels.api.versions import is_known
from truebook.kernel.errors import Invalid

M = TypeVar("M", bound=BaseModel)
Guard = Callable[[Request], Awaitable[Any]]
PREFIX = "/api/v1"
UNKEPT = {"Cache-Control": "no-store"}
"""An answer may be old as soon as somebody books, and it names people: no cache may keep it."""
Id = Annotated[UUID, Path(alias="id")]


class StrictRequest(Request):
    """A request whose JSON is read strictly: lone surrogates, NaN and broken UTF-8 are errors, not values."""

    async def json(self) -> Any:
        """Return the body's JSON; raise JSONDecodeError for anything else."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise JSONDecodeError(str(error), "", 0) from error

    def expect_parameters(self, known: set[str]) -> None:
        """Raise Invalid for a parameter that nobody knows, or that comes twice: it would be lost in silence."""
        given = self.query_params
        for name in given:
            if name not in known:
                raise Invalid(name, "there is no such parameter here")
        if len(given) < len(given.multi_items()):
            raise Invalid(next(name for name in given if len(given.getlist(name)) > 1), "give it once")

    async def expect_json(self) -> None:
        """Raise 415 for a body that is not called JSON, or is packed; an empty one is none."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            wrong, header = "send the body as it is: no Content-Encoding is understood", {"Accept-Encoding": "identity"}
        elif kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
            wrong, header = "send JSON, and say so: Content-Type: application/json", {"Accept": "application/json"}
        else:
            return
        if await self.body():
            raise HTTPException(415, wrong, header)

    def fitted(self, answer: Response) -> Response:
        """Return an answer as it may leave: not again what is known already, and for no cache to keep."""
        asked = self.headers.get("if-none-match") if self.method == "GET" else None
        if asked is not None and (tag := answer.headers.get("etag")) and is_known(tag, asked):
            answer = Response(status_code=304, headers={"ETag": tag})
        answer.headers.update(UNKEPT)
        return answer


class Route(APIRoute):
    """A route that reads strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, handed a strict request."""
        handle = super().get_route_handler()
        described = (self.openapi_extra or {}).get("parameters", ())
        known = _parameters(self.dependant) | {one["name"] for one in described}
        guards = _guards(self.dependant)
        keyed = idempotency.applies(self, next(iter(self.methods or ())))

        async def handler(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            for guard in guards:
                await guard(strict)
            strict.expect_parameters(known)
            if self.body_field:
                await strict.expect_json()
            if guards and keyed and "idempotency-key" in strict.headers:
                return strict.fitted(await idempotency.once(strict, handle))
            return strict.fitted(await handle(strict))

        return handler


def _parameters(dependant: Dependant) -> set[str]:
    """Return the query parameters that a route knows, itself or through what it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*map(_parameters, dependant.dependencies))


def _guards(dependant: Dependant) -> list[Guard]:
    """Return who asks for a key on a route: asked before anything that a stranger sends is read."""
    found = [guard for guard in (keys.owner, keys.operator) if guard is dependant.call]
    return sum(map(_guards, dependant.dependencies), found)


def parameters(model: type[M], request: Request) -> M:
    """Read the query string at once, for the busiest route: parameter by parameter takes as long as its query."""
    try:
        return model.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("query", *one["loc"])} for one in error.errors()]) from error


def describing(model: type[BaseModel]) -> dict[str, Any]:
    """Return what OpenAPI is to say of a route that reads its parameters as a model."""
    schema = model.model_json_schema()
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in schema["required"],
                "description": field.pop("description", ""),
                "schema": field,
            }
            for name, field in schema["properties"].items()
        ]
    }


def router(path: str, tag: str) -> APIRouter:
    """Return an empty router for the routes under /api/v1 and a path."""
    return APIRouter(
        prefix=PREFIX + path, tags=[tag], route_class=Route, generate_unique_id_function=lambda route: route.name
    )
