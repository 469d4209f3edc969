"""Appointments: place, look at, move, confirm, cancel, complete, mark as no-show."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Body, Path, Query, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import actions, views
from truebook.booking.model import Appointment, Customer, Wish
from truebook.channels.api import times
from truebook.channels.api.idempotency import IdempotencyKey, key
from truebook.channels.api.keys import Owner
from truebook.channels.api.metrics import BOOKINGS
from truebook.channels.api.paging import Cursor, Limit, after_moment, moment_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Email, LocalDate, Moment, Name, Phone, StatusName, Strict, Text, View
from truebook.channels.api.versions import Seen, etag
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

LONGEST_RANGE = timedelta(days=366)
routes = router("/appointments", "appointments")


class NewCustomer(Strict):
    """Who an appointment is for. With a phone number they are known again next time."""

    name: Name
    phone: Phone | None = None
    email: Email | None = None


class NewAppointment(Strict):
    """What to book. Without `staff_id` anyone who offers the service will do."""

    service_id: UUID
    start: Moment
    customer: NewCustomer
    staff_id: UUID | None = None
    notes: Text | None = None
    hold: Annotated[bool, Field(strict=True, description="keep the time free for ten minutes instead")] = False


class Move(Strict):
    """Where an appointment moves to. Without `staff_id` it stays with the same member of staff."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"start": "2026-12-02T16:30"}]})

    start: Moment
    staff_id: UUID | None = None


class Nothing(Strict):
    """No field is needed, and none is known."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


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


class AppointmentView(View):
    """An appointment as it stands in the database."""

    id: UUID
    code: str = Field(examples=["7Q4-K2M"])
    status: StatusName
    service: Named
    staff: Named
    start: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T15:30:00+01:00"])
    end: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T16:15:00+01:00"])
    timezone: str = Field(examples=["Europe/Madrid"])
    customer: CustomerView
    price: Price | None
    notes: str | None
    source: str
    version: int
    hold_expires_at: str | None = Field(json_schema_extra={"format": "date-time"})
    created_at: str = Field(json_schema_extra={"format": "date-time"})
    updated_at: str = Field(json_schema_extra={"format": "date-time"})


class AppointmentPage(View):
    """Appointments in order of their start, and the cursor of the next page."""

    items: list[AppointmentView]
    next: str | None


class Change(View):
    """One entry of an appointment's history: who changed it, why, when, and the row as it was then."""

    version: int
    op: str
    actor: str | None
    cause: str | None
    at: str = Field(json_schema_extra={"format": "date-time"})
    row: dict[str, Any]


class History(View):
    """Every change of an appointment, in order."""

    items: list[Change]


EXAMPLE = {
    "service_id": "019ab0c4-7d00-7000-8000-000000000001",
    "staff_id": "019ab0c4-7d00-7000-8000-000000000002",
    "start": "2026-12-02T15:30",
    "customer": {"name": "Carla", "phone": "+43 660 1234567"},
}
Wanted = Annotated[NewAppointment, Body(openapi_examples={"a haircut": {"value": EXAMPLE}})]
Code = Annotated[str, Path(pattern=r"^[2-9A-HJ-NP-Za-hj-np-z]{3}-?[2-9A-HJ-NP-Za-hj-np-z]{3}$", examples=["7Q4-K2M"])]


@routes.post("", status_code=201, response_model=None, responses={201: {"model": AppointmentView}})
async def book(call: Owner, wanted: Wanted, repeat: IdempotencyKey = None) -> Response:
    """Book a time, or hold it. Refused times name their reason and the nearest free ones."""
    wish = Wish(
        service_id=wanted.service_id,
        start=times.instant("start", wanted.start, call.zone),
        customer=Customer(wanted.customer.name, wanted.customer.phone, wanted.customer.email),
        staff_id=wanted.staff_id,
        notes=wanted.notes,
    )
    place = actions.hold if wanted.hold else actions.book
    placed = await place(call.db, call.scope, wish, now=clock.now(), key=key(repeat, call, wanted))
    BOOKINGS.labels(placed.status).inc()
    return _answer(placed, 201, Location=f"{PREFIX}/appointments/{placed.id}")


@routes.get("", response_model=None, responses={200: {"model": AppointmentPage}})
async def list_appointments(
    call: Owner,
    first: Annotated[LocalDate | None, Query(alias="from", description="first day; today if left out")] = None,
    last: Annotated[LocalDate | None, Query(alias="to", description="last day; 31 days later if left out")] = None,
    staff_id: UUID | None = None,
    status: StatusName | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Response:
    """List the appointments that start on the days asked for, on the business's calendar."""
    begin = first or clock.now().astimezone(call.zone).date()
    end = last or begin + timedelta(days=31)
    if not timedelta() <= end - begin <= LONGEST_RANGE:
        raise Invalid("to", f"give a last day that is not before the first, at most {LONGEST_RANGE.days} days later")
    found = await views.listing(
        call.db, call.scope, times.midnight(begin, call.zone), times.midnight(end + timedelta(days=1), call.zone),
        staff_id=staff_id, status=status, after=moment_in(AppointmentView, cursor), limit=limit + 1,
    )  # fmt: skip
    page = found[:limit]
    more = after_moment(AppointmentView, page[-1].start, page[-1].id) if len(found) > limit else None
    return Response(to_json({"items": [shown(one) for one in page], "next": more}), media_type="application/json")


@routes.get("/{id}", response_model=None, responses={200: {"model": AppointmentView}})
async def get_appointment(call: Owner, appointment_id: Id) -> Response:
    """Look at one appointment."""
    return _answer(await views.appointment(call.db, call.scope, appointment_id))


@routes.get("/by-code/{code}", response_model=None, responses={200: {"model": AppointmentView}})
async def get_appointment_by_code(call: Owner, code: Code) -> Response:
    """Look at the appointment with the code that its customer was told."""
    letters = code.upper().replace("-", "")
    return _answer(await views.by_code(call.db, call.scope, f"{letters[:3]}-{letters[3:]}"))


@routes.get("/{id}/history", response_model=None, responses={200: {"model": History}})
async def get_appointment_history(call: Owner, appointment_id: Id) -> Response:
    """See who changed an appointment, when and why."""
    changes = await views.history(call.db, call.scope, appointment_id)
    return Response(to_json({"items": changes}), media_type="application/json")


@routes.post("/{id}/move", response_model=None, responses={200: {"model": AppointmentView}})
async def move_appointment(
    call: Owner, appointment_id: Id, to: Move, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Move an appointment: the old time is free if, and only if, the new one is taken."""
    start = times.instant("start", to.start, call.zone)
    moved = await actions.move(
        call.db, call.scope, appointment_id, start, now=clock.now(), staff_id=to.staff_id, version=seen,
        key=key(repeat, call, to),
    )  # fmt: skip
    return _answer(moved)


def _answer(appointment: Appointment, status: int = 200, **headers: str) -> Response:
    body = to_json(shown(appointment))
    return Response(body, status, {"ETag": etag(appointment.version), **headers}, "application/json")


def _change(path: str, name: str, act: Any, sentence: str) -> None:
    """Add the route of a change that needs nothing but the appointment."""

    async def change(
        call: Owner,
        appointment_id: Id,
        seen: Seen,
        repeat: IdempotencyKey = None,
        body: Nothing | None = None,
    ) -> Response:
        once = key(repeat, call)
        return _answer(await act(call.db, call.scope, appointment_id, now=clock.now(), version=seen, key=once))

    routes.add_api_route(
        f"/{{id}}/{path}", change, methods=["POST"], name=name, summary=sentence, response_model=None,
        responses={200: {"model": AppointmentView}},
    )  # fmt: skip


_change("confirm", "confirm_appointment", actions.confirm, "Book what was held, or approve what was requested")
_change("cancel", "cancel_appointment", actions.cancel, "Cancel an appointment; its time is free at once")
_change("complete", "complete_appointment", actions.complete, "Note that an appointment took place")
_change("no-show", "mark_no_show", actions.mark_no_show, "Note that the customer did not come")


def shown(one: Appointment) -> dict[str, Any]:
    """Return an appointment as JSON; by hand, since this is done for every booking."""
    zone = ZoneInfo(one.timezone)
    price = None if one.price_minor is None else {"amount_minor": one.price_minor, "currency": one.currency}
    customer = one.customer
    return {
        "id": one.id,
        "code": one.code,
        "status": one.status,
        "service": {"id": one.service_id, "name": one.service_name},
        "staff": {"id": one.staff_id, "name": one.staff_name},
        "start": times.local(one.start, zone),
        "end": times.local(one.end, zone),
        "timezone": one.timezone,
        "customer": {"id": customer.id, "name": customer.name, "phone": customer.phone, "email": customer.email},
        "price": price,
        "notes": one.notes,
        "source": one.source,
        "version": one.version,
        "hold_expires_at": one.hold_expires_at,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
    }
