"""What Prometheus may know: how many, how fast, which refusals. Never who."""

import time
from collections.abc import Sequence

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("truebook_http_requests", "Answered requests", ["method", "route", "status"])
SECONDS = Histogram("truebook_http_seconds", "Time from request to answer", ["method", "route"])
BOOKINGS = Counter("truebook_bookings", "Appointments that were placed, by their status", ["status"])
REFUSALS = Counter("truebook_refusals", "Wishes that were refused, by reason", ["code"])
LIMITED = Counter("truebook_limited", "Requests that came too often, by the limit", ["limit"])
DATABASE = Gauge("truebook_database_up", "Whether the database could be asked for these figures")
JOBS = Gauge("truebook_jobs", "Jobs that are not done, by what they do and their status", ["task", "status"])
OLDEST = Gauge("truebook_jobs_oldest_seconds", "For how long the oldest such job is due", ["task", "status"])
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


def exposition(jobs: Sequence[tuple[str, str, int, float]] | None) -> Response:
    """Return all figures in Prometheus's text format.

    Of jobs what they do, their status, how many there are and how old the oldest is; None where nobody could be asked.
    """
    DATABASE.set(jobs is not None)
    JOBS.clear()
    OLDEST.clear()
    for task, status, number, oldest in jobs or ():
        JOBS.labels(task, status).set(number)
        OLDEST.labels(task, status).set(oldest)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
