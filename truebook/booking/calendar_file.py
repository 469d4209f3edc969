"""Appointments for people's own calendars (RFC 5545): one as a file, or all of somebody as a feed to subscribe to."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from truebook.booking.model import Appointment, Status

STATUS: dict[Status, str] = {"held": "TENTATIVE", "pending": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Invited:
    """Who sends an appointment by e-mail, and who gets it: their addresses (RFC 5546 wants both)."""

    method: Literal["REQUEST", "CANCEL"]
    organizer: str
    attendee: str


def of(
    one: Appointment,
    *,
    what: str,
    business: str,
    address: str | None,
    told: str,
    link: str,
    invited: Invited | None = None,
) -> bytes:
    """Return an appointment as a calendar of one event; `told` is what stands in it besides, `link` its page."""
    entry = Entry(
        one.id, one.version, one.updated_at, one.start, one.end, one.timezone, f"{what}, {business}", f"{told}\n{link}",
        link, STATUS.get(one.status, "CONFIRMED"),
    )  # fmt: skip
    event = _event(entry)
    if address:
        event.add("location", address)
    if invited:
        event.add("organizer", _party(invited.organizer, business))
        event.add("attendee", _party(invited.attendee, one.customer.name, PARTSTAT="ACCEPTED", RSVP="FALSE"))
    return _calendar([event], invited.method if invited else "PUBLISH")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar: an appointment or a class, with what is said of it. `changed` is when it last was."""

    id: UUID
    version: int
    changed: datetime
    start: datetime
    end: datetime
    timezone: str
    summary: str
    told: str
    link: str
    status: str


def feed(entries: Iterable[Entry], *, name: str, every: timedelta) -> bytes:
    """Return a calendar to subscribe to, which programs are asked to read again after so long."""
    return _calendar(map(_event, entries), "PUBLISH", name=name, every=every)


def _event(one: Entry) -> Event:
    zone = ZoneInfo(one.timezone)
    event = Event()
    event.add("uid", f"{one.id}@truebook")
    event.add("sequence", one.version)
    event.add("dtstamp", one.changed.astimezone(UTC))
    event.add("dtstart", _local(one.start, zone))
    event.add("dtend", _local(one.end, zone))
    event.add("summary", one.summary)
    event.add("description", one.told)
    event.add("url", one.link)
    event.add("status", one.status)
    return event


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant on the clock of a zone; in UTC where that would say the hour before.

    A local time that comes twice is the first of both (RFC 5545, 3.3.5).
    """
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _calendar(events: Iterable[Event], method: str, *, name: str = "", every: timedelta | None = None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Truebook//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    name = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in name)  # a bare CR would end a line
    if name:  # RFC 7986, and what programs read that do not know it
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if every:
        calendar.add("refresh-interval", every)
        calendar.add("x-published-ttl", f"PT{int(every.total_seconds() // 60)}M")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _party(address: str, name: str, **more: str) -> vCalAddress:
    party = vCalAddress(f"mailto:{address}")
    # a parameter's value cannot hold these signs, quoted or not (RFC 5545, 3.2)
    party.params["CN"] = "".join(" " if sign in '"' or not sign.isprintable() else sign for sign in name)
    party.params.update(more)
    return party
