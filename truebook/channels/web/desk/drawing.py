"""From a sheet to what is drawn: columns side by side over the same hours of the wall clock. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from babel.dates import format_date

from truebook.booking.sheets import Column, Entry, Sheet
from truebook.channels.web.desk.pen import HUES, Pen
from truebook.channels.web.desk.pieces import Block, Piece, placed, teacher_of
from truebook.channels.web.desk.stretches import DAY, gaps, joined

USUAL = (8 * 60, 18 * 60)
"""The hours that are drawn where nothing says otherwise, in minutes since midnight."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a column in minutes since midnight: closed hours, a day off, blocked time with its id."""

    begin: int
    length: int
    label: str = ""
    block_id: UUID | None = None


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


def by_staff(sheet: Sheet, pen: Pen) -> Drawing:
    """Draw one day, a column for each member of staff."""
    pieces = _by_day(sheet.entries, pen).get(sheet.first, [])
    made = [_lane(pen, sheet, pieces, [one], one.name, one.staff_id) for one in sheet.columns]
    return _drawing(sheet, pen, made)


def by_day(sheet: Sheet, pen: Pen, *, staff_id: UUID | None) -> Drawing:
    """Draw several days, a column for each, of everybody side by side or of one member of staff."""
    made, by_day = [], _by_day(sheet.entries, pen)
    for offset in range((sheet.last - sheet.first).days + 1):
        day = sheet.first + timedelta(days=offset)
        columns, title = [one for one in sheet.columns if one.day == day], format_date(day, "EEE d", pen.language)
        made.append(_lane(pen, sheet, by_day.get(day, []), columns, title, staff_id, day))
    return _drawing(sheet, pen, made)


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
    day: date | None = None,
) -> Lane:  # fmt: skip
    day = day or columns[0].day
    pieces = [one for one in pieces if staff_id in (None, one[1].staff_id)]
    held = [one for one in sheet.classes if pen.day(one.start) == day and staff_id in (None, teacher_of(one))]
    open_spans = joined([pen.minutes(span, day) for column in columns for span in column.open])
    away = columns[0].away if len(columns) == 1 else None
    drawn = placed(pen, sheet, pieces, held)
    open_minutes = sum(end - begin for begin, end in open_spans) * max(1, len(columns) if staff_id is None else 1)
    busy = sum(block.length for block in drawn)
    if open_spans:
        first, last = open_spans[0][0], open_spans[-1][1]
        under = f"{pen.clock(first)}–{pen.clock(last)}"
    else:
        under = (away.reason or pen.say("away")) if away else pen.say("closed")
    closed = tuple(Stretch(begin, end - begin) for begin, end in gaps(open_spans))
    if away:
        closed = (Stretch(0, DAY, away.reason or pen.say("away")),)
    if staff_id is not None:
        closed += tuple(_kept(sheet, pen, staff_id, day))
    fill = min(100, round(100 * busy / open_minutes)) if open_minutes else 0
    today = day == pen.day(pen.now)
    hue = pen.faces.get(staff_id, 0) if staff_id else 0
    return Lane(title, under, staff_id, hue, day, fill, today, closed, drawn)


def by_room(sheet: Sheet, pen: Pen) -> Drawing:
    """Draw one day, a column for each room and each unit of equipment, over the hours of everybody."""
    day = sheet.first
    spans = joined([pen.minutes(span, day) for column in sheet.columns for span in column.open])
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
        drawn = placed(pen, busy, pieces, held)
        kept = closed + tuple(_kept(sheet, pen, room.id, day))
        made.append(Lane(room.name, "", None, (number * 5) % HUES, day, 0, day == pen.day(pen.now), kept, drawn))
    return _drawing(sheet, pen, made)


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
        first, last, tuple(made), tuple((hour, pen.clock(hour)) for hour in range(first, last, 60)),
        minute if is_today and first <= minute <= last else None, pen.clock(minute),
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


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


KINDS = {
    "break": _("break"),
    "away": _("away"),
    "out_of_service": _("out of service"),
    "closed": _("closed"),
}
