"""From a sheet to what is drawn: places in minutes of the wall clock, words and glyphs. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from truebook.booking.model import EPOCH, Appointment, AppointmentSegment, Span
from truebook.booking.sessions import Session
from truebook.booking.sheets import Column, Entry, Sheet, lanes
from truebook.channels.web.desk.stretches import DAY, gaps, joined
from truebook.language.speak import say_date, say_time
from truebook.language.voice import Voice

HUES = 12
USUAL = (8 * 60, 18 * 60)
"""The hours that are drawn where nothing says otherwise, in minutes since midnight."""
CHANNEL = {"whatsapp": "wa", "web": "web", "test": "chat", "api": "row", "staff": "person", "import": "copy"}
TOLD = {"sent": "told", "queued": "way", "failed": "untold", "not_needed": "none"}
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a column in minutes since midnight: closed hours, a day off, blocked time with its id."""

    begin: int
    length: int
    label: str = ""
    block_id: UUID | None = None


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


@dataclass(frozen=True, slots=True)
class Lane:
    """A column as it is drawn: a member of staff on a day, or a day of everybody."""

    title: str
    under: str
    staff_id: UUID | None
    hue: int
    day: date
    fill: int
    today: bool
    closed: tuple[Stretch, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Columns side by side over the same hours, in minutes since midnight; `now` where today is among them."""

    opens: int
    closes: int
    lanes: tuple[Lane, ...]
    hours: tuple[tuple[int, str], ...]
    now: int | None
    now_label: str


@dataclass(frozen=True, slots=True)
class Pen:
    """In which words and on which wall clock is drawn, and which colour a service has."""

    language: str
    say: Say
    zone: ZoneInfo
    now: datetime
    hues: Mapping[UUID, int]
    rests: Mapping[UUID, int]
    """Minutes that a service keeps its person busy afterwards."""

    def minute(self, moment: datetime) -> int:
        """Return an instant's minute on the wall clock, counted from midnight."""
        local = moment.astimezone(self.zone)
        return local.hour * 60 + local.minute

    def day(self, moment: datetime) -> date:
        """Return an instant's day on the wall clock."""
        return moment.astimezone(self.zone).date()

    def time(self, moment: datetime) -> str:
        """Return an instant's time of day as people write it."""
        return say_time(moment.astimezone(self.zone).time(), self.language)

    def full(self, moment: datetime) -> str:
        """Return an instant with its weekday and time."""
        told = say_date(self.day(moment), self.language, today=self.day(self.now))
        return f"{told}, {self.time(moment)}"


def by_staff(sheet: Sheet, pen: Pen) -> Drawing:
    """Draw one day, a column for each member of staff."""
    pieces = _by_day(sheet.entries, pen).get(sheet.first, [])
    made = [
        _lane(pen, sheet, pieces, [one], one.name, one.staff_id, number) for number, one in enumerate(sheet.columns)
    ]
    return _drawing(sheet, pen, made)


def by_day(sheet: Sheet, pen: Pen, *, staff_id: UUID | None) -> Drawing:
    """Draw several days, a column for each, of everybody side by side or of one member of staff."""
    made, by_day = [], _by_day(sheet.entries, pen)
    for offset in range((sheet.last - sheet.first).days + 1):
        day = sheet.first + timedelta(days=offset)
        columns, title = [one for one in sheet.columns if one.day == day], format_date(day, "EEE d", pen.language)
        made.append(_lane(pen, sheet, by_day.get(day, []), columns, title, staff_id, 0, day))
    return _drawing(sheet, pen, made)


Piece = tuple[Entry, AppointmentSegment]
"""A part of an appointment that is on the sheet."""


def _by_day(entries: Sequence[Entry], pen: Pen) -> dict[date, list[Piece]]:
    """Return the parts of appointments by day, each day's in order of their start."""
    found: dict[date, list[Piece]] = defaultdict(list)
    for one in entries:
        for part in one.appointment.segments:
            if part.session_id is None:
                found[pen.day(part.start)].append((one, part))
    for pieces in found.values():
        pieces.sort(key=lambda piece: (piece[1].start, piece[0].appointment.id))
    return found


def _kept(sheet: Sheet, pen: Pen, staff_id: UUID, day: date) -> list[Stretch]:
    """Return the time of somebody that is blocked on a day."""
    found = []
    for one in sheet.blocks:
        first, last = pen.day(one.start), pen.day(one.end) if one.end else date.max
        if one.resource_id != staff_id or not first <= day <= last:
            continue
        begin = pen.minute(one.start) if first == day else 0
        until = pen.minute(one.end) if one.end and last == day else DAY
        if until > begin:
            found.append(Stretch(begin, until - begin, one.reason or pen.say(KINDS[one.kind]), one.id))
    return found


def _lane(
    pen: Pen, sheet: Sheet, pieces: Sequence[Piece], columns: Sequence[Column], title: str, staff_id: UUID | None,
    number: int, day: date | None = None,
) -> Lane:  # fmt: skip
    day = day or columns[0].day
    pieces = [one for one in pieces if staff_id in (None, one[1].staff_id)]
    held = [one for one in sheet.classes if pen.day(one.start) == day and staff_id in (None, _teacher(one))]
    open_spans = joined([_minutes(pen, span, day) for column in columns for span in column.open])
    away = columns[0].away if len(columns) == 1 else None
    drawn = _placed(pen, sheet, pieces, held)
    open_minutes = sum(end - begin for begin, end in open_spans) * max(1, len(columns) if staff_id is None else 1)
    busy = sum(block.length for block in drawn)
    if open_spans:
        first, last = open_spans[0][0], open_spans[-1][1]
        under = f"{_clock(first, pen)}–{_clock(last, pen)}"
    else:
        under = (away.reason or pen.say("away")) if away else pen.say("closed")
    closed = tuple(Stretch(begin, end - begin) for begin, end in gaps(open_spans))
    if away:
        closed = (Stretch(0, DAY, away.reason or pen.say("away")),)
    if staff_id is not None:
        closed += tuple(_kept(sheet, pen, staff_id, day))
    fill = min(100, round(100 * busy / open_minutes)) if open_minutes else 0
    today = day == pen.day(pen.now)
    return Lane(title, under, staff_id, (number * 5) % HUES, day, fill, today, closed, drawn)


def by_room(sheet: Sheet, pen: Pen) -> Drawing:
    """Draw one day, a column for each room and each unit of equipment, over the hours of everybody."""
    day = sheet.first
    spans = joined([_minutes(pen, span, day) for column in sheet.columns for span in column.open])
    closed = tuple(Stretch(begin, end - begin) for begin, end in gaps(spans))
    everything = _by_day(sheet.entries, pen).get(day, [])
    busy = replace(sheet, pauses={})  # a room is not free while whoever works in it is
    made = []
    for number, room in enumerate(sheet.rooms):
        pieces = [piece for piece in everything if room.id in [one.id for one in piece[1].held]]
        held = [
            one
            for one in sheet.classes
            if pen.day(one.start) == day and room.id in [taking.id for taking in one.takings]
        ]
        drawn = _placed(pen, busy, pieces, held)
        kept = closed + tuple(_kept(sheet, pen, room.id, day))
        made.append(Lane(room.name, "", None, (number * 5) % HUES, day, 0, day == pen.day(pen.now), kept, drawn))
    return _drawing(sheet, pen, made)


def _placed(pen: Pen, sheet: Sheet, pieces: Sequence[Piece], held: Sequence[Session]) -> tuple[Block, ...]:
    """Draw appointments and classes of one column, side by side where they overlap."""
    things: list[tuple[Span, Piece | Session]] = [
        *((Span(piece[1].start, piece[1].end), piece) for piece in pieces),
        *((Span(one.start, one.end), one) for one in held),
    ]
    things.sort(key=lambda thing: thing[0].start)
    places = lanes([span for span, _ in things])
    return tuple(
        _class(pen, thing, *place) if isinstance(thing, Session) else _block(pen, sheet, *thing, *place)
        for (_, thing), place in zip(things, places, strict=True)
    )


def _class(pen: Pen, one: Session, lane: int, of: int) -> Block:
    """Draw a class: how many of its places are given away."""
    begin = pen.minute(one.start)
    length = max(5, min(int((one.end - one.start).total_seconds() // 60), DAY - begin))
    taken = pen.say("%(taken)s of %(all)s places") % {"taken": one.seats - one.free, "all": one.seats}
    teacher = one.teacher.name if one.teacher else ""
    spoken = ", ".join([pen.say("%s to %s") % (pen.time(one.start), pen.time(one.end)), one.service_name, taken])
    look = "past" if one.end <= pen.now else "booked"
    return Block(
        one.id, 1, 1, _teacher(one), one.version, begin, length, 0, lane, of, pen.time(one.start), one.service_name,
        f"{taken}, {teacher}" if teacher else taken, look, pen.hues.get(one.service_id, 0), "people", "none", spoken,
        False, "classes",
    )  # fmt: skip


def _teacher(one: Session) -> UUID | None:
    return one.teacher.id if one.teacher else None


def _drawing(sheet: Sheet, pen: Pen, made: Sequence[Lane]) -> Drawing:
    begins = [block.begin for lane in made for block in lane.blocks]
    ends = [block.begin + block.length for lane in made for block in lane.blocks]
    opens = [first for lane in made if (first := _first_open(lane)) is not None]
    closes = [last for lane in made if (last := _last_open(lane)) is not None]
    first = min([*opens, *begins, *([] if opens else [USUAL[0]])])
    last = max([*closes, *ends, *([] if closes else [USUAL[1]])])
    first, last = max(0, (first - 30) // 60 * 60), min(DAY, -(-(last + 30) // 60) * 60)
    is_today = sheet.first <= pen.day(pen.now) <= sheet.last
    minute = pen.minute(pen.now)
    return Drawing(
        first, last, tuple(made), tuple((hour, _clock(hour, pen)) for hour in range(first, last, 60)),
        minute if is_today and first <= minute <= last else None, _clock(minute, pen),
    )  # fmt: skip


def _first_open(lane: Lane) -> int | None:
    """Return when a column opens; None where it does not."""
    shut = [one for one in lane.closed if one.block_id is None]
    if not shut:
        return 0
    first = shut[0]
    if first.begin > 0:
        return 0
    return first.length if first.length < DAY else None


def _last_open(lane: Lane) -> int | None:
    shut = [one for one in lane.closed if one.block_id is None]
    if not shut:
        return DAY
    last = shut[-1]
    if last.begin + last.length < DAY:
        return DAY
    return last.begin if last.begin > 0 else None


def _block(pen: Pen, sheet: Sheet, entry: Entry, part: AppointmentSegment, lane: int, of: int) -> Block:
    one = entry.appointment
    begin = pen.minute(part.start)
    length = max(5, min(int((part.end - part.start).total_seconds() // 60), DAY - begin))
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
        pen.hues.get(part.service_id, 0) if part.service_id else 0, channel, told, spoken,
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
KINDS = {
    "break": _("break"),
    "away": _("away"),
    "out_of_service": _("out of service"),
    "closed": _("closed"),
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
    _("away"),
    _("closed"),
    _("Held"),
    _("until %s"),
    _("%s to %s"),
    _("Request"),
    _("done"),
    _("did not come"),
)


def _clock(minute: int, pen: Pen) -> str:
    return say_time((datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute % DAY)).time(), pen.language)


def _minutes(pen: Pen, span: Span, day: date) -> tuple[int, int]:
    begin, end = span.start.astimezone(pen.zone), span.end.astimezone(pen.zone)
    return (
        begin.hour * 60 + begin.minute if begin.date() == day else 0,
        end.hour * 60 + end.minute if end.date() == day else DAY,
    )
