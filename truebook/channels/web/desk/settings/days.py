"""Single days: off, of everybody or of one member of staff, or with other hours than the week's."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.channels.web.desk.settings.hours import face
from truebook.channels.web.desk.settings.keeping import chosen_one, keep, page
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.hours import OVERRIDES, minutes
from truebook.tenants.staff import STAFF

HERE = "/desk/settings/days"
MOST = 500
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show the days that are not as the week is."""
    return await _shown(request, who)


@routes.post(f"{HERE}/off", response_model=None)
async def add_days_off(request: Request, who: WhoSets) -> Response:
    """Take some days off."""

    async def change(tx: Any) -> None:
        first = _date(who, "first")
        last = _date(who, "last") if who.form.text("last") else first
        values = {"starts_on": first, "ends_on": last, "is_recurring": who.form.has("yearly")}
        await BLACKOUTS.write(
            tx, {**values, "staff_id": chosen_one(who, "staff"), "reason": who.form.text("reason") or None}
        )

    return await _kept(request, who, change)


@routes.post(f"{HERE}/other", response_model=None)
async def add_other_hours(request: Request, who: WhoSets) -> Response:
    """Give one day other hours than the week's; without any it is closed."""

    async def change(tx: Any) -> None:
        pairs = zip(who.form.all("from"), who.form.all("to"), strict=False)
        spans = [(_minute(begin), _minute(end) or 1440) for begin, end in pairs if begin or end]
        values = {"date": _date(who, "date"), "intervals": minutes(spans), "reason": who.form.text("reason") or None}
        await OVERRIDES.write(tx, {**values, "staff_id": chosen_one(who, "staff")})

    return await _kept(request, who, change)


@routes.post(HERE + "/off/{day_id:uuid}/remove", response_model=None)
async def remove_days_off(request: Request, who: WhoSets, day_id: UUID) -> Response:
    """Work on days that were off."""
    await BLACKOUTS.get(who.db, who.scope, day_id)
    return await _kept(request, who, lambda tx: BLACKOUTS.erase(tx, day_id))


@routes.post(HERE + "/other/{day_id:uuid}/remove", response_model=None)
async def remove_other_hours(request: Request, who: WhoSets, day_id: UUID) -> Response:
    """Let a day be as the week is again."""
    await OVERRIDES.get(who.db, who.scope, day_id)
    return await _kept(request, who, lambda tx: OVERRIDES.erase(tx, day_id))


async def _kept(request: Request, who: Visitor, change: Any) -> Response:
    return await keep(request, who, change, HERE, partial(_shown, request, who))


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    people = [one for one in await STAFF.page(who.db, who.scope, limit=MOST) if one.is_active]
    names = {one.id: one.name for one in people}
    say, today = Say(request, who), clock.now().astimezone(who.zone).date()
    off = [
        one for one in await BLACKOUTS.page(who.db, who.scope, limit=MOST) if one.is_recurring or one.ends_on >= today
    ]
    other = [one for one in await OVERRIDES.page(who.db, who.scope, limit=MOST) if one.date >= today]
    hours = {
        one.id: ", ".join(f"{face(span.lower or 0)}–{face(span.upper or 0)}" for span in one.intervals) for one in other
    }
    typed = {name: who.form.text(name) for name in ("first", "last", "date", "reason", "staff")}
    return page(
        request, who, "days", "days", status, people=people, names=names, hours=hours, say=say, typed=typed,
        off=sorted(off, key=lambda one: one.starts_on), other=sorted(other, key=lambda one: one.date), wrong=wrong,
    )  # fmt: skip


def _date(who: Visitor, field: str) -> date:
    try:
        found = date.fromisoformat(who.form.text(field))
    except ValueError as error:
        raise Invalid(field, "give a date") from error
    if not 2000 <= found.year < 2200:
        raise Invalid(field, "give a date")
    return found


def _minute(text: str) -> int:
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise Invalid("intervals", "give times such as 09:00")
    return int(hour) * 60 + int(minute)
