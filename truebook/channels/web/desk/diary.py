"""What the calendar shows of a place: the same for everybody who may see it, so it is drawn once for all who ask.

Nothing in it belongs to whoever asks: no name, no mark of their session, no panel.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from babel.dates import format_date
from fastapi import Request
from markupsafe import Markup

from truebook.booking import sheets
from truebook.booking.sheets import Sheet
from truebook.booking.waitlist import Entry as Waiting
from truebook.channels.web import pages, words
from truebook.channels.web.desk import drawing, markup
from truebook.channels.web.desk.pen import HUES, Pen
from truebook.channels.web.desk.place import Place
from truebook.channels.web.together import Together
from truebook.channels.web.visitors import Visitor
from truebook.kernel import clock
from truebook.language.wording.speak import say_date
from truebook.language.wording.voice import Voice
from truebook.tenants.services import SERVICES, Service
from truebook.tenants.staff import STAFF, Staff


@dataclass(frozen=True, slots=True)
class Sums:
    """What the line under the title repeats."""

    appointments: int
    requests: tuple[UUID, ...]
    holds: int
    untold: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who waits for a time: whom to call, what for, and when it could be."""

    name: str
    phone: str | None
    what: str
    when: str
    offered: UUID | None


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


@dataclass(frozen=True, slots=True)
class Diary:
    """The days of a place: as HTML, in sums, and with the people and services that a new appointment is chosen from."""

    title: str
    pen: Pen
    people: tuple[Staff, ...]
    services: tuple[Service, ...]
    sums: Sums
    waiting: tuple[Waits, ...]
    has_rooms: bool
    days: Markup


async def of(request: Request, who: Visitor, at: Place) -> Diary:
    """Return the diary of a place, read after it was asked for, together with whoever asks for the same."""
    together: Together = request.app.state.together
    language, zone = words.chosen(request), who.person.timezone
    key = (Diary, who.person.tenant, who.person.role, at, language, zone)
    return await together.of(key, lambda: _drawn(who, at, language, zone))


async def _drawn(who: Visitor, at: Place, language: str, zone: str) -> Diary:
    db, scope, now = who.db, who.scope, clock.now()  # of who asks only this counts: whose business it is
    services = sorted(await SERVICES.page(db, scope, limit=500), key=lambda one: (one.sort_order, one.name))
    people = [one for one in await STAFF.page(db, scope, limit=500) if one.is_active]
    weeks = at.view == "month"
    first = at.first - timedelta(days=at.first.weekday()) if weeks else at.first
    last = at.last + timedelta(days=6 - at.last.weekday()) if weeks else at.last
    sheet = await sheets.sheet(db, scope, first, last, now=now, zone=zone, staff_id=at.staff_id)
    tz = clock.zone(zone)
    pen = Pen(
        language, words.catalog(language).gettext, tz, now.astimezone(tz),
        {one.id: number % HUES for number, one in enumerate(services)},
        {one.id: number * 5 % HUES for number, one in enumerate(sorted(people, key=lambda one: (one.name, one.id)))},
        {one.id: one.buffer_after_minutes for one in services},
        at.colours == "staff",
    )  # fmt: skip
    title = _title(at, pen)
    return Diary(
        title, pen, tuple(people), tuple(one for one in services if one.is_active), _sums(sheet),
        tuple(_waits(one, pen) for one in sheet.waiting), bool(sheet.rooms), _days(sheet, at, pen, title),
    )  # fmt: skip


def _days(sheet: Sheet, at: Place, pen: Pen, title: str) -> Markup:
    """Return the days as HTML: columns over the hours, or the weeks of a month."""
    if at.view == "month":
        weekdays = [format_date(date(2024, 1, day), "EEE", locale=pen.language) for day in range(1, 8)]
        return pages.part(pen.language, "desk/month.html", at=at, month=_month(sheet, at, pen), weekdays=weekdays)
    if at.rooms and sheet.rooms:
        drawn = drawing.by_room(sheet, pen)
    elif at.view == "day":
        drawn = drawing.by_staff(sheet, pen)
    else:
        drawn = drawing.by_day(sheet, pen, staff_id=at.staff_id)
    return pages.part(pen.language, "desk/day.html", at=at, title=title, drawn=drawn, blocks=markup.of)


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


def _sums(sheet: Sheet) -> Sums:
    there = [one for one in sheet.entries if one.appointment.status != "held"]
    return Sums(
        len(there),
        tuple(one.appointment.id for one in there if one.appointment.status == "pending"),
        len(sheet.entries) - len(there),
        tuple(one.appointment.id for one in there if one.told == "failed"),
    )


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
