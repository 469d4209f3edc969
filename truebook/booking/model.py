"""What booking talks about: frozen facts, loaded from rows or about to become one. Instants are aware and in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

Status = Literal["held", "pending", "confirmed", "cancelled", "completed", "no_show"]
BLOCKING: frozenset[Status] = frozenset({"held", "pending", "confirmed"})
"""The statuses that keep a time from being given to somebody else."""
Source = Literal["api", "whatsapp", "web", "test", "staff", "import"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a service needs one resource for: a member of staff who offers it (no pool), or a unit of a pool.

    `busy` are the minutes, from the service's start, during which the resource is kept: [from, until) in order, apart
    from each other. Minutes before 0 and after the service's end are buffers.
    """

    name: str
    pool_id: UUID | None
    busy: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be booked. Lengths in minutes; the price in minor units (cents) of its currency.

    Without a role for staff among `roles`, somebody is busy for its length plus its buffers; a role for staff replaces
    both.
    """

    id: UUID
    name: str
    duration: int
    buffer_before: int = 0
    buffer_after: int = 0
    price_minor: int | None = None
    currency: str = "EUR"
    needs_approval: bool = False
    is_active: bool = True
    roles: tuple[Role, ...] = ()

    def span(self, start: datetime) -> "Span":
        """Return the appointment's own time if it starts at start."""
        return Span(start, start + timedelta(minutes=self.duration))

    def blocked(self, start: datetime) -> "Span":
        """Return the time that an appointment starting at start keeps busy, buffers included."""
        own = self.span(start)
        return Span(own.start - timedelta(minutes=self.buffer_before), own.end + timedelta(minutes=self.buffer_after))


class Span(NamedTuple):
    """A stretch of time from start up to, not including, end."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share any moment."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Tell whether other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Policy:
    """How far ahead and on which grid appointments are made. Minutes, and days for the horizon."""

    slot_minutes: int = 15
    min_notice_minutes: int = 0
    max_advance_days: int = 90
    cancel_notice_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days off, first and last included; a yearly one comes back every year on the same dates."""

    starts_on: date
    ends_on: date
    yearly: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """When somebody works, appointments apart: weekly hours, special days, days off.

    `weekly` maps the weekday (0 = Sunday .. 6 = Saturday) to intervals in minutes since midnight on the wall clock of
    `zone`; `special` maps a date to the intervals that hold instead, none meaning closed. Equal only to itself, so
    that what is worked out from it can be remembered, as part of what is remembered of the business it belongs to: the
    number of its id, which is looked up faster than the id.
    """

    zone: ZoneInfo
    weekly: dict[int, tuple[tuple[int, int], ...]]
    special: dict[date, tuple[tuple[int, int], ...]]
    blackouts: tuple[Blackout, ...]
    business: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The times that are given away already, in `ticks` and side by side: there are hundreds, and few are looked at.

    Of each appointment its own start and end, and with its buffers.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    blocked_from: tuple[int, ...] = ()
    blocked_until: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def own(self, wanted: "Span") -> bool:
        """Tell whether any appointment's own time overlaps a span."""
        return _any_overlap(self.starts, self.ends, wanted)

    def blocked(self, wanted: "Span") -> bool:
        """Tell whether any appointment, its buffers included, overlaps a span."""
        return _any_overlap(self.blocked_from, self.blocked_until, wanted)


def _any_overlap(starts: tuple[int, ...], ends: tuple[int, ...], wanted: "Span") -> bool:
    if not starts:
        return False
    begin, until = ticks(wanted.start), ticks(wanted.end)
    return any(start < until and begin < end for start, end in zip(starts, ends, strict=True))


EPOCH, TICK = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MINUTE = 60_000_000
"""In ticks."""


def ticks(moment: datetime) -> int:
    """Return an instant as PostgreSQL counts it: in microseconds since the year 2000 began in UTC."""
    return (moment - EPOCH) // TICK


@dataclass(frozen=True, slots=True)
class Diary:
    """Everything that decides when one member of staff is free: their hours, and what is in the book already."""

    staff_id: UUID
    staff_name: str
    hours: Hours
    policy: Policy
    taken: Taken
    offers_service: bool = True


class Slot(NamedTuple):
    """A time that can be booked with one member of staff. A tuple, because there are thousands of them at a time."""

    staff_id: UUID
    staff_name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Customer:
    """Who an appointment is for, as they told it."""

    name: str
    phone: str | None = None
    email: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A segment that somebody wants: a service, with whom (None: anyone), for whom (None: the one who books).

    A guest's segments follow each other; with `together` it begins with the segment before it.
    """

    service_id: UUID
    staff_id: UUID | None = None
    guest_name: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book. Without `staff_id` anyone who offers the service will do.

    A visit of several segments says all of them in `segments`; with `same_staff` each guest has one member of staff
    throughout. `overrides` names the rules that staff go beyond for it; `arrived`: whom it is for is there already.
    Without `tell` nobody is told of it.
    """

    service_id: UUID
    start: datetime
    customer: Customer
    staff_id: UUID | None = None
    notes: str | None = None
    source: Source = "api"
    conversation_id: UUID | None = None
    segments: tuple[Wanted, ...] = ()
    same_staff: bool = True
    overrides: tuple[str, ...] = ()
    arrived: bool = False
    tell: bool = True

    @property
    def parts(self) -> tuple[Wanted, ...]:
        """The segments that are wanted, one at least."""
        return self.segments or (Wanted(self.service_id, self.staff_id),)


class Held(NamedTuple):
    """Who or what fills a role of a segment, by the name it had when it was agreed; `pool_id` is None for staff."""

    role: str
    id: UUID
    name: str
    pool_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AppointmentSegment:
    """A row of the table appointment_segments: one service for one person, with its own time.

    `staff_id` is who leads it; `held` are all who take part, rooms and units among them. `guest_name` is None for the
    one who books; `session_id` is the class in which this is a seat.
    """

    position: int
    service_id: UUID | None
    service_name: str | None
    staff_id: UUID | None
    staff_name: str | None
    guest_name: str | None
    start: datetime
    end: datetime
    price_minor: int | None
    held: tuple[Held, ...] = ()
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit: a row of the table appointments with its segments, as they were read back."""

    id: UUID
    code: str
    status: Status
    start: datetime
    end: datetime
    timezone: str
    customer: Customer
    conversation_id: UUID | None
    price_minor: int | None
    currency: str | None
    notes: str | None
    source: Source
    hold_expires_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    arrived_at: datetime | None
    overrides: tuple[str, ...]
    segments: tuple[AppointmentSegment, ...]
    confirmed_by_customer_at: datetime | None = None
    """When they said, after a reminder, that they will come."""

    @property
    def local_start(self) -> datetime:
        """The start on the wall clock of the zone in which it was agreed."""
        return self.start.astimezone(ZoneInfo(self.timezone))

    @property
    def service_id(self) -> UUID | None:
        """The first segment's service; None where it is gone."""
        return self.segments[0].service_id

    @property
    def service_name(self) -> str | None:
        """The first segment's service, by the name it had."""
        return self.segments[0].service_name

    @property
    def staff_id(self) -> UUID | None:
        """Who leads the first segment; None where they are gone."""
        return self.segments[0].staff_id

    @property
    def staff_name(self) -> str | None:
        """Who leads the first segment, by the name they had."""
        return self.segments[0].staff_name
