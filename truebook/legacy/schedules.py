"""The old weekly schedule, JSON in several shapes, into opening hours."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from truebook.legacy.times import Unreadable, minute

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
OPENS = ("startTime", "start", "open", "from", "start_time", "opens")
CLOSES = ("endTime", "end", "close", "to", "end_time", "closes")
SWITCHES = ("isAvailable", "available", "enabled", "isOpen", "is_open", "active")
LISTS = ("timeSlots", "slots", "hours", "ranges", "intervals")
CLOSED = ("", "closed", "geschlossen", "-")


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """An open span of a weekday (0 = Sunday … 6 = Saturday), in minutes since midnight, end exclusive, up to 1440."""

    weekday: int
    opens: int
    closes: int


def week(value: Any) -> list[Hours]:
    """Return the opening hours of a schedule, in order, spans that touch joined. Raises Unreadable."""
    days = _parsed(value) if isinstance(value, (str, bytes)) else value
    if isinstance(days, list):
        entries = [("", day) for day in days]
    elif isinstance(days, Mapping):
        entries = [(str(name), day) for name, day in days.items()]
    else:
        raise Unreadable("the schedule is no table of days")
    return _joined(sorted(span for name, day in entries for span in _day(_weekday(name, day), day)))


def _parsed(text: str | bytes) -> Any:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the schedule is not JSON: {error}") from error
    return _parsed(parsed) if isinstance(parsed, str) else parsed


def _weekday(name: str, day: Any) -> int:
    """The day's name, or JavaScript's number for it (0 and 7 are Sunday), or the number the entry itself gives."""
    short = name.strip().lower()
    named = next((index for index, full in enumerate(DAYS) if short in (full, full[:3], str(index))), None)
    said = day.get("dayOfWeek", day.get("day")) if isinstance(day, Mapping) else None
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= 7:
        if named is not None and said % 7 != named and not short.isdigit():
            raise Unreadable(f"{name} says it is day {said} of the week")
        return said % 7
    if named is None:
        raise Unreadable(f"'{name}' is no weekday")
    return named


def _day(weekday: int, day: Any) -> list[Hours]:
    match day:
        case None | False:
            return []
        case str() if day.strip().lower() in CLOSED:
            return []
        case str() if "-" in day.replace("–", "-"):
            opens, _, closes = day.replace("–", "-").partition("-")
            return [_span(weekday, opens, closes)]
        case list():
            return [span for entry in day for span in _day(weekday, entry)]
        case Mapping():
            return _cut(_open(weekday, day), [_entry(weekday, part) for part in day.get("breaks") or []])
    raise Unreadable(f"{day!r} are no opening hours")


def _open(weekday: int, day: Mapping[str, Any]) -> list[Hours]:
    if any(day.get(switch) in (False, 0, "false", "0") for switch in SWITCHES):
        return []
    for name in LISTS:
        if isinstance(day.get(name), list):
            return [span for entry in day[name] for span in _day(weekday, entry)]
    promised = any(day.get(switch) for switch in SWITCHES)
    return [_entry(weekday, day)] if promised or _first(day, OPENS) or _first(day, CLOSES) else []


def _entry(weekday: int, entry: Any) -> Hours:
    if not isinstance(entry, Mapping):
        raise Unreadable(f"{entry!r} is no span of time")
    return _span(weekday, _first(entry, OPENS), _first(entry, CLOSES))


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((entry[name] for name in names if entry.get(name)), None)


def _span(weekday: int, opens: Any, closes: Any) -> Hours:
    start, end = minute(opens), minute(closes) or 1440
    if not start < end <= 1440:
        raise Unreadable(f"hours that end before they begin: {opens} to {closes}")
    return Hours(weekday, start, end)


def _cut(spans: list[Hours], breaks: list[Hours]) -> list[Hours]:
    """Take the breaks out of the spans."""
    for pause in breaks:
        spans = [part for span in spans for part in _without(span, pause)]
    return spans


def _without(span: Hours, pause: Hours) -> Iterator[Hours]:
    before, after = min(span.closes, pause.opens), max(span.opens, pause.closes)
    if span.opens < before:
        yield Hours(span.weekday, span.opens, before)
    if after < span.closes:
        yield Hours(span.weekday, after, span.closes)


def _joined(spans: list[Hours]) -> list[Hours]:
    joined: list[Hours] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.weekday == span.weekday and span.opens <= last.closes:
            joined[-1] = Hours(last.weekday, last.opens, max(last.closes, span.closes))
        else:
            joined.append(span)
    return joined
