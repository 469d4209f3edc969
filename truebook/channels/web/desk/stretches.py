"""Stretches of a day in minutes since midnight."""

from collections.abc import Iterable, Sequence

DAY = 1440


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that touch or overlap as one."""
    made: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if made and made[-1][1] >= begin:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((begin, end))
    return made


def gaps(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what of a day lies between stretches, before the first and after the last."""
    edges = [0, *(edge for span in spans for edge in span), DAY]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end]


def lanes(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return, for stretches in order of their begin, the lane each is drawn in and how many lie side by side."""
    placed: list[tuple[int, int]] = []
    group: list[int] = []
    ends: list[int] = []
    reach = 0

    def close() -> None:
        for place in group:
            placed[place] = (placed[place][0], len(ends))
        group.clear()
        ends.clear()

    for number, (begin, end) in enumerate(spans):
        if begin >= reach:
            close()
        lane = next((n for n, until in enumerate(ends) if until <= begin), len(ends))
        ends[lane : lane + 1] = [end]
        placed.append((lane, 0))
        group.append(number)
        reach = max(reach, end)
    close()
    return placed
