"""Opening hours: the business's, and those of members of staff who have their own."""

from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import Response
from pydantic import ConfigDict, Field, model_validator

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import Strict, View, WallMinute, clock_face
from truebook.channels.api.versions import Exists, Seen, etag
from truebook.tenants import hours
from truebook.tenants.hours import Hours, Opening

YEAR = 525_600


class Interval(Strict):
    """Open from one time of day to another, on the business's wall clock."""

    opens: WallMinute
    closes: WallMinute

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """Refuse what closes before it opens."""
        if self.closes <= self.opens:
            raise ValueError("it closes after it opens; an opening past midnight is two intervals")
        return self


class Weekly(Interval):
    """An interval that comes back every week."""

    weekday: Annotated[int, Field(strict=True, ge=0, le=6, description="0 = Sunday .. 6 = Saturday")]


class Week(Strict):
    """A week's opening hours, and how far ahead and on which grid appointments are made in them."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"week": [{"weekday": 1, "opens": "09:00", "closes": "17:00"}]}]}
    )

    week: Annotated[list[Weekly], Field(max_length=200)]
    slot_minutes: Annotated[int, Field(strict=True, ge=5, le=240)] = 15
    min_notice_minutes: Annotated[int, Field(strict=True, ge=0, le=YEAR)] = 0
    max_advance_days: Annotated[int, Field(strict=True, ge=1, le=730)] = 90
    cancel_notice_minutes: Annotated[int, Field(strict=True, ge=0, le=YEAR)] = 0


class HoursView(View):
    """Opening hours as they stand; without `staff_id` they are the whole business's."""

    staff_id: UUID | None
    week: list[Weekly]
    slot_minutes: int
    min_notice_minutes: int
    max_advance_days: int
    cancel_notice_minutes: int
    version: int


SET: dict[int | str, dict[str, Any]] = {
    200: {"model": HoursView},
    201: {"model": HoursView, "description": "there were none before"},
}
routes = router("/hours", "hours")
of_staff = router("/staff/{id}/hours", "hours")


@routes.get("", response_model=None, responses={200: {"model": HoursView}})
async def get_hours(call: Owner) -> Response:
    """See the business's opening hours."""
    return _answer(await hours.get(call.db, call.scope, None))


@routes.put("", response_model=None, responses=SET)
async def set_hours(call: Owner, body: Week, seen: Seen, exists: Exists) -> Response:
    """Set the business's opening hours."""
    return _answer(*await hours.put(call.db, call.scope, _hours(body, None), version=seen, exists=exists))


@of_staff.get("", response_model=None, responses={200: {"model": HoursView}})
async def get_hours_of_staff(call: Owner, staff_id: Id) -> Response:
    """See a member of staff's own opening hours; 404 where the business's hold."""
    return _answer(await hours.get(call.db, call.scope, staff_id))


@of_staff.put("", response_model=None, responses=SET)
async def set_hours_of_staff(call: Owner, staff_id: Id, body: Week, seen: Seen, exists: Exists) -> Response:
    """Give a member of staff opening hours of their own; what is left out beside the week is as the business has it."""
    own = await hours.inherit(call.db, call.scope, _hours(body, staff_id), given=body.model_fields_set)
    return _answer(*await hours.put(call.db, call.scope, own, version=seen, exists=exists))


@of_staff.delete("", response_model=None, status_code=204)
async def delete_hours_of_staff(call: Owner, staff_id: Id, seen: Seen) -> Response:
    """Take a member of staff's own opening hours away: the business's hold again."""
    await hours.remove(call.db, call.scope, staff_id, version=seen)
    return Response(status_code=204)


def _hours(body: Week, staff_id: UUID | None) -> Hours:
    return Hours(
        staff_id=staff_id,
        slot_minutes=body.slot_minutes,
        min_notice_minutes=body.min_notice_minutes,
        max_advance_days=body.max_advance_days,
        cancel_notice_minutes=body.cancel_notice_minutes,
        week=tuple(Opening(one.weekday, one.opens, one.closes) for one in body.week),
    )


def _answer(found: Hours, made: bool = False) -> Response:
    view = HoursView(
        staff_id=found.staff_id,
        week=[_weekly(one) for one in found.week],
        slot_minutes=found.slot_minutes,
        min_notice_minutes=found.min_notice_minutes,
        max_advance_days=found.max_advance_days,
        cancel_notice_minutes=found.cancel_notice_minutes,
        version=found.version,
    )
    return Response(view.model_dump_json(), 201 if made else 200, {"ETag": etag(found.version)}, "application/json")


def _weekly(one: Opening) -> Weekly:
    times = {"opens": clock_face(one.opens_minute), "closes": clock_face(one.closes_minute)}
    return Weekly.model_validate({"weekday": one.weekday, **times})
