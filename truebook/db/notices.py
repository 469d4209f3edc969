"""What the database calls out (NOTIFY), heard on one connection and passed on to all in this process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, get_args
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

Channel = Literal["truebook_changed", "truebook_said"]
"""A trigger calls the tenant's id out on it, once a transaction: a calendar changed, or something was said."""
CHANNELS: tuple[Channel, ...] = get_args(Channel)
AGAIN = 1.0
"""Seconds until a lost connection is tried again."""


class Notices:
    """Hears in which tenants something changes. It connects when the first listener comes, and leaves with the last."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._listeners: defaultdict[tuple[str, UUID], set[asyncio.Event]] = defaultdict(set)
        self._hearing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listening(self, tenant: UUID, channel: Channel = "truebook_changed") -> AsyncIterator[asyncio.Event]:
        """Lend an event that is set when something of a tenant changes; whoever waits clears it.

        It is set as well when the connection was lost and is back, since nobody knows what was missed.
        """
        event, place = asyncio.Event(), (channel, tenant)
        self._listeners[place].add(event)
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.ensure_future(self._hear())
        try:
            yield event
        finally:
            self._listeners[place].discard(event)
            if not self._listeners[place]:
                del self._listeners[place]
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
                    await connection.execute("; ".join(f"LISTEN {one}" for one in CHANNELS))
                    if lost:
                        self._wake(*self._listeners)
                    async for notice in connection.notifies():
                        with contextlib.suppress(ValueError):
                            self._wake((notice.channel, UUID(notice.payload)))
            except psycopg.OperationalError:
                lost = True
                await asyncio.sleep(AGAIN)

    def _wake(self, *places: tuple[str, UUID]) -> None:
        for place in places:
            for event in self._listeners.get(place, ()):
                event.set()
