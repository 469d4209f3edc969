"""Gaps that nobody can book: what a start costs a day, and which starts to offer so that few are left."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from truebook.booking import bits
from truebook.booking.bits import Range

T = TypeVar("T")
NEAR = timedelta(minutes=90)
"""How far from the wish a start may lie that is offered instead of others because it leaves no gap."""


def gap_cost(free: int, at: int, ranges: Sequence[Range], shortest: int) -> int:
    """Return how many minutes become unsellable if a resource is booked at minute `at`, for ranges counted from there.

    `free` has a bit for every free minute, and `shortest` is the length of the shortest service: a gap below it cannot
    be sold. Less than 0 where a gap is filled; 0 beside what is closed or taken. The ranges must be free.
    """
    cost = 0
    for begin, until in ranges:
        begin, until = at + begin, at + until
        before, after = bits.free_before(free, begin), bits.free_from(free, until)
        lost = sum(gap for gap in (before, after) if gap < shortest)
        whole = before + until - begin + after
        cost += lost - (whole if whole < shortest else 0)
        free &= ~(bits.everything(until - begin) << begin)
    return cost


def offered(starts: Sequence[T], when: Callable[[T], datetime], cost: Callable[[T], int]) -> list[T]:
    """Return what is offered without a wish: a start that leaves a gap only where none is near that leaves none.

    So whatever is wished for, what `tight` would offer for it is among them. The starts come in order of time.
    """
    leaves = [(one, when(one), cost(one) > 0) for one in starts]
    good = [at for _, at, gap in leaves if not gap]
    return [one for one, at, gap in leaves if not gap or bisect_left(good, at - NEAR) == bisect_right(good, at + NEAR)]


def tight(starts: Sequence[T], wished: datetime, when: Callable[[T], datetime], cost: Callable[[T], int]) -> list[T]:
    """Return the starts near the wish that leave no gap; where there are none, all. The order stays."""
    return [one for one in starts if abs(when(one) - wished) <= NEAR and cost(one) <= 0] or list(starts)
