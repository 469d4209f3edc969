"""The dates of a series: a rule of RFC 5545 on the business's wall clock.

A time of day stays what it is over a change of clocks; where the change skips it, or repeats it, it is the instant
that openings have there too (see `clock.at`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from truebook.kernel import clock
from truebook.kernel.errors import Invalid

MOST = 60
"""Dates in a series."""
REACH = timedelta(days=3660)
"""How far a series may reach: ten years."""
PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,5}",
    "UNTIL": r"[0-9]{8}(T[0-9]{6}Z?)?",
    "BYDAY": r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)",
    "BYMONTHDAY": r"[+-]?([1-9]|[12][0-9]|3[01])",
    "BYMONTH": r"[1-9]|1[0-2]",
    "BYSETPOS": r"[+-]?([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}
"""What a rule may consist of, and how a value looks. Source: RFC 5545, 3.3.10, less hours and minutes."""
LISTS = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that has been read: `parts` in the order of PARTS, in capitals."""

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.parts)

    def get(self, name: str) -> str | None:
        """Return the value of a part, or None."""
        return dict(self.parts).get(name)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A date of a series, and the instant at which it begins; an exception is one that is left out."""

    on: date
    start: datetime
    exception: bool = False


def parse(text: str) -> Rule:
    """Return the rule that a text says; raise Invalid for `rrule` where it is none, or never ends."""
    found: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name not in PARTS:
            raise Invalid("rrule", f"{name or 'an empty part'} is not understood; these are: {', '.join(PARTS)}")
        if name in found:
            raise Invalid("rrule", f"{name} is said twice")
        values = value.split(",") if name in LISTS else [value]
        if not all(re.fullmatch(PARTS[name], one, re.ASCII) for one in values):
            raise Invalid("rrule", f"{name} has a value that is not understood")
        found[name] = value
    _check(found)
    return Rule(tuple((name, found[name]) for name in PARTS if name in found))


def expand(
    rule: Rule, starts_on: date, minute: int, zone: ZoneInfo, exceptions: Collection[date] = ()
) -> list[Occurrence]:
    """Return the dates of a series from starts_on, each at a minute of the day (0 … 1439) on the wall clock of zone.

    The first is the first date from starts_on that the rule has. Exceptions count as dates. Raises Invalid for `rrule`
    where there are none, too many, or some beyond ten years, and for `exceptions` where one is not among them.
    """
    begin = datetime.combine(starts_on, time(minute // 60, minute % 60))
    if date.max - REACH < starts_on:
        raise Invalid("starts_on", "that is too far ahead")
    count, until = rule.get("COUNT"), rule.get("UNTIL")
    end = begin + REACH
    last = min(end, _until(until, zone, end)) if until else end
    bare = ";".join(f"{name}={value}" for name, value in rule.parts if name not in ("COUNT", "UNTIL"))
    # bounded by an end rather than by the number: a rule without dates would be looked through up to the year 9999
    read = rrulestr(bare, dtstart=begin)
    assert isinstance(read, rrule)
    dates = [one.date() for one in islice(read.replace(until=last), MOST + 1)]
    if count:
        if len(dates) < int(count) <= MOST:
            raise Invalid("rrule", f"there are fewer than {count} such dates within ten years")
        dates = dates[: int(count)]
    elif until and last == end and len(dates) <= MOST:
        raise Invalid("rrule", "a series reaches ten years ahead at most")
    if not dates:
        raise Invalid("rrule", "there is no such date")
    if len(dates) > MOST:
        raise Invalid("rrule", f"that is more than {MOST} dates")
    for one in exceptions:
        if one not in dates:
            raise Invalid("exceptions", f"{one} is not one of the dates")
    return [Occurrence(on, clock.at(on, minute, zone), on in exceptions) for on in dates]


def _check(found: dict[str, str]) -> None:
    """Refuse what RFC 5545 forbids to be said together, and what never ends."""
    freq = found.get("FREQ")
    if freq is None:
        raise Invalid("rrule", "FREQ is missing")
    if "COUNT" in found and "UNTIL" in found:
        raise Invalid("rrule", "COUNT and UNTIL exclude each other")
    if "COUNT" not in found and "UNTIL" not in found:
        raise Invalid("rrule", "that never ends: say COUNT or UNTIL")
    if freq in ("DAILY", "WEEKLY") and re.search("[0-9]", found.get("BYDAY", "")):
        raise Invalid("rrule", f"BYDAY has numbers only where FREQ is MONTHLY or YEARLY, not {freq}")
    if freq == "WEEKLY" and "BYMONTHDAY" in found:
        raise Invalid("rrule", "BYMONTHDAY does not go with FREQ=WEEKLY")
    if "BYSETPOS" in found and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & set(found):
        raise Invalid("rrule", "BYSETPOS needs another BY part")


def _until(value: str, zone: ZoneInfo, end: datetime) -> datetime:
    """Return the last moment on the wall clock: of a date its whole day, of UTC what the clock shows then.

    Beyond an end any moment will do: the calendar's own last day cannot be turned into another zone's.
    """
    try:
        if len(value) == 8:
            return datetime.combine(datetime.strptime(value, "%Y%m%d").date(), time.max)  # noqa: DTZ007
        moment = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
        if not value.endswith("Z") or moment > end + timedelta(days=1):
            return moment
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Invalid("rrule", f"UNTIL={value} is not a time") from None
