"""Instants as people of the business read them: RFC 3339 with the offset of its zone; and back."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from truebook.booking.model import Slot
from truebook.kernel import clock
from truebook.kernel.errors import Invalid


@lru_cache(maxsize=65_536)
def local(moment: datetime, zone: ZoneInfo) -> str:
    """Return an instant as RFC 3339 in a zone. Remembered, since the same times are asked for all day long."""
    return moment.astimezone(zone).isoformat()


def stamp(moment: datetime) -> str:
    """Return an instant as RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat()


def slot(free: Slot, zone: ZoneInfo) -> dict[str, Any]:
    """Return a free time as JSON."""
    return {
        "start": local(free.start, zone),
        "end": local(free.end, zone),
        "staff": {"id": str(free.staff_id), "name": free.staff_name},
    }


def instant(field: str, given: datetime, zone: ZoneInfo) -> datetime:
    """Return what a time from outside means, in UTC: without an offset it is read on the business's wall clock.

    Of a time that autumn repeats the first is meant; raises Invalid for one that the spring change skips, and for one
    between two minutes, which no receipt would show.
    """
    if given.second or given.microsecond:
        raise Invalid(field, "give a time in whole minutes")
    wall = given if given.tzinfo else given.replace(tzinfo=zone)
    if not clock.exists(wall):
        raise Invalid(field, f"that time does not happen in {zone.key}: the clocks are put forward over it")
    return wall.astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins in a zone."""
    return clock.at(day, 0, zone)
