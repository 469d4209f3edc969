"""Is it alive, is it fit to work, and what are the figures: for machines that watch, without a key."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from truebook.channels.api import metrics
from truebook.db.health import backlog, ready

LATER = "5"
"""Seconds after which it is worth asking again whether bookings can be taken."""
routes = APIRouter(tags=["health"], generate_unique_id_function=lambda route: route.name)


@routes.get("/healthz", response_model=None)
async def healthz() -> Response:
    """Say that the process is alive; nothing is asked of the database."""
    return JSONResponse({"status": "alive"})


@routes.get("/readyz", response_model=None)
async def readyz(request: Request) -> Response:
    """Say whether bookings can be taken, and if not, what is wrong and how to mend it (503)."""
    found = await ready(request.app.state.db)
    problems = [{"name": one.name, "problem": one.problem, "fix": one.fix} for one in found]
    body = {"ready": not problems, "problems": problems}
    return JSONResponse(body, 503, {"Retry-After": LATER}) if problems else JSONResponse(body)


@routes.get("/metrics", response_model=None)
async def get_metrics(request: Request) -> Response:
    """Return the figures for Prometheus. What waits for a worker is asked of the database: alert on its age."""
    return metrics.exposition(await backlog(request.app.state.db))
