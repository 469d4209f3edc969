"""Stretches of a day in minutes since midnight."""

from collections.abc import Sequence

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
