"""Days off, of the whole business or of one member of staff."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class BlackoutDate:
    """Days off from the first to the last, both included; recurring ones come back every year."""

    id: UUID
    staff_id: UUID | None
    starts_on: date
    ends_on: date
    is_recurring: bool
    reason: str | None
    version: int


BLACKOUTS = Records("blackout_dates", BlackoutDate, noun="day off", decides=True, most=("starts_on", 1000))
