"""Appointments and classes as they are drawn in a column: their places in minutes, their words and glyphs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from truebook.booking.model import EPOCH, Appointment, AppointmentSegment
from truebook.booking.sessions import Session
from truebook.booking.sheets import Entry, Sheet
from truebook.channels.web.desk.pen import Pen
from truebook.channels.web.desk.stretches import lanes
from truebook.language.wording.voice import Voice

CHANNEL = {"whatsapp": "wa", "web": "web", "test": "chat", "api": "row", "staff": "person", "import": "copy"}
TOLD = {"sent": "told", "queued": "way", "failed": "untold", "not_needed": "none"}
Piece = tuple[Entry, AppointmentSegment]
"""A part of an appointment that is on the sheet."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of an appointment as it is drawn: its place in minutes, its words, and what it looks like.

    `part` counts the parts of a visit from one, of `parts`; each stands in the column of who does it, and begins `late`
    minutes after the visit. `place` is where its panel is; `pauses` are stretches of processing time: begin and length
    in minutes.
    """

    id: UUID
    part: int
    parts: int
    staff_id: UUID | None
    version: int
    begin: int
    length: int
    after: int
    lane: int
    lanes: int
    time: str
    who: str
    what: str
    look: str
    hue: int
    channel: str
    told: str
    label: str
    movable: bool
    place: str = "appointments"
    pauses: tuple[tuple[int, int], ...] = ()
    late: int = 0


def placed(pen: Pen, sheet: Sheet, pieces: Sequence[Piece], held: Sequence[Session]) -> tuple[Block, ...]:
    """Draw appointments and classes of one column, side by side where they overlap."""
    things: list[tuple[tuple[int, int], Piece | Session]] = [
        *((pen.drawn(piece[1].start, piece[1].end), piece) for piece in pieces),
        *((pen.drawn(one.start, one.end), one) for one in held),
    ]
    things.sort(key=lambda thing: thing[0][0])
    places = lanes([(begin, begin + length) for (begin, length), _ in things])
    return tuple(
        _class(pen, thing, *spot, *lane) if isinstance(thing, Session) else _block(pen, sheet, *thing, *spot, *lane)
        for (spot, thing), lane in zip(things, places, strict=True)
    )


def _class(pen: Pen, one: Session, begin: int, length: int, lane: int, of: int) -> Block:
    """Draw a class: how many of its places are given away."""
    taken = pen.say("%(taken)s of %(all)s places") % {"taken": one.seats - one.free, "all": one.seats}
    teacher = one.teacher.name if one.teacher else ""
    spoken = ", ".join([pen.say("%s to %s") % (pen.time(one.start), pen.time(one.end)), one.service_name, taken])
    look = "past" if one.end <= pen.now else "booked"
    return Block(
        one.id, 1, 1, teacher_of(one), one.version, begin, length, 0, lane, of, pen.time(one.start), one.service_name,
        f"{taken}, {teacher}" if teacher else taken, look, pen.hue(one.service_id, teacher_of(one)), "people", "none",
        spoken, False, "classes",
    )  # fmt: skip


def teacher_of(one: Session) -> UUID | None:
    """Return who gives a class, None for one that was cancelled."""
    return one.teacher.id if one.teacher else None


def _block(
    pen: Pen, sheet: Sheet, entry: Entry, part: AppointmentSegment, begin: int, length: int, lane: int, of: int
) -> Block:
    one = entry.appointment
    service, staff = part.service_name or "", part.staff_name or ""
    look, word = _look(pen, one)
    channel, told = CHANNEL.get(one.source, "row"), _told(entry)
    what = f"{word}: {service}" if look in ("request",) else f"{service}, {word}" if word else service
    who = pen.say("Held") if look == "hold" else part.guest_name or one.customer.name
    if look == "hold" and one.hold_expires_at:
        what = pen.say("until %s") % pen.time(one.hold_expires_at)
    spoken = ", ".join(
        [
            pen.say("%s to %s") % (pen.time(part.start), pen.time(part.end)), who,
            _with(pen.language, service, staff), *([word] if word else []),
            pen.say(CHANNEL_WORDS.get(one.source, "by the API")), pen.say(TOLD_WORDS[told]),
        ]
    )  # fmt: skip
    return Block(
        one.id, part.position, len(one.segments), part.staff_id, one.version, begin, length,
        pen.rests.get(part.service_id, 0) if part.service_id else 0, lane, of, pen.time(part.start), who, what, look,
        pen.hue(part.service_id, part.staff_id), channel, told, spoken,
        one.status in ("confirmed", "pending") and one.start > pen.now, pauses=_pauses(sheet, part, begin, length),
        late=int((part.start - one.start).total_seconds() // 60),
    )  # fmt: skip


@lru_cache(4096)
def _with(language: str, service: str, staff: str) -> str:
    return Voice(language, EPOCH).what(service, staff)


def _pauses(sheet: Sheet, part: AppointmentSegment, begin: int, length: int) -> tuple[tuple[int, int], ...]:
    found = sheet.pauses.get(part.service_id, ()) if part.service_id else ()
    return tuple((begin + first, last - first) for first, last in found if last <= length)


def _look(pen: Pen, one: Appointment) -> tuple[str, str]:
    """Return what an appointment looks like, and the word for it, empty where it is simply booked."""
    match one.status:
        case "held":
            return "hold", pen.say("Held")
        case "pending":
            return "request", pen.say("Request")
        case "completed":
            return "done", pen.say("done")
        case "no_show":
            return "missed", pen.say("did not come")
        case _:
            here = pen.say("is here") if one.arrived_at else ""
            return ("past", here) if one.end <= pen.now else ("booked", here)


def _told(entry: Entry) -> str:
    if entry.appointment.status == "held":
        return "way"
    if entry.appointment.status == "pending":
        return "ask"
    return TOLD.get(entry.told or "not_needed", "none")


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


CHANNEL_WORDS = {
    "whatsapp": _("by WhatsApp"),
    "web": _("by the booking page"),
    "test": _("by the test chat"),
    "api": _("by the API"),
    "staff": _("by hand, at the desk"),
    "import": _("from the old system"),
}
TOLD_WORDS = {
    "told": _("customer told"),
    "way": _("message on its way"),
    "untold": _("customer not told"),
    "none": _("no message went out"),
    "ask": _("waits for your answer"),
}
OTHERS = (
    _("%(taken)s of %(all)s places"),
    _("is here"),
    _("Held"),
    _("until %s"),
    _("%s to %s"),
    _("Request"),
    _("done"),
    _("did not come"),
)
