"""Carry out what the customer agreed to, and say what came of it: a receipt, an honest no, or that nobody knows yet.

Each deed has a key made of the ids it concerns, so that doing it again, after a crash or a lost connection, leads to
the same outcome.
"""

import hashlib
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Literal
from uuid import UUID

from truebook.assistant import acts
from truebook.assistant.acts import Receipt, Refused, Securing, Time
from truebook.assistant.finding import instead
from truebook.assistant.turn import Turn
from truebook.booking import actions, offers, queries, rules
from truebook.booking.errors import OutcomeUnknown, Refusal
from truebook.booking.model import Appointment, Customer, Slot, Wish
from truebook.booking.offers import Offer
from truebook.booking.store import Key
from truebook.kernel.errors import NotFound

Done = Receipt | Refused | Securing


async def book(turn: Turn, offer: Offer, customer: Customer) -> Done:
    """Book an offered time."""
    wish = Wish(
        service_id=offer.service_id,
        staff_id=offer.staff_id,
        start=offer.start,
        customer=customer,
        source=turn.source,
        conversation_id=turn.conversation_id,
    )
    deed = actions.book(turn.db, turn.scope, wish, now=turn.now, key=_key("book", offer.id))
    securing = Securing(purpose="book", time=time_of(offer), customer=customer.name, offer=offer.id)
    return await _outcome(turn, deed, securing, offer.service_id)


async def move(turn: Turn, appointment_id: UUID, offer: Offer) -> Done:
    """Move an appointment to an offered time."""
    deed = actions.move(
        turn.db, turn.scope, appointment_id, offer.start, staff_id=offer.staff_id, now=turn.now,
        key=_key("move", appointment_id, offer.id), by_customer=True,
    )  # fmt: skip
    securing = Securing(purpose="move", time=time_of(offer), offer=offer.id, appointment=appointment_id)
    return await _outcome(turn, deed, securing, offer.service_id)


async def cancel(turn: Turn, read_back: Time, message_id: UUID) -> Done:
    """Cancel the appointment that was read back, as the customer asked in a message."""
    appointment_id = UUID(read_back.id)
    key = _key("cancel", appointment_id, message_id)
    deed = actions.cancel(turn.db, turn.scope, appointment_id, now=turn.now, key=key, by_customer=True)
    securing = Securing(purpose="cancel", time=read_back, appointment=appointment_id, message=message_id)
    return await _outcome(turn, deed, securing, None)


async def too_late(turn: Turn, appointment: Appointment) -> Refused | None:
    """Return the no for an appointment so near that the business lets nobody move or cancel it any more."""
    async with turn.db.reading(turn.scope) as tx:
        policy = await queries.policy(tx, appointment.staff_id)
    late = rules.may_cancel(appointment, policy, turn.now)
    return Refused(reason=late.code, minutes=policy.cancel_notice_minutes) if late else None


async def again(turn: Turn, open_deed: Securing) -> Done:
    """Do once more what nobody knew the outcome of. Its key makes that harmless: it happens once, or not at all."""
    chosen = await offers.get(turn.db, turn.scope, turn.conversation_id, open_deed.offer) if open_deed.offer else None
    if open_deed.purpose == "book" and chosen:
        return await book(turn, chosen, replace(turn.customer, name=turn.customer.name or open_deed.customer))
    if open_deed.purpose == "move" and chosen and open_deed.appointment:
        return await move(turn, open_deed.appointment, chosen)
    if open_deed.purpose == "cancel" and open_deed.appointment and open_deed.message:
        return await cancel(turn, open_deed.time, open_deed.message)
    return Refused(reason="gone", time=open_deed.time)


async def offer(turn: Turn, service_id: UUID, slots: Sequence[Slot]) -> tuple[Time, ...]:
    """Put free times before the customer; return them with the ids of their offers."""
    made = await offers.issue(turn.db, turn.scope, turn.conversation_id, service_id, slots, now=turn.now)
    service = next(one for one in turn.catalogue.services if one.id == service_id)
    return tuple(
        Time(
            id=str(offer_id),
            service_id=str(service_id),
            service=service.name,
            staff_id=str(slot.staff_id),
            staff=slot.staff_name,
            start=slot.start,
            zone=turn.catalogue.account.timezone,
            minutes=service.duration_minutes,
            price_minor=service.price_minor,
            currency=service.currency,
        )
        for offer_id, slot in zip(made, slots, strict=True)
    )


def time_of(one: Offer) -> Time:
    """Return an offer as a time."""
    return Time(
        id=str(one.id),
        service_id=str(one.service_id),
        service=one.service_name,
        staff_id=str(one.staff_id),
        staff=one.staff_name,
        start=one.start,
        zone=one.timezone,
        minutes=one.minutes,
        price_minor=one.price_minor,
        currency=one.currency,
    )


TOPICS: dict[str, Literal["booked", "moved", "cancelled"]] = {"book": "booked", "move": "moved", "cancel": "cancelled"}


async def _outcome(turn: Turn, deed: Awaitable[Appointment], securing: Securing, service_id: UUID | None) -> Done:
    try:
        made = await deed
    except OutcomeUnknown:
        return securing
    except Refusal as refusal:
        nearest = await _instead(turn, service_id, securing.time, refusal) if service_id else ()
        minutes = refusal.data.get("minutes")
        return Refused(reason=refusal.code, minutes=minutes, time=securing.time, times=nearest)
    except NotFound:  # the service, the person or the appointment was deleted a moment ago
        return Refused(reason="gone", time=securing.time)
    topic = TOPICS[securing.purpose]
    return acts.receipt("requested" if topic == "booked" and made.status == "pending" else topic, made)


async def _instead(turn: Turn, service_id: UUID, gone: Time, refusal: Refusal) -> tuple[Time, ...]:
    """Offer other times for one that cannot be had: where it was taken, a colleague at the same time is one of them."""
    slots: Sequence[Slot] = refusal.nearest
    if refusal.code in ("booked", "buffer") and gone.staff_id:
        slots = await instead(turn.db, turn.scope, service_id, UUID(gone.staff_id), gone.start, turn.now)
    return await offer(turn, service_id, slots)


def _key(purpose: str, *concerned: UUID) -> Key:
    text = ":".join([purpose, *map(str, concerned)])
    return Key(text, hashlib.sha256(text.encode()).digest())
