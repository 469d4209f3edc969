"""What each of those who work with the desk hears of by e-mail, and when."""

from typing import Literal

from fastapi import Response
from pydantic import ConfigDict, Field

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import Strict, View
from truebook.kernel.errors import Invalid
from truebook.ledger import notices

Cadence = Literal["now", "daily", "never"]
routes = router("/users/{id}/notices", "users")


class NoticesView(View):
    """What somebody hears of: at once (within a minute), at seven in the morning, or never."""

    booked: Cadence = Field(description="new appointments and requests; staff hear of their own only")
    moved: Cadence
    cancelled: Cadence
    waiting: Cadence = Field(description="somebody wants to talk to a person")
    alert: Cadence = Field(description="customers who could not be told, numbers that were stopped")


class NoticesChange(Strict):
    """What somebody wants to hear of differently; the rest stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"booked": "now", "alert": "never"}]})

    booked: Cadence | None = None
    moved: Cadence | None = None
    cancelled: Cadence | None = None
    waiting: Cadence | None = None
    alert: Cadence | None = None


@routes.get("", response_model=None, responses={200: {"model": NoticesView}})
async def get_notices(call: Owner, user_id: Id) -> Response:
    """See what somebody hears of, chosen or by their role."""
    return _answer(await notices.choices(call.db, call.scope, user_id))


@routes.patch("", response_model=None, responses={200: {"model": NoticesView}})
async def choose_notices(call: Owner, user_id: Id, change: NoticesChange) -> Response:
    """Choose what somebody hears of, and when."""
    chosen = {name: getattr(change, name) for name in notices.TOPICS if name in change.model_fields_set}
    for name, cadence in chosen.items():
        if cadence is None:
            raise Invalid(name, "say now, daily or never")
    return _answer(await notices.choose(call.db, call.scope, user_id, chosen))


def _answer(found: dict[notices.Topic, Cadence]) -> Response:
    return Response(NoticesView.model_validate(found).model_dump_json(), media_type="application/json")
