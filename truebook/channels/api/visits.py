"""Appointments as they go over the wire: the segments that are asked for, and the visit that came of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic import Field
from pydantic_core import to_json

from truebook.booking.model import Appointment, AppointmentSegment, Held, Wanted
from truebook.booking.placing import OVERRIDES
from truebook.channels.api import times
from truebook.channels.api.schema import Flag, Name, StatusName, Strict, View
from truebook.channels.api.versions import etag
from truebook.kernel.errors import Invalid, NotFound

MOST = 50
"""Segments of one visit."""


class NewSegment(Strict):
    """One service for one person. Without `staff_id` anyone who offers it will do; without `guest_name` it is for the
    one who books. A guest's segments follow each other; with `together` it starts with the segment before it."""

    service_id: UUID
    staff_id: UUID | None = None
    guest_name: Name | None = None
    together: Flag = False


Segments = Annotated[list[NewSegment], Field(min_length=1, max_length=MOST)]
Override = Annotated[
    list[Annotated[str, Field(max_length=20)]],
    Field(
        max_length=len(OVERRIDES),
        description="the rules that staff go beyond, of: hours, notice, horizon, grid; history keeps them",
        examples=[["hours"]],
    ),
]


class Named(View):
    """A service or a member of staff, by the name it had when it was agreed."""

    id: UUID | None
    name: str | None


class CustomerView(View):
    """Who an appointment is for."""

    id: UUID | None
    name: str
    phone: str | None
    email: str | None


class Price(View):
    """An amount in minor units, such as cents."""

    amount_minor: int
    currency: str


class ResourceView(View):
    """A room, a unit or a further person that a segment keeps, and for which role; no `pool_id` for people."""

    role: str
    id: UUID
    name: str
    pool_id: UUID | None


class SegmentView(View):
    """One service for one person, by the names they had when it was agreed."""

    position: int
    service: Named
    staff: Named
    guest_name: str | None
    class_id: UUID | None
    resources: list[ResourceView]
    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str = Field(json_schema_extra={"format": "date-time"})
    price: Price | None


class AppointmentView(View):
    """An appointment as it stands in the database."""

    id: UUID
    code: str = Field(examples=["7Q4-K2M"])
    status: StatusName
    service: Named = Field(description="the first segment's")
    staff: Named = Field(description="who leads the first segment")
    segments: list[SegmentView]
    start: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T15:30:00+01:00"])
    end: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T16:15:00+01:00"])
    timezone: str = Field(examples=["Europe/Madrid"])
    customer: CustomerView
    price: Price | None
    notes: str | None
    source: str
    overrides: list[str] = Field(description="the rules that staff went beyond")
    arrived_at: str | None = Field(json_schema_extra={"format": "date-time"})
    confirmed_by_customer_at: str | None = Field(
        json_schema_extra={"format": "date-time"}, description="when they said, after a reminder, that they will come"
    )
    version: int
    hold_expires_at: str | None = Field(json_schema_extra={"format": "date-time"})
    created_at: str = Field(json_schema_extra={"format": "date-time"})
    updated_at: str = Field(json_schema_extra={"format": "date-time"})


def wanted(segments: Sequence[NewSegment] | None, service_id: UUID | None, staff_id: UUID | None) -> tuple[Wanted, ...]:
    """Return what is asked for, in the long form or the short one; raise Invalid where it is neither, or both."""
    if segments is None:
        if service_id is None:
            raise Invalid("service_id", "say which service, or give segments")
        return (Wanted(service_id, staff_id),)
    if service_id is not None or staff_id is not None:
        raise Invalid("segments", "give segments, or one service_id; not both")
    if segments[0].together:
        raise Invalid("segments.0.together", "there is no segment before the first")
    return tuple(Wanted(one.service_id, one.staff_id, one.guest_name, one.together) for one in segments)


@contextmanager
def fields_named(*, long: bool) -> Iterator[None]:
    """Let what is not there be named by its place, `segments.0.service_id`, where the long form was sent."""
    try:
        yield
    except NotFound as error:
        if long and (field := error.data.get("field")) in ("service_id", "staff_id"):
            error.data["field"] = f"segments.0.{field}"
        raise


@contextmanager
def field_alone() -> Iterator[None]:
    """Let what is not there be named as `service_id` where only one was sent, whatever the visit has beside it."""
    try:
        yield
    except NotFound as error:
        if field := error.data.get("field"):
            error.data["field"] = str(field).removeprefix("segments.0.")
        raise


def shown(one: Appointment) -> dict[str, Any]:
    """Return an appointment as JSON; by hand, since this is done for every booking."""
    zone = ZoneInfo(one.timezone)
    price = _price(one.price_minor, one.currency)
    customer = one.customer
    return {
        "id": one.id,
        "code": one.code,
        "status": one.status,
        "service": {"id": one.service_id, "name": one.service_name},
        "staff": {"id": one.staff_id, "name": one.staff_name},
        "segments": [segment(part, one.currency, zone) for part in one.segments],
        "start": times.local(one.start, zone),
        "end": times.local(one.end, zone),
        "timezone": one.timezone,
        "customer": {"id": customer.id, "name": customer.name, "phone": customer.phone, "email": customer.email},
        "price": price,
        "notes": one.notes,
        "source": one.source,
        "overrides": one.overrides,
        "arrived_at": one.arrived_at,
        "confirmed_by_customer_at": one.confirmed_by_customer_at,
        "version": one.version,
        "hold_expires_at": one.hold_expires_at,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
    }


def segment(one: AppointmentSegment, currency: str | None, zone: ZoneInfo) -> dict[str, Any]:
    """Return a segment as JSON."""
    return {
        "position": one.position,
        "service": {"id": one.service_id, "name": one.service_name},
        "staff": {"id": one.staff_id, "name": one.staff_name},
        "guest_name": one.guest_name,
        "class_id": one.session_id,
        "resources": [resource(held) for held in one.held if held.pool_id or held.id != one.staff_id],
        "start": times.local(one.start, zone),
        "end": times.local(one.end, zone),
        "price": _price(one.price_minor, currency),
    }


def resource(held: Held) -> dict[str, Any]:
    """Return a room, a unit or a further person as JSON."""
    return {"role": held.role, "id": held.id, "name": held.name, "pool_id": held.pool_id}


def _price(amount: int | None, currency: str | None) -> dict[str, Any] | None:
    return None if amount is None else {"amount_minor": amount, "currency": currency}


def answered(appointment: Appointment, status: int = 200, **headers: str) -> Response:
    """Return the answer that shows an appointment, with its version."""
    body = to_json(shown(appointment))
    return Response(body, status, {"ETag": etag(appointment.version), **headers}, "application/json")
