"""Work that many ask for at once, and that gives all of them the same: done once for all who asked before it began.

A change is heard by every open desk of a business in the same moment, and each of them asks for what it shows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Together:
    """Shares what is under way, never what was begun before it was asked for: nobody is shown what was true earlier.

    Whatever the work depends on stands in its key; it belongs to nobody who asks.
    """

    def __init__(self) -> None:
        self._begun: dict[Hashable, asyncio.Task[Any]] = {}
        self._coming: dict[Hashable, asyncio.Task[Any]] = {}

    async def of(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work gives, done after this was called; raise what it raises."""
        coming = self._coming.get(key)
        if coming is None:
            coming = asyncio.ensure_future(self._done(key, work, self._begun.get(key)))
            self._coming[key] = coming
        found: T = await asyncio.shield(coming)  # whoever hangs up takes it from nobody else
        return found

    async def _done(self, key: Hashable, work: Callable[[], Awaitable[T]], before: "asyncio.Task[Any] | None") -> T:
        if before is not None:
            await asyncio.wait([before])
        self._begun[key] = mine = self._coming.pop(key)  # who asks from here on is the next
        try:
            return await work()
        finally:
            if self._begun.get(key) is mine:
                del self._begun[key]
