"""Appointments: place, look at, move, confirm, cancel, complete, mark as no-show."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Path, Query, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import actions, classes, views
from truebook.booking.model import Appointment, Customer, Wish
from truebook.booking.placing import known
from truebook.channels.api import times, visits
from truebook.channels.api.idempotency import IdempotencyKey, key
from truebook.channels.api.keys import Call, Owner
from truebook.channels.api.paging import Cursor, Limit, after_moment, moment_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import (
    Email,
    LocalDate,
    Moment,
    Name,
    Phone,
    StatusName,
    Strict,
    Text,
    View,
)
from truebook.channels.api.versions import Seen
from truebook.channels.api.visits import MOST, AppointmentView, Override, Segments, answered, shown
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

LONGEST_RANGE = timedelta(days=366)
LARGEST_VERSION = 2**31 - 1
routes = router("/appointments", "appointments")
codes = router("/codes", "appointments")


class NewCustomer(Strict):
    """Who an appointment is for. With a phone number they are known again next time."""

    name: Name
    phone: Phone | None = None
    email: Email | None = None


Tell = Annotated[bool, Field(strict=True, description="false: the caller tells the customer")]


class NewAppointment(Strict):
    """What to book: one service, a visit of several segments, or places in a class. No `staff_id`: anyone."""

    service_id: UUID | None = None
    start: Annotated[Moment | None, Field(description="a class has its own")] = None
    customer: NewCustomer
    staff_id: UUID | None = None
    segments: Segments | None = None
    class_id: UUID | None = None
    seats: Annotated[
        int | None, Field(strict=True, ge=1, le=MOST, description="places in the class; 1 if left out")
    ] = None
    same_staff: Annotated[bool, Field(strict=True, description="one member of staff throughout, for each guest")] = True
    notes: Text | None = None
    hold: Annotated[bool, Field(strict=True, description="keep the time free for ten minutes instead")] = False
    arrived: Annotated[bool, Field(strict=True, description="they are there already: a walk-in")] = False
    tell: Annotated[bool, Field(strict=True, description="false: the caller tells the customer; changes are told")] = (
        True
    )
    override: Override = []


class Move(Strict):
    """Where an appointment moves to, all of it. Without `staff_id` it stays with the same members of staff.

    Places in a class move to another class.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"start": "2026-12-02T16:30"}]})

    start: Moment | None = None
    class_id: Annotated[UUID | None, Field(description="for places in a class: the other class")] = None
    staff_id: UUID | None = None
    tell: Tell = True
    override: Override = []


class Amend(Strict):
    """How many places in its class an appointment has from now on, or what is to be known of it: one of the two."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"notes": "allergic to lavender"}]})

    seats: Annotated[
        int | None,
        Field(strict=True, ge=1, le=MOST, description="places in its class: fewer give some back, more are claimed"),
    ] = None
    notes: Annotated[Text | None, Field(description="instead of those there are; null: none")] = None


class Cancel(Strict):
    """How to cancel; nothing needs to be said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})

    tell: Tell = True


class Nothing(Strict):
    """No field is needed, and none is known."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


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
    """The changes of an appointment, in order, and the cursor of the next page."""

    items: list[Change]
    next: str | None


EXAMPLE = {
    "service_id": "019ab0c4-7d00-7000-8000-000000000001",
    "staff_id": "019ab0c4-7d00-7000-8000-000000000002",
    "start": "2026-12-02T15:30",
    "customer": {"name": "Carla", "phone": "+43 660 1234567"},
}
VISIT = {
    "segments": [
        {"service_id": "019ab0c4-7d00-7000-8000-000000000003"},
        {"service_id": "019ab0c4-7d00-7000-8000-000000000001"},
        {"service_id": "019ab0c4-7d00-7000-8000-000000000001", "guest_name": "Mia", "together": True},
    ],
    "start": "2026-12-02T15:30",
    "customer": {"name": "Carla", "phone": "+43 660 1234567"},
}
NewVisit = Annotated[
    NewAppointment,
    Body(openapi_examples={"a haircut": {"value": EXAMPLE}, "colour and cut, and her daughter's": {"value": VISIT}}),
]
Code = Annotated[str, Path(pattern=r"^[2-9A-HJ-NP-Za-hj-np-z]{3}-?[2-9A-HJ-NP-Za-hj-np-z]{3}$", examples=["7Q4-K2M"])]


@routes.post("", status_code=201, response_model=None, responses={201: {"model": AppointmentView}})
async def book(call: Owner, wanted: NewVisit, repeat: IdempotencyKey = None) -> Response:
    """Book a time, or hold it. Refused times name their reason and the nearest free ones."""
    if wanted.hold and wanted.arrived:
        raise Invalid("arrived", "a time that is only held is nobody's arrival")
    if wanted.class_id is not None:
        placed = await _join(call, wanted, repeat)
    else:
        placed = await _visit(call, wanted, repeat)
    return answered(placed, 201, Location=f"{PREFIX}/appointments/{placed.id}")


async def _join(call: Call, wanted: NewAppointment, repeat: str | None) -> Appointment:
    """Book places in a class; what a class decides itself is refused beside it."""
    assert wanted.class_id is not None
    for field in ("service_id", "start", "staff_id", "segments"):
        if getattr(wanted, field) is not None:
            raise Invalid(field, "a class decides that itself: leave it out beside class_id")
    if wanted.arrived:
        raise Invalid("arrived", "places in a class are booked before it begins")
    if not wanted.tell:
        raise Invalid("tell", "whoever takes a place in a class is told")
    return await classes.book(
        call.db, call.scope, wanted.class_id, _customer(wanted), now=clock.now(), seats=wanted.seats or 1,
        hold=actions.HOLD if wanted.hold else None, key=key(repeat, call, wanted), notes=wanted.notes,
        overrides=known(wanted.override),
    )  # fmt: skip


def _customer(wanted: NewAppointment) -> Customer:
    return Customer(wanted.customer.name, wanted.customer.phone, wanted.customer.email)


async def _visit(call: Call, wanted: NewAppointment, repeat: str | None) -> Appointment:
    """Book the segments that are asked for at a time."""
    if wanted.seats is not None:
        raise Invalid("seats", "only a class has seats: name it in class_id")
    if wanted.start is None:
        raise Invalid("start", "say when it is to begin")
    parts = visits.wanted(wanted.segments, wanted.service_id, wanted.staff_id)
    wish = Wish(
        service_id=parts[0].service_id,
        start=times.instant("start", wanted.start, call.zone),
        customer=_customer(wanted),
        staff_id=parts[0].staff_id,
        notes=wanted.notes,
        segments=parts,
        same_staff=wanted.same_staff,
        overrides=known(wanted.override),
        arrived=wanted.arrived,
        tell=wanted.tell,
    )
    place = actions.hold if wanted.hold else actions.book
    with visits.fields_named(long=wanted.segments is not None):
        return await place(call.db, call.scope, wish, now=clock.now(), key=key(repeat, call, wanted))


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
    return answered(await views.appointment(call.db, call.scope, appointment_id))


@codes.get("/{code}", response_model=None, responses={200: {"model": AppointmentView}})
async def get_appointment_by_code(call: Owner, code: Code) -> Response:
    """Look at the appointment with the code that its customer was told."""
    letters = code.upper().replace("-", "")
    return answered(await views.by_code(call.db, call.scope, f"{letters[:3]}-{letters[3:]}"))


@routes.get("/{id}/history", response_model=None, responses={200: {"model": History}})
async def get_appointment_history(
    call: Owner, appointment_id: Id, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """See who changed an appointment, when and why."""
    seen = moment_in(Change, cursor)
    after = (seen[0], min(seen[1].int, LARGEST_VERSION)) if seen else None
    changes = await views.history(call.db, call.scope, appointment_id, after=after, limit=limit + 1)
    page = changes[:limit]
    more = after_moment(Change, page[-1]["at"], UUID(int=page[-1]["version"])) if len(changes) > limit else None
    return Response(to_json({"items": page, "next": more}), media_type="application/json")


@routes.patch("/{id}", response_model=None, responses={200: {"model": AppointmentView}})
async def amend_appointment(
    call: Owner, appointment_id: Id, to: Amend, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Give an appointment more or fewer places in its class, or other notes. All places can be had, or none change."""
    if len(to.model_fields_set) != 1 or (to.seats is None and "seats" in to.model_fields_set):
        raise Invalid("seats", "say how many places it is to have, or in notes what is to be known of it")
    once = key(repeat, call, to)
    if to.seats is None:
        return answered(
            await actions.annotate(
                call.db, call.scope, appointment_id, to.notes or None, now=clock.now(), version=seen, key=once
            )
        )
    seated = await classes.reseat(
        call.db, call.scope, appointment_id, to.seats, now=clock.now(), version=seen, key=once
    )
    return answered(seated)


@routes.post("/{id}/move", response_model=None, responses={200: {"model": AppointmentView}})
async def move_appointment(
    call: Owner, appointment_id: Id, to: Move, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Move an appointment: the old time is free if, and only if, the new one is taken."""
    if (to.start is None) == (to.class_id is None):
        raise Invalid("start", "say when it is to begin, or for places in a class in class_id which other class")
    if to.start is None:
        assert to.class_id is not None
        if not to.tell:
            raise Invalid("tell", "whoever changes to another class is told")
        changed = await classes.change(
            call.db, call.scope, appointment_id, to.class_id, now=clock.now(), version=seen, key=key(repeat, call, to)
        )
        return answered(changed)
    start = times.instant("start", to.start, call.zone)
    with visits.field_alone():
        moved = await actions.move(
            call.db, call.scope, appointment_id, start, now=clock.now(), staff_id=to.staff_id, version=seen,
            key=key(repeat, call, to), overrides=known(to.override), by_caller=not to.tell,
        )  # fmt: skip
    return answered(moved)


@routes.post("/{id}/cancel", response_model=None, responses={200: {"model": AppointmentView}})
async def cancel_appointment(
    call: Owner, appointment_id: Id, seen: Seen, repeat: IdempotencyKey = None, body: Cancel | None = None
) -> Response:
    """Cancel an appointment; its time is free at once."""
    told = body or Cancel()
    once = key(repeat, call, told if not told.tell else None)
    cancelled = await actions.cancel(
        call.db, call.scope, appointment_id, now=clock.now(), version=seen, key=once, by_caller=not told.tell
    )
    return answered(cancelled)


@routes.delete("/{id}/link", status_code=204, response_model=None)
async def withdraw_link(call: Owner, appointment_id: Id) -> Response:
    """Withdraw the link in an appointment's receipt: whoever has it sees and changes nothing any more."""
    await views.withdraw_link(call.db, call.scope, appointment_id)
    return Response(status_code=204)


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
        return answered(await act(call.db, call.scope, appointment_id, now=clock.now(), version=seen, key=once))

    routes.add_api_route(
        f"/{{id}}/{path}", change, methods=["POST"], name=name, summary=sentence, response_model=None,
        responses={200: {"model": AppointmentView}},
    )  # fmt: skip


_change("confirm", "confirm_appointment", actions.confirm, "Book what was held, or request it where that is needed")
_change("approve", "approve_appointment", actions.approve, "Approve what was requested")
_change("complete", "complete_appointment", actions.complete, "Note that an appointment took place")
_change("no-show", "mark_no_show", actions.mark_no_show, "Note that the customer did not come")
_change("arrive", "arrive", actions.arrive, "Note that the customer is there")
_change("unarrive", "unarrive", actions.unarrive, "Take back that the customer is there")
_change("reopen", "reopen_appointment", actions.reopen, "Make one stand again that was cancelled, done or missed")
