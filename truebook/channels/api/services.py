"""What a business offers."""

from uuid import UUID

from pydantic import ConfigDict, Field

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Buffer, ByLanguage, Currency, Flag, Length, Money, Name, Names, Order, Text
from truebook.tenants.services import SERVICES


class NewService(Fields):
    """A service. Lengths in minutes; buffers keep the time before and after free of other appointments."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Haircut", "duration_minutes": 45}]})

    name: Name
    duration_minutes: Length
    synonyms: Names = []
    names: ByLanguage = {}
    description: Text | None = None
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    price_minor: Money | None = None
    currency: Currency = "EUR"
    needs_approval: Flag = False
    is_active: Flag = True
    sort_order: Order = 0
    bot_config_id: UUID | None = None


class ServiceView(Record):
    """A service as it stands."""

    name: str = Field(examples=["Haircut"])
    synonyms: list[str]
    names: dict[str, list[str]] = Field(examples=[{"de": ["Haarschnitt", "Schneiden"]}])
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


routes = resource("/services", "service", SERVICES, ServiceView, NewService)
