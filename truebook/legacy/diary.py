"""When one staff member is taken, so that an overlap is seen before the database refuses it."""

from bisect import bisect_left, insort
from datetime import datetime

from truebook.legacy.known import Span


class Diary:
    """Half-open spans that never overlap, each with a word for what fills it."""

    def __init__(self, busy: list[Span]) -> None:
        self._spans: list[tuple[datetime, datetime, str]] = []
        for start, end in sorted(busy):
            insort(self._spans, (start, end, "an appointment in Truebook"))

    def clash(self, start: datetime, end: datetime) -> str | None:
        """Return what fills a part of the span already, or None."""
        place = bisect_left(self._spans, (start,))
        for before, until, what in self._spans[max(place - 1, 0) : place + 1]:
            if before < end and start < until:
                return what
        return None

    def take(self, start: datetime, end: datetime, what: str) -> None:
        """Fill a span that is free."""
        insort(self._spans, (start, end, what))
