"""An appointment as a file for a customer's own calendar (RFC 5545): the same event, by whichever way it comes."""

from dataclasses import dataclass
from datetime import UTC
from typing import Literal
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
    zone = ZoneInfo(one.timezone)
    event = Event()
    event.add("uid", f"{one.id}@truebook")
    event.add("sequence", one.version)
    event.add("dtstamp", one.updated_at.astimezone(UTC))
    event.add("dtstart", one.start.astimezone(zone))
    event.add("dtend", one.end.astimezone(zone))
    event.add("summary", f"{what}, {business}")
    event.add("description", f"{told}\n{link}")
    event.add("url", link)
    event.add("status", STATUS.get(one.status, "CONFIRMED"))
    if address:
        event.add("location", address)
    if invited:
        event.add("organizer", _party(invited.organizer, business))
        event.add("attendee", _party(invited.attendee, one.customer.name, PARTSTAT="ACCEPTED", RSVP="FALSE"))
    calendar = Calendar()
    calendar.add("prodid", "-//Truebook//EN")
    calendar.add("version", "2.0")
    calendar.add("method", invited.method if invited else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _party(address: str, name: str, **more: str) -> vCalAddress:
    party = vCalAddress(f"mailto:{address}")
    # a parameter's value cannot hold these signs, quoted or not (RFC 5545, 3.2)
    party.params["CN"] = "".join(" " if sign in '"' or not sign.isprintable() else sign for sign in name)
    party.params.update(more)
    return party
