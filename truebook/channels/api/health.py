"""Is it alive, is it fit to work, and what are the figures: for machines that watch.

On the public port only whether it can work is for everybody; the rest is for the operator. On a port of its own
(`TRUEBOOK_WATCH`) nobody is asked for a key, since none can be looked up while the database is away.
"""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.routing import Route

from truebook.channels.api import doors, metrics
from truebook.channels.api.schema import View, text_of
from truebook.db import Database
from truebook.db.health import lines, ready

LATER = "5"
"""Seconds after which it is worth asking again whether bookings can be taken."""
routes = APIRouter(tags=["health"], generate_unique_id_function=lambda route: route.name)


class Alive(View):
    """That the process is alive."""

    status: str


class Trouble(View):
    """What is wrong, and how to mend it."""

    name: str
    problem: str
    fix: str


class Fitness(View):
    """Whether bookings can be taken; to the operator also why not, and how the WhatsApp numbers are."""

    ready: bool
    problems: list[Trouble] = []
    whatsapp: dict[str, float | None] | None = None


@routes.get("/healthz", response_model=None, responses={200: {"model": Alive}})
async def healthz() -> Response:
    """Say that the process is alive; nothing is asked of the database."""
    return JSONResponse({"status": "alive"})


@routes.get("/readyz", response_model=None, responses={200: {"model": Fitness}, 503: {"model": Fitness}})
async def readyz(request: Request) -> Response:
    """Say whether bookings can be taken (503 if not); what is wrong and how to mend it, to the operator."""
    if request.app.state.leaving:
        return JSONResponse({"ready": False}, 503, {"Retry-After": LATER})
    return await _ready(request.app.state.db, told=await doors.is_operator(request))


@routes.get("/metrics", response_class=Response, responses=text_of("text/plain"))
async def get_metrics(request: Request) -> Response:
    """Return the figures for Prometheus. What waits for a worker is asked of the database: alert on its age."""
    await doors.expect_operator(request)
    return await metrics.exposition(request.app.state.db)


def watching(db: Database) -> Starlette:
    """Return an app of its own for those who watch, to be served where only they come."""

    async def alive(_: Request) -> Response:
        return await healthz()

    async def fit(_: Request) -> Response:
        return await _ready(db, told=True)

    async def figures(_: Request) -> Response:
        return await metrics.exposition(db)

    return Starlette(routes=[Route("/healthz", alive), Route("/readyz", fit), Route("/metrics", figures)])


async def _ready(db: Database, *, told: bool) -> Response:
    problems = [{"name": one.name, "problem": one.problem, "fix": one.fix} for one in await ready(db)]
    body: dict[str, Any] = {"ready": not problems}
    if told:
        body |= {"problems": problems, "whatsapp": await lines(db)}
    return JSONResponse(body, 503, {"Retry-After": LATER}) if problems else JSONResponse(body)
