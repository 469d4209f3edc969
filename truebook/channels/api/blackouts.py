"""Days off."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Flag, LocalDate, Text
from truebook.tenants.blackouts import BLACKOUTS


class NewBlackout(Fields):
    """Days off from the first to the last, both included; recurring ones come back every year."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"starts_on": "2026-12-24", "ends_on": "2026-12-26", "is_recurring": True}]}
    )

    starts_on: LocalDate
    ends_on: LocalDate
    is_recurring: Flag = False
    staff_id: UUID | None = None
    reason: Text | None = None


class BlackoutView(Record):
    """Days off as they stand."""

    starts_on: date
    ends_on: date
    is_recurring: bool
    staff_id: UUID | None
    reason: str | None


routes = resource("/blackouts", "blackout", BLACKOUTS, BlackoutView, NewBlackout)
