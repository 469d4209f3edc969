"""What a business offers."""

from dataclasses import dataclass
from uuid import UUID

from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its owner set it up. Lengths in minutes; the price in minor units (cents) of its currency."""

    id: UUID
    name: str
    synonyms: list[str]
    description: str | None
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    price_minor: int | None
    currency: str
    needs_approval: bool
    is_active: bool
    sort_order: int
    bot_config_id: UUID | None
    version: int


SERVICES = Records("services", Service, noun="service", decides=True)
