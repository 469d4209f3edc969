"""An appointment in words, by the names that its services have in the reader's language."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Appointment
from truebook.language.wording.voice import Part, Voice
from truebook.tenants.services import Service


def what(voice: Voice, one: Appointment, services: Mapping[UUID, Service]) -> str:
    """Return what an appointment is, with whom and for whom: its services, or places in a class."""
    zone = ZoneInfo(one.timezone)
    parts = [
        Part(
            _called(voice, each.service_id, each.service_name, services), each.staff_name or "", each.guest_name,
            each.start.astimezone(zone),
        )
        for each in one.segments
    ]  # fmt: skip
    if is_class(one):
        return voice.places(voice.what(parts[0].service, parts[0].staff), len(parts))
    return voice.visit(parts)


def is_class(one: Appointment) -> bool:
    """Tell whether an appointment is places in a class."""
    return all(each.session_id for each in one.segments)


def _called(voice: Voice, service_id: UUID | None, kept: str | None, services: Mapping[UUID, Service]) -> str:
    found = services.get(service_id) if service_id else None
    return found.called(voice.language) if found else kept or ""
