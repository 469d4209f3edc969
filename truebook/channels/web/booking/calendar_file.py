"""An appointment as a file for a customer's own calendar (RFC 5545): the same event whenever it is fetched again."""

from datetime import UTC
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from truebook.booking.model import Appointment, Status

STATUS: dict[Status, str] = {"held": "TENTATIVE", "pending": "TENTATIVE", "cancelled": "CANCELLED"}


def of(one: Appointment, *, what: str, business: str, address: str | None, told: str, link: str) -> bytes:
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
    calendar = Calendar()
    calendar.add("prodid", "-//Truebook//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
