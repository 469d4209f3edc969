"""What a visit is made of: the segments that are wished for, whatever can be busy, and the plan of who does what when.

A visit is one appointment of one or several segments, each one service for one person. Instants are aware and in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from truebook.booking.model import Hours, Policy, Service, Taken


@dataclass(frozen=True, slots=True)
class Part:
    """A segment that is wished for: a service, with a certain member of staff or with anyone who offers it.

    A guest's parts follow each other (None: the customer). With `together` it begins when the part before it begins;
    the first part of another guest, else, begins when all before it is over.
    """

    service: Service
    staff_id: UUID | None = None
    guest_name: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What is wished for as one appointment, all or none.

    With `same_staff` each guest has one member of staff throughout, of those who offer all that the guest wants;
    where nobody does, or where others are named, it does not hold.
    """

    parts: tuple[Part, ...]
    same_staff: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """Something that can be busy: a member of staff, or a numbered unit of a pool of rooms, seats or equipment.

    `pool_id` is None for staff; `offers` are the services of a member of staff. Without `hours` it is there at any
    time, without `policy` it asks for no notice, horizon or steps. Equal only to itself.
    """

    id: UUID
    name: str
    pool_id: UUID | None = None
    hours: Hours | None = None
    policy: Policy | None = None
    taken: Taken = field(default_factory=Taken)
    offers: frozenset[UUID] = frozenset()


class Claim(NamedTuple):
    """A stretch of time of one resource that a segment is to hold, buffers included; for which role."""

    resource_id: UUID
    start: datetime
    end: datetime
    role: str


class Seat(NamedTuple):
    """Who or what fills a role of a segment; `pool_id` is None for a member of staff."""

    role: str
    pool_id: UUID | None
    resource_id: UUID
    resource_name: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One service for one person, with its own time, who does it, and the claims to be written for it.

    `staff` is who leads: the member of staff with the most to do in it; None for a seat in a class, whose session it
    then names. The claims of one resource never overlap
    within a visit: a buffer gives way to the work of another segment. They come in order of resource and start.
    """

    service: Service
    start: datetime
    end: datetime
    guest_name: str | None
    staff: Seat | None
    seats: tuple[Seat, ...]
    claims: tuple[Claim, ...]
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a visit can be had: its segments in the order wished for."""

    segments: tuple[Segment, ...]

    @property
    def start(self) -> datetime:
        """When the first segment begins."""
        return min(segment.start for segment in self.segments)

    @property
    def end(self) -> datetime:
        """When the last one ends."""
        return max(segment.end for segment in self.segments)
