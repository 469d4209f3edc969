"""Hours as they are customary: when an afternoon begins, when people lunch and when they come from work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from truebook.language.lists.marks import Mark
from truebook.language.state import Desk
from truebook.language.temporal.model import TimeReading

_AFTERNOON = (time(12), time(18))
AFTERNOONS = {
    "de": (time(13), time(18)),
    "es": (time(15), time(21)),
    "fr": (time(13, 30), time(19)),
    "it": (time(13, 30), time(19)),
    "nl": (time(13), time(18)),
    "pt": (time(13), time(19)),
}
"""When the afternoon begins and ends where people understand it otherwise than from noon to six."""
WINDOWS = {
    "after_lunch": (time(13), None),
    "after_work": (time(17), None),
    "lunch_break": (time(11, 45), time(14)),
    "late_morning": (time(10), time(12, 30)),
    "early_afternoon": (time(12), time(15)),
    "late_in_the_day": (time(16), None),
    "not_early": (time(10), None),
    "not_late": (None, time(17)),
    "after_school_run": (time(9), None),
}


def by_custom(found: TimeReading, language: str) -> TimeReading:
    """Return a part of the day as people of the language understand it; one that reaches evening lasts till closing."""
    if found.relation != "part":
        return found
    first, last = found.time, found.until
    if (first, last) == _AFTERNOON and language in AFTERNOONS:
        first, last = AFTERNOONS[language]
    return TimeReading(first, found.start, found.end, found.confidence, "part", last)


def with_windows(times: Sequence[TimeReading], said: list[Mark], desk: Desk) -> list[TimeReading]:
    """Return times with the windows that are told by what people do then: after work, in the lunch break; what is not
    to be too early, or late, is the rest of a part of the day that is named: "in the morning, not too early"."""
    found = list(times)
    for mark in (mark for mark in said if mark.key in WINDOWS):
        first, last = WINDOWS[mark.key]
        if mark.key == "not_early" and first and desk.opens and desk.opens.hour >= first.hour:
            first = desk.opens.replace(hour=desk.opens.hour + 1)
        if mark.key in ("not_early", "not_late") and any(one.relation == "part" for one in found):
            found = [_narrowed(one, first, last) if one.relation == "part" else one for one in found]
        else:
            found.append(TimeReading(first, mark.start, mark.end, 0.9, "part", last))
    return found


def _narrowed(part: TimeReading, first: time | None, last: time | None) -> TimeReading:
    """Return what is left of a part of the day from a time on, or up to one; all of it where nothing would be."""
    begins = max((one for one in (part.time, first) if one), default=None)
    ends = min((one for one in (part.until, last) if one), default=None)
    return replace(part, time=begins, until=ends) if begins is None or ends is None or begins < ends else part
