"""What the business offers, and which times are free: a visit of several parts, or places in a class, as well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_ai import ModelRetry, RunContext

from truebook.assistant import doing
from truebook.assistant.acts import DayPart, FreeDays, Listing, Offers, Time, brief, time_of
from truebook.assistant.desks import other_names
from truebook.assistant.finding import places
from truebook.assistant.finding.places import Places
from truebook.assistant.finding.times import Found, Search, free_days, search
from truebook.assistant.limits import Limit
from truebook.assistant.tools.agent import Outcome, toolset
from truebook.assistant.tools.answering import told
from truebook.assistant.tools.resolving import Also, as_it_is, constraints, own, parts, service, staff
from truebook.assistant.turn import Turn
from truebook.booking import classes, offers, queries
from truebook.booking.model import Appointment, Wanted
from truebook.booking.offers import Proposal
from truebook.language.wish import Constraint, Times, Visit
from truebook.tenants.staff import Staff

Options = tuple[tuple[Constraint, ...], ...]
IN_THE_WAY = ("booked", "buffer")
"""Refusals by another appointment."""
GROUPS = (3, 2, 1)
"""How many people come at once where all of them cannot."""


@toolset.tool
async def listServices(ctx: RunContext[Turn]) -> Outcome:
    """List what the business offers, with whom, its hours and its address."""
    turn = ctx.deps
    shop = turn.catalogue
    names = {one.id: one.name for one in shop.services}
    taught = await classes.taught(turn.db, turn.scope, turn.now)
    return {
        "business": shop.account.name,
        "timezone": shop.account.timezone,
        "languages": shop.account.languages,
        "address": shop.account.address,
        "opens": shop.opens_minute,
        "closes": shop.closes_minute,
        "week": [[one.weekday, one.opens_minute, one.closes_minute] for one in shop.week],
        "services": [
            {
                "name": one.name,
                "synonyms": other_names(one),
                "minutes": one.duration_minutes,
                "price_minor": one.price_minor,
                "currency": one.currency,
                **({"class": True} if one.id in taught else {}),
            }
            for one in shop.services
        ],
        "staff": [
            {
                "name": one.name,
                "synonyms": one.synonyms,
                "services": [names[what] for what in shop.offers.get(one.id, ()) if what in names],
            }
            for one in shop.staff
        ],
    }


@toolset.tool
async def findSlots(
    ctx: RunContext[Turn],
    service: str,
    staff: str | None = None,
    day: date | None = None,
    at: time | None = None,
    limits: list[Limit] | None = None,
    moving: UUID | None = None,
    guest: str | None = None,
    also: list[Also] | None = None,
    seats: int = 1,
    changing: bool = False,
    said: str | None = None,
    refused: list[UUID] | None = None,
) -> Outcome:
    """Find free times and offer the best of them to the customer.

    What the customer has already at about that time is to be moved: then the answer names it as `moving`. What is too
    near to be moved is refused at once.

    Args:
        service: the name of a service from listServices; of a class, places in it are offered.
        staff: the name of a member of staff, or nothing when anyone will do.
        day: the day wished for, if it is one; without any day the next free ones are searched.
        at: the exact time wished for, if it is one.
        limits: everything else the customer said, each with what it is on and its values: days
            ("2031-12-03/2031-12-09"), times ("13:00-18:00", "13:00-"), the end by which all must be over ("-12:00"),
            staff, or the order ("soonest", "latest");
            allow: false for what they do not want, must: false for what they only prefer, choice: 2 for what else.
        moving: the id of the appointment that is to be moved, if one is.
        guest: for whom it is, if not for the customer.
        also: what belongs to the same visit: further services, or the same for somebody who comes along.
        seats: how many places in a class.
        changing: with moving: the appointment is to consist of service and also instead of what it is now.
        refused: ids of offers that the customer has declined: their times are not offered again.
        said: the customer's own words that name `day` and `at`; each limit has its own `said`.
    """
    turn = ctx.deps
    limited = constraints(staff, day, at, limits or [])
    people = tuple(_person(turn, str(one)) for c in limited if c.on == "staff" for one in c.values)
    mine = await own(turn, moving) if moving else None
    if mine and (late := await doing.too_late(turn, mine)):  # said before any time is shown
        return {**told(turn, late), "exact": False, "moving": str(mine.id)}
    what = _service(turn, service)
    zone = ZoneInfo(turn.catalogue.account.timezone)
    options, refusals = Visit(None, None, limited).options(), await _declined(turn, refused or [])
    if what in await classes.taught(turn.db, turn.scope, turn.now):
        number = len(mine.segments) if mine and not changing else seats + len(also or [])
        found = await places.search(turn.db, turn.scope, Places(what, number, options, refusals), turn.now, zone)
    else:
        only, first = _only(turn, limited) if also else None, Also(service=service, guest=guest)
        at_once = any(one.together is True for one in also or ())
        loose = only is not None and not any(c.must for c in limited if c.on == "staff" and c.allow)
        for whom in (only, None) if loose else (only,):  # a visit is with whom they would rather have, if it can be
            wanted = (
                _as_it_is(mine, what)
                if mine and not changing
                else parts(turn, first, also or [], whom, guests=not (loose or at_once))
            )
            asked = Search(
                wanted, _without_staff(options) if len(wanted) > 1 and whom else options,
                tuple((one.name, one.id) for one in people), moving=mine.id if mine else None, refused=refusals,
            )  # fmt: skip
            found = await _at_once_or_not(turn, asked, also or [], zone)
            if found.proposals and not found.gave:
                break
        if mine is None and (mine := await _in_its_own_way(turn, found, wanted)):
            asked = replace(asked, parts=as_it_is(mine), moving=mine.id)
            found = await _at_once_or_not(turn, asked, [], zone)
    stands = mine and found.exact and _stands(mine, found.proposals[0])
    held = time_of(mine) if mine and stands else None if mine or guest else await _own_at(turn, found, what)
    if held:  # their own time is nothing that could be offered to them
        turn.acts.append(Listing(times=(held,)))
        return {
            "exact": False,
            "reason": "yours",
            "moving": moving and str(moving),
            "offers": [],
            "appointments": [brief(held)],
        }
    if mine:
        found = replace(found, proposals=tuple(one for one in found.proposals if not _stands(mine, one)))
    names = tuple(dict.fromkeys((service, *(one.service for one in also or ()))))
    asked_for = {str(one) for c in limited if c.on == "staff" and c.allow for one in c.values}
    wanted_people = tuple(one for one in people if one.name in asked_for)
    return await _offer(turn, names, wanted_people, found, mine, part=_part(limited), changing=changing)


def _stands(mine: Appointment, one: Proposal) -> bool:
    """Tell whether an appointment is what a proposal is: at that time, of that, with the same people."""
    if one.session_id:
        return [part.session_id for part in mine.segments] == [one.session_id] * (one.seats or 1)
    now = [(part.service_id, part.staff_id, part.guest_name) for part in mine.segments]
    return one.start == mine.start and now == [(p.service_id, p.staff_id, p.guest_name) for p in one.pieces]


async def _own_at(turn: Turn, found: Found, what: UUID) -> Time | None:
    """Return the customer's own appointment that takes the very time wished for: nobody else has it."""
    if found.reason not in IN_THE_WAY or found.wished is None:
        return None
    async with turn.db.reading(turn.scope) as tx:
        ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    mine = (one for one in ahead if one.start <= found.wished < one.end)
    return next((time_of(one) for one in mine if any(part.service_id == what for part in one.segments)), None)


async def _in_its_own_way(turn: Turn, found: Found, wanted: tuple[Wanted, ...]) -> Appointment | None:
    """Return the customer's own appointment for the very same, where it lies about the time wished for and is in the
    way of it: nobody can have both, so that one is to be moved."""
    wished = found.wished
    if wished is None or (found.reason not in IN_THE_WAY and not found.exact):
        return None
    whom = {piece.staff_id for proposal in found.proposals for piece in proposal.pieces} if found.exact else None
    what = {(one.service_id, one.guest_name) for one in wanted}
    async with turn.db.reading(turn.scope) as tx:
        ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    for one in ahead:
        near = one.start != wished and one.start < wished + (one.end - one.start) and wished < one.end
        theirs = whom is None or whom <= {part.staff_id for part in one.segments}  # with somebody else it is one more
        if near and theirs and {(part.service_id, part.guest_name) for part in one.segments} == what:
            return one
    return None


async def _declined(turn: Turn, refused: list[UUID]) -> frozenset[datetime]:
    """Return when the offers were that the customer has declined."""
    if not refused:
        return frozenset()
    found = await offers.several(turn.db, turn.scope, turn.conversation_id, refused)
    return frozenset(one.start for one in found)


async def _at_once_or_not(turn: Turn, asked: Search, also: list[Also], zone: ZoneInfo) -> Found:
    """Return the times of a visit whose people come together; in groups, or one by one, where that is all there is."""
    first = len(asked.parts) - len(also)
    hows = [False] * first + [one.together for one in also]
    if not any(hows):
        return await search(turn.db, turn.scope, asked, turn.now, zone)
    best: Found | None = None
    for size in dict.fromkeys((len(asked.parts), *GROUPS)):
        flags = [bool(how) and place % size != 0 for place, how in enumerate(hows)]
        parts = tuple(replace(one, together=flag) for one, flag in zip(asked.parts, flags, strict=True))
        found = await search(turn.db, turn.scope, replace(asked, parts=parts), turn.now, zone)
        met = bool(found.proposals) and not found.gave
        if met and best and "day" not in best.gave:  # not on another day, where all can come on the one spoken of
            met = bool({one.start.date() for one in found.proposals} & {one.start.date() for one in best.proposals})
        if met and any(how is True and not flag for how, flag in zip(hows, flags, strict=True)):
            found = replace(found, exact=False, gave=("together",))
        if met:
            return found
        best = best or (found if found.proposals else None)
    return best or found


async def _offer(
    turn: Turn,
    names: tuple[str, ...],
    people: tuple[Staff, ...],
    found: Found,
    mine: Appointment | None,
    *,
    part: DayPart | None,
    changing: bool,
) -> Outcome:
    """Put what was found before the customer."""
    times = await doing.offer(turn, found.proposals, appointment_id=mine.id if mine and changing else None)
    more = await doing.offer(turn, found.more) if turn.source == "whatsapp" and not changing else ()
    whom = people[0].name if len(people) == 1 else None
    turn.acts.append(
        Offers(
            times=times, service=names[0], wished=found.wished, reason=found.reason, staff=whom, gave=list(found.gave),
            part=part, also=names[1:], more=more,
        )
    )  # fmt: skip
    return {
        "exact": found.exact,
        "reason": found.reason,
        "moving": str(mine.id) if mine else None,
        "offers": [brief(one) for one in times],
    }


def _part(wish: Sequence[Constraint]) -> DayPart | None:
    """Return the part of the day that a wish is for, where it says no more of the time than that."""
    times = [value for one in wish if one.on == "time" and one.allow for value in one.values]
    whole = times[0] if len(times) == 1 and isinstance(times[0], Times) else None
    if whole is None or whole.first is None or whole.last is None or whole.first.hour + 4 > whole.last.hour:
        return None
    if whole.last <= time(12):
        return "morning" if whole.first <= time(7) and whole.last == time(12) else None  # no "first thing"
    return "evening" if whole.first >= time(17) else "afternoon" if whole.first >= time(12) else None


@toolset.tool
async def freeDays(ctx: RunContext[Turn], service: str, also: list[Also] | None = None, seats: int = 1) -> Outcome:
    """Ask the customer which day, and show the next days on which a service, or a whole visit, has free times.

    Args:
        service: the name of a service from listServices.
        also: what belongs to the same visit.
        seats: how many places in a class.
    """
    turn = ctx.deps
    zone = ZoneInfo(turn.catalogue.account.timezone)
    what = _service(turn, service)
    if what in await classes.taught(turn.db, turn.scope, turn.now):
        days = await places.free_days(turn.db, turn.scope, what, seats + len(also or []), turn.now, zone)
    else:
        wanted = parts(turn, Also(service=service), also or [], None)
        days = await free_days(turn.db, turn.scope, wanted, turn.now, zone)
    turn.acts.append(
        FreeDays(
            service=service,
            days=days,
            also=tuple(dict.fromkeys(one.service for one in also or () if one.service != service)),
        )
    )
    return {"days": [day.isoformat() for day in days]}


def _service(turn: Turn, name: str) -> UUID:
    return service(turn, name).id


def _person(turn: Turn, name: str) -> Staff:
    return staff(turn, name)


def _only(turn: Turn, said: tuple[Constraint, ...]) -> Staff | None:
    """Return the one person that was asked for, if anybody was, whoever is not wanted besides."""
    named = [c for c in said if c.on == "staff" and c.allow]
    return _person(turn, str(named[0].values[0])) if len(named) == 1 and len(named[0].values) == 1 else None


def _without_staff(options: Options) -> Options:
    """Return options for a visit whose parts tell who does them: somebody else may lead the first."""
    return tuple(tuple(c for c in option if c.on != "staff" or not c.allow) for option in options)


def _as_it_is(mine: Appointment, service_id: UUID) -> tuple[Wanted, ...]:
    """Return the parts of an appointment that is only to be moved."""
    if service_id not in [one.service_id for one in mine.segments]:
        raise ModelRetry("That appointment is for another service. Say changing, if that is to change, or its own one.")
    return as_it_is(mine)
