"""Long computing, apart from the event loop: the others of the process are answered meanwhile."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakKeyDictionary

from truebook.kernel.errors import Unavailable

T = TypeVar("T")
THREADS = 2
"""How many compute at a time; more would only take the processor from each other."""
WAITING = 20
"""How many computings of one owner may wait."""
_THREADS = ThreadPoolExecutor(THREADS, "apart")


class Turns:
    """Lets each owner compute one thing at a time, so that nobody has all threads."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, int] = {}
        self._turns: dict[Hashable, asyncio.Lock] = {}

    async def run(self, owner: Hashable, work: Callable[[], T]) -> T:
        """Return what work returns; raise Unavailable where too much of the owner's is waiting already."""
        if self._waiting.get(owner, 0) >= WAITING:
            raise Unavailable("too many long questions at once; nothing was changed", retry_after=1)
        self._waiting[owner] = self._waiting.get(owner, 0) + 1
        turn = self._turns.setdefault(owner, asyncio.Lock())
        try:
            async with turn:
                return await asyncio.get_running_loop().run_in_executor(_THREADS, work)
        finally:
            self._waiting[owner] -= 1
            if not self._waiting[owner]:
                del self._waiting[owner], self._turns[owner]


_LOOPS: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


async def compute(owner: Hashable, work: Callable[[], T]) -> T:
    """Return what work returns, computed in a thread, one thing of an owner at a time."""
    return await _LOOPS.setdefault(asyncio.get_running_loop(), Turns()).run(owner, work)
