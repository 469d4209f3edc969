"""What each of those who work with the desk hears of, when, and whether by e-mail or on WhatsApp."""

from typing import Literal

from fastapi import Response
from pydantic import ConfigDict, Field

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import Strict, View
from truebook.kernel.errors import Invalid
from truebook.ledger import notices

Cadence = Literal["now", "daily", "never"]
Topic = Literal["booked", "moved", "cancelled", "waiting", "alert"]
routes = router("/users/{id}/notices", "users")


class NoticesView(View):
    """What somebody hears of: at once (within a minute), at seven in the morning, or never."""

    booked: Cadence = Field(description="new appointments and requests; staff hear of their own only")
    moved: Cadence
    cancelled: Cadence
    waiting: Cadence = Field(description="somebody wants to talk to a person")
    alert: Cadence = Field(description="customers who could not be told, numbers that were stopped")
    whatsapp: list[Topic] = Field(description="what they hear of on WhatsApp, at their phone; the rest by e-mail")


class NoticesChange(Strict):
    """What somebody wants to hear of differently; the rest stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"booked": "now", "alert": "now"}]})

    booked: Cadence | None = None
    moved: Cadence | None = None
    cancelled: Cadence | None = None
    waiting: Cadence | None = None
    alert: Cadence | None = None
    whatsapp: list[Topic] | None = Field(default=None, max_length=5)


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
    whatsapp = None
    if "whatsapp" in change.model_fields_set:
        if change.whatsapp is None:
            raise Invalid("whatsapp", "list the topics that are told there, or none")
        whatsapp = set(change.whatsapp)
    return _answer(await notices.choose(call.db, call.scope, user_id, chosen, whatsapp=whatsapp))


def _answer(found: dict[notices.Topic, notices.Choice]) -> Response:
    told: dict[str, object] = {
        **{str(topic): one.cadence for topic, one in found.items()},
        "whatsapp": [topic for topic, one in found.items() if one.way == "whatsapp"],
    }
    return Response(NoticesView.model_validate(told).model_dump_json(), media_type="application/json")
