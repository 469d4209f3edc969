"""The week's opening hours, of the business or of somebody who has their own, and how far ahead people can book."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from babel.dates import format_date
from fastapi import Request, Response

from truebook.booking import impact
from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import keep, page
from truebook.channels.web.forms import Form
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel import clock
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import hours
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.staff import STAFF

HERE = "/desk/settings/hours"
DAYS = (1, 2, 3, 4, 5, 6, 0)
"""Weekdays as they are kept (0 = Sunday), in the order they are shown."""
PAIRS = 3
"""Intervals that a day has room for; more where it has more already."""
USUAL = Hours(None, 15, 60, 90, 120, ())
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Day:
    """A weekday as it is edited: its name, pairs of times as typed, and bars in minutes since midnight.

    `booked` is what is booked ahead on such a day, in minutes as well, each time once.
    """

    weekday: int
    name: str
    pairs: tuple[tuple[str, str], ...]
    bars: tuple[tuple[int, int], ...]
    booked: tuple[tuple[int, int], ...]

    @property
    def outside(self) -> int:
        """How many of the booked times lie outside the bars."""
        return sum(1 for one in self.booked if not any(begin <= one[0] and one[1] <= end for begin, end in self.bars))


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show the week of the business, or of the member of staff that the address names."""
    return await _shown(request, who, _id(request.query_params.get("staff", "")))


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Keep a week, or take somebody's own hours away."""
    staff_id = _id(who.form.text("staff"))
    if staff_id is not None:
        await STAFF.get(who.db, who.scope, staff_id)

    async def change(tx: Any) -> None:
        if who.form.has("inherit") and staff_id is not None:
            await hours.take_away(tx, staff_id)
        else:
            await hours.write(tx, _typed(who, staff_id), version=who.form.version() or None)

    back = f"{HERE}?staff={staff_id}" if staff_id else HERE
    return await keep(request, who, change, back, partial(_shown, request, who, staff_id))


def _typed(who: Visitor, staff_id: UUID | None) -> Hours:
    """Return the week that was typed; raise Invalid for the day, or the rule, that cannot be kept."""
    return Hours(
        staff_id,
        who.form.whole("slot_minutes", 5, 240),
        who.form.whole("min_notice_minutes", 0, 525_600),
        who.form.whole("max_advance_days", 1, 730),
        who.form.whole("cancel_notice_minutes", 0, 525_600),
        week(who.form),
    )


def week(form: Form) -> tuple[Opening, ...]:
    """Return the openings that were typed; raise Invalid for the day that cannot be kept."""
    found: list[Opening] = []
    for weekday in DAYS:
        pairs = zip(form.all(f"from_{weekday}"), form.all(f"to_{weekday}"), strict=False)
        spans = sorted((_minute(begin, weekday), _minute(end, weekday) or 1440) for begin, end in pairs if begin or end)
        for number, (begin, end) in enumerate(spans):
            if end <= begin or (number and begin < spans[number - 1][1]):
                raise Invalid(f"day_{weekday}", "an interval ends after it begins, and none overlap")
            found.append(Opening(weekday, begin, end))
    return tuple(found)


def _minute(text: str, weekday: int) -> int:
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) <= 24 and int(minute) < 60):
        raise Invalid(f"day_{weekday}", "give times such as 09:00")
    return min(int(hour) * 60 + int(minute), 1440)


async def _shown(
    request: Request, who: Visitor, staff_id: UUID | None, status: int = 200, *, wrong: str = ""
) -> Response:
    people = [one for one in await STAFF.page(who.db, who.scope, limit=500) if one.is_active]
    if staff_id is not None and staff_id not in [one.id for one in people]:
        raise NotFound("there is no such member of staff")
    own = await _kept(who, staff_id)
    shown = own or await _kept(who, None) or USUAL
    rules = ("slot_minutes", "min_notice_minutes", "max_advance_days", "cancel_notice_minutes")
    sent = bool(who.form.fields) and not who.form.has("inherit")
    typed = {name: who.form.text(name) if sent else getattr(shown, name) for name in rules}
    booked = await _booked(who, staff_id)
    return page(
        request, who, "hours", "hours", status, people=people, staff_id=staff_id, own=own, typed=typed, wrong=wrong,
        days=[_day(request, who, shown, weekday, sent, booked.get(weekday, ())) for weekday in DAYS],
    )  # fmt: skip


async def _booked(who: Visitor, staff_id: UUID | None) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return what is booked ahead by weekday, in minutes since midnight."""
    found: dict[int, dict[tuple[int, int], None]] = {}
    for span in await impact.by_the_week(who.db, who.scope, staff_id, now=clock.now()):
        begin, end = span.start.astimezone(who.zone), span.end.astimezone(who.zone)
        minute = begin.hour * 60 + begin.minute
        until = end.hour * 60 + end.minute if end.date() == begin.date() else 1440
        found.setdefault(begin.isoweekday() % 7, {})[minute, until] = None
    return {weekday: tuple(times) for weekday, times in found.items()}


def _day(
    request: Request, who: Visitor, shown: Hours, weekday: int, sent: bool, booked: tuple[tuple[int, int], ...]
) -> Day:
    name = named(weekday, words.chosen(request))
    kept = [(one.opens_minute, one.closes_minute) for one in shown.week if one.weekday == weekday]
    if sent:
        pairs = list(zip(who.form.all(f"from_{weekday}"), who.form.all(f"to_{weekday}"), strict=False))
    else:
        pairs = [(face(begin), face(end)) for begin, end in kept]
    pairs += [("", "")] * max(PAIRS - len(pairs), 1)
    return Day(weekday, name, tuple(pairs), tuple(kept), booked)


def named(weekday: int, language: str) -> str:
    """Return a weekday's name as it stands before its hours."""
    name = str(format_date(date(2024, 1, 7 + weekday), "EEEE", locale=language))  # the 7th was a Sunday
    return name[:1].upper() + name[1:]


def face(minute: int) -> str:
    """Return minutes since midnight as a field for a time shows them; midnight at the end of a day is 00:00."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


async def _kept(who: Visitor, staff_id: UUID | None) -> Hours | None:
    try:
        return await hours.get(who.db, who.scope, staff_id)
    except NotFound:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound("there is no such member of staff") from error
