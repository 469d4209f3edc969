"""The free times of a visit of several segments, each with the plan behind it; and why a time is not free."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.booking import free, views
from truebook.booking.visits import Plan
from truebook.channels.api import times, visits
from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import after_moment, moment_in
from truebook.channels.api.requests import router
from truebook.channels.api.schema import LocalDate, Moment, Strict, View
from truebook.channels.api.slots import LONGEST_RANGE, SlotView
from truebook.channels.api.visits import Named, ResourceView, Segments
from truebook.kernel import apart, clock
from truebook.kernel.errors import Invalid

routes = router("/availability", "slots")
SEGMENTS_SHOWN = 5000
"""Segments on one page: about two megabytes."""
SHOWN_AT_ONCE = 500
"""Segments that are written down on the event loop: a few milliseconds."""
NOBODY = UUID(int=0)
SEGMENTS: Any = [
    {"service_id": "019ab0c4-7d00-7000-8000-000000000001"},
    {"service_id": "019ab0c4-7d00-7000-8000-000000000003"},
]


class Asked(Strict):
    """Which visit, and on which days of the business's calendar."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"segments": SEGMENTS, "from": "2026-12-01", "to": "2026-12-07", "limit": 20}]}
    )

    segments: Segments
    same_staff: Annotated[bool, Field(strict=True, description="one member of staff throughout, for each guest")] = True
    first: LocalDate = Field(alias="from", description="first day")
    last: LocalDate = Field(alias="to", description=f"last day, at most {LONGEST_RANGE} days of them")
    every: Annotated[
        bool, Field(strict=True, description="for staff: also the times that are not offered to customers")
    ] = False
    limit: Annotated[int, Field(strict=True, ge=1, le=5000)] = 500
    cursor: Annotated[str, Field(max_length=100, description="`next` of the page before")] | None = None


class AskedWhy(Strict):
    """Which visit, and when it should begin."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"segments": SEGMENTS, "start": "2026-12-02T15:30"}]})

    segments: Segments
    same_staff: Annotated[bool, Field(strict=True)] = True
    start: Moment


class PlannedView(View):
    """A segment as it would be: when, with whom, and with which room or unit."""

    service: Named
    staff: Named
    guest_name: str | None
    resources: list[ResourceView]
    start: str = Field(json_schema_extra={"format": "date-time"})
    end: str = Field(json_schema_extra={"format": "date-time"})


class PlanView(View):
    """A start, and one way in which the visit can be had then. What is booked is planned anew."""

    start: str = Field(json_schema_extra={"format": "date-time"}, examples=["2026-12-02T15:30:00+01:00"])
    end: str = Field(json_schema_extra={"format": "date-time"})
    segments: list[PlannedView]


class Availability(View):
    """Free times in order, at most as many as were asked for; of a visit of many segments fewer are on a page."""

    timezone: str = Field(examples=["Europe/Madrid"])
    items: list[PlanView]
    next: str | None


class WhyNoVisit(View):
    """Whether a visit can be had; if not, why, which segment (from 1) and role it is about, and the nearest times."""

    free: bool
    code: str | None = Field(examples=["booked"])
    reason: str | None
    segment: int | None
    role: str | None
    nearest: list[SlotView]


@routes.post("", response_model=None, responses={200: {"model": Availability}})
async def find_visits(call: Owner, asked: Asked) -> Response:
    """List the times at which a whole visit can be had, each with who and what would do it."""
    if not timedelta() <= asked.last - asked.first < timedelta(days=LONGEST_RANGE):
        raise Invalid("to", f"give a last day that is not before the first, at most {LONGEST_RANGE} days in all")
    parts = visits.wanted(asked.segments, None, None)
    after, limit = moment_in(PlanView, asked.cursor), max(1, min(asked.limit, SEGMENTS_SHOWN // len(parts)))
    with visits.fields_named(long=True):
        found = await free.plans(
            call.db, call.scope, parts, asked.first, asked.last, now=clock.now(), same_staff=asked.same_staff,
            after=after[0] if after else None, limit=limit + 1, every=asked.every,
        )  # fmt: skip
    page = found[:limit]
    more = after_moment(PlanView, page[-1].start, NOBODY) if len(found) > limit else None

    def told() -> bytes:
        return to_json({"timezone": call.zone.key, "items": [_shown(one, call.zone) for one in page], "next": more})

    shown_at_once = len(page) * len(parts) <= SHOWN_AT_ONCE
    return Response(told() if shown_at_once else await apart.compute(call.tenant, told), media_type="application/json")


@routes.post("/why", response_model=None, responses={200: {"model": WhyNoVisit}})
async def why_no_visit(call: Owner, asked: AskedWhy) -> Response:
    """Ask why a visit cannot be had at a time: the first reason, which segment and role, and the nearest times."""
    parts = visits.wanted(asked.segments, None, None)
    start = times.instant("start", asked.start, call.zone)
    with visits.fields_named(long=True):
        refusal = await views.why_no_visit(
            call.db, call.scope, parts, start, now=clock.now(), same_staff=asked.same_staff
        )
    answer = {
        "free": refusal is None,
        "code": refusal.code if refusal else None,
        "reason": refusal.message if refusal else None,
        "segment": refusal.data.get("segment") if refusal else None,
        "role": refusal.data.get("role") if refusal else None,
        "nearest": [times.slot(one, call.zone) for one in refusal.nearest] if refusal else [],
    }
    return Response(to_json(answer), media_type="application/json")


def _shown(plan: Plan, zone: ZoneInfo) -> dict[str, Any]:
    segments = [
        {
            "service": {"id": one.service.id, "name": one.service.name},
            "staff": {"id": one.staff.resource_id, "name": one.staff.resource_name} if one.staff else None,
            "guest_name": one.guest_name,
            "resources": [
                {"role": seat.role, "id": seat.resource_id, "name": seat.resource_name, "pool_id": seat.pool_id}
                for seat in one.seats
                if seat != one.staff
            ],
            "start": times.local(one.start, zone),
            "end": times.local(one.end, zone),
        }
        for one in plan.segments
    ]
    return {"start": times.local(plan.start, zone), "end": times.local(plan.end, zone), "segments": segments}
