"""What else can be done with customers: find them, merge two, hand out or erase everything about one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import ConfigDict, Field, StringConstraints
from pydantic_core import to_json

from truebook.channels.api.customers import CustomerRecordView
from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.resources import answer
from truebook.channels.api.schema import Flag, Strict, View
from truebook.kernel import clock, signs
from truebook.people import dossier, erasing, finding, importing, listing, merging
from truebook.people.traces import Traces
from truebook.tenants import catalogue

routes = router("/customers", "customers")
Other = Annotated[UUID, Query(description="the customer who goes into the other one")]


class FoundView(View):
    """A customer as a list shows them."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    visits: int
    no_shows: int
    last: datetime | None
    next: datetime | None


class FoundPage(View):
    """At most fifty customers."""

    items: list[FoundView]


class Merging(Strict):
    """Who goes into the customer that the path names."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"customer_id": "0190a11c-0000-7000-8000-00000000000a"}]})

    customer_id: UUID


class MergerView(View):
    """What two customers become: what the one who stays is known by, and how many rows of the other move over."""

    becomes: dict[str, str | None]
    moves: dict[str, int]


class ErasureView(View):
    """What goes with a customer, in numbers, and which appointments stay without a name."""

    appointments: list[str] = Field(description="codes of the appointments that stay, without a name")
    upcoming: list[str] = Field(description="those of them that are still ahead: they stay booked")
    guests: int = Field(description="names of guests in them")
    conversations: int
    messages: int
    whatsapp_identities: int
    waitlist_entries: int
    series: int
    questions: int


class Importing(Strict):
    """A file for spreadsheets; without `save` nothing is changed, and the answer says what would become of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"csv": "name,phone\nCarla,+43 660 1234567"}]})

    csv: Annotated[str, StringConstraints(max_length=importing.LARGEST, pattern=r"^[^\x00]*$")]
    save: Flag = False


class Whose(Strict):
    """Whose customer is meant."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"appointment_id": "0190a11c-0000-7000-8000-00000000000a"}]}
    )

    appointment_id: UUID


class ImportedRow(View):
    """What became, or would become, of a row: why it cannot be taken, or the code of the appointment it booked."""

    number: int
    problem: str | None = Field(examples=["phone"])
    known: bool = Field(description="the customer is in the list already")
    beyond: bool = Field(description="the appointment lies outside the hours or the horizon, and is taken all the same")
    start: datetime | None
    code: str


class Imported(View):
    """What became of every row."""

    saved: bool
    rows: list[ImportedRow]


class Dossier(View):
    """Everything about a customer, by table, every row as it stands."""

    model_config = ConfigDict(extra="allow")

    exported_at: datetime
    customer: dict[str, Any]


@routes.get("/find", response_model=None, responses={200: {"model": FoundPage}})
async def find_customers(
    call: Owner, text: Annotated[str, Query(max_length=200, pattern=signs.LINES)] = ""
) -> Response:
    """Find customers by a part of their name, number or address, or by the code of an appointment."""
    found = await finding.find(call.db, call.scope, text, now=clock.now())
    return Response(to_json({"items": found}), media_type="application/json")


@routes.post("/of-appointment", response_model=None, responses={200: {"model": CustomerRecordView}})
async def put_in_list(call: Owner, body: Whose) -> Response:
    """Put whoever an appointment is for into the list of customers, where they booked under a name alone."""
    return answer(CustomerRecordView, await listing.put_in_list(call.db, call.scope, body.appointment_id))


@routes.post("/import", response_model=None, responses={200: {"model": Imported}})
async def import_customers(call: Owner, body: Importing) -> Response:
    """Take customers and upcoming appointments over from another system. Nobody is told of them."""
    shop, now = await catalogue.read(call.db, call.scope), clock.now()
    sheet = importing.read(body.csv, shop, zone=clock.zone(shop.account.timezone), now=now)
    work = importing.take if body.save else importing.foresee
    found = await work(call.db, call.scope, sheet, now=now)
    view = Imported(saved=body.save, rows=[ImportedRow.model_validate(row) for row in found.rows])
    return Response(view.model_dump_json(), media_type="application/json")


@routes.get("/{id}/merge", response_model=None, responses={200: {"model": MergerView}})
async def foresee_merger(call: Owner, customer_id: Id, other: Other) -> Response:
    """See what would become of two customers if they were made one."""
    found = await merging.foresee(call.db, call.scope, customer_id, other)
    return Response(to_json({"becomes": found.values, "moves": found.moves}), media_type="application/json")


@routes.post("/{id}/merge", response_model=None, responses={200: {"model": CustomerRecordView}})
async def merge_customers(call: Owner, customer_id: Id, body: Merging) -> Response:
    """Make one customer of two. What the other is known by goes where it is lacking, or into the notes."""
    return answer(CustomerRecordView, await merging.merge(call.db, call.scope, customer_id, body.customer_id))


@routes.get("/{id}/export", response_model=None, responses={200: {"model": Dossier}})
async def export_customer(call: Owner, customer_id: Id) -> Response:
    """Hand out everything that is kept about a customer."""
    found = await dossier.compile_for(call.db, call.scope, customer_id, now=clock.now())
    return Response(to_json(found), media_type="application/json")


@routes.get("/{id}/erasure", response_model=None, responses={200: {"model": ErasureView}})
async def foresee_erasure(call: Owner, customer_id: Id) -> Response:
    """See what would go with a customer, and what would stay without a name."""
    return _erasure(await erasing.foresee(call.db, call.scope, customer_id))


@routes.post("/{id}/erase", response_model=None, responses={200: {"model": ErasureView}})
async def erase_customer(call: Owner, customer_id: Id) -> Response:
    """Erase a customer everywhere, history included. Their appointments stay, without a name; this cannot be undone."""
    return _erasure(await erasing.erase(call.db, call.scope, customer_id))


def _erasure(found: Traces) -> Response:
    view = ErasureView(
        appointments=[one.code for one in found.visits],
        upcoming=[one.code for one in found.upcoming(clock.now())],
        guests=found.guests,
        conversations=len(found.chats),
        messages=found.messages,
        whatsapp_identities=found.identities,
        waitlist_entries=found.waiting,
        series=found.series,
        questions=found.questions,
    )
    return Response(view.model_dump_json(), media_type="application/json")
