"""What is said in a message, as values, and who listens to it: each value with its place."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

from truebook.language.lists.marks import Mark, Word
from truebook.language.lists.timewords import weekday_named
from truebook.language.names import Directory, Hit
from truebook.language.spans import Placed, Span, clear_of, spans, within
from truebook.language.state import Desk
from truebook.language.temporal.model import DayReading, ShiftReading, TimeReading
from truebook.language.values.written import Found

STOPS = ".!?;,\n"
STOP = re.compile(r"[.,!?;\n]|[:–-](?=\s)")


@dataclass(frozen=True)
class Values:
    """What a message holds, each kind in text order; marks are its small words, subjects services that only tell
    what a lesson is in; barred: where is told that a day or an hour cannot be."""

    text: str
    language: str
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]
    services: tuple[Hit, ...] = ()
    people: tuple[Hit, ...] = ()
    days: tuple[DayReading, ...] = ()
    times: tuple[TimeReading, ...] = ()
    shifts: tuple[ShiftReading, ...] = ()
    lengths: tuple[ShiftReading, ...] = ()
    name: Found | None = None
    phone: Found | None = None
    email: Found | None = None
    code: Found | None = None
    subjects: tuple[Hit, ...] = ()
    barred: tuple[Span, ...] = ()

    def marked(self, *keys: str) -> tuple[Mark, ...]:
        """Return where the phrases of some lists stand."""
        if not self.says(*keys):
            return ()
        first, *more = keys
        return tuple([mark for mark in self.marks if mark.key in keys] if more else self._marks_of[first])

    def says(self, *keys: str) -> bool:
        """Tell whether a phrase of one of some lists is said."""
        return not self._marks_of.keys().isdisjoint(keys)

    @cached_property
    def _marks_of(self) -> dict[str, list[Mark]]:
        found = defaultdict[str, list[Mark]](list)
        for mark in self.marks:
            found[mark.key].append(mark)
        return found

    def places(self, *keys: str) -> frozenset[int]:
        """Return which words belong to phrases of some lists."""
        return frozenset(place for mark in self.marked(*keys) for place in range(mark.first, mark.last + 1))

    def small(self, *keys: str) -> frozenset[str]:
        """Return the words of phrases of some lists that are said: they count for nothing wherever they stand."""
        return frozenset(self.words[place].text for place in self.places(*keys))

    def written(self, one: Placed) -> str:
        """Return the words of something as they were written."""
        return self.text[one.start : one.end]

    def in_digits(self, one: Placed) -> bool:
        """Tell whether a number stands in the words of something."""
        return any(sign.isdigit() for sign in self.written(one))

    def weekday_of(self, one: Placed) -> int | None:
        """Return the weekday (0 = Monday) that the words of something name, and no date with it."""
        return weekday_named(self.written(one), self.language)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return where the days, times, people and services stand."""
        return tuple(spans(self.days, self.times, self.people, self.services))

    @property
    def named(self) -> frozenset[str]:
        """Return the ids of all services that are named."""
        return frozenset(id for hit in self.services for id in hit.ids)

    @property
    def whens(self) -> tuple[int, ...]:
        """Return where the days and the times begin."""
        return (*(day.start for day in self.days), *(clock.start for clock in self.times))

    def before(self, at: int) -> int:
        """Return how many words end before a character."""
        return sum(word.end <= at for word in self.words)

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words that stand between two characters."""
        return [word for word in self.words if start <= word.start and word.end <= end]

    def joined(self, start: int, end: int, *keys: str) -> bool:
        """Tell whether nothing but small words of some lists stands between two characters, and no stop."""
        words, stopped = self.between(start, end), any(stop in self.text[start:end] for stop in STOPS)
        if stopped or not words:
            return not stopped
        small = self.small(*keys)
        return all(word.text in small for word in words)

    def clause(self, at: int, end: int | None = None) -> tuple[int, int]:
        """Return from where to where no stop stands around a character, or around a stretch."""
        start = max(self.text.rfind(stop, 0, at) for stop in STOPS) + 1
        ends = (self.text.find(stop, at if end is None else end) for stop in STOPS)
        return start, min((one for one in ends if one >= 0), default=len(self.text))

    def outside(self, stretches: Sequence[Span]) -> "Values":
        """Return the values without the days, times, people and small words that stand within some stretches."""
        kinds = ("days", "times", "people", "shifts", "marks")
        left: dict[str, Any] = {kind: tuple(clear_of(getattr(self, kind), stretches)) for kind in kinds}
        return replace(self, **left) if stretches else self

    def inside(self, start: int, end: int) -> "Values":
        """Return the values with only the days, times, people and small words that stand within a stretch."""
        return self.outside(((-1, start), (end, len(self.text) + 1)))

    def cut(self, *keys: str) -> list[Span]:
        """Return the parts of a message between its stops and the small words of some lists, but not within a value."""
        cuts = [*(m.end() for m in STOP.finditer(self.text)), *(mark.start for mark in self.marked(*keys))]
        edges = sorted({0, len(self.text), *(at for at in cuts if not within(at, self.spans))})
        return [(a, b) for a, b in pairwise(edges) if self.text[a:b].strip()]

    def part(self, at: int, *keys: str) -> Span:
        """Return the one of these parts in which a character stands."""
        return next((one for one in self.cut(*keys) if within(at, [one])), (0, len(self.text)))

    @property
    def bare(self) -> bool:
        """Tell whether the message holds no day, time, person or service."""
        return not (self.days or self.times or self.people or self.services or self.shifts)


@dataclass(frozen=True, slots=True)
class Listening:
    """Who listens: the desk with its names indexed, its clock, and what it asked for just before."""

    desk: Desk
    staff: Directory
    services: Directory
    now: datetime
    asked: frozenset[str] = frozenset()
    name: str = ""  # the customer's own, where it is known: only "my name is ...", or a correction, is another
    read_back: bool = False  # it was just read back
    about: date | None = None  # the day that was spoken of
    people: int = 1  # how many come, as far as is known
    counts: frozenset[int] = frozenset()  # how many dates, services or people were read back, where they are several
    stands: date | None = None  # the day of what is booked, in whose week a bare weekday lies
    read: dict[tuple[str, str], Values] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was read of the message so far, by text and language: a stretch of it is looked at more than once."""
