"""The segments of an appointment: one more of them, another, or one less; all of it can be had, or nothing changes."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response
from pydantic import ConfigDict, Field

from truebook.booking import actions
from truebook.booking.model import Wanted
from truebook.booking.placing import known
from truebook.booking.revising import Revision, adding, dropping, replacing
from truebook.channels.api import visits
from truebook.channels.api.idempotency import IdempotencyKey, key
from truebook.channels.api.keys import Call, Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import Length, Strict
from truebook.channels.api.versions import Seen
from truebook.channels.api.visits import MOST, AppointmentView, NewSegment, Override, answered
from truebook.kernel import clock

routes = router("/appointments", "appointments")
Position = Annotated[int, Path(ge=1, le=MOST, description="the segment's place, from 1")]


class Added(NewSegment):
    """A segment that comes in, at the end or at a place."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service_id": "019ab0c4-7d00-7000-8000-000000000001", "position": 2}]}
    )

    position: Annotated[int, Field(strict=True, ge=1, le=MOST)] | None = None
    override: Override = []


class Revised(Strict):
    """Another service, somebody else, or another length for a segment; the rest of it stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"duration_minutes": 60}]})

    service_id: UUID | None = None
    staff_id: UUID | None = None
    duration_minutes: Length | None = None
    override: Override = []


@routes.post("/{id}/segments", response_model=None, responses={200: {"model": AppointmentView}})
async def add_segment(
    call: Owner, appointment_id: Id, new: Added, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Add a segment to a visit: all of it can be had, or nothing changes."""
    part = Wanted(new.service_id, new.staff_id, new.guest_name, new.together)
    return await _revised(call, appointment_id, adding(part, new.position), new, seen, repeat)


@routes.patch("/{id}/segments/{position}", response_model=None, responses={200: {"model": AppointmentView}})
async def change_segment(
    call: Owner, appointment_id: Id, position: Position, to: Revised, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Replace a segment's service or person, or make it longer or shorter; what follows it moves along."""
    change = replacing(position, service_id=to.service_id, staff_id=to.staff_id, minutes=to.duration_minutes)
    return await _revised(call, appointment_id, change, to, seen, repeat)


@routes.delete("/{id}/segments/{position}", response_model=None, responses={200: {"model": AppointmentView}})
async def drop_segment(
    call: Owner, appointment_id: Id, position: Position, seen: Seen, repeat: IdempotencyKey = None
) -> Response:
    """Take a segment out of a visit; the last one is not dropped but cancelled."""
    return await _revised(call, appointment_id, dropping(position), Revised(), seen, repeat)


async def _revised(
    call: Call,
    appointment_id: UUID,
    change: Revision,
    body: Added | Revised,
    seen: int | None,
    repeat: str | None,
) -> Response:
    services = (body.service_id,) if body.service_id else ()
    with visits.field_alone():
        revised = await actions.revise(
            call.db, call.scope, appointment_id, change, now=clock.now(), version=seen, key=key(repeat, call, body),
            services=services, staff=(body.staff_id,), overrides=known(body.override),
        )  # fmt: skip
    return answered(revised)
