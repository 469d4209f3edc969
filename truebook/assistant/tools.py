"""The tools the assistant may call. They act for one tenant and one conversation, both given by the channel.

Nothing is booked, moved or cancelled that was not read back in the answer before: the first call of a booking tool
reads back, and the same call carries it out when the customer's next message, as the desk itself understands it, says
yes. What a model makes of that message does not count.
"""

from datetime import date, time
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_ai import Agent, ModelRetry, RunContext

from truebook.assistant import acts, doing, proof
from truebook.assistant.acts import (
    CodeRefused,
    FreeDays,
    Listing,
    NameWanted,
    Offers,
    ReadBack,
    Receipt,
    Refused,
    Securing,
    Time,
)
from truebook.assistant.consent import agrees
from truebook.assistant.desks import other_names
from truebook.assistant.finding import Search, free_days, search
from truebook.assistant.limits import Limit
from truebook.assistant.limits import read as limits_read
from truebook.assistant.turn import Say, Turn
from truebook.booking import offers, queries
from truebook.booking.model import Appointment, Customer
from truebook.booking.offers import Offer
from truebook.kernel import phones
from truebook.language import contact
from truebook.language.wish import Constraint, Days, Times, Visit
from truebook.tenants.staff import Staff

Outcome = dict[str, Any]
LONGEST_NAME = 200
agent: Agent[Turn, Say] = Agent(deps_type=Turn, output_type=Say, name="desk", retries=3)


@agent.tool
async def listServices(ctx: RunContext[Turn]) -> Outcome:
    """List what the business offers, with whom, its hours and its address."""
    shop = ctx.deps.catalogue
    names = {one.id: one.name for one in shop.services}
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


@agent.tool
async def findSlots(
    ctx: RunContext[Turn],
    service: str,
    staff: str | None = None,
    day: date | None = None,
    at: time | None = None,
    limits: list[Limit] | None = None,
    moving: UUID | None = None,
) -> Outcome:
    """Find free times and offer the best of them to the customer.

    Args:
        service: the name of a service from listServices.
        staff: the name of a member of staff, or nothing when anyone will do.
        day: the day wished for, if it is one; without any day the next free ones are searched.
        at: the exact time wished for, if it is one.
        limits: everything else the customer said, each with what it is on and its values: days
            ("2031-12-03/2031-12-09"), times ("13:00-18:00", "13:00-"), staff, or the order ("soonest", "latest");
            allow: false for what they do not want, must: false for what they only prefer, choice: 2 for what else.
        moving: the id of the appointment that is to be moved, if one is.
    """
    turn = ctx.deps
    constraints = _constraints(staff, day, at, limits or [])
    people = tuple(_staff(turn, str(one)) for c in constraints if c.on == "staff" for one in c.values)
    mine = await _own(turn, moving) if moving else None
    wanted = Search(
        service_id=_service(turn, service),
        options=Visit(None, None, constraints).options(),
        staff=tuple((one.name, one.id) for one in people),
        moving=mine.id if mine else None,
    )
    found = await search(turn.db, turn.scope, wanted, turn.now, ZoneInfo(turn.catalogue.account.timezone))
    offered = await doing.offer(turn, wanted.service_id, found.slots)
    whom = people[0].name if len(people) == 1 else None
    turn.acts.append(
        Offers(
            times=offered, service=service, wished=found.wished, reason=found.reason, staff=whom, gave=list(found.gave)
        )
    )
    return {
        "exact": found.exact,
        "reason": found.reason,
        "moving": str(moving) if moving else None,
        "offers": [_brief(one) for one in offered],
    }


@agent.tool
async def freeDays(ctx: RunContext[Turn], service: str) -> Outcome:
    """Ask the customer which day, and show the next days on which a service has free times.

    Args:
        service: the name of a service from listServices.
    """
    turn = ctx.deps
    zone = ZoneInfo(turn.catalogue.account.timezone)
    days = await free_days(turn.db, turn.scope, _service(turn, service), turn.now, zone)
    turn.acts.append(FreeDays(service=service, days=days))
    return {"days": [day.isoformat() for day in days]}


@agent.tool(sequential=True)
async def bookAppointment(
    ctx: RunContext[Turn], offer_id: UUID, name: str | None = None, phone: str | None = None, email: str | None = None
) -> Outcome:
    """Book an offered time. The first call reads it back to the customer; call it again once they have said yes.

    Args:
        offer_id: the id of an offer from findSlots.
        name: the customer's name, if they told it.
        phone: the customer's phone number, if they told it. Never ask for it.
        email: the customer's e-mail address, if they told it.
    """
    turn = ctx.deps
    offer = await _offered(turn, offer_id)
    purpose: Literal["book", "request"] = "request" if offer.needs_approval else "book"
    customer = _customer(turn, name, phone, email)
    if not customer.name:
        turn.acts.append(NameWanted(time=doing.time_of(offer)))
        return {"status": "name_wanted", "slot": _brief(doing.time_of(offer))}
    if await _agreed(turn, purpose, offer_id):
        return _told(turn, await doing.book(turn, offer, customer))
    asked = ReadBack(purpose=purpose, time=doing.time_of(offer))
    turn.acts.append(asked)
    return {"status": "read_back", "slot": _brief(asked.time)}


@agent.tool
async def myAppointments(ctx: RunContext[Turn], purpose: Literal["tell", "move", "cancel"] = "tell") -> Outcome:
    """Look up the customer's own appointments ahead.

    Args:
        purpose: tell them, or let the customer choose the one to move or cancel.
    """
    turn = ctx.deps
    async with turn.db.reading(turn.scope) as tx:
        found = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    times = tuple(acts.time_of(one) for one in found)
    known = turn.customer.id is not None
    turn.acts.append(Listing(times=times, purpose=purpose, known=known))
    return {"purpose": purpose, "appointments": [_brief(one) for one in times], "known": known}


@agent.tool(sequential=True)
async def showAppointment(ctx: RunContext[Turn], code: str) -> Outcome:
    """Look up an appointment by the code from its confirmation, for a customer whose channel does not vouch for them.

    Args:
        code: the code the customer gave, such as 7Q4-K2M.
    """
    turn = ctx.deps
    found = await proof.show(turn.db, turn.scope, turn.conversation_id, code.strip().upper(), turn.now)
    if isinstance(found, str):
        turn.acts.append(CodeRefused(limit=found == "limit"))
        return {"status": "unknown_code"}
    time = acts.time_of(found)
    turn.acts.append(Listing(times=(time,), purpose="tell"))
    return {"purpose": "tell", "appointments": [_brief(time)]}


@agent.tool(sequential=True)
async def moveAppointment(ctx: RunContext[Turn], appointment_id: UUID, offer_id: UUID) -> Outcome:
    """Move one of the customer's appointments to an offered time. The first call reads it back, the second moves.

    Args:
        appointment_id: the id of an appointment from myAppointments.
        offer_id: the id of an offer from findSlots.
    """
    turn = ctx.deps
    mine, offer = await _own(turn, appointment_id), await _offered(turn, offer_id)
    if offer.service_id != mine.service_id:
        raise ModelRetry("That offer is for another service. Call findSlots for the appointment's own service.")
    if await _agreed(turn, "move", offer_id, appointment_id):
        return _told(turn, await doing.move(turn, mine.id, offer))
    if late := await doing.too_late(turn, mine):
        return _told(turn, late)
    asked = ReadBack(purpose="move", time=doing.time_of(offer), before=acts.time_of(mine))
    turn.acts.append(asked)
    return {"status": "read_back", "slot": _brief(asked.time), "appointment": str(mine.id)}


@agent.tool(sequential=True)
async def cancelAppointment(ctx: RunContext[Turn], appointment_ids: list[UUID]) -> Outcome:
    """Cancel appointments of the customer. The first call asks for one yes to all of them, the second cancels.

    Args:
        appointment_ids: ids of appointments from myAppointments, at least one.
    """
    turn = ctx.deps
    if not appointment_ids:
        raise ModelRetry("Name at least one appointment by its id from myAppointments.")
    if agreed := await _agreed(turn, "cancel", *appointment_ids):  # first: a turn that runs again finds them cancelled
        done = [_told(turn, await doing.cancel(turn, one, turn.message_id)) for one in (agreed.time, *agreed.also)]
        return {**done[-1], "also": [one["slot"] for one in done[:-1] if one["status"] == "cancelled"]}
    mine = [await _own(turn, one) for one in dict.fromkeys(appointment_ids)]
    for one in mine:
        if late := await doing.too_late(turn, one):
            return _told(turn, late)
    times = tuple(acts.time_of(one) for one in mine)
    turn.acts.append(ReadBack(purpose="cancel", time=times[0], also=times[1:]))
    return {"status": "read_back", "slot": _brief(times[0]), "also": [_brief(one) for one in times[1:]]}


def _told(turn: Turn, done: Receipt | Refused | Securing) -> Outcome:
    """Note what was done, and tell the model."""
    turn.acts.append(done)
    match done:
        case Receipt():
            status = "booked" if done.topic == "requested" else done.topic
            return {"status": status, "slot": _brief(done.time), "code": done.code}
        case Refused():
            return {"status": "refused", "reason": done.reason, "offers": [_brief(one) for one in done.times]}
        case Securing():
            return {"status": "securing"}


async def _agreed(turn: Turn, purpose: str, *concerned: UUID) -> ReadBack | None:
    """Return what the customer says yes to: exactly this, and read back in the answer before their message."""
    wanted = (purpose, *map(str, concerned))
    asked = next((act for act in turn.last_acts if isinstance(act, ReadBack) and _concerns(act) == wanted), None)
    return asked if asked and await agrees(turn, asked) else None


def _concerns(act: ReadBack) -> tuple[str, ...]:
    before = (act.before.id,) if act.before else ()
    return act.purpose, act.time.id, *before, *(one.id for one in act.also)


def _constraints(staff: str | None, day: date | None, at: time | None, limits: list[Limit]) -> tuple[Constraint, ...]:
    """Return the constraints of a call, the short ones for a day, a time and a person included."""
    try:
        found = limits_read(limits)
    except ValueError as error:
        raise ModelRetry(f"A limit cannot be read: {error}") from error
    short = [Constraint("day", (Days(day, day),))] if day else []
    short += [Constraint("time", (Times(at, at),))] if at else []
    short += [Constraint("staff", (staff,))] if staff else []
    return (*short, *found)


async def _offered(turn: Turn, offer_id: UUID) -> Offer:
    offer = await offers.get(turn.db, turn.scope, turn.conversation_id, offer_id)
    if offer is None or offer.expires_at <= turn.now:
        raise ModelRetry("There is no such offer any more. Call findSlots and use an offer_id it returns.")
    return offer


async def _own(turn: Turn, appointment_id: UUID) -> Appointment:
    """Return an appointment of this very customer; somebody else's is as good as none."""
    async with turn.db.reading(turn.scope) as tx:
        mine = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    for one in mine:
        if one.id == appointment_id:
            return one
    raise ModelRetry("This customer has no such appointment. Call myAppointments and use an id it returns.")


def _brief(one: Time) -> Outcome:
    """Return what the model needs to know of a time."""
    local = one.local
    return {
        "id": one.id, "service": one.service, "staff": one.staff,
        "day": local.date().isoformat(), "time": local.strftime("%H:%M"), "minutes": one.minutes,
    }  # fmt: skip


def _customer(turn: Turn, name: str | None, phone: str | None, email: str | None) -> Customer:
    """Return who to book for: what the channel knows comes before what was told; what cannot be stored is left out."""
    known, country = turn.customer, phones.country(turn.catalogue.account.timezone)
    return Customer(
        name=known.name or (name or "").strip()[:LONGEST_NAME],
        phone=known.phone or (phones.e164(phone, country) if phone else None),
        email=known.email or contact.address(email),
        id=known.id,
    )


def _service(turn: Turn, name: str) -> UUID:
    for one in turn.catalogue.services:
        if one.name.casefold() == name.strip().casefold():
            return one.id
    raise ModelRetry(f"There is no service {name!r}. Use one of: {', '.join(s.name for s in turn.catalogue.services)}.")


def _staff(turn: Turn, name: str) -> Staff:
    for one in turn.catalogue.staff:
        if one.name.casefold() == name.strip().casefold():
            return one
    raise ModelRetry(f"There is nobody called {name!r}. Use one of: {', '.join(s.name for s in turn.catalogue.staff)}.")
