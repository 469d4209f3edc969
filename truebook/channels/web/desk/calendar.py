"""The calendar: a day by staff, a week by days, a month. One template is grid, agenda on phones, list and print."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from fastapi import Request, Response

from truebook.booking import sheets
from truebook.booking.sheets import Sheet
from truebook.booking.waitlist import Entry as Waiting
from truebook.channels.web import pages, words
from truebook.channels.web.desk import drawing, markup, place
from truebook.channels.web.desk.drawing import Drawing, Pen
from truebook.channels.web.desk.place import Place
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.language.speak import say_date
from truebook.language.voice import Voice
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF

routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot that is free instead."""

    label: str
    start: str
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened, or could not: with a way back, or with what is free instead.

    `action` is where a way back or a choice is sent; `start`, and `staff_id`
    for the part at its place, are the way back; of a length it is `minutes`. With `anyway` they are
    what was refused, and `anyway` is the rule that staff may go beyond for it.
    """

    text: str
    action: str = ""
    version: int = 0
    start: str = ""
    staff_id: UUID | None = None
    part: int | None = None
    minutes: int | None = None
    choices: tuple[Choice, ...] = ()
    anyway: str = ""
    reopen: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day in the month: how many appointments, and how full it is."""

    day: date
    number: int
    label: str
    count: int
    fill: int
    closed: bool
    inside: bool
    today: bool


@routes.get("/desk", response_model=None)
async def calendar(request: Request, who: Anyone) -> Response:
    """Show the calendar."""
    return await shown(request, who, place.place_of(request, who))


async def shown(
    request: Request, who: Visitor, at: Place, status: int = 200, *, notice: Notice | None = None, **panel: Any
) -> Response:
    """Return the calendar at a place as a page, with what has just happened, and with a panel beside it."""
    language, now = words.chosen(request), clock.now()
    services = await SERVICES.page(who.db, who.scope, limit=500)
    people = [one for one in await STAFF.page(who.db, who.scope, limit=500) if one.is_active]
    weeks = at.view == "month"
    first = at.first - timedelta(days=at.first.weekday()) if weeks else at.first
    last = at.last + timedelta(days=6 - at.last.weekday()) if weeks else at.last
    sheet = await sheets.sheet(
        who.db, who.scope, first, last, now=now, zone=who.person.timezone, staff_id=at.staff_id
    )  # fmt: skip
    ordered = sorted(services, key=lambda one: (one.sort_order, one.name))
    pen = Pen(
        language, words.catalog(language).gettext, who.zone, now.astimezone(who.zone),
        {one.id: number % drawing.HUES for number, one in enumerate(ordered)},
        {one.id: one.buffer_after_minutes for one in services},
    )  # fmt: skip
    drawn: Drawing | None = None
    if at.rooms and sheet.rooms:
        drawn = drawing.by_room(sheet, pen)
    elif at.view == "day":
        drawn = drawing.by_staff(sheet, pen)
    elif at.view == "week":
        drawn = drawing.by_day(sheet, pen, staff_id=at.staff_id)
    return pages.page(
        request,
        "desk/calendar.html",
        status,
        who=who,
        here="calendar",
        at=at,
        pen=pen,
        today=pen.day(now),
        title=_title(at, pen),
        drawn=drawn,
        blocks=markup.of,
        month=_month(sheet, at, pen) if drawn is None else (),
        weekdays=[format_date(date(2024, 1, day), "EEE", locale=language) for day in range(1, 8)],
        people=people,
        services=[one for one in ordered if one.is_active],
        sums=_sums(sheet, pen),
        rooms=sheet.rooms,
        waiting=[_waits(one, pen) for one in sheet.waiting],
        notice=notice,
        panel=panel or None,
        **{"shown": None, "course": None, **panel},
    )


def _title(at: Place, pen: Pen) -> str:
    if at.view == "month":
        title = format_date(at.day, "LLLL y", locale=pen.language)
        return title[:1].upper() + title[1:]
    if at.view == "week":
        first, last = at.first, at.last
        begin = format_date(first, "d" if first.month == last.month else "d MMM", locale=pen.language)
        return f"{begin}–{format_date(last, 'd MMMM y', locale=pen.language)}"
    title = say_date(at.day, pen.language, today=pen.day(pen.now))
    return title[:1].upper() + title[1:]


@dataclass(frozen=True, slots=True)
class Sums:
    """What the line under the title repeats."""

    appointments: int
    requests: tuple[UUID, ...]
    holds: int
    untold: tuple[UUID, ...]


def _sums(sheet: Sheet, pen: Pen) -> Sums:
    there = [one for one in sheet.entries if one.appointment.status != "held"]
    return Sums(
        len(there),
        tuple(one.appointment.id for one in there if one.appointment.status == "pending"),
        len(sheet.entries) - len(there),
        tuple(one.appointment.id for one in there if one.told == "failed"),
    )


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who waits for a time: whom to call, what for, and when it could be."""

    name: str
    phone: str | None
    what: str
    when: str
    offered: UUID | None


def _waits(one: Waiting, pen: Pen) -> Waits:
    when = "; ".join(f"{pen.full(span.start)}–{pen.time(span.end)}" for span in one.windows[:3])
    what = Voice(pen.language, pen.now).what(one.service_name, one.staff_name or "")
    return Waits(one.customer_name or "–", one.phone, what, when, one.appointment_id)


def _month(sheet: Sheet, at: Place, pen: Pen) -> list[MonthDay]:
    made = []
    for offset in range((sheet.last - sheet.first).days + 1):
        day = sheet.first + timedelta(days=offset)
        entries = [one.appointment for one in sheet.entries if pen.day(one.appointment.start) == day]
        spans = [span for one in sheet.columns if one.day == day for span in one.open]
        room = sum((span.end - span.start).total_seconds() for span in spans)
        busy = sum((one.end - one.start).total_seconds() for one in entries)
        label = say_date(day, pen.language, today=pen.day(pen.now))
        fill = min(100, round(100 * busy / room)) if room else 0
        inside, today = day.month == at.day.month, day == pen.day(pen.now)
        made.append(MonthDay(day, day.day, label, len(entries), fill, not spans, inside, today))
    return made
