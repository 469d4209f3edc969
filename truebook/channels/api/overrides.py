"""Special opening hours on single dates."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, field_validator

from truebook.channels.api.hours import Interval
from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import LocalDate, Text, clock_face
from truebook.tenants.hours import A_DAY, OVERRIDES, minutes


class NewOverride(Fields):
    """Opening hours that hold on one date instead of the week's; without intervals the date is closed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"date": "2026-12-24", "intervals": [{"opens": "09:00", "closes": "12:00"}]}]}
    )

    date: LocalDate
    intervals: Annotated[list[Interval], Field(max_length=A_DAY)] = []
    staff_id: UUID | None = None
    reason: Text | None = None

    def values(self) -> dict[str, Any]:
        """Return what was sent, the intervals as the database keeps them."""
        values = self.model_dump(exclude_unset=True)
        if "intervals" in values:
            values["intervals"] = minutes([(one.opens, one.closes) for one in self.intervals])
        return values


class OverrideView(Record):
    """Special opening hours as they stand."""

    date: date
    intervals: list[Interval]
    staff_id: UUID | None
    reason: str | None

    @field_validator("intervals", mode="before")
    @classmethod
    def from_ranges(cls, value: Any) -> Any:
        """Take the ranges of minutes that the database keeps."""
        return [{"opens": clock_face(one.lower), "closes": clock_face(one.upper)} for one in value]


routes = resource("/overrides", "date override", OVERRIDES, OverrideView, NewOverride)
