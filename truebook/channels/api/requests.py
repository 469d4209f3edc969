"""How every route of the API reads its request: strict JSON, one prefix, one naming of operations."""

from collections.abc import Callable, Coroutine
from json import JSONDecodeError
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

PREFIX = "/api/v1"
Id = Annotated[UUID, Path(alias="id")]


class StrictRequest(Request):
    """A request whose JSON is read strictly: lone surrogates, NaN and broken UTF-8 are errors, not values."""

    async def json(self) -> Any:
        """Return the body's JSON; raise JSONDecodeError for anything else."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise JSONDecodeError(str(error), "", 0) from error


class Route(APIRoute):
    """A route that reads strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, handed a strict request."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handler


def router(path: str, tag: str) -> APIRouter:
    """Return an empty router for the routes under /api/v1 and a path."""
    return APIRouter(
        prefix=PREFIX + path, tags=[tag], route_class=Route, generate_unique_id_function=lambda route: route.name
    )
