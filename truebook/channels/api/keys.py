"""Bearer keys: who calls, in which scope they act, and on which wall clock."""

import time
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from truebook import limits
from truebook.channels.api import rights
from truebook.db import Database, Scope
from truebook.kernel import clock, ids, phones
from truebook.limits import Limit
from truebook.tenants import access
from truebook.tenants.access import Caller, Forbidden, May, Unauthorized

STRANGERS = Limit("address", burst=100, every=1.0)
"""How many keys that are unknown may come from one address. Whoever has a living one is never refused for it."""
FRESH = 5.0
"""Seconds for which a key that was just looked up is believed, where nobody says that it is no longer so."""
REMEMBERED = 10_000
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose caller is known: their database, scope, wall clock and key. `line`: the method and the path."""

    db: Database
    scope: Scope
    zone: ZoneInfo
    line: str
    key_id: UUID
    may: May

    def must(self, needed: May) -> None:
        """Raise Forbidden where the key does not reach so far, for what a route does only sometimes."""
        if not access.reaches(self.may, needed):
            raise Forbidden(f"this needs a key that may {needed}; yours may {self.may}", needed=needed)

    @property
    def tenant(self) -> UUID:
        """The business whose owner calls."""
        assert self.scope.tenant is not None
        return self.scope.tenant


class Keyring:
    """Looks keys up and remembers them for a moment, by their hash."""

    def __init__(self, db: Database, limit: Limit) -> None:
        self.db = db
        self.limit = limit
        self._known: dict[bytes, tuple[Caller, float]] = {}

    async def identify(self, key: str) -> Caller:
        """Return whose key this is; raise Unauthorized for anything that is not a living key."""
        digest, now = ids.digest(key), time.monotonic()
        remembered = self._known
        known = remembered.get(digest)
        if known is not None and known[1] > now:
            return known[0]
        caller = await access.identify(self.db, key)
        if caller.unused:
            await access.note_use(self.db, caller)
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        lasts = FRESH
        if caller.expires_at is not None:
            lasts = min(FRESH, (caller.expires_at - clock.now()).total_seconds())
        remembered[digest] = (caller, now + lasts)
        return caller

    def forget(self) -> None:
        """Ask the database again from now on, what keys stand for has changed; what is being asked now is forgotten."""
        self._known = {}


async def _call(request: Request, role: str) -> Call:
    """Return who calls, found once for each request: before its body is read, and again where it is asked for."""
    known: Call | None = getattr(request.state, "call", None)
    if known is None:
        known = request.state.call = await _identified(request, role)
    return known


async def _identified(request: Request, role: str) -> Call:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Unauthorized("send an API key: Authorization: Bearer tb_…")
    keyring: Keyring = request.app.state.keyring
    try:
        caller = await keyring.identify(key.strip())
    except Unauthorized:
        await limits.take(keyring.db, STRANGERS, limits.origin(request.client))
        raise
    request.state.allowance = await limits.take(keyring.db, keyring.limit, ids.digest(key.strip()).hex())
    if caller.role != role:
        raise Forbidden(f"this needs the key of an {role}")
    needed = rights.needed(request.method, request.scope["route"])
    zone = ZoneInfo(caller.timezone) if caller.timezone else UTC
    request.state.zone = zone
    phones.REGION.set(phones.country(caller.timezone) if caller.timezone else None)
    cause = f"{request.method} {request.scope['route'].path}"
    line = f"{request.method} {request.scope['path']}"
    call = Call(keyring.db, caller.scope(cause), zone, line, caller.key_id, caller.may)
    call.must(needed)
    return call


async def owner(request: Request) -> Call:
    """Return the caller of a route that works on one business; raise Unauthorized or Forbidden."""
    return await _call(request, "owner")


async def operator(request: Request) -> Call:
    """Return the caller of a route that works on the installation; raise Unauthorized or Forbidden."""
    return await _call(request, "operator")


Owner = Annotated[Call, Depends(owner)]
"""The caller of a route that works on one business: the one whose key it is."""
Operator = Annotated[Call, Depends(operator)]
"""The caller of a route that works on the installation."""
