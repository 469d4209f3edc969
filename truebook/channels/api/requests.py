"""How every route of the API reads its request: strict JSON and nothing else, one prefix, one naming of operations."""

from collections.abc import Callable, Coroutine
from json import JSONDecodeError
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.exceptions import HTTPException

from truebook.channels.api.versions import is_known

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


class Route(APIRoute):
    """A route that reads strictly, does not send what is known already, and leaves nothing to caches."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, handed a strict request."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if self.body_field:
                await strict.expect_json()
            answer = await handle(strict)
            asked = request.headers.get("if-none-match") if request.method == "GET" else None
            if asked is not None and (tag := answer.headers.get("etag")) and is_known(tag, asked):
                answer = Response(status_code=304, headers={"ETag": tag})
            answer.headers.update(UNKEPT)
            return answer

        return handler


def router(path: str, tag: str) -> APIRouter:
    """Return an empty router for the routes under /api/v1 and a path."""
    return APIRouter(
        prefix=PREFIX + path, tags=[tag], route_class=Route, generate_unique_id_function=lambda route: route.name
    )
