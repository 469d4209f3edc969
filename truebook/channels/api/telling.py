"""How the business tells its customers: reminders, quiet hours, and what it adds."""

from datetime import time
from typing import Annotated

from fastapi import Response
from pydantic import ConfigDict, Field

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import router
from truebook.channels.api.schema import Language, Strict, Text, View, WallMinute, clock_face
from truebook.channels.api.versions import Seen, etag
from truebook.kernel.errors import Invalid
from truebook.tenants import telling
from truebook.tenants.telling import Telling

routes = router("/telling", "telling")
Offset = Annotated[int, Field(strict=True, ge=15, le=20160)]
Offsets = Annotated[list[Offset], Field(max_length=5, description="minutes before an appointment; none: no reminders")]
Note = Annotated[Text, Field(max_length=300)]
Notes = Annotated[dict[Language, Note], Field(max_length=20, description="by language, what is added to a reminder")]


Undo = Annotated[int, Field(strict=True, ge=0, le=120, description="what staff change is told so much later")]
Deadline = Annotated[int, Field(strict=True, ge=2, le=1440, description="what is not told by then is an alert")]
Waits = Annotated[int, Field(strict=True, ge=1, le=1440, description="who waits for a person longer is an alert")]
Asks = Annotated[bool, Field(strict=True, description="who books on WhatsApp under a user name is asked for a number")]


class TellingView(View):
    """How the business tells its customers."""

    remind_before: Offsets
    quiet_from: WallMinute | None = Field(description="nobody is reminded from then on, by the business's clock")
    quiet_until: WallMinute | None
    notes: Notes
    undo_seconds: Undo
    told_within_minutes: Deadline
    waits_minutes: Waits
    ask_number: Asks
    version: int


class TellingChange(Strict):
    """What is to be different; the rest stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"remind_before": [1440, 120], "quiet_from": "20:00", "quiet_until": "09:00"}]}
    )

    remind_before: Offsets | None = None
    quiet_from: WallMinute | None = None
    quiet_until: WallMinute | None = None
    notes: Notes | None = None
    undo_seconds: Undo | None = None
    told_within_minutes: Deadline | None = None
    waits_minutes: Waits | None = None
    ask_number: Asks | None = None


@routes.get("", response_model=None, responses={200: {"model": TellingView}})
async def get_telling(call: Owner) -> Response:
    """See when customers are reminded, and when the business keeps quiet."""
    return _answer(await telling.get(call.db, call.scope))


@routes.patch("", response_model=None, responses={200: {"model": TellingView}})
async def change_telling(call: Owner, change: TellingChange, seen: Seen) -> Response:
    """Change when customers are reminded; what waits follows. Quiet hours are taken away by two nulls."""
    values = {name: getattr(change, name) for name in change.model_fields_set}
    for name in values.keys() - {"quiet_from", "quiet_until"}:
        if values[name] is None:
            raise Invalid(name, "that cannot be null")
    for name in ("quiet_from", "quiet_until"):
        if values.get(name) is not None:
            values[name] = time(values[name] // 60 % 24, values[name] % 60)
    return _answer(await telling.change(call.db, call.scope, values, version=seen))


def _answer(found: Telling) -> Response:
    quiet = {name: _face(getattr(found, name)) for name in ("quiet_from", "quiet_until")}
    rest = {name: getattr(found, name) for name in TellingView.model_fields.keys() - quiet.keys()}
    view = TellingView.model_validate({**rest, **quiet})
    return Response(view.model_dump_json(), 200, {"ETag": etag(found.version)}, "application/json")


def _face(at: time | None) -> str | None:
    return None if at is None else clock_face(at.hour * 60 + at.minute)
