"""Old dates and times: wall clocks without a zone, ISO with T, `02.12.2025 14:00`, epoch numbers, real timestamps."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from truebook.kernel import clock

ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(?:um\s+)?(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?:\s*Uhr)?)?")
JAVASCRIPT = re.compile(r"\w{3} (\w{3}) (\d{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-]\d{4})(?: \(.*\))?")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?\.?(?:\s*Uhr)?", re.IGNORECASE)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST_YEAR, LAST_YEAR = 1970, 2200


class Unreadable(ValueError):
    """A value that is no moment, or not surely which."""


class Reading(StrEnum):
    """What the digits of a time without a trustworthy zone mean: the business's wall clock, or UTC."""

    LOCAL = "local"
    UTC = "utc"


class Kind(StrEnum):
    """How a moment was stored; the first two are the ones a Reading decides."""

    WALL = "no zone"
    COLUMN = "a zone the column adds"
    OFFSET = "its own offset"
    EPOCH = "epoch number"


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as it was written: for WALL and COLUMN the digits, for OFFSET and EPOCH the instant (in UTC)."""

    digits: datetime
    kind: Kind

    @property
    def open(self) -> bool:
        """Tell whether it takes a Reading to know the instant."""
        return self.kind in (Kind.WALL, Kind.COLUMN)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware, UTC), with the wrinkle it fell into: 'gap' (clocks skipped it) or 'double' (it came twice)."""

    at: datetime
    wrinkle: str | None = None


def written(value: Any) -> Written:
    """Return what a stored value says, before any zone is applied. Raises Unreadable."""
    match value:
        case datetime():
            return _checked(Written(value.replace(tzinfo=None), Kind.COLUMN if value.tzinfo else Kind.WALL))
        case bool() | date() | None:
            raise Unreadable(f"{value} has no time of day")
        case int() | float():
            return _checked(Written(_epoch(value), Kind.EPOCH))
        case str():
            return _checked(_text(value.strip()))
    raise Unreadable(f"{value!r} is no date and time")


def joined(day: Any, clock_time: Any) -> Written:
    """Return the moment that a date column and a time column say together. Raises Unreadable."""
    return Written(datetime.combine(on(day, ZoneInfo("UTC")), _clock(clock_time)), Kind.WALL)


def settle(moment: Written, zone: ZoneInfo, reading: Reading) -> Moment:
    """Return the instant of a written moment: wall clocks in the zone of the business, or as UTC.

    In a gap the clock is moved forward by its length; of two equal wall-clock times the first is taken.
    """
    if not moment.open or reading is Reading.UTC:
        return Moment(moment.digits.replace(tzinfo=UTC))
    wall = moment.digits.replace(tzinfo=zone)
    return Moment(wall.astimezone(UTC), _wrinkle(wall))


def stamp(value: Any) -> datetime | None:
    """Return a bookkeeping stamp (created_at …) as an instant; these were always written in UTC. None if unreadable."""
    try:
        return written(value).digits.replace(tzinfo=UTC)
    except Unreadable:
        return None


def on(value: Any, zone: ZoneInfo) -> date:
    """Return the calendar day a value means. Epoch numbers are a midnight: UTC's if it is that, else the zone's."""
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case int() | float() if not isinstance(value, bool):
            return _day_of(_epoch(value).replace(tzinfo=UTC), zone)
        case str():
            return _day_in_text(value.strip(), zone)
    raise Unreadable(f"{value!r} is no date")


def minute(value: Any) -> int:
    """Return a time of day as minutes since midnight, 24:00 as 1440. Raises Unreadable."""
    if str(value).strip() in ("24:00", "24:00:00"):
        return 1440
    found = _clock(value)
    return found.hour * 60 + found.minute


def _day_in_text(text: str, zone: ZoneInfo) -> date:
    if text.isdigit():
        return _day_of(_epoch(int(text)).replace(tzinfo=UTC), zone)
    if match := ISO.fullmatch(text):
        found = _date(*match.groups()[:3])
        if match[7] and match[4]:
            return _day_of(_text(text).digits.replace(tzinfo=UTC), zone)
        return found
    if match := DOTTED.fullmatch(text):
        return _date(match[3], match[2], match[1])
    raise Unreadable(f"'{text}' is no date, or not surely which")


def _day_of(instant: datetime, zone: ZoneInfo) -> date:
    return instant.date() if instant.time() == time() else instant.astimezone(zone).date()


def _text(text: str) -> Written:
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return Written(_epoch(float(text)), Kind.EPOCH)
    if match := ISO.fullmatch(text):
        return _iso(text, match)
    if match := DOTTED.fullmatch(text):
        day, month, year, *clock_parts = match.groups()
        return Written(_datetime(text, _date(year, month, day), *clock_parts), Kind.WALL)
    if match := JAVASCRIPT.fullmatch(text):
        return _javascript(text, match)
    raise Unreadable(f"'{text}' is no date and time, or not surely which")


def _iso(text: str, match: re.Match[str]) -> Written:
    year, month, day, hour, minute, second, offset = match.groups()
    digits = _datetime(text, _date(year, month, day), hour, minute, second)
    if offset is None:
        return Written(digits, Kind.WALL)
    return Written(digits - _offset(offset), Kind.OFFSET)


def _javascript(text: str, match: re.Match[str]) -> Written:
    month, day, year, hour, minute, second, offset = match.groups()
    if month not in MONTHS:
        raise Unreadable(f"'{text}' is no date and time")
    digits = _datetime(text, _date(year, str(MONTHS.index(month) + 1), day), hour, minute, second)
    return Written(digits - _offset(offset), Kind.OFFSET)


def _offset(text: str) -> timedelta:
    if text[0] not in "+-":
        return timedelta()
    figures = text[1:].replace(":", "")
    size = timedelta(hours=int(figures[:2]), minutes=int(figures[2:] or 0))
    return -size if text[0] == "-" else size


def _datetime(text: str, day: date, hour: str | None, minute: str | None, second: str | None) -> datetime:
    if hour is None or minute is None:
        raise Unreadable(f"'{text}' has no time of day")
    return datetime.combine(day, _time(hour, minute, second))


def _date(year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable(f"there is no day {year}-{month}-{day}") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(f"the year {year} cannot be meant")
    return found


def _time(hour: str | int, minute: str | None, second: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0), int(second or 0))
    except ValueError as error:
        raise Unreadable(f"there is no time {hour}:{minute}") from error


def _clock(value: Any) -> time:
    """Return a time of day: 14:00, 14:00:00, 2 pm, 14 Uhr, or a real time."""
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    match = CLOCK.fullmatch(str(value or "").strip())
    if not match:
        raise Unreadable(f"{value!r} is no time of day")
    hour, half = int(match[1]), (match[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable(f"{value!r} is no time of day")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _time(hour, match[2], match[3])


def _epoch(number: float) -> datetime:
    """Seconds, milliseconds (JavaScript's) or microseconds since 1970, told apart by their size."""
    if not 1e8 <= number < 7e15:
        raise Unreadable(f"{number} is no epoch number of our times")
    seconds = number if number < 1e10 else number / 1e3 if number < 1e13 else number / 1e6
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _checked(moment: Written) -> Written:
    if not FIRST_YEAR <= moment.digits.year <= LAST_YEAR:
        raise Unreadable(f"the year {moment.digits.year} cannot be meant")
    return moment


def _wrinkle(wall: datetime) -> str | None:
    if not clock.exists(wall):
        return "gap"
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        return "double"
    return None
