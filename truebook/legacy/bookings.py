"""Old appointments."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from truebook.legacy import ids
from truebook.legacy.desk import Business, Desk, Number, number, stamps, whole
from truebook.legacy.diary import Diary
from truebook.legacy.generations import Fields
from truebook.legacy.outcome import Imported, Note, Quarantine, Row
from truebook.legacy.raw import plain
from truebook.legacy.times import Unreadable, Written, joined, settle, written

STATUSES = {
    "booked": "confirmed",
    "confirmed": "confirmed",
    "pending": "pending",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "completed": "completed",
    "noshow": "no_show",
}
BLOCKING = ("pending", "confirmed")
LONGEST = 1440
WRINKLES = {
    "gap": "does not exist: clocks skipped it; moved forward by the hour they skipped",
    "double": "came twice that night; the first is taken",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an appointment's reference to a service comes to: the service, the name it is remembered by, its length."""

    id: UUID | None = None
    name: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """The customer as the old row knew them: a name, and whatever was typed as a phone number and an e-mail address."""

    name: str
    phone: Number | None
    email: str


def appointment(fields: Fields, desk: Desk, diaries: dict[UUID, Diary]) -> Imported:
    """Convert an appointment. A broken reference is dropped and noted; a broken time or length is quarantined."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    starts = _starts(fields, desk, business, notes)
    wanted = _service(fields, desk, business, notes)
    ends = starts + timedelta(minutes=_minutes(fields, starts, desk, business, wanted, notes))
    status = _status(fields, notes)
    who = _who(fields, business, notes)
    if status in BLOCKING and not desk.done(fields):
        diary = diaries.setdefault(business.id, Diary(desk.known.tenant(business.id).busy))
        _block(diary, fields, who.name, starts, ends)
    new = desk.new_id(fields, notes)
    customer = desk.customer(business, who.name, who.phone.e164 if who.phone else None, _email(who.email))
    times = {"starts_at": starts, "ends_at": ends}
    agreed = {**times, "status": status, **_as_agreed(fields, business, who)}
    values = {"id": new, "customer_id": customer[0] if customer else None, **agreed, **stamps(fields)}
    people = (customer[1],) if customer else ()
    part = _segment(business, new, wanted, times, status)
    rows = (*people, Row("appointments", values), *part, *_told(business, new, status))
    return Imported(fields.raw, business.id, new, rows, tuple(notes))


def _segment(business: Business, new: UUID, wanted: Wanted, times: dict[str, Any], status: str) -> tuple[Row, ...]:
    """Return the one segment of an old appointment, and its claim where it keeps its time. Buffers were not kept."""
    whose = {"tenant_id": business.id, "appointment_id": new}
    agreed = {
        "service_id": wanted.id, "service_name": wanted.name, "staff_id": business.staff, "staff_name": business.name,
    }  # fmt: skip
    segment = Row("appointment_segments", {**whose, "position": 1, "claims": 1, **times, **agreed})
    if status not in BLOCKING:
        return (segment,)
    return segment, Row("claims", {**whose, "resource_id": business.staff, "segment": 1, "number": 1, **times})


def _as_agreed(fields: Fields, business: Business, who: Who) -> dict[str, Any]:
    """What stays true of an appointment even when its customer is gone."""
    return {
        "tenant_id": business.id,
        "account_id": business.id,
        "timezone": str(business.zone),
        "customer_name": who.name,
        "customer_phone": who.phone.text if who.phone else None,
        "customer_email": who.email or None,
        "notes": fields.text("notes") or None,
        "source": "import",
    }


def start(fields: Fields) -> Written:
    """Return when an appointment starts, as written. Raises Unreadable."""
    if fields.get("start") is None and fields.get("day") is not None:
        return joined(fields.get("day"), fields.get("clock"))
    return written(fields.get("start"))


def standing(fields: Fields) -> tuple[int, datetime]:
    """Return by what an appointment is preferred to one it overlaps: confirmed before pending, then who came first."""
    status = STATUSES.get(_plain_status(fields.text("status")), "")
    return (0 if status == "confirmed" else 1, stamps(fields)["created_at"])


def _starts(fields: Fields, desk: Desk, business: Business, notes: list[Note]) -> datetime:
    try:
        moment = settle(start(fields), business.tz(), desk.options.reading)
    except Unreadable as error:
        raise Quarantine("time", str(error)) from error
    if moment.wrinkle:
        notes.append(Note(moment.wrinkle, f"{_said(fields)} in {business.zone} {WRINKLES[moment.wrinkle]}"))
    return moment.at


def _said(fields: Fields) -> str:
    parts = (fields.get(name) for name in ("start", "day", "clock"))
    return " ".join(str(plain(part)) for part in parts if part is not None)


def _minutes(
    fields: Fields, starts: datetime, desk: Desk, business: Business, wanted: Wanted, notes: list[Note]
) -> int:
    """Its own length; in the generation that kept an end instead, up to that; with neither, its service's."""
    value = fields.get("minutes")
    if value is None and fields.get("end") is not None:
        value = _until(fields, starts, desk, business)
    if value is None and wanted.minutes:
        notes.append(Note("length", f"has no duration; lasts {wanted.minutes} minutes, as its service does"))
        value = wanted.minutes
    minutes = whole(value, 1, LONGEST)
    if minutes is None:
        said = "has no duration" if value is None else f"lasts {plain(value)} minutes"
        raise Quarantine("duration", f"{said}, and an appointment lasts between 1 minute and a day")
    return minutes


def _until(fields: Fields, starts: datetime, desk: Desk, business: Business) -> Any:
    try:
        ends = settle(written(fields.get("end")), business.tz(), desk.options.reading).at
    except Unreadable as error:
        raise Quarantine("duration", f"its end: {error}") from error
    return (ends - starts).total_seconds() / 60


def _status(fields: Fields, notes: list[Note]) -> str:
    said = fields.text("status")
    if not said and not fields.has("status"):
        notes.append(Note("status", "this generation kept no status; taken as confirmed"))
        return "confirmed"
    status = STATUSES.get(_plain_status(said))
    if status is None:
        raise Quarantine("status", f"its status '{said}' means nothing to Truebook")
    if status != said:
        notes.append(Note("status", f"its status '{said}' is now {status}"))
    return status


def _plain_status(said: str) -> str:
    return re.sub(r"[\s_-]", "", said).casefold()


def _who(fields: Fields, business: Business, notes: list[Note]) -> Who:
    phone = number(fields.text("phone"), business, notes)
    email = fields.text("email")
    name = fields.text("name")
    reachable = phone.text if phone else email
    if not name and not reachable:
        raise Quarantine("no-customer", "nobody's name, phone or e-mail address")
    if not name:
        notes.append(Note("nameless", f"has no customer's name; named {reachable}"))
    return Who(name or reachable, phone, email)


def _email(written_email: str) -> str | None:
    return written_email.lower() if "@" in written_email else None


def _service(fields: Fields, desk: Desk, business: Business, notes: list[Note]) -> Wanted:
    """An id is followed, inside the business only; any other text is the service's name, and stays it."""
    reference = fields.get("service")
    if reference in (None, ""):
        return Wanted()
    found = desk.services.find(reference)
    if found and found.business != business.id:
        notes.append(
            Note("foreign-service", f"its service {plain(reference)} is another business's; the link is dropped")
        )
        return Wanted()
    if found and found.id is None:
        notes.append(Note("service-refused", f"its service '{found.name}' is in quarantine; the name is kept"))
    if found:
        return Wanted(found.id, found.name or None, found.minutes)
    if ids.as_uuid(reference) or isinstance(reference, int):
        notes.append(Note("dangling-service", f"its service {plain(reference)} is not there; the link is dropped"))
        return Wanted()
    return _by_name(str(plain(reference)).strip(), desk, business, notes)


def _by_name(name: str, desk: Desk, business: Business, notes: list[Note]) -> Wanted:
    alike = [
        service
        for service in desk.services.everything()
        if service.business == business.id and service.id and service.name.casefold() == name.casefold()
    ]
    if len(alike) == 1:
        notes.append(Note("service-by-name", f"'{name}' is the name of a service, and linked to it"))
        return Wanted(alike[0].id, name, alike[0].minutes)
    notes.append(Note("free-text", f"'{name}' is kept as the name of its service"))
    return Wanted(None, name, None)


def _block(diary: Diary, fields: Fields, name: str, starts: datetime, ends: datetime) -> None:
    if other := diary.clash(starts, ends):
        raise Quarantine("overlap", f"at the same time as {other}, with one staff member for both")
    diary.take(starts, ends, f"{name}'s ({fields.raw.key})")


def _told(business: Business, appointment_id: UUID, status: str) -> tuple[Row, ...]:
    """Whoever booked with the old software was told by it: nothing is to be sent."""
    if status != "confirmed":
        return ()
    values = {
        "tenant_id": business.id,
        "id": ids.made(str(appointment_id), "booked"),
        "topic": "booked",
        "appointment_id": appointment_id,
        "appointment_version": 1,
        "status": "not_needed",
    }
    return (Row("outbox", values),)
