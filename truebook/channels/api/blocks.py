"""Blocks: a person or a unit that is not to be had for a while, by the minute."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import blocks, resolving
from truebook.booking.blocks import Block, Kind
from truebook.booking.model import Appointment
from truebook.booking.placing import known
from truebook.booking.resolving import Away, Choice, Hit
from truebook.channels.api import times
from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Flag, LocalDate, Moment, Strict, Text, View
from truebook.channels.api.versions import etag
from truebook.channels.api.visits import AppointmentView, Override, shown
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

LONGEST_RANGE = timedelta(days=366)
routes = router("/blocks", "blocks")


class NewBlock(Strict):
    """Who or what, a member of staff or a unit, and from when to when; without an end for good."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "resource_id": "019ab0c4-7d00-7000-8000-000000000002",
                    "start": "2026-12-02T12:00",
                    "end": "2026-12-02T13:00",
                    "kind": "break",
                }
            ]
        }
    )

    resource_id: UUID
    start: Moment
    end: Moment | None = None
    kind: Kind = "away"
    reason: Text | None = None
    token_pool_id: UUID | None = Field(
        None, description="a pool of tokens: so many may be away at once, and this keeps one of them"
    )


class BlockedView(View):
    """Who or what a block is about."""

    id: UUID
    name: str


class BlockView(View):
    """A block as it stands."""

    id: UUID
    resource: BlockedView
    kind: Kind
    reason: str | None
    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str | None = Field(json_schema_extra={"format": "date-time"})
    token: BlockedView | None = Field(description="what it keeps of a pool that says how many may be away at once")
    version: int


class Blocks(View):
    """Blocks in order of their start, a thousand at most."""

    items: list[BlockView]


class Chosen(Strict):
    """What becomes of an appointment: its own time (without `start`) or another, with a colleague (without `staff_id`
    with anyone), or the end of it."""

    appointment_id: UUID
    start: Moment | None = None
    staff_id: UUID | None = None
    cancel: Flag = False
    version: Annotated[int, Field(strict=True, ge=1)] | None = None
    override: Override = []


class Unable(Strict):
    """Who or what is not to be had, from when to when; with `choices` what becomes of every appointment that is hit."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "resource_id": "019ab0c4-7d00-7000-8000-000000000002",
                    "start": "2026-12-02T09:00",
                    "end": "2026-12-02T18:00",
                    "reason": "ill",
                }
            ]
        }
    )

    resource_id: UUID
    start: Moment
    end: Moment
    kind: Kind = "away"
    reason: Text | None = None
    choices: Annotated[list[Chosen], Field(max_length=resolving.MOST)] | None = None


class ProposalView(View):
    """When a whole visit could be had instead, and with which colleague, where one is needed."""

    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str = Field(json_schema_extra={"format": "date-time"})
    staff: BlockedView | None


class HitView(View):
    """An appointment that is hit. Its first proposal can be chosen together with the first ones of all the others."""

    appointment: AppointmentView
    told: bool = Field(description="its customer has a conversation, and is told there; who has none is yours to call")
    proposals: list[ProposalView]


class Resolved(View):
    """Who is hit, and the blocks that were made; none where nothing was chosen yet."""

    items: list[HitView]
    blocks: list[BlockView]


@routes.post("", status_code=201, response_model=None, responses={201: {"model": BlockView}})
async def add_block(call: Owner, new: NewBlock) -> Response:
    """Keep a person or a unit free of appointments. Where there are some it is refused, and they are named."""
    start = times.instant("start", new.start, call.zone)
    end = times.instant("end", new.end, call.zone) if new.end else None
    made = await blocks.add(
        call.db,
        call.scope,
        new.resource_id,
        start,
        end,
        kind=new.kind,
        reason=new.reason,
        now=clock.now(),
        token_pool_id=new.token_pool_id,
    )
    return _answer(made, call.zone, 201, Location=f"{PREFIX}/blocks/{made.id}")


@routes.post("/resolve", response_model=None, responses={200: {"model": Resolved}})
async def resolve(call: Owner, unable: Unable) -> Response:
    """Somebody is ill, something broke: see who is hit and what each could have instead; or, with `choices`, do it.

    What is chosen happens in one go, or nothing does: the appointments move or end, those concerned are told once,
    and the time is blocked. A break within it stays as it is.
    """
    away = Away(
        unable.resource_id,
        times.instant("start", unable.start, call.zone),
        times.instant("end", unable.end, call.zone),
        unable.kind,
        unable.reason,
    )
    if unable.choices is None:
        hits = await resolving.propose(call.db, call.scope, away, now=clock.now())
        return _resolved([_hit(one, call.zone) for one in hits], [], call.zone)
    choices = [_choice(n, one, call.zone) for n, one in enumerate(unable.choices)]
    changed, made = await resolving.resolve(call.db, call.scope, away, choices, now=clock.now())
    return _resolved(
        [{"appointment": shown(one), "told": _told(one), "proposals": []} for one in changed], made, call.zone
    )


@routes.get("", response_model=None, responses={200: {"model": Blocks}})
async def list_blocks(
    call: Owner,
    first: Annotated[LocalDate | None, Query(alias="from", description="first day; today if left out")] = None,
    last: Annotated[LocalDate | None, Query(alias="to", description="last day; 31 days later if left out")] = None,
    resource_id: UUID | None = None,
) -> Response:
    """List the blocks that reach into the days asked for."""
    begin = first or clock.now().astimezone(call.zone).date()
    end = last or begin + timedelta(days=31)
    if not timedelta() <= end - begin <= LONGEST_RANGE:
        raise Invalid("to", f"give a last day that is not before the first, at most {LONGEST_RANGE.days} days later")
    found = await blocks.listing(
        call.db, call.scope, times.midnight(begin, call.zone), times.midnight(end + timedelta(days=1), call.zone),
        resource_id=resource_id,
    )  # fmt: skip
    return Response(to_json({"items": [_shown(one, call.zone) for one in found]}), media_type="application/json")


@routes.get("/{id}", response_model=None, responses={200: {"model": BlockView}})
async def get_block(call: Owner, block_id: Id) -> Response:
    """Look at one block."""
    return _answer(await blocks.get(call.db, call.scope, block_id), call.zone)


@routes.delete("/{id}", status_code=204, response_model=None)
async def delete_block(call: Owner, block_id: Id) -> Response:
    """Take a block away: its time can be had again."""
    await blocks.remove(call.db, call.scope, block_id)
    return Response(status_code=204)


def _choice(place: int, one: Chosen, zone: ZoneInfo) -> Choice:
    if one.cancel and (one.start or one.staff_id):
        raise Invalid(f"choices.{place}.cancel", "it ends, or it moves; not both")
    start = times.instant(f"choices.{place}.start", one.start, zone) if one.start else None
    return Choice(one.appointment_id, start, one.staff_id, one.cancel, one.version, known(one.override))


def _hit(one: Hit, zone: ZoneInfo) -> dict[str, Any]:
    proposals = [
        {
            "start": times.local(each.start, zone),
            "end": times.local(each.end, zone),
            "staff": {"id": each.staff.resource_id, "name": each.staff.resource_name} if each.staff else None,
        }
        for each in one.proposals
    ]
    return {"appointment": shown(one.appointment), "told": _told(one.appointment), "proposals": proposals}


def _told(one: Appointment) -> bool:
    return one.conversation_id is not None


def _resolved(items: list[dict[str, Any]], made: list[Block], zone: ZoneInfo) -> Response:
    told = {"items": items, "blocks": [_shown(one, zone) for one in made]}
    return Response(to_json(told), media_type="application/json")


def _answer(one: Block, zone: ZoneInfo, status: int = 200, **headers: str) -> Response:
    return Response(to_json(_shown(one, zone)), status, {"ETag": etag(one.version), **headers}, "application/json")


def _shown(one: Block, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": one.id,
        "resource": {"id": one.resource_id, "name": one.resource_name},
        "kind": one.kind,
        "reason": one.reason,
        "start": times.local(one.start, zone),
        "end": times.local(one.end, zone) if one.end else None,
        "token": {"id": one.token_id, "name": one.token_name} if one.token_id else None,
        "version": one.version,
    }
