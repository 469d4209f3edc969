"""The only place that asks what time it is, and the only place that turns wall clocks into instants."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

T = TypeVar("T", date, datetime)
YEARS = range(1970, 2200)
"""The years that somebody may name."""


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=1024)  # the names are looked up on disk, and every message asks for one
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone called name; raise ValueError if there is none."""
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone")
    return ZoneInfo(name)


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the IANA zones that are places, in order."""
    places = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in places or name == "UTC"))


def day(text: str) -> date:
    """Return a day that somebody named (2026-12-02); raise ValueError for none, and for one at the calendar's ends.

    There no clock of another zone could follow.
    """
    return _within(date.fromisoformat(text))


def moment(text: str) -> datetime:
    """Return a moment that somebody named (2026-12-02T15:30+01:00), in UTC; raise ValueError as `day` does."""
    return _within(datetime.fromisoformat(text)).astimezone(UTC)


def _within(one: T) -> T:
    if one.year not in YEARS:
        raise ValueError(f"the year {one.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return one


def exists(wall: datetime) -> bool:
    """Tell whether an aware wall-clock time happens at all (clocks skip an hour in spring)."""
    return wall.astimezone(UTC).astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)


@lru_cache(maxsize=16_384)
def at(day: date, minute: int, tz: ZoneInfo) -> datetime:
    """Return the first instant (UTC) at which the wall clock of tz shows minute (0..1440) of day, or a later one.

    So a time that the spring change skips is the moment of the change, of a time that autumn repeats the first is
    meant, and later minutes are never earlier instants. Raises OverflowError outside the years 1..9999. Remembered,
    since everybody's openings are asked for all day long.
    """
    days, rest = divmod(minute, 1440)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), tz)
    return wall.astimezone(UTC) if exists(wall) else _change_over(wall)


def _change_over(skipped: datetime) -> datetime:
    """Return the instant of the clock change that skips a wall-clock time."""
    before, after = (skipped.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(skipped.tzinfo).replace(tzinfo=None) < skipped.replace(tzinfo=None):
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
