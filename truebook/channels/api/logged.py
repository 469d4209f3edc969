"""Every request has a name, which stands in all that is logged for it, in its jobs, and in the answer.

A process that is about to end asks for another connection.
"""

import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from truebook.channels.api.metrics import METHODS
from truebook.kernel import ids, log, traces

NAME = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a proxy may call a request (X-Request-Id); anything else is given a name of ours."""
logger = log.get(__name__)


class Logged:
    """Names requests, and logs at INFO how each was answered: by its route's template, a path may name somebody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its name."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        name = given if NAME.fullmatch(given) else ids.uuid7().hex
        begun, status = time.perf_counter(), 500

        async def naming(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = name
                if scope["app"].state.leaving:
                    headers["Connection"] = "close"  # the next request finds another process
            await send(message)

        method = scope["method"] if scope["method"] in METHODS else "other"
        carried = {traces.PARENT: Headers(scope=scope).get(traces.PARENT)}
        with log.during(name), traces.span(method, "server", parent=carried) as span:
            try:
                await self.app(scope, receive, naming)
            finally:
                route = getattr(scope.get("route"), "path", "unmatched")
                span.update_name(f"{method} {route}")
                told = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
                for key, value in {**told, "truebook.request": name}.items():
                    span.set_attribute(key, value)
                took = round((time.perf_counter() - begun) * 1000)
                logger.info("answered", method=scope["method"], route=route, status=status, milliseconds=took)
