"""Series by chat: every week at the same time. Read back as a whole, with what cannot be had, and done with one yes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_ai import ModelRetry, RunContext

from truebook.assistant import doing
from truebook.assistant.acts import (
    Dated,
    Missed,
    NameWanted,
    Offers,
    Refused,
    Rhythm,
    Segment,
    SeriesReadBack,
    SeriesReceipt,
    Time,
    brief,
)
from truebook.assistant.acts import time_of as shown
from truebook.assistant.tools.agent import Outcome, toolset
from truebook.assistant.tools.answering import agreed, must_be_proven, told
from truebook.assistant.tools.resolving import Also, agreed_for, customer, given, own, parts, service, staff, whom_of
from truebook.assistant.turn import Turn
from truebook.booking import classes, queries, series, views
from truebook.booking.errors import Refusal
from truebook.booking.model import Wish
from truebook.booking.needs import offsets
from truebook.booking.offers import Piece, Proposal
from truebook.booking.recurrence import MOST
from truebook.booking.repeats import NEVER, Day, Series
from truebook.booking.series import Foreseen, Mode, Plan
from truebook.kernel.errors import Invalid

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCY = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}


@toolset.tool(sequential=True)
async def bookSeries(
    ctx: RunContext[Turn],
    service: str,
    starts_on: date,
    at: time,
    every: Literal["day", "week", "month"] = "week",
    interval: int = 1,
    weekdays: list[int] | None = None,
    count: int | None = None,
    until: date | None = None,
    staff: str | None = None,
    without: list[date] | None = None,
    dates: list[date] | None = None,
    guest: str | None = None,
    also: list[Also] | None = None,
    mode: Mode = "all",
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Outcome:
    """Book the same again and again: every Tuesday at 17:00, ten times. Not for classes, which are joined one by one.

    The first call says which dates can be had and reads them back; call it again, the same, once the customer agrees.

    Args:
        service: the name of a service from listServices.
        starts_on: the first date.
        at: the time of day, the same on every date.
        every: day, week or month.
        interval: 2 for every other.
        weekdays: where it is on several days a week, those days, 0 for Monday to 6 for Sunday.
        count: how many dates in all; or say until.
        until: the last date there may be; or say count.
        staff: the name of a member of staff, or nothing when anyone will do.
        without: dates that are to be left out.
        dates: where they follow no rhythm, all of them, in place of every, interval, weekdays, count and until.
        guest: for whom it is, if not for the customer.
        also: what belongs to every visit besides.
        mode: all: of the dates read back all or none are booked; possible: as many as can be had by then.
        name: the customer's name, if they told it.
        phone: the customer's phone number, if they told it. Never ask for it.
        email: the customer's e-mail address, if they told it.
    """
    turn = ctx.deps
    often = Rhythm(every=every, interval=interval, weekdays=tuple(weekdays or ()))
    rule = _listed(dates) if dates else _rule(often, count, until)
    plan = await _plan(turn, Also(service=service, guest=guest), starts_on, at, rule, staff, without, dates, also)
    rhythm = None if dates or plan.exceptions else often  # then each of the dates is told
    whom = customer(turn, name, phone, email)
    plan = replace(plan, wish=replace(plan.wish, customer=whom))
    concerns = (plan.rrule, str(plan.starts_on), str(at), mode, *map(str, plan.wish.parts), *map(str, plan.exceptions))
    if await must_be_proven(turn):
        return told(turn, Refused(reason="book_on_page"))
    if asked := await agreed(turn, SeriesReadBack, "book_series", *concerns):
        plan = replace(plan, wish=replace(plan.wish, customer=agreed_for(turn, asked.whom, whom)))
        return await _book(turn, plan, mode, asked)
    zone = ZoneInfo(turn.catalogue.account.timezone)
    try:
        foreseen = await series.preview(turn.db, turn.scope, plan, zone, now=turn.now)
    except Invalid as error:
        raise ModelRetry(f"That cannot be a series: {error.message}") from error
    able = [one for one in foreseen if not one.exception and one.refusal is None]
    if not able:
        return await _none(turn, service, plan, foreseen)
    if not whom.name:
        turn.acts.append(NameWanted())
        return {"status": "name_wanted"}
    theirs = await _own(turn, plan)
    missed = tuple(
        Missed(on=one.on, reason=one.refusal.code) for one in foreseen if one.refusal and one.start not in theirs
    )
    time = await _first(turn, plan, able[0])
    turn.acts.append(
        SeriesReadBack(
            purpose="book_series", time=time, rhythm=rhythm, dates=tuple(one.on for one in able), missed=missed,
            concerns=concerns, given=given(turn, name, phone), whom=whom_of(whom),
        )
    )  # fmt: skip
    return {
        "status": "read_back", "slot": brief(time), "for": whom.name, "dates": [str(one.on) for one in able],
        "not_free": [str(one.on) for one in missed],
    }  # fmt: skip


@toolset.tool(sequential=True)
async def cancelSeries(
    ctx: RunContext[Turn], appointment_id: UUID, which: Literal["following", "all"] = "all"
) -> Outcome:
    """Cancel a series that the customer has: all of it, or one date and those that follow. One date alone is cancelled
    with cancelAppointment. The first call reads back what would go, the second cancels it.

    Args:
        appointment_id: the id of an appointment of the series, from myAppointments.
        which: all dates ahead, or this one and those that follow.
    """
    turn = ctx.deps
    for act in turn.last_acts:  # first: in a turn that runs again the appointment is cancelled already
        if (
            isinstance(act, SeriesReadBack)
            and act.concerns[1:] == (str(appointment_id), which)
            and await agreed(turn, SeriesReadBack, "cancel_series", *act.concerns)
        ):
            return await _cancel(turn, UUID(act.concerns[0]), act)
    mine = await own(turn, appointment_id)
    series_id = (await series.dates(turn.db, turn.scope, [mine.id])).get(mine.id)
    if series_id is None:
        raise ModelRetry("That appointment is no date of a series. Call cancelAppointment.")
    found = await series.get(turn.db, turn.scope, series_id)
    zone = ZoneInfo(found.timezone)
    first = mine.start.astimezone(zone).date() if which == "following" else found.starts_on
    days = series.ahead(found, first, turn.now)
    if late := await doing.too_late(turn, await views.appointment(turn.db, turn.scope, _id(days[0].appointment_id))):
        return told(turn, late)
    time = shown(await views.appointment(turn.db, turn.scope, _id(days[0].appointment_id)))
    turn.acts.append(
        SeriesReadBack(
            purpose="cancel_series", time=time, rhythm=None, dates=tuple(one.on for one in days),
            concerns=(str(series_id), str(appointment_id), which),
        )
    )  # fmt: skip
    return {"status": "read_back", "slot": brief(time), "dates": [str(one.on) for one in days]}


def _rule(often: Rhythm, count: int | None, until: date | None) -> str:
    """Return the rule of what comes again in a rhythm."""
    if (count is None) == (until is None):
        raise ModelRetry("Say either count or until; ask the customer with ask_count if neither is known.")
    if not 1 <= often.interval <= MOST or (count is not None and not 1 <= count <= MOST):
        raise ModelRetry(f"A series has 1 to {MOST} dates.")
    if not all(0 <= day < len(WEEKDAYS) for day in often.weekdays) or (often.weekdays and often.every != "week"):
        raise ModelRetry("weekdays are 0 for Monday to 6 for Sunday, and only of what comes every week.")
    end = f"COUNT={count}" if count else f"UNTIL={until:%Y%m%d}"
    days = ";BYDAY=" + ",".join(WEEKDAYS[day] for day in often.weekdays) if often.weekdays else ""
    return f"FREQ={FREQUENCY[often.every]};INTERVAL={often.interval};{end}{days}"


def _listed(dates: Sequence[date]) -> str:
    """Return a rule that has all of some dates, and as few others as there are such days in their months."""
    days, months = (",".join(map(str, sorted(some))) for some in ({d.day for d in dates}, {d.month for d in dates}))
    return f"FREQ=DAILY;UNTIL={max(dates):%Y%m%d};BYMONTHDAY={days};BYMONTH={months}"


async def _plan(
    turn: Turn,
    first: Also,
    starts_on: date,
    at: time,
    rule: str,
    who: str | None,
    without: Sequence[date] | None,
    dates: Sequence[date] | None,
    also: list[Also] | None,
) -> Plan:
    """Return what is wanted again and again; a business in which only one person does it needs no name."""
    wanted = service(turn, first.service)
    if wanted.id in await classes.taught(turn.db, turn.scope, turn.now):
        raise ModelRetry("Places in a class are booked one by one: call findSlots.")
    doing_it = [one for one in turn.catalogue.staff if wanted.id in turn.catalogue.offers.get(one.id, ())]
    only = staff(turn, who) if who else doing_it[0] if len(doing_it) == 1 else None
    segments = parts(turn, first, also or [], only)
    wish = Wish(
        wanted.id, NEVER, turn.customer, segments[0].staff_id, source=turn.source,
        conversation_id=turn.conversation_id, segments=segments,
    )  # fmt: skip
    plan = Plan(wish, rule, min(dates) if dates else starts_on, at.hour * 60 + at.minute)
    with suppress(Invalid):  # what is wrong with the rule is told with the dates
        return _but(plan, without or (), dates, ZoneInfo(turn.catalogue.account.timezone))
    return plan


def _but(plan: Plan, without: Sequence[date], only: Sequence[date] | None, zone: ZoneInfo) -> Plan:
    """Return a plan without some dates, or with only some."""
    dates = {one.on for one in plan.occurrences(zone)}
    return replace(plan, exceptions=tuple(sorted(dates & set(without) if only is None else dates - set(only))))


async def _book(turn: Turn, plan: Plan, mode: Mode, asked: SeriesReadBack) -> Outcome:
    """Book the dates that were read back, and no others."""
    zone = ZoneInfo(turn.catalogue.account.timezone)
    left_out = {one.on for one in asked.missed} | set(plan.exceptions)
    agreed_to = replace(plan, exceptions=tuple(sorted(left_out)))
    key = doing.key("series", turn.message_id)
    try:
        made = await series.book(turn.db, turn.scope, agreed_to, mode, zone, now=turn.now, key=key)
    except Refusal as refusal:
        refused = Refused(reason=refusal.code, time=asked.time)
        return told(turn, refused)
    days = [one for one in made.days if one.status == "booked"]
    missed = (*asked.missed, *_refused(made))
    if not days:
        return told(turn, Refused(reason=missed[0].reason, time=asked.time))
    pending = any(one.appointment_status == "pending" for one in days)
    time = shown(await views.appointment(turn.db, turn.scope, _id(days[0].appointment_id)))
    receipt = SeriesReceipt(
        topic="requested" if pending else "booked", time=time, rhythm=asked.rhythm, missed=missed,
        dates=tuple(_dated(one) for one in days),
    )  # fmt: skip
    turn.acts.append(receipt)
    return {"status": "booked", "slot": brief(time), "codes": [one.code for one in receipt.dates]}


async def _cancel(turn: Turn, series_id: UUID, asked: SeriesReadBack) -> Outcome:
    """Cancel the dates that were read back; what is too near by now stays, and that is said."""
    found = await series.cancel(turn.db, turn.scope, series_id, asked.dates[0], now=turn.now, by_customer=True)
    concerned = [one for one in found.days if one.on in asked.dates]
    gone = [one for one in concerned if one.appointment_status == "cancelled"]
    stay = tuple(Missed(on=one.on, reason="cancel_notice") for one in concerned if one not in gone)
    if not gone:
        return told(turn, Refused(reason="cancel_notice", time=asked.time))
    turn.acts.append(
        SeriesReceipt(
            topic="cancelled", time=asked.time, rhythm=None, missed=stay, dates=tuple(_dated(one) for one in gone)
        )
    )
    return {"status": "cancelled", "slot": brief(asked.time), "dates": [str(one.on) for one in gone]}


async def _own(turn: Turn, plan: Plan) -> set[datetime]:
    """Return when the customer has the very same already: on those dates nobody is in their way."""
    what = {(one.service_id, one.guest_name) for one in plan.wish.parts}
    async with turn.db.reading(turn.scope) as tx:
        ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return {one.start for one in ahead if {(part.service_id, part.guest_name) for part in one.segments} == what}


async def _none(turn: Turn, what: str, plan: Plan, foreseen: Sequence[Foreseen]) -> Outcome:
    """Say that no date can be had, and offer what is nearest to the first."""
    first = next((one for one in foreseen if one.refusal), None)
    if first is None:
        raise ModelRetry("Every date is left out.")
    piece = plan.wish.parts[0]
    near = first.nearest
    found = (
        [Proposal((Piece(piece.service_id, near.staff_id, near.start),))] if near and len(plan.wish.parts) == 1 else []
    )
    times = await doing.offer(turn, found)
    reason = first.refusal.code if first.refusal else None
    turn.acts.append(Offers(times=times, service=what, wished=first.start, reason=reason))
    return {"status": "not_free", "offers": [brief(one) for one in times]}


async def _first(turn: Turn, plan: Plan, one: Foreseen) -> Time:
    """Return the first date as a time; with whom only where that was said, for it may be somebody else each time."""
    shop, segments = turn.catalogue, plan.wish.parts
    by_id = {what.id: what for what in shop.services}
    names: dict[UUID | None, str] = {who.id: who.name for who in shop.staff}
    lead = segments[0]
    services = [by_id[part.service_id] for part in segments]
    lengths = [what.duration_minutes for what in services]
    begins = [one.start + timedelta(minutes=away) for away in offsets(segments, lengths)]
    ends = max(begin + timedelta(minutes=length) for begin, length in zip(begins, lengths, strict=True))
    prices = [what.price_minor for what in services]
    told_parts = [(what.name, names.get(part.staff_id, "")) for what, part in zip(services, segments, strict=True)]
    return Time(
        id="series", service_id=str(lead.service_id), service=services[0].name,
        staff_id=str(lead.staff_id) if lead.staff_id else None, staff=told_parts[0][1], start=one.start,
        zone=shop.account.timezone, minutes=int((ends - one.start).total_seconds() // 60),
        price_minor=None if None in prices else sum(filter(None, prices)), currency=services[0].currency,
        segments=tuple(
            Segment(service_id=str(part.service_id), service=name, staff=who, start=begin, guest=part.guest_name)
            for part, (name, who), begin in zip(segments, told_parts, begins, strict=True)
        ) if len(segments) > 1 or lead.guest_name else (),
    )  # fmt: skip


def _dated(one: Day) -> Dated:
    assert one.code and one.start and one.version
    return Dated(
        id=_id(one.appointment_id), code=one.code, version=one.version, start=one.start, staff_id=one.staff_id,
        staff=one.staff_name or "",
    )  # fmt: skip


def _refused(made: Series) -> tuple[Missed, ...]:
    return tuple(Missed(on=one.on, reason=one.refusal["code"]) for one in made.days if one.refusal)


def _id(found: UUID | None) -> UUID:
    assert found is not None
    return found
