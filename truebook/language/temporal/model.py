"""What reading a sentence for days and times gives: days, times, and how sure each of them is."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Relation = Literal["at", "around", "after", "before", "done", "between", "part"]
_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when a sentence was said."""

    now: dt.datetime  # the business's wall clock; only its wall time is used
    language: str = "en"
    opens: dt.time | None = None  # usual opening hours: they settle an open am/pm
    closes: dt.time | None = None
    about: dt.date | None = None  # the day spoken of: "9.10" is rather a time then, and "the 18th" lies in its month


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day (or the first and last day of a range) that a stretch of the text names."""

    date: dt.date
    start: int
    end: int
    confidence: float  # 1.0 certain; below 0.8 it must be read back or asked
    alternatives: tuple[dt.date, ...] = ()  # other days it may mean ("next friday")
    until: dt.date | None = None  # last day of a range ("next week")

    @property
    def is_week(self) -> bool:
        """Tell whether it is seven days, as a week that is named has them."""
        return self.until is not None and (self.until - self.date).days == _WEEK - 1


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time of day, a window or a part of the day that a stretch of the text names; "done": all is over by its end."""

    time: dt.time | None  # None only for windows that have no beginning ("before 5")
    start: int
    end: int
    confidence: float
    relation: Relation = "at"
    until: dt.time | None = None  # end of a range or of a part of the day
    open: bool = False  # am or pm was not said and the opening hours do not settle it
    alternatives: tuple[dt.time, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftReading:
    """How far from something spoken of before: "half an hour later", "a week earlier"; days or minutes, signed."""

    days: int
    minutes: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything about days and times that a text says, each in text order."""

    days: tuple[DayReading, ...] = ()
    times: tuple[TimeReading, ...] = ()
    shifts: tuple[ShiftReading, ...] = ()
    lengths: tuple[ShiftReading, ...] = ()
    """The lengths of time that are told ("two hours"), whatever they are a part of."""
