"""The free minutes of a resource as one integer, a bit a minute: 'free for that long' is a few shifts.

A month is 44,640 bits, six kilobytes, and a shift of it takes about a microsecond. Minute 0 is the lowest bit.
"""

from collections.abc import Iterable, Iterator

Range = tuple[int, int]
"""Minutes from, up to, not including, until."""


def mask(spans: Iterable[Range], size: int) -> int:
    """Return the minutes that any of some spans covers, cut to 0 … size. The spans come in order of their starts.

    Each border flips a bit, and by doubling shifts every minute learns whether the flips before it are odd.
    """
    flips, last = bytearray(size // 8 + 1), 0
    for begin, until in spans:
        begin, until = max(begin, last), min(until, size)
        if begin < until:
            flips[begin >> 3] ^= 1 << (begin & 7)
            flips[until >> 3] ^= 1 << (until & 7)
            last = until
    bits, step = int.from_bytes(flips, "little"), 1
    while step < size:
        bits ^= bits << step
        step *= 2
    return bits & everything(size)


def everything(size: int) -> int:
    """Return the minutes 0 … size."""
    return (1 << size) - 1


def places(bits: int) -> Iterator[int]:
    """Go through the minutes that are set, in order."""
    text = bin(bits)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def run(free: int, length: int) -> int:
    """Return the minutes from which so many are free in a row."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def starts(free: int, ranges: Iterable[Range]) -> int:
    """Return the starts at which a resource is free in all ranges, which count from the start and may be negative."""
    found = -1
    for begin, until in ranges:
        room = run(free, until - begin)
        found &= room >> begin if begin >= 0 else room << -begin
    return found


def grid(begin: int, until: int, step: int) -> int:
    """Return every step-th minute from begin on, before until."""
    if begin >= until:
        return 0
    count = -((begin - until) // step)
    return everything(step * count) // everything(step) << begin


def free_before(free: int, at: int) -> int:
    """Return how many minutes are free right before a minute."""
    return at - (~free & everything(at)).bit_length()


def free_from(free: int, at: int) -> int:
    """Return how many minutes are free in a row from a minute on."""
    rest = free >> at
    return (~rest & (rest + 1)).bit_length() - 1


def subtract(ranges: Iterable[Range], taken: Iterable[Range]) -> list[Range]:
    """Return what is left of some ranges without others. None of either overlaps its like."""
    left = list(ranges)
    for begin, until in taken:
        left = [
            piece
            for one in left
            for piece in ((one[0], min(one[1], begin)), (max(one[0], until), one[1]))
            if piece[0] < piece[1]
        ]
    return left


def join(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, those that touch or overlap made one."""
    joined: list[Range] = []
    for begin, until in sorted(ranges):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((begin, until))
    return joined


def clash(some: Iterable[Range], others: Iterable[Range]) -> bool:
    """Tell whether any of some ranges overlaps any of others."""
    others = tuple(others)
    return any(begin < end and start < until for begin, until in some for start, end in others)
