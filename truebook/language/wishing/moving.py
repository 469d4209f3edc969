"""To which day and hour something is moved: "from friday to monday", "to five"."""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

from truebook.language.lists.marks import Mark
from truebook.language.lists.timewords import weekday_named
from truebook.language.temporal.model import DayReading, TimeReading
from truebook.language.values.said import Values

T = TypeVar("T", DayReading, TimeReading)


def moved_to(values: Values, today: dt.date) -> Values:
    """Return the values of a move without what is left: the monday of "from monday at 3 to tuesday at 4"."""
    small = values.small("skip")
    for mark in values.marked("target"):
        hours = [one for one in values.times if one.until and one.start < mark.start and mark.end < one.end]
        if hours:  # "from 10 to 11:45 same day" is no stretch of hours; the "to" of "quarter to 3" moves nothing
            times = (replace(one, time=one.until, until=None, relation="at") for one in hours)
            return replace(values, times=tuple(times))
        if len(values.days) == 1 and values.days[0].start < mark.start and mark.end < values.days[0].end:
            return _at_its_end(values, mark, today)  # "from tuesday to thursday" is no stretch of days
        after = min((start for start, _ in values.spans if start >= mark.start), default=None)  # or that of "a las 11"
        between = [w for w in values.words if after is not None and mark.end <= w.start and w.end <= after]
        if after is not None and all(word.text in small for word in between):
            return replace(values, days=_behind(values.days, mark), times=_behind(values.times, mark))
    return values


def _behind(found: tuple[T, ...], mark: Mark) -> tuple[T, ...]:
    """Return what stands behind a mark, if anything of its kind does."""
    return tuple(one for one in found if one.start >= mark.start) or found


def _at_its_end(values: Values, mark: Mark, today: dt.date) -> Values:
    """Return the values with the end of their only stretch of days in its place."""
    (day,) = values.days
    weekday = weekday_named(values.text[mark.end : day.end], values.language)
    ahead = today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1) if weekday is not None else day.until
    return replace(values, days=(replace(day, date=ahead or day.date, until=None, start=mark.end),))
