"""Bodies have a size limit: more is refused before it is read, or as soon as it is noticed.

And answers tell how much a caller may still ask for (draft-ietf-httpapi-ratelimit-headers).
"""

import math

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from truebook.channels.api.problems import problem
from truebook.limits import Allowance

LARGEST = 1_000_000
LARGEST_WEBHOOK = 3 * 2**20
"""What Meta may send at once: up to a thousand updates."""


def told(allowance: Allowance) -> dict[str, str]:
    """Return the headers that say what an allowance is and how much of it is left."""
    limit = allowance.limit
    return {
        "RateLimit-Policy": f'"{limit.name}";q={limit.burst};w={math.ceil(limit.window)}',
        "RateLimit": f'"{limit.name}";r={allowance.left};t={math.ceil(allowance.full_in)}',
    }


class Limited:
    """Refuses bodies over the limit, never holds more than the limit of one in memory, and tells what is left."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it announces too much; count what it does not announce."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _telling(scope, send)
        largest = LARGEST_WEBHOOK if scope["path"].startswith("/webhooks/") else LARGEST
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), None)
        if announced is None:
            await self.app(scope, _counting(receive, largest), send)
        elif not announced.isdigit() or int(announced) > largest:
            await problem(413, "content_too_large", _too_large(largest))(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _telling(scope: Scope, send: Send) -> Send:
    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start" and (allowance := scope.get("state", {}).get("allowance")):
            MutableHeaders(scope=message).update(told(allowance))
        await send(message)

    return telling


def _too_large(largest: int) -> str:
    return f"the body is larger than {largest} bytes"


def _counting(receive: Receive, largest: int) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise HTTPException(413, _too_large(largest))
        return message

    return counted
