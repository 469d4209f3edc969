"""By which names this machine's own desk may be asked: none that somebody on the internet can own (DNS rebinding)."""

import ipaddress

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NOBODYS = frozenset({"localhost", "local", "test", "internal", "lan", "home"})
"""Last parts of names that are looked up in no public directory (RFC 6761, 6762, and what houses use)."""
REFUSED = "This desk is for this machine alone. To reach it by a name, set TRUEBOOK_URL to that address.\n"


class Named:
    """Refuses requests by a name that may be anybody's, which a page of theirs could have let lead here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            told = next((value for name, value in scope["headers"] if name == b"host"), b"")
            if not may_be_ours(told.decode("latin-1")):
                await PlainTextResponse(REFUSED, 421, {"Cache-Control": "no-store"})(scope, receive, send)
                return
        await self.app(scope, receive, send)


def may_be_ours(host: str) -> bool:
    """Tell whether a Host is an address, a name of one part, or a name that nobody can own."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        before, _, last = name.rstrip(".").lower().rpartition(".")
        return not before or last in NOBODYS
    return True
