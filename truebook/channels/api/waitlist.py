"""The waitlist: join, look, leave, and take or let go what is offered."""

from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import turns, waitlist
from truebook.booking.model import Customer, Span
from truebook.booking.waitlist import Entry, Waiting
from truebook.channels.api import times
from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, after_place, place_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Email, Moment, Name, Phone, Strict, View
from truebook.channels.api.versions import etag
from truebook.channels.api.visits import AppointmentView, Named, shown
from truebook.kernel import clock

Status = Literal["waiting", "offered", "booked", "withdrawn", "expired"]
routes = router("/waitlist", "waitlist")


class NewWaiting(Strict):
    """Who waits. They are told, so a phone number is needed."""

    name: Name
    phone: Phone
    email: Email | None = None


class Window(Strict):
    """From when to when the whole appointment could be."""

    start: Moment
    end: Moment


class NewEntry(Strict):
    """What somebody waits for, and when it could be. Without `staff_id` anyone who offers it will do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "service_id": "019ab0c4-7d00-7000-8000-000000000001",
                    "customer": {"name": "Carla", "phone": "+43 660 1234567"},
                    "windows": [{"start": "2026-12-02T09:00", "end": "2026-12-02T13:00"}],
                }
            ]
        }
    )

    service_id: UUID
    staff_id: UUID | None = None
    customer: NewWaiting
    windows: Annotated[list[Window], Field(min_length=1, max_length=waitlist.MOST)]


class WaitingView(View):
    """Who waits."""

    id: UUID
    name: str | None
    phone: str | None


class WindowView(View):
    """When it could be; what was offered and let go is taken out."""

    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str = Field(json_schema_extra={"format": "date-time"})


class EntryView(View):
    """A place on the waitlist. Whoever let fewer offers go comes first, then whoever waits longer."""

    id: UUID
    status: Status = Field(description="expired: three offers were let go, or no window is left")
    customer: WaitingView
    service: Named
    staff: Named | None
    windows: list[WindowView]
    passed: int = Field(description="offers that were let go")
    joined_at: str = Field(json_schema_extra={"format": "date-time"})
    appointment_id: UUID | None = Field(description="what is offered, as a hold; later the booking")
    version: int


class Waitlist(View):
    """Entries in turn, and the cursor of the next page."""

    items: list[EntryView]
    next: str | None


@routes.post("", status_code=201, response_model=None, responses={201: {"model": EntryView}})
async def join_waitlist(call: Owner, new: NewEntry) -> Response:
    """Put somebody on the list. Who waits for the same already keeps their place, and the windows are added."""
    windows = tuple(
        Span(
            times.instant(f"windows.{n}.start", one.start, call.zone),
            times.instant(f"windows.{n}.end", one.end, call.zone),
        )
        for n, one in enumerate(new.windows)
    )
    customer = Customer(new.customer.name, new.customer.phone, new.customer.email)
    wanted = Waiting(new.service_id, new.staff_id, windows)
    entry = await waitlist.join(call.db, call.scope, customer, wanted, now=clock.now())
    return _answer(entry, call.zone, 201, Location=f"{PREFIX}/waitlist/{entry.id}")


@routes.get("", response_model=None, responses={200: {"model": Waitlist}})
async def list_waitlist(
    call: Owner,
    service_id: UUID | None = None,
    status: Status | None = None,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> Response:
    """List who waits or was offered something, in turn; or those with another status."""
    after = place_in(EntryView, cursor)
    found = await waitlist.listing(
        call.db, call.scope, service_id=service_id, status=status, after=after, limit=limit + 1
    )
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    more = after_place(EntryView, last.passed, last.joined_at, last.id) if last else None
    body = {"items": [_shown(one, call.zone) for one in page], "next": more}
    return Response(to_json(body), media_type="application/json")


@routes.get("/{id}", response_model=None, responses={200: {"model": EntryView}})
async def get_waitlist_entry(call: Owner, entry_id: Id) -> Response:
    """Look at one entry."""
    return _answer(await waitlist.get(call.db, call.scope, entry_id), call.zone)


@routes.delete("/{id}", status_code=204, response_model=None)
async def leave_waitlist(call: Owner, entry_id: Id) -> Response:
    """Take somebody off the list; what was offered to them is offered to the next."""
    await waitlist.leave(call.db, call.scope, entry_id)
    return Response(status_code=204)


@routes.post("/{id}/take", response_model=None, responses={200: {"model": AppointmentView}})
async def take_offer(call: Owner, entry_id: Id) -> Response:
    """Book what is offered."""
    taken = await turns.take(call.db, call.scope, entry_id, now=clock.now())
    return Response(to_json(shown(taken)), 200, {"ETag": etag(taken.version)}, "application/json")


@routes.post("/{id}/let-go", response_model=None, responses={200: {"model": EntryView}})
async def let_offer_go(call: Owner, entry_id: Id) -> Response:
    """Give back what is offered: the next in turn is asked. After three they are off the list."""
    return _answer(await turns.let_go(call.db, call.scope, entry_id), call.zone)


def _answer(one: Entry, zone: ZoneInfo, status: int = 200, **headers: str) -> Response:
    return Response(to_json(_shown(one, zone)), status, {"ETag": etag(one.version), **headers}, "application/json")


def _shown(one: Entry, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": one.status,
        "customer": {"id": one.customer_id, "name": one.customer_name, "phone": one.phone},
        "service": {"id": one.service_id, "name": one.service_name},
        "staff": {"id": one.staff_id, "name": one.staff_name} if one.staff_id else None,
        "windows": [{"start": times.local(w.start, zone), "end": times.local(w.end, zone)} for w in one.windows],
        "passed": one.passed,
        "joined_at": times.local(one.joined_at, zone),
        "appointment_id": one.appointment_id,
        "version": one.version,
    }
