"""When a reminder is due: some time before the appointment, and never in the business's quiet hours."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from truebook.kernel import clock

LEAST = timedelta(minutes=30)
"""What a reminder must leave to be of use; one that could not is sent before the quiet hours begin."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is reminded, on the wall clock; they may go over midnight."""

    begin: time
    until: time


def due(start: datetime, minutes: int, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return when to remind of a start, so many minutes before it or as near to that as quiet hours allow."""
    moment = start - timedelta(minutes=minutes)
    hours = _around(moment, quiet, zone) if quiet else None
    if hours is None:
        return moment
    begin, until = hours
    return until if until + LEAST <= start else begin


def _around(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return the quiet hours in which a moment lies, if it lies in some."""
    today = moment.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        ends = day if quiet.begin < quiet.until else day + timedelta(days=1)
        begin = clock.at(day, quiet.begin.hour * 60 + quiet.begin.minute, zone)
        until = clock.at(ends, quiet.until.hour * 60 + quiet.until.minute, zone)
        if begin <= moment < until:
            return begin, until
    return None
