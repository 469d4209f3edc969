"""Pools of rooms, seats and equipment, and their units: added, and closed for good, never silently lost."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import blocks
from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id
from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Name, Strict, View
from truebook.channels.api.versions import Seen
from truebook.kernel import clock
from truebook.tenants import pools
from truebook.tenants.pools import MOST, POOLS, Unit

Kind = Literal["room", "equipment", "seat", "token"]


class NewPool(Fields):
    """Units of one kind that replace each other: three chairs, two rooms, twelve mats."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Chair", "kind": "equipment"}]})

    name: Name
    kind: Kind


class PoolView(Record):
    """A pool as it stands."""

    name: str
    kind: str


class NewUnits(Strict):
    """How many units come to a pool."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 3}]})

    count: Annotated[int, Field(strict=True, ge=1, le=MOST)]


class UnitView(View):
    """A numbered unit of a pool. Closed for good it is not lost: deleting the block gives it back."""

    id: UUID
    number: int
    name: str
    closed_from: str | None = Field(json_schema_extra={"format": "date-time"})
    closed_by: UUID | None = Field(description="the block that closes it")


class Units(View):
    """The units of a pool by number."""

    items: list[UnitView]


Number = Annotated[int, Path(ge=1, le=MOST, description="the unit's number")]
routes = resource("/pools", "pool", POOLS, PoolView, NewPool)


@routes.get("/{id}/units", response_model=None, responses={200: {"model": Units}})
async def list_units(call: Owner, pool_id: Id) -> Response:
    """List the units of a pool, closed ones included."""
    return _answer(await pools.units(call.db, call.scope, pool_id))


@routes.post("/{id}/units", status_code=201, response_model=None, responses={201: {"model": Units}})
async def add_units(call: Owner, pool_id: Id, new: NewUnits, seen: Seen) -> Response:
    """Add units to a pool; they are numbered on."""
    return _answer(await pools.add_units(call.db, call.scope, pool_id, new.count, version=seen), 201)


@routes.delete("/{id}/units/{number}", response_model=None, responses={200: {"model": Units}})
async def close_unit(call: Owner, pool_id: Id, number: Number) -> Response:
    """Close a unit from now on, for good. Who is on it moves to another; where there is none, they are named."""
    found = await pools.units(call.db, call.scope, pool_id)
    chosen = pools.numbered(found, number)
    if chosen.closed_by is None:
        now = clock.now()
        await blocks.add(call.db, call.scope, chosen.id, now, None, kind="closed", now=now)
    return _answer(await pools.units(call.db, call.scope, pool_id))


def _answer(found: Sequence[Unit], status: int = 200) -> Response:
    return Response(to_json({"items": [UnitView.model_validate(_shown(one)) for one in found]}), status,
                    media_type="application/json")  # fmt: skip


def _shown(one: Unit) -> dict[str, object]:
    closed = one.closed_from.isoformat() if one.closed_from else None
    return {"id": one.id, "number": one.number, "name": one.name, "closed_from": closed, "closed_by": one.closed_by}
