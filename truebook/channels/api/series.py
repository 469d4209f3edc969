"""Series: preview, book, look at, go on, cancel and move: an appointment a date, and what became of each."""

from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic import ConfigDict, Field, JsonValue
from pydantic_core import to_json

from truebook.booking import series
from truebook.booking.model import Customer, Wish
from truebook.booking.placing import known
from truebook.booking.recurrence import MOST
from truebook.booking.repeats import Day, Series, Summary
from truebook.booking.series import Foreseen, Mode, Other, Plan
from truebook.channels.api import times, visits
from truebook.channels.api.appointments import NewCustomer
from truebook.channels.api.idempotency import IdempotencyKey, key
from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, after_id, id_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Flag, LocalDate, StatusName, Strict, Text, View, WallMinute, clock_face
from truebook.channels.api.slots import SlotView
from truebook.channels.api.versions import etag
from truebook.channels.api.visits import Named, Override, Segments
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

routes = router("/series", "series")
EXAMPLE: dict[str, JsonValue] = {
    "service_id": "019ab0c4-7d00-7000-8000-000000000001",
    "staff_id": "019ab0c4-7d00-7000-8000-000000000002",
    "rrule": "FREQ=WEEKLY;COUNT=10",
    "starts_on": "2026-12-01",
    "time": "17:00",
}


class Repeated(Strict):
    """What is wanted, and when: a rule of RFC 5545 that ends, from a date on, at a time of the business's clock."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    service_id: UUID | None = None
    staff_id: UUID | None = None
    segments: Segments | None = None
    same_staff: Flag = True
    rrule: Annotated[str, Field(max_length=500, examples=["FREQ=WEEKLY;COUNT=10"])]
    starts_on: LocalDate
    time: WallMinute
    exceptions: Annotated[list[LocalDate], Field(max_length=MOST)] = []
    override: Override = []


class NewSeries(Repeated):
    """A series to book: all dates or none, or as far as possible. `tell`: its customer gets one message about it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**EXAMPLE, "customer": {"name": "Carla"}, "book": "possible"}]}
    )

    customer: NewCustomer
    notes: Text | None = None
    book: Mode
    tell: Flag = True


class GoOn(Strict):
    """Which dates are tried: those still wanted, with `retry` the refused ones as well."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"retry": True}]})

    retry: Flag = False


class Ended(Strict):
    """From which date on; all that are ahead, if left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"from": "2026-12-15"}]})

    first: LocalDate | None = Field(None, alias="from")


class Moved(Ended):
    """To which weekday of their weeks (Monday to Sunday) and which time, from which date on; what is left out stays.

    A single date is moved as the appointment it is.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"from": "2026-12-15", "time": "18:00"}]})

    weekday: Annotated[int, Field(strict=True, ge=0, le=6, description="0 = Sunday .. 6 = Saturday")] | None = None
    time: WallMinute | None = None
    staff_id: UUID | None = None
    override: Override = []


class WhyNotView(View):
    """Why a date cannot be had."""

    code: str = Field(examples=["booked"])
    reason: str


class ForeseenView(View):
    """What would become of a date."""

    date: str = Field(json_schema_extra={"format": "date"})
    start: str = Field(json_schema_extra={"format": "date-time"})
    status: Literal["free", "refused", "exception"]
    refusal: WhyNotView | None
    nearest: SlotView | None


class Foresight(View):
    """What would become of every date, and how many are free."""

    free: int
    items: list[ForeseenView]


class BookedView(View):
    """The appointment of a date, as it stands now."""

    id: UUID
    code: str
    status: StatusName
    start: str = Field(json_schema_extra={"format": "date-time"})


class DayView(View):
    """What became of a date: wanted is one that was not tried yet."""

    date: str = Field(json_schema_extra={"format": "date"})
    status: Literal["wanted", "booked", "refused", "exception"]
    appointment: BookedView | None
    refusal: WhyNotView | None


class SeriesView(View):
    """A series, and what became of every date. `refused` says of a change which dates could not follow it."""

    id: UUID
    rrule: str
    starts_on: str = Field(json_schema_extra={"format": "date"})
    time: str
    timezone: str
    items: list[DayView]
    version: int


class SummaryView(View):
    """A series in a list: how many of its dates are what."""

    id: UUID
    rrule: str
    starts_on: str = Field(json_schema_extra={"format": "date"})
    time: str
    timezone: str
    customer: Named
    wanted: int
    booked: int
    refused: int
    exceptions: int
    version: int


class SeriesPage(View):
    """Series in the order they were made, and the cursor of the next page."""

    items: list[SummaryView]
    next: str | None


class MovedView(View):
    """A series after a move, and why some dates stay where they were."""

    series: SeriesView
    refused: dict[str, WhyNotView]


@routes.post("/preview", response_model=None, responses={200: {"model": Foresight}})
async def preview_series(call: Owner, wanted: Repeated) -> Response:
    """See which dates are free, why the others are not, and the nearest time of each; nothing is changed."""
    with visits.fields_named(long=wanted.segments is not None):
        found = await series.preview(call.db, call.scope, _plan(wanted, Customer("")), call.zone, now=clock.now())
    items = [_foreseen(one, call.zone) for one in found]
    free = sum(one["status"] == "free" for one in items)
    return Response(to_json({"free": free, "items": items}), media_type="application/json")


@routes.post("", status_code=201, response_model=None, responses={201: {"model": SeriesView}})
async def book_series(call: Owner, wanted: NewSeries, repeat: IdempotencyKey = None) -> Response:
    """Book a series: all dates or none, or as far as possible. The same key goes on where it was interrupted."""
    customer = Customer(wanted.customer.name, wanted.customer.phone, wanted.customer.email)
    plan = _plan(wanted, customer, wanted.notes)
    with visits.fields_named(long=wanted.segments is not None):
        made = await series.book(
            call.db, call.scope, plan, wanted.book, call.zone, now=clock.now(), key=key(repeat, call, wanted),
            tells=wanted.tell,
        )  # fmt: skip
    return _answer(made, 201, Location=f"{PREFIX}/series/{made.id}")


@routes.get("", response_model=None, responses={200: {"model": SeriesPage}})
async def list_series(
    call: Owner, customer_id: UUID | None = None, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    """List the series, all of them or a customer's, and how many of their dates are booked."""
    found = await series.listing(
        call.db, call.scope, customer_id=customer_id, after=id_in(SummaryView, cursor), limit=limit + 1
    )
    page = found[:limit]
    more = after_id(SummaryView, page[-1].id) if len(found) > limit else None
    return Response(to_json({"items": [_summary(one) for one in page], "next": more}), media_type="application/json")


@routes.get("/{id}", response_model=None, responses={200: {"model": SeriesView}})
async def get_series(call: Owner, series_id: Id) -> Response:
    """See what became of every date."""
    return _answer(await series.get(call.db, call.scope, series_id))


@routes.post("/{id}/resume", response_model=None, responses={200: {"model": SeriesView}})
async def resume_series(call: Owner, series_id: Id, how: GoOn) -> Response:
    """Book the dates that were not tried yet; with `retry` try the refused ones once more."""
    return _answer(await series.resume(call.db, call.scope, series_id, now=clock.now(), retry=how.retry))


@routes.post("/{id}/cancel", response_model=None, responses={200: {"model": SeriesView}})
async def cancel_series(call: Owner, series_id: Id, what: Ended) -> Response:
    """Cancel all dates that are ahead, or one date and those that follow; a single date is its own appointment's."""
    now = clock.now()
    first = what.first or now.astimezone(call.zone).date()
    return _answer(await series.cancel(call.db, call.scope, series_id, first, now=now))


@routes.post("/{id}/move", response_model=None, responses={200: {"model": MovedView}})
async def move_series(call: Owner, series_id: Id, to: Moved) -> Response:
    """Move all dates that are ahead, or one and those that follow, to another time; who cannot stays, and is named."""
    now = clock.now()
    if (to.weekday, to.time, to.staff_id) == (None, None, None):
        raise Invalid("time", "say where to: another weekday, another time, or somebody else")
    other = Other(to.weekday, None if to.time is None else _minute(to.time), to.staff_id)
    first = to.first or now.astimezone(call.zone).date()
    moved, refused = await series.move(
        call.db, call.scope, series_id, first, other, now=now, overrides=known(to.override)
    )
    named = {on.isoformat(): {"code": one.code, "reason": one.message} for on, one in refused.items()}
    return Response(to_json({"series": _shown(moved), "refused": named}), media_type="application/json")


def _plan(wanted: Repeated, customer: Customer, notes: str | None = None) -> Plan:
    parts = visits.wanted(wanted.segments, wanted.service_id, wanted.staff_id)
    wish = Wish(
        parts[0].service_id, clock.now(), customer, parts[0].staff_id, notes, segments=parts,
        same_staff=wanted.same_staff, overrides=known(wanted.override),
    )  # fmt: skip
    return Plan(wish, wanted.rrule, wanted.starts_on, _minute(wanted.time), tuple(wanted.exceptions))


def _minute(given: int) -> int:
    if given == 1440:
        raise Invalid("time", "that is the next day: give a time from 00:00 to 23:59")
    return given


def _foreseen(one: Foreseen, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": one.on,
        "start": times.local(one.start, zone),
        "status": "exception" if one.exception else "refused" if one.refusal else "free",
        "refusal": {"code": one.refusal.code, "reason": one.refusal.message} if one.refusal else None,
        "nearest": times.slot(one.nearest, zone) if one.nearest else None,
    }


def _summary(one: Summary) -> dict[str, Any]:
    return {
        "id": one.id,
        "rrule": one.rrule,
        "starts_on": one.starts_on,
        "time": clock_face(one.minute),
        "timezone": one.timezone,
        "customer": {"id": one.customer_id, "name": one.customer_name},
        "wanted": one.wanted,
        "booked": one.booked,
        "refused": one.refused,
        "exceptions": one.exceptions,
        "version": one.version,
    }


def _answer(one: Series, status: int = 200, **headers: str) -> Response:
    return Response(to_json(_shown(one)), status, {"ETag": etag(one.version), **headers}, "application/json")


def _shown(one: Series) -> dict[str, Any]:
    zone = ZoneInfo(one.timezone)
    return {
        "id": one.id,
        "rrule": one.rrule,
        "starts_on": one.starts_on,
        "time": clock_face(one.minute),
        "timezone": one.timezone,
        "items": [_day(day, zone) for day in one.days],
        "version": one.version,
    }


def _day(one: Day, zone: ZoneInfo) -> dict[str, Any]:
    appointment = None
    if one.start is not None:
        appointment = {
            "id": one.appointment_id,
            "code": one.code,
            "status": one.appointment_status,
            "start": times.local(one.start, zone),
        }
    refusal = {"code": one.refusal["code"], "reason": one.refusal["message"]} if one.refusal else None
    return {"date": one.on, "status": one.status, "appointment": appointment, "refusal": refusal}
