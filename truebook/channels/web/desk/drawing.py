"""From a sheet to what is drawn: places in minutes of the wall clock, words and glyphs. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from truebook.booking.model import Appointment, Span
from truebook.booking.sheets import Column, Entry, Sheet, lanes
from truebook.language.speak import say_date, say_time
from truebook.language.voice import Voice

HUES = 12
DAY = 1440
USUAL = (8 * 60, 18 * 60)
"""The hours that are drawn where nothing says otherwise, in minutes since midnight."""
CHANNEL = {"whatsapp": "wa", "web": "web", "test": "chat", "api": "row", "staff": "person", "import": "copy"}
TOLD = {"sent": "told", "queued": "way", "failed": "untold", "not_needed": "none"}
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a column in minutes since midnight: closed hours, a day off."""

    begin: int
    length: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment as it is drawn: its place in minutes, its words, and what it looks like."""

    id: UUID
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
    made = [
        _lane(pen, [one], _in(sheet.entries, pen, staff=one.staff_id, day=one.day), one.name, one.staff_id, number)
        for number, one in enumerate(sheet.columns)
    ]
    return _drawing(sheet, pen, made)


def by_day(sheet: Sheet, pen: Pen, *, staff_id: UUID | None) -> Drawing:
    """Draw several days, a column for each, of everybody side by side or of one member of staff."""
    made = []
    for offset in range((sheet.last - sheet.first).days + 1):
        day = sheet.first + timedelta(days=offset)
        columns = [one for one in sheet.columns if one.day == day]
        title = format_date(day, "EEE d", locale=pen.language)
        made.append(_lane(pen, columns, _in(sheet.entries, pen, staff=staff_id, day=day), title, staff_id, 0, day))
    return _drawing(sheet, pen, made)


def _in(entries: Sequence[Entry], pen: Pen, *, staff: UUID | None, day: date) -> list[Entry]:
    return [
        one for one in entries if staff in (None, one.appointment.staff_id) and pen.day(one.appointment.start) == day
    ]


def _lane(
    pen: Pen, columns: Sequence[Column], entries: Sequence[Entry], title: str, staff_id: UUID | None, number: int,
    day: date | None = None,
) -> Lane:  # fmt: skip
    day = day or columns[0].day
    open_spans = _joined([_minutes(pen, span, day) for column in columns for span in column.open])
    away = columns[0].away if len(columns) == 1 else None
    places = lanes([Span(one.appointment.start, one.appointment.end) for one in entries])
    blocks = tuple(_block(pen, one, *place) for one, place in zip(entries, places, strict=True))
    open_minutes = sum(end - begin for begin, end in open_spans) * max(1, len(columns) if staff_id is None else 1)
    busy = sum(block.length for block in blocks)
    if open_spans:
        first, last = open_spans[0][0], open_spans[-1][1]
        under = f"{_clock(first, pen)}–{_clock(last, pen)}"
    else:
        under = (away.reason or pen.say("away")) if away else pen.say("closed")
    closed = tuple(Stretch(begin, end - begin) for begin, end in _gaps(open_spans))
    if away:
        closed = (Stretch(0, DAY, away.reason or pen.say("away")),)
    fill = min(100, round(100 * busy / open_minutes)) if open_minutes else 0
    today = day == pen.day(pen.now)
    return Lane(title, under, staff_id, (number * 5) % HUES, day, fill, today, closed, blocks)


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
    if not lane.closed:
        return 0
    first = lane.closed[0]
    if first.begin > 0:
        return 0
    return first.length if first.length < DAY else None


def _last_open(lane: Lane) -> int | None:
    if not lane.closed:
        return DAY
    last = lane.closed[-1]
    if last.begin + last.length < DAY:
        return DAY
    return last.begin if last.begin > 0 else None


def _block(pen: Pen, entry: Entry, lane: int, of: int) -> Block:
    one = entry.appointment
    begin = pen.minute(one.start)
    length = max(5, min(int((one.end - one.start).total_seconds() // 60), DAY - begin))
    service, staff = one.service_name or "", one.staff_name or ""
    look, word = _look(pen, one)
    channel, told = CHANNEL.get(one.source, "row"), _told(entry)
    what = f"{word}: {service}" if look in ("request",) else f"{service}, {word}" if word else service
    who = pen.say("Held") if look == "hold" else one.customer.name
    if look == "hold" and one.hold_expires_at:
        what = pen.say("until %s") % pen.time(one.hold_expires_at)
    spoken = ", ".join(
        [
            pen.say("%s to %s") % (pen.time(one.start), pen.time(one.end)), one.customer.name,
            Voice(pen.language, pen.now).what(service, staff), *([word] if word else []),
            pen.say(CHANNEL_WORDS.get(one.source, "by the API")), pen.say(TOLD_WORDS[told]),
        ]
    )  # fmt: skip
    return Block(
        one.id, one.staff_id, one.version, begin, length, int((one.blocked.end - one.end).total_seconds() // 60), lane,
        of, pen.time(one.start), who, what, look, pen.hues.get(one.service_id, 0) if one.service_id else 0, channel,
        told, spoken, one.status in ("confirmed", "pending") and one.start > pen.now,
    )  # fmt: skip


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
            return ("past", "") if one.end <= pen.now else ("booked", "")


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
OTHERS = (_("away"), _("closed"), _("Held"), _("until %s"), _("%s to %s"), _("Request"), _("done"), _("did not come"))


def _clock(minute: int, pen: Pen) -> str:
    return say_time((datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute % DAY)).time(), pen.language)


def _minutes(pen: Pen, span: Span, day: date) -> tuple[int, int]:
    begin, end = span.start.astimezone(pen.zone), span.end.astimezone(pen.zone)
    return (
        begin.hour * 60 + begin.minute if begin.date() == day else 0,
        end.hour * 60 + end.minute if end.date() == day else DAY,
    )


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and joined[-1][1] >= begin:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _gaps(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), DAY]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end]
