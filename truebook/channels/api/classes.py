"""Classes: put on the calendar by the business, on one date or on many; customers book places in them."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import classes, timetable
from truebook.booking.sessions import Session, Taking
from truebook.booking.timetable import Course
from truebook.channels.api import times
from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Flag, LocalDate, Moment, Strict, Text, View
from truebook.channels.api.versions import Seen, etag
from truebook.channels.api.visits import AppointmentView, Named, shown
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.tenants.pools import MOST

LONGEST_RANGE = timedelta(days=366)
routes = router("/classes", "classes")

Seats = Annotated[
    int, Field(strict=True, ge=1, le=MOST, description="places to give away; all of the pool's if left out")
]
EXAMPLE: dict[str, Any] = {
    "service_id": "019ab0c4-7d00-7000-8000-000000000001",
    "staff_id": "019ab0c4-7d00-7000-8000-000000000002",
    "seats_pool_id": "019ab0c4-7d00-7000-8000-000000000003",
    "start": "2026-12-02T18:00",
    "seats": 12,
}


class NewClass(Strict):
    """A class: the service, who gives it, on the seats of which pool, in which room (a unit of another pool)."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    service_id: UUID
    staff_id: UUID
    seats_pool_id: UUID
    start: Moment
    seats: Seats | None = None
    room_id: UUID | None = None


class NewClasses(NewClass):
    """A class on every date of a rule, from the day of `start` on and at its time of day."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**EXAMPLE, "rrule": "FREQ=WEEKLY;COUNT=10"}]})

    rrule: Annotated[Text, Field(description="RFC 5545, such as FREQ=WEEKLY;COUNT=10; at most 60 dates")]
    exceptions: Annotated[list[LocalDate], Field(max_length=60, description="dates of the rule to leave out")] = []
    as_far_as_possible: Annotated[Flag, Field(description="else all dates or none")] = False


class Resized(Strict):
    """How many places are to be given away."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seats": 8}]})

    seats: Annotated[int, Field(strict=True, ge=1, le=MOST)]


class ClassMove(Strict):
    """When a class is to begin instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"start": "2026-12-02T19:00"}]})

    start: Moment


class ClassView(View):
    """A class as it stands. `free` places are left of `seats`."""

    id: UUID
    service: Named
    staff: Named | None
    room: Named | None
    seats_pool_id: UUID
    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str = Field(json_schema_extra={"format": "date-time"})
    seats: int
    free: int
    cancelled_at: str | None = Field(json_schema_extra={"format": "date-time"})
    version: int


class Refused(View):
    """A date on which there is no class, and why."""

    date: date
    code: str
    detail: str


class Classes(View):
    """Classes in order of their start, a thousand at most; of a series that was made, the dates without one too."""

    items: list[ClassView]
    refused: list[Refused] = []


class Attending(View):
    """The appointments that have places in a class."""

    items: list[AppointmentView]


@routes.post("", status_code=201, response_model=None, responses={201: {"model": ClassView}})
async def add_class(call: Owner, new: NewClass) -> Response:
    """Put a class on the calendar. What is in the way is named."""
    start = times.instant("start", new.start, call.zone)
    made = await timetable.add(call.db, call.scope, _course(new), start, now=clock.now())
    return _answer(made, call.zone, 201, Location=f"{PREFIX}/classes/{made.id}")


@routes.post("/series", status_code=201, response_model=None, responses={201: {"model": Classes}})
async def add_classes(call: Owner, new: NewClasses) -> Response:
    """Put a class on the calendar on every date of a rule: all or none, or as far as possible."""
    done = await timetable.add_series(
        call.db, call.scope, _course(new), new.rrule, times.instant("start", new.start, call.zone), new.exceptions,
        all_or_none=not new.as_far_as_possible, now=clock.now(),
    )  # fmt: skip
    refused = [{"date": one.on, "code": one.refusal.code, "detail": one.refusal.message} for one in done if one.refusal]
    made = [_shown(one.session, call.zone) for one in done if one.session]
    return Response(to_json({"items": made, "refused": refused}), 201, media_type="application/json")


@routes.get("", response_model=None, responses={200: {"model": Classes}})
async def list_classes(
    call: Owner,
    first: Annotated[LocalDate | None, Query(alias="from", description="first day; today if left out")] = None,
    last: Annotated[LocalDate | None, Query(alias="to", description="last day; 31 days later if left out")] = None,
    service_id: UUID | None = None,
) -> Response:
    """List the classes that begin on the days asked for, with the places that are left."""
    begin = first or clock.now().astimezone(call.zone).date()
    end = last or begin + timedelta(days=31)
    if not timedelta() <= end - begin <= LONGEST_RANGE:
        raise Invalid("to", f"give a last day that is not before the first, at most {LONGEST_RANGE.days} days later")
    found = await classes.listing(
        call.db, call.scope, times.midnight(begin, call.zone), times.midnight(end + timedelta(days=1), call.zone),
        service_id=service_id,
    )  # fmt: skip
    return Response(to_json({"items": [_shown(one, call.zone) for one in found]}), media_type="application/json")


@routes.get("/{id}", response_model=None, responses={200: {"model": ClassView}})
async def get_class(call: Owner, class_id: Id) -> Response:
    """Look at one class."""
    return _answer(await classes.get(call.db, call.scope, class_id), call.zone)


@routes.get("/{id}/appointments", response_model=None, responses={200: {"model": Attending}})
async def list_attending(call: Owner, class_id: Id) -> Response:
    """List the appointments that have places in a class."""
    found = await classes.attending(call.db, call.scope, class_id)
    return Response(to_json({"items": [shown(one) for one in found]}), media_type="application/json")


@routes.patch("/{id}", response_model=None, responses={200: {"model": ClassView}})
async def resize_class(call: Owner, class_id: Id, to: Resized, seen: Seen) -> Response:
    """Give away more or fewer places. Refused, naming who comes, where more are taken already."""
    return _answer(await classes.resize(call.db, call.scope, class_id, to.seats, version=seen), call.zone)


@routes.post("/{id}/move", response_model=None, responses={200: {"model": ClassView}})
async def move_class(call: Owner, class_id: Id, to: ClassMove, seen: Seen) -> Response:
    """Move a class with everybody in it, who are told: all of it, or nothing changes."""
    start = times.instant("start", to.start, call.zone)
    return _answer(await classes.move(call.db, call.scope, class_id, start, now=clock.now(), version=seen), call.zone)


@routes.post("/{id}/cancel", response_model=None, responses={200: {"model": ClassView}})
async def cancel_class(call: Owner, class_id: Id, seen: Seen) -> Response:
    """Cancel a class and every appointment in it; each is told."""
    return _answer(await classes.cancel(call.db, call.scope, class_id, now=clock.now(), version=seen), call.zone)


def _course(new: NewClass) -> Course:
    return Course(new.service_id, new.staff_id, new.seats_pool_id, new.seats, new.room_id)


def _answer(one: Session, zone: ZoneInfo, status: int = 200, **headers: str) -> Response:
    return Response(to_json(_shown(one, zone)), status, {"ETag": etag(one.version), **headers}, "application/json")


def _shown(one: Session, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": one.id,
        "service": {"id": one.service_id, "name": one.service_name},
        "staff": _taking(one.teacher),
        "room": _taking(one.room),
        "seats_pool_id": one.seats_pool_id,
        "start": times.local(one.start, zone),
        "end": times.local(one.end, zone),
        "seats": one.seats,
        "free": one.free,
        "cancelled_at": times.local(one.cancelled_at, zone) if one.cancelled_at else None,
        "version": one.version,
    }


def _taking(one: Taking | None) -> dict[str, Any] | None:
    return {"id": one.id, "name": one.name} if one else None
