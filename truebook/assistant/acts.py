"""What a turn of the assistant did: facts taken from rows, which the composer turns into words.

They are stored with the answer, so that the next turn knows what the customer was shown.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from truebook.booking.model import Appointment


class Shown(BaseModel):
    """The root of every act: frozen, and known by its kind."""

    model_config = ConfigDict(frozen=True)


class Time(Shown):
    """A time with a service and a person: an offer (id of the offer) or an appointment (its own id)."""

    id: str
    service_id: str | None
    service: str
    staff_id: str | None
    staff: str
    start: datetime
    zone: str
    minutes: int
    price_minor: int | None = None
    currency: str | None = None
    code: str | None = None

    @property
    def local(self) -> datetime:
        """The start on the business's wall clock."""
        return self.start.astimezone(ZoneInfo(self.zone))


class Offers(Shown):
    """These times were offered. `reason` says why the wished one is not among them."""

    kind: Literal["offers"] = "offers"
    times: tuple[Time, ...]
    service: str
    wished: datetime | None = None
    reason: str | None = None
    staff: str | None = None
    gave: list[Literal["day", "time", "staff", "order"]] = []
    """What of the wish none of the times meets."""


class FreeDays(Shown):
    """The customer was asked which day, and shown the next ones on which a service has free times."""

    kind: Literal["free_days"] = "free_days"
    service: str
    days: tuple[date, ...]


class ReadBack(Shown):
    """One time was read back in full, and the customer was asked for a yes; to cancel, there may be more of them."""

    kind: Literal["read_back"] = "read_back"
    purpose: Literal["book", "request", "move", "cancel"]
    time: Time
    before: Time | None = None
    also: tuple[Time, ...] = ()


class Receipt(Shown):
    """A committed row, read back after COMMIT: the only act that says booked, moved or cancelled."""

    kind: Literal["receipt"] = "receipt"
    topic: Literal["booked", "requested", "moved", "cancelled"]
    time: Time
    code: str
    version: int


class Refused(Shown):
    """A booking was refused after the customer's yes; nothing was changed."""

    kind: Literal["refused"] = "refused"
    reason: str
    minutes: int | None = None
    time: Time | None = None
    times: tuple[Time, ...] = ()


class Listing(Shown):
    """The customer's own appointments; `purpose` says what they are asked to choose one for.

    `known`: the channel vouches for who writes. Of anybody else it is not even known whether they have an appointment.
    """

    kind: Literal["listing"] = "listing"
    times: tuple[Time, ...]
    purpose: Literal["tell", "move", "cancel"] = "tell"
    known: bool = True


class NameWanted(Shown):
    """The time may be had, but under which name?"""

    kind: Literal["name_wanted"] = "name_wanted"
    time: Time


class CodeRefused(Shown):
    """A code was given that no appointment ahead has, or one too many."""

    kind: Literal["code_refused"] = "code_refused"
    limit: bool = False


class Securing(Shown):
    """The outcome is not known yet. With it stands what is needed to find out: by doing the very same thing again."""

    kind: Literal["securing"] = "securing"
    purpose: Literal["book", "move", "cancel"]
    time: Time
    customer: str = ""
    offer: UUID | None = None
    appointment: UUID | None = None
    message: UUID | None = None


Act = Annotated[
    Offers | FreeDays | ReadBack | Receipt | Refused | Listing | NameWanted | CodeRefused | Securing,
    Field(discriminator="kind"),
]
ACTS: TypeAdapter[list[Act]] = TypeAdapter(list[Act])


def time_of(appointment: Appointment) -> Time:
    """Return an appointment as a time."""
    return Time(
        id=str(appointment.id),
        service_id=_text(appointment.service_id),
        service=appointment.service_name or "",
        staff_id=_text(appointment.staff_id),
        staff=appointment.staff_name or "",
        start=appointment.start,
        zone=appointment.timezone,
        minutes=int((appointment.end - appointment.start).total_seconds() // 60),
        price_minor=appointment.price_minor,
        currency=appointment.currency,
        code=appointment.code,
    )


def receipt(topic: Literal["booked", "requested", "moved", "cancelled"], appointment: Appointment) -> Receipt:
    """Return the receipt of a row that was read back."""
    return Receipt(topic=topic, time=time_of(appointment), code=appointment.code, version=appointment.version)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
