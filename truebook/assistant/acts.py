"""What a turn of the assistant did: facts taken from rows, which the composer turns into words.

They are stored with the answer, so that the next turn knows what the customer was shown.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from truebook.booking.model import Appointment

DayPart = Literal["morning", "afternoon", "evening"]


class Shown(BaseModel):
    """The root of every act: frozen, and known by its kind."""

    model_config = ConfigDict(frozen=True)


class Segment(Shown):
    """One service of a visit: with whom, for whom (None: the customer), and when it begins."""

    service_id: str | None
    service: str
    staff: str
    start: datetime
    guest: str | None = None


class Time(Shown):
    """A time with a service and a person: an offer (id of the offer) or an appointment (its own id).

    A visit of several services or people has them all in `segments`, in order, and the first one's service and person
    beside it; of places in a class it is said how many, in `seats`.
    """

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
    segments: tuple[Segment, ...] = ()
    seats: int | None = None

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
    gave: list[Literal["day", "time", "end", "staff", "order", "together"]] = []
    """What of the wish none of the times meets."""
    part: DayPart | None = None
    """The part of the day that was wished for."""
    also: tuple[str, ...] = ()
    """The other services of a visit."""
    more: tuple[Time, ...] = ()
    """Further times, where a list can hold them; the sentence names only the first."""


class FreeDays(Shown):
    """The customer was asked which day, and shown the next ones on which a service has free times."""

    kind: Literal["free_days"] = "free_days"
    service: str
    days: tuple[date, ...]
    also: tuple[str, ...] = ()


class Given(Shown):
    """Whose booking it becomes, as they told it: name, number (E.164), or a number that nobody can call."""

    name: str | None = None
    phone: str | None = None
    unread: str | None = None


class Whom(Shown):
    """Who a yes is for, as settled when it was read back: no later call changes what is written down of them."""

    name: str
    phone: str | None = None
    email: str | None = None
    id: UUID | None = None


class ReadBack(Shown):
    """One time was read back in full, and the customer was asked for a yes; to cancel, there may be more of them.

    To move or change an appointment, `before` is it as it stands. `take`: a time that the waitlist keeps for the
    customer until `until`. `places`: the appointment with as many places as it is to have, and what they cost then.
    `approval`: the business has to approve it as it is to be then, and what stands now is given up for a request.
    `again`: the last answer read back the very same, and nobody agreed.
    """

    kind: Literal["read_back"] = "read_back"
    purpose: Literal["book", "request", "move", "change", "cancel", "take", "places"]
    time: Time
    before: Time | None = None
    also: tuple[Time, ...] = ()
    until: datetime | None = None
    given: Given | None = None
    whom: Whom | None = None
    approval: bool = False
    notes: str = ""
    """What is to be written down with it for the team, in the customer's words."""
    again: bool = False

    @property
    def concerns(self) -> tuple[str, ...]:
        """The ids of all that a yes is for; to change a number of places, that number."""
        if self.purpose == "places":
            return self.time.id, str(self.time.seats)
        before = (self.before.id,) if self.before else ()
        return self.time.id, *before, *(one.id for one in self.also)


class Receipt(Shown):
    """A committed row, read back after COMMIT: the only act that says booked, moved or cancelled.

    `changed`: what moved is what it consists of.
    """

    kind: Literal["receipt"] = "receipt"
    topic: Literal["booked", "requested", "moved", "cancelled"]
    time: Time
    code: str
    version: int
    changed: bool = False
    notes: str = ""
    """What stands in the row for the team."""


class Noted(Shown):
    """What stands in the notes of an appointment, as its committed row has it."""

    kind: Literal["noted"] = "noted"
    time: Time
    notes: str


class Rhythm(Shown):
    """How often something comes again: every `interval` days, weeks or months."""

    every: Literal["day", "week", "month"] = "week"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """Several days a week, 0 for Monday."""


class Missed(Shown):
    """A date of a series that cannot be had, and why."""

    on: date
    reason: str


class SeriesReadBack(Shown):
    """A series was read back: what, how often, on which dates, which others cannot be had; one yes to all of it.

    Without a `rhythm` its dates are told one by one. `time` is the first of them, `concerns` what exactly was asked
    for, so that a yes is for nothing else.
    """

    kind: Literal["series_read_back"] = "series_read_back"
    purpose: Literal["book_series", "cancel_series"]
    time: Time
    rhythm: Rhythm | None
    dates: tuple[date, ...]
    missed: tuple[Missed, ...] = ()
    concerns: tuple[str, ...]
    given: Given | None = None
    whom: Whom | None = None
    again: bool = False


class Dated(Shown):
    """The appointment of one date of a series, as its row stood when it was read back; who does the first part."""

    id: UUID
    code: str
    version: int
    start: datetime
    staff_id: UUID | None = None
    staff: str = ""


class SeriesReceipt(Shown):
    """What became of a series, date by date, read back after COMMIT: those booked or cancelled, and those not."""

    kind: Literal["series_receipt"] = "series_receipt"
    topic: Literal["booked", "requested", "cancelled"]
    time: Time
    rhythm: Rhythm | None
    dates: tuple[Dated, ...]
    missed: tuple[Missed, ...] = ()


class Window(Shown):
    """A stretch of time in which an appointment would suit."""

    start: datetime
    end: datetime


class Waiting(Shown):
    """A place on the waiting list, there or wished for: for what, with whom (nobody: anyone), and when it suits."""

    id: str
    service: str
    staff: str
    windows: tuple[Window, ...]
    zone: str


class WaitingReadBack(Shown):
    """What somebody would wait for, or no longer, was read back, and they were asked for a yes."""

    kind: Literal["waiting_read_back"] = "waiting_read_back"
    purpose: Literal["wait", "wait_no_more"]
    entries: tuple[Waiting, ...]
    concerns: tuple[str, ...]
    whom: Whom | None = None
    again: bool = False


class WaitingReceipt(Shown):
    """The rows of the waiting list as they were read back after COMMIT: on it, or off it."""

    kind: Literal["waiting_receipt"] = "waiting_receipt"
    topic: Literal["waiting", "off_list"]
    entries: tuple[Waiting, ...]


class WaitingList(Shown):
    """What the customer waits for; nothing, where they are not on the list."""

    kind: Literal["waiting_list"] = "waiting_list"
    entries: tuple[Waiting, ...]


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
    """The time may be had, or waited for, but under which name?"""

    kind: Literal["name_wanted"] = "name_wanted"
    time: Time | None = None


class CodeRefused(Shown):
    """A code was given that no appointment ahead has, or one too many."""

    kind: Literal["code_refused"] = "code_refused"
    limit: bool = False


class Securing(Shown):
    """The outcome is not known yet. With it stands what is needed to find out: by doing the very same thing again."""

    kind: Literal["securing"] = "securing"
    purpose: Literal["book", "move", "change", "cancel", "take", "places"]
    time: Time
    customer: str = ""
    offer: UUID | None = None
    appointment: UUID | None = None
    message: UUID | None = None
    stood: datetime | None = None
    """When what is to be moved was to begin as it was read back."""
    notes: str = ""


Act = Annotated[
    Offers
    | FreeDays
    | ReadBack
    | Receipt
    | Noted
    | SeriesReadBack
    | SeriesReceipt
    | WaitingReadBack
    | WaitingReceipt
    | WaitingList
    | Refused
    | Listing
    | NameWanted
    | CodeRefused
    | Securing,
    Field(discriminator="kind"),
]
Question = ReadBack | SeriesReadBack | WaitingReadBack
"""What asks for a yes to exactly what it says."""
Done = Receipt | Noted | SeriesReceipt | WaitingReceipt
"""What tells of committed rows."""
ACTS: TypeAdapter[list[Act]] = TypeAdapter(list[Act])


def time_of(appointment: Appointment) -> Time:
    """Return an appointment as a time."""
    in_class = all(one.session_id for one in appointment.segments)
    several = len(appointment.segments) > 1 and not in_class
    segments = tuple(
        Segment(
            service_id=_text(one.service_id),
            service=one.service_name or "",
            staff=one.staff_name or "",
            start=one.start,
            guest=one.guest_name,
        )
        for one in appointment.segments
    )
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
        segments=segments if several or segments[0].guest else (),
        seats=len(segments) if in_class else None,
    )


def brief(one: Time) -> dict[str, Any]:
    """Return what the model needs to know of a time."""
    local = one.local
    zone = ZoneInfo(one.zone)
    several = [
        {
            "service": part.service, "staff": part.staff, "time": part.start.astimezone(zone).strftime("%H:%M"),
            **({"guest": part.guest} if part.guest else {}),
        }
        for part in one.segments
    ]  # fmt: skip
    return {
        "id": one.id, "service": one.service, "staff": one.staff,
        "day": local.date().isoformat(), "time": local.strftime("%H:%M"), "minutes": one.minutes,
        **({"parts": several} if several else {}),
        **({"seats": one.seats} if one.seats else {}),
    }  # fmt: skip


def receipt(
    topic: Literal["booked", "requested", "moved", "cancelled"], appointment: Appointment, *, changed: bool = False
) -> Receipt:
    """Return the receipt of a row that was read back."""
    notes = (appointment.notes or "") if topic in ("booked", "requested") else ""
    return Receipt(
        topic=topic, time=time_of(appointment), code=appointment.code, version=appointment.version, changed=changed,
        notes=notes,
    )  # fmt: skip


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
