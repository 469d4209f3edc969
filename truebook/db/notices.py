"""What the database calls out (NOTIFY), heard on one connection and passed on to all in this process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any, Literal, get_args
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

Channel = Literal["truebook_changed", "truebook_said", "truebook_answered"]
"""Where ids are called out, once a transaction. Triggers name the tenant whose calendar changed, or where something was
said; whoever answers a message names the message, with the answer."""
CHANNELS: tuple[Channel, ...] = get_args(Channel)
KEYS = "truebook_keys"
"""Triggers call out on it, once for each statement, that keys or what they stand for are not what they were."""
ANSWERED: Channel = "truebook_answered"
AGAIN = 1.0
"""Seconds until a lost connection is tried again."""


NONE: Mapping[str, Any] = MappingProxyType({})


class Notices:
    """Hears where something changes or is answered, and that keys change.

    It connects for the first listener, until the last.

    `url` is the server's own: a pooler that hands connections on hears nothing. `options` are libpq's.
    """

    def __init__(self, url: str, options: Mapping[str, Any] = NONE) -> None:
        self.url = url
        self.options = options
        self._listeners: defaultdict[tuple[str, UUID], set[asyncio.Event]] = defaultdict(set)
        self._told: list[Callable[[], None]] = []
        self._hearing: asyncio.Task[None] | None = None
        self.left = False
        """Whether the process is about to end: whoever listens for long should hang up."""

    @asynccontextmanager
    async def telling(self, told: Callable[[], None]) -> AsyncIterator[None]:
        """Call a function whenever keys change, as long as the block runs; and when a connection begins to hear."""
        self._told.append(told)
        self._begin()
        try:
            yield
        finally:
            self._told.remove(told)
            await self._leave()

    @asynccontextmanager
    async def listening(self, about: UUID, channel: Channel = "truebook_changed") -> AsyncIterator[asyncio.Event]:
        """Lend an event that is set when an id, as a rule a tenant's, is called out; whoever waits clears it.

        It is set as well when the connection was lost and is back, since nobody knows what was missed.
        """
        event, place = asyncio.Event(), (channel, about)
        self._listeners[place].add(event)
        self._begin()
        try:
            yield event
        finally:
            self._listeners[place].discard(event)
            if not self._listeners[place]:
                del self._listeners[place]
            await self._leave()

    def _begin(self) -> None:
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.ensure_future(self._hear())

    async def _leave(self) -> None:
        if not self._listeners and not self._told:
            await self.close()

    def leave(self) -> None:
        """Say that the process is about to end."""
        self.left = True
        self._wake(*self._listeners)

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
                async with await AsyncConnection.connect(self.url, autocommit=True, **self.options) as connection:
                    for channel in (*CHANNELS, KEYS):
                        await connection.execute(f"LISTEN {channel}")
                    self._tell()
                    if lost:
                        self._wake(*self._listeners)
                    async for notice in connection.notifies():
                        if notice.channel == KEYS:
                            self._tell()
                            continue
                        with contextlib.suppress(ValueError):
                            self._wake((notice.channel, UUID(notice.payload)))
            except psycopg.OperationalError:
                lost = True
                await asyncio.sleep(AGAIN)

    def _wake(self, *places: tuple[str, UUID]) -> None:
        for place in places:
            for event in self._listeners.get(place, ()):
                event.set()

    def _tell(self) -> None:
        for told in self._told:
            told()
