"""What the pieces of a date or a time mean while they are being put together."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from truebook.language.temporal.model import Relation


class Number(NamedTuple):
    """A number and how many digits it was written with (0: in words)."""

    value: int
    width: int = 0


ARTICLE = Number(1)
"""One in words: next to an hour it is the "un" of "a las 10 un corte", never a minute."""


class Numeric(NamedTuple):
    """Numbers written as one: 3/7, 3-7-2017, 8.30."""

    parts: tuple[int, ...]
    widths: tuple[int, ...]
    mark: str
    stopped: bool = False  # a full stop follows: "8.12."


class Part(NamedTuple):
    """A part of the day: its window, and the hours (on a 12-hour face) that it makes am."""

    start: dt.time
    end: dt.time
    am_hours: range
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time such as two weeks."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the first and last of several."""

    date: dt.date
    confidence: float = 1.0
    alternatives: tuple[dt.date, ...] = ()
    until: dt.date | None = None
    past: bool = False  # said to be gone: an anchor, never an answer
    weekday: int | None = None


def day_kinds(found: dt.date | None, confidence: float = 1.0, **more: Any) -> dict[str, Any] | None:
    """Return what a rule makes of a day (more: other fields of Day), or of none."""
    return {"day": Day(found, confidence, **more)} if found else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said; `open` while the hour may still be am or pm."""

    hour: int
    minute: int = 0
    open: bool = False
    confidence: float = 1.0
    relation: Relation = "at"
    until: "Clock | None" = None
    other: "Clock | None" = None  # the second of "3 or 4 pm"

    def time(self) -> dt.time:
        """Return the time as said, read as a 24-hour clock."""
        return dt.time(self.hour % 24, self.minute)


NIGHT_AM = range(1, 5)
PARTS = {
    "dawn": Part(dt.time(6), dt.time(9), range(13)),
    "morning": Part(dt.time(7), dt.time(12), range(12)),
    "lunch": Part(dt.time(12), dt.time(14), range(10, 12)),
    "afternoon": Part(dt.time(12), dt.time(18), range(0)),
    "evening": Part(dt.time(17), dt.time(21), range(1, 3)),
    "night": Part(dt.time(19), dt.time(23), NIGHT_AM),
    "first": Part(dt.time(8), dt.time(10), range(12)),
}
LATE_PARTS = ("evening", "night")  # twelve in them is midnight


def spoken_in(clock: Clock, part: str) -> Clock:
    """Return the clock as said together with a part of the day ("7 in the evening")."""
    if not clock.open:
        return clock
    hour = clock.hour % 12
    if hour == 0:
        hour = 0 if part in LATE_PARTS or part == "dawn" else 12
    elif hour not in PARTS[part].am_hours:
        hour += 12
    return replace(clock, hour=hour, open=False)


def halved(clock: Clock, pm: bool) -> Clock:
    """Return the clock as said with am or pm."""
    if clock.hour > 12 or not clock.open:
        return clock
    return replace(clock, hour=clock.hour % 12 + 12 * pm, open=False)
