"""What a process remembers, bounded by what it weighs: nobody can fill it by asking for ever more."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

MIB = 1 << 20


class Memory:
    """Values by owner and key, at most `most` bytes in all and `share` bytes of one owner; threads may share it.

    What was not asked for longest goes first: of an owner who has too much their own, else that of whoever has been
    away longest. How much a value weighs is said by whoever keeps it.
    """

    def __init__(self, most: int, share: int) -> None:
        self.most, self.share, self.weight = most, share, 0
        self._kept: OrderedDict[Hashable, _Owned] = OrderedDict()
        self._lock = Lock()

    def get(self, owner: Hashable, key: Hashable) -> Any:
        """Return what is kept under a key, or None."""
        with self._lock:
            owned = self._kept.get(owner)
            if owned is None or (found := owned.values.get(key)) is None:
                return None
            self._kept.move_to_end(owner)
            owned.values.move_to_end(key)
            return found[0]

    def keep(self, owner: Hashable, key: Hashable, value: Any, weight: int) -> None:
        """Keep a value; one that weighs more than an owner may have is not kept."""
        if weight > self.share:
            return
        with self._lock:
            owned = self._kept.setdefault(owner, _Owned())
            self._kept.move_to_end(owner)
            if key in owned.values:
                self.weight -= owned.drop(key)
            owned.values[key] = (value, weight)
            owned.weight += weight
            self.weight += weight
            while owned.weight > self.share:
                self.weight -= owned.drop(next(iter(owned.values)))
            while self.weight > self.most:
                other = next(iter(self._kept))
                self.weight -= self._kept[other].drop(next(iter(self._kept[other].values)))
                if not self._kept[other].values:
                    del self._kept[other]

    def forget(self, owner: Hashable) -> None:
        """Let go of all that is kept of an owner."""
        with self._lock:
            if owned := self._kept.pop(owner, None):
                self.weight -= owned.weight


class _Owned:
    """What is kept of one owner, the longest unused first."""

    __slots__ = ("values", "weight")

    def __init__(self) -> None:
        self.values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.weight = 0

    def drop(self, key: Hashable) -> int:
        """Let go of one value; return what it weighed."""
        _, weight = self.values.pop(key)
        self.weight -= weight
        return weight
