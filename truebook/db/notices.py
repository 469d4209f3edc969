"""What the database calls out (NOTIFY), heard on one connection and passed on to all in this process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

CHANNEL = "truebook_changed"
"""A trigger calls the tenant's id out on it, once for each transaction that changed an appointment."""
AGAIN = 1.0
"""Seconds until a lost connection is tried again."""


class Notices:
    """Hears which tenants' calendars change. It connects when the first listener comes, and leaves with the last."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._listeners: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._hearing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listening(self, tenant: UUID) -> AsyncIterator[asyncio.Event]:
        """Lend an event that is set when something of a tenant changes; whoever waits clears it.

        It is set as well when the connection was lost and is back, since nobody knows what was missed.
        """
        event = asyncio.Event()
        self._listeners[tenant].add(event)
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.ensure_future(self._hear())
        try:
            yield event
        finally:
            self._listeners[tenant].discard(event)
            if not self._listeners[tenant]:
                del self._listeners[tenant]
            if not self._listeners:
                await self.close()

    async def close(self) -> None:
        """Hang up."""
        hearing, self._hearing = self._hearing, None
        if hearing is not None:
            hearing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await hearing

    async def _hear(self) -> None:
        lost = False
        while True:
            try:
                async with await AsyncConnection.connect(self.url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    if lost:
                        self._wake(*self._listeners)
                    async for notice in connection.notifies():
                        with contextlib.suppress(ValueError):
                            self._wake(UUID(notice.payload))
            except psycopg.OperationalError:
                lost = True
                await asyncio.sleep(AGAIN)

    def _wake(self, *tenants: UUID) -> None:
        for tenant in tenants:
            for event in self._listeners.get(tenant, ()):
                event.set()
