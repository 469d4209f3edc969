"""A visit that is there already, as it would be wished for again: as it stands, or with one part changed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from truebook.booking.errors import Stale
from truebook.booking.model import Appointment, AppointmentSegment, Role, Service, Wanted
from truebook.booking.visits import Part
from truebook.kernel.errors import Invalid

Services = Mapping[UUID, Service]
Revision = Callable[[Sequence[Part], Services], tuple[Part, ...]]
"""Returns the parts of a visit as they are to be, given the services there are; raises Invalid where that cannot be."""
MOST = 50
"""Parts of one visit."""


def parts_of(
    visit: Appointment, services: Services, staff_id: UUID | None = None, part: int | None = None
) -> tuple[Part, ...]:
    """Return the parts of a visit: with whom and for how long as agreed, what they need as the settings are now.

    With `staff_id` all of it is wished for with one member of staff, or the part at one place (from 1). Raises Stale
    where it cannot be planned again.
    """
    found: list[Part] = []
    before: AppointmentSegment | None = None
    for one in visit.segments:
        if one.session_id is not None:
            raise Stale("a seat in a class is given up and another one taken", version=visit.version)
        if one.service_id is None or one.service_id not in services:
            raise Stale("the service of this appointment is gone; book a new one", version=visit.version)
        minutes = round((one.end - one.start).total_seconds() / 60)
        service = lasting(services[one.service_id], minutes)
        together = before is not None and one.start == before.start
        found.append(Part(service, _whom(one, staff_id, part), one.guest_name, together))
        before = one
    return tuple(found)


def wanted(visit: Appointment, staff_id: UUID | None, part: int | None = None) -> tuple[Wanted, ...]:
    """Return the segments of a visit as a wish says them; none where a service is gone or it is a seat in a class."""
    found: list[Wanted] = []
    before: AppointmentSegment | None = None
    for one in visit.segments:
        if one.service_id is None or one.session_id is not None:
            return ()
        together = before is not None and one.start == before.start
        found.append(Wanted(one.service_id, _whom(one, staff_id, part), one.guest_name, together))
        before = one
    return tuple(found)


def _whom(one: AppointmentSegment, staff_id: UUID | None, part: int | None) -> UUID | None:
    return staff_id if staff_id and part in (None, one.position) else one.staff_id


def lasting(service: Service, minutes: int) -> Service:
    """Return a service that lasts so many minutes: who is busy until its end, or after it, is so until the new one."""
    by = minutes - service.duration
    return replace(service, duration=minutes, roles=tuple(_stretched(role, service, by) for role in service.roles))


def _stretched(role: Role, service: Service, by: int) -> Role:
    *before, (begin, until) = role.busy
    if by == 0 or until < service.duration:
        return role
    return replace(role, busy=(*before, (begin, max(until + by, begin + 1))))


def adding(new: Wanted, at: int | None = None) -> Revision:
    """Return the change that adds a part, at the end or at a place (from 1)."""

    def change(parts: Sequence[Part], services: Services) -> tuple[Part, ...]:
        place = len(parts) if at is None else at - 1
        if not 0 <= place <= len(parts):
            raise Invalid("position", f"the visit has {len(parts)} segments")
        if len(parts) >= MOST:
            raise Invalid("position", f"a visit has at most {MOST} segments")
        part = Part(services[new.service_id], new.staff_id, new.guest_name, new.together and place > 0)
        return (*parts[:place], part, *parts[place:])

    return change


def dropping(at: int) -> Revision:
    """Return the change that takes away the part at a place (from 1); the last one is cancelled instead."""

    def change(parts: Sequence[Part], services: Services) -> tuple[Part, ...]:
        _there(parts, at)
        if len(parts) == 1:
            raise Invalid("position", "this is its only segment: cancel the appointment")
        left = [*parts[: at - 1], *parts[at:]]
        if at == 1:
            left[0] = replace(left[0], together=False)
        return tuple(left)

    return change


def replacing(
    at: int, *, service_id: UUID | None = None, staff_id: UUID | None = None, minutes: int | None = None
) -> Revision:
    """Return the change of the part at a place (from 1): another service, somebody else, another length in minutes."""

    def change(parts: Sequence[Part], services: Services) -> tuple[Part, ...]:
        _there(parts, at)
        part = parts[at - 1]
        wanted = services[service_id] if service_id else part.service
        if minutes is not None:
            wanted = lasting(wanted, minutes)
        whom = staff_id or (part.staff_id if service_id is None else None)
        return (*parts[: at - 1], replace(part, service=wanted, staff_id=whom), *parts[at:])

    return change


def _there(parts: Sequence[Part], at: int) -> None:
    if not 1 <= at <= len(parts):
        raise Invalid("position", f"the visit has {len(parts)} segments")
