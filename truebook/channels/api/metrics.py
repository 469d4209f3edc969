"""What Prometheus may know: how many, how fast, which refusals. Never who."""

import time

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from truebook.db import Database
from truebook.db.health import backlog, promises
from truebook.kernel.figures import (
    DATABASE,
    JOBS,
    OLDEST,
    POOL,
    POOL_WAITING,
    PROMISES,
    PROMISES_OLDEST,
    REQUESTS,
    SECONDS,
)

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    """Counts and times every request by its route's template (a path itself may name a customer's appointment).

    HEAD comes in as GET.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = getattr(scope.get("route"), "path", "unmatched")
            REQUESTS.labels(method, route, str(status)).inc()
            SECONDS.labels(method, route).observe(time.perf_counter() - begun)


async def exposition(db: Database) -> Response:
    """Return all figures in Prometheus's text format. What waits is asked of the database, in two round trips."""
    jobs, open_promises = await backlog(db), await promises(db)
    DATABASE.set(jobs is not None and open_promises is not None)
    for gauge in (JOBS, OLDEST, PROMISES, PROMISES_OLDEST):
        gauge.clear()
    for task, status, number, oldest in jobs or ():
        JOBS.labels(task, status).set(number)
        OLDEST.labels(task, status).set(oldest)
    for kind, number, oldest in open_promises or ():
        PROMISES.labels(kind).set(number)
        PROMISES_OLDEST.labels(kind).set(oldest)
    opened, idle, waiting = db.connections()
    POOL.labels("open").set(opened)
    POOL.labels("idle").set(idle)
    POOL_WAITING.set(waiting)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
