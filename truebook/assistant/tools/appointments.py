"""Book, move, change, cancel, and look up what the customer has: each deed is read back first, and done after a yes."""

from typing import Literal
from uuid import UUID

from pydantic_ai import ModelRetry, RunContext

from truebook.assistant import acts, doing, proof
from truebook.assistant.acts import CodeRefused, Listing, NameWanted, Noted, ReadBack, Refused, brief
from truebook.assistant.tools.agent import Outcome, toolset
from truebook.assistant.tools.answering import agreed, must_be_proven, told
from truebook.assistant.tools.resolving import agreed_for, customer, given, noted, offered, own, whom_of
from truebook.assistant.turn import Turn
from truebook.booking import actions, classes, queries, series
from truebook.booking.actions import LONGEST_NOTES
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.booking.model import Appointment
from truebook.booking.offers import Offer
from truebook.kernel.errors import Invalid

MOST_PLACES = 50
MOST_NOTED = 10
"""Appointments that a note is written to at once."""


@toolset.tool(sequential=True)
async def bookAppointment(
    ctx: RunContext[Turn],
    offer_id: UUID,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    notes: str | None = None,
    under: str | None = None,
) -> Outcome:
    """Book what was offered. The first call reads it back to the customer; call it again once they have said yes.

    Args:
        offer_id: the id of an offer from findSlots.
        name: the customer's name, if they told it.
        phone: the customer's phone number, if they told it. Never ask for it.
        email: the customer's e-mail address, if they told it.
        under: another name it is to be booked under, where they say so in as many words.
        notes: what the team is to know of it, an allergy or a wheelchair, in the customer's own words.
    """
    turn, written = ctx.deps, (notes or "")[:LONGEST_NOTES]
    offer = await offered(turn, offer_id)
    if offer.appointment_id:
        raise ModelRetry("That offer is for changing an appointment: call moveAppointment with it.")
    purpose: Literal["book", "request"] = "request" if offer.needs_approval else "book"
    whom = customer(turn, name, phone, email, under)
    if not whom.name:
        turn.acts.append(NameWanted(time=doing.time_of(offer)))
        return {"status": "name_wanted", "slot": brief(doing.time_of(offer))}
    if asked := await agreed(turn, ReadBack, purpose, offer_id):
        book = doing.hold if await must_be_proven(turn) else doing.book
        who, noting = agreed_for(turn, asked.whom, whom), noted(turn, asked.notes, written)
        return told(turn, await book(turn, offer, who, noting))
    asked = ReadBack(
        purpose=purpose, time=doing.time_of(offer), notes=written, given=given(turn, name, phone, under),
        whom=whom_of(whom),
    )  # fmt: skip
    turn.acts.append(asked)
    return {"status": "read_back", "slot": brief(asked.time), "for": whom.name}


@toolset.tool
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
    of = await series.dates(turn.db, turn.scope, [one.id for one in found])
    recurs = [{"series": str(of[one.id])} if one.id in of else {} for one in found]
    briefs = [{**brief(one), **more} for one, more in zip(times, recurs, strict=True)]
    return {"purpose": purpose, "appointments": briefs, "known": known}


@toolset.tool(sequential=True)
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
    return {"purpose": "tell", "appointments": [brief(time)]}


@toolset.tool(sequential=True)
async def moveAppointment(ctx: RunContext[Turn], appointment_id: UUID, offer_id: UUID) -> Outcome:
    """Move one of the customer's appointments to what was offered. The first call reads it back, the second moves.

    With an offer that was found for changing the appointment, it consists of that then: all of it or nothing.

    Args:
        appointment_id: the id of an appointment from myAppointments.
        offer_id: the id of an offer from findSlots.
    """
    turn = ctx.deps
    mine, offer = await own(turn, appointment_id), await offered(turn, offer_id)
    purpose: Literal["move", "change"] = "change" if offer.appointment_id else "move"
    if asked := await agreed(
        turn, ReadBack, purpose, offer_id, appointment_id
    ):  # first: in a turn that runs again it is changed already
        stood = asked.before.start if asked.before else None
        done = told(turn, await doing.move(turn, mine.id, offer, stood=stood, changed=purpose == "change"))
        if not _is_stale(done):
            return done
        mine = await own(turn, appointment_id)  # they agreed to move another time: it is read back as it stands now
    if offer.appointment_id not in (None, mine.id) or (purpose == "move" and not _is_alike(mine, offer)):
        raise ModelRetry("That offer is for something else. Call findSlots for this appointment.")
    if late := await doing.too_late(turn, mine):
        return told(turn, late)
    asked = ReadBack(
        purpose=purpose, time=doing.time_of(offer), before=acts.time_of(mine), approval=offer.needs_approval
    )
    turn.acts.append(asked)
    return {"status": "read_back", "slot": brief(asked.time), "appointment": str(mine.id)}


@toolset.tool(sequential=True)
async def changePlaces(ctx: RunContext[Turn], appointment_id: UUID, seats: int) -> Outcome:
    """Give some places in a class back, or take more of them. The first call reads it back, the second changes it.

    Args:
        appointment_id: the id of an appointment from myAppointments that has `seats`.
        seats: how many places it is to have from now on, at least one; for none of them cancel it.
    """
    turn = ctx.deps
    if asked := await agreed(turn, ReadBack, "places", appointment_id, str(seats)):  # first: as when moving
        done = told(turn, await doing.reseat(turn, asked.time, turn.message_id))
        if not _is_stale(done):
            return done
    mine = await own(turn, appointment_id)
    session_id, before = mine.segments[0].session_id, acts.time_of(mine)
    if session_id is None or before.seats is None or not 1 <= seats <= MOST_PLACES:
        raise ModelRetry("That appointment has no places in a class, or cannot have so many. Use one that has `seats`.")
    if late := await doing.too_late(turn, mine):
        return told(turn, late)
    course = await classes.get(turn.db, turn.scope, session_id)
    if seats - before.seats > course.free:
        return told(turn, Refused(reason="class_full", time=before))
    service = next((one for one in turn.catalogue.services if one.id == course.service_id), None)
    price = service.price_minor if service else None
    approval = bool(service and service.needs_approval and seats > before.seats)
    after = before.model_copy(update={"seats": seats, "price_minor": None if price is None else price * seats})
    turn.acts.append(ReadBack(purpose="places", time=after, before=before, approval=approval))
    return {"status": "read_back", "slot": brief(after)}


@toolset.tool(sequential=True)
async def cancelAppointment(ctx: RunContext[Turn], appointment_ids: list[UUID]) -> Outcome:
    """Cancel appointments of the customer. The first call asks for one yes to all of them, the second cancels.

    Args:
        appointment_ids: ids of appointments from myAppointments, at least one.
    """
    turn = ctx.deps
    if not appointment_ids:
        raise ModelRetry("Name at least one appointment by its id from myAppointments.")
    if asked := await agreed(
        turn, ReadBack, "cancel", *appointment_ids
    ):  # first: a turn that runs again finds them cancelled
        done = [told(turn, await doing.cancel(turn, one, turn.message_id)) for one in (asked.time, *asked.also)]
        moved = [UUID(one.id) for one, did in zip((asked.time, *asked.also), done, strict=True) if _is_stale(did)]
        if not moved:
            return {**done[-1], "also": [one["slot"] for one in done[:-1] if one["status"] == "cancelled"]}
        appointment_ids = moved  # they agreed to another time: each is read back as it stands now
    mine = [await own(turn, one) for one in dict.fromkeys(appointment_ids)]
    for one in mine:
        if late := await doing.too_late(turn, one):
            return told(turn, late)
    times = tuple(acts.time_of(one) for one in mine)
    turn.acts.append(ReadBack(purpose="cancel", time=times[0], also=times[1:]))
    return {"status": "read_back", "slot": brief(times[0]), "also": [brief(one) for one in times[1:]]}


@toolset.tool(sequential=True)
async def noteAppointment(
    ctx: RunContext[Turn], note: str, appointment_ids: list[UUID] | None = None, *, asked: bool = False
) -> Outcome:
    """Write down what the team is to know of appointments that the customer has: an allergy, a wheelchair.

    Args:
        note: what to write down, in the customer's own words.
        appointment_ids: ids from myAppointments; nothing: whatever they have ahead.
        asked: they only ask whether it was written down; it is, where nothing was yet.
    """
    turn = ctx.deps
    async with turn.db.reading(turn.scope) as tx:
        ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    mine = [one for one in ahead if appointment_ids is None or one.id in appointment_ids][:MOST_NOTED]
    for one in mine:
        if not (asked and one.notes):
            try:
                one = await actions.annotate(turn.db, turn.scope, one.id, note, now=turn.now, beside=True)
            except (Refusal, Invalid, OutcomeUnknown):
                return {"status": "not_noted"}
        turn.acts.append(Noted(time=acts.time_of(one), notes=one.notes or ""))
    return {"status": "noted" if mine else "nothing"}


@toolset.tool(sequential=True)
async def confirmComing(ctx: RunContext[Turn], appointment_id: UUID) -> Outcome:
    """Note that the customer will come to an appointment, when they say so after a reminder of it.

    Args:
        appointment_id: the id of the appointment they were reminded of.
    """
    turn = ctx.deps
    mine = await own(turn, appointment_id)
    try:
        await actions.acknowledge(turn.db, turn.scope, mine.id, now=turn.now)
    except (Refusal, OutcomeUnknown):
        return {"status": "not_noted"}
    return {"status": "coming"}


def _is_alike(mine: Appointment, offer: Offer) -> bool:
    """Tell whether an offer is of what an appointment consists of already."""
    if offer.session_id:
        return offer.seats == len(mine.segments) and all(
            one.session_id and one.service_id == offer.segments[0].service_id for one in mine.segments
        )
    here = [(one.service_id, one.guest_name) for one in mine.segments if not one.session_id]
    return here == [(one.service_id, one.guest_name) for one in offer.segments]


def _is_stale(done: Outcome) -> bool:
    return done.get("reason") == "stale"
