"""Was the customer told, when, by which way, and did it arrive?"""

from typing import Literal
from uuid import UUID

from fastapi import Response
from pydantic import Field
from pydantic.config import JsonDict
from pydantic_core import to_json

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import View
from truebook.ledger import repeating
from truebook.ledger.told import told

routes = router("/appointments", "appointments")
TIME: JsonDict = {"format": "date-time"}


class AttemptView(View):
    """One try to send a message, and when the provider reported which status."""

    number: int
    way: str
    form: str
    outcome: str
    started_at: str = Field(json_schema_extra=TIME)
    answered_at: str | None = Field(json_schema_extra=TIME)
    category: str | None
    failure_code: str | None
    failure: str | None
    statuses: dict[str, str]


class NewsView(View):
    """One thing that the customer was, or was to be, told. `start` is the time that the words named."""

    topic: str = Field(examples=["booked"])
    version: int = Field(description="of the appointment that it speaks of")
    state: Literal["told", "waiting", "failed", "unknown", "not_needed"]
    at: str = Field(json_schema_extra=TIME)
    start: str | None = Field(json_schema_extra=TIME)
    message: UUID | None
    kind: str | None
    way: str | None = Field(examples=["whatsapp"])
    arrived: bool | None = Field(description="null where nobody can know, as on a page that is read where it is")
    failure: str | None
    attempts: list[AttemptView]


class Told(View):
    """What the customer was told of an appointment, in order."""

    items: list[NewsView]


@routes.get("/{id}/told", response_model=None, responses={200: {"model": Told}})
async def get_told(call: Owner, appointment_id: Id) -> Response:
    """See whether the customer was told of an appointment, when, by which way, and whether it arrived."""
    items = await told(call.db, call.scope, appointment_id)
    return Response(to_json({"items": items}), media_type="application/json")


@routes.post("/{id}/tell-again", response_class=Response, status_code=202)
async def tell_again(call: Owner, appointment_id: Id) -> Response:
    """Let the last news of an appointment be sent once more, where it failed (409 where it may have arrived)."""
    await repeating.tell_again(call.db, call.scope, appointment_id)
    return Response(status_code=202)
