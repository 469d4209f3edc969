"""Carry out what the customer agreed to, and say what came of it: a receipt, an honest no, or that nobody knows yet.

Each deed has a key made of the ids it concerns, so that doing it again, after a crash or a lost connection, leads to
the same outcome.
"""

import hashlib
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant import acts
from truebook.assistant.acts import Receipt, Refused, Securing, Time
from truebook.assistant.finding import places
from truebook.assistant.finding.places import Places
from truebook.assistant.finding.times import instead
from truebook.assistant.turn import Turn
from truebook.booking import actions, changes, classes, offers
from truebook.booking.errors import OutcomeUnknown, Refusal, Stale
from truebook.booking.model import Appointment, Customer, Wish
from truebook.booking.offers import Offer, Piece, Proposal
from truebook.booking.store import Key
from truebook.kernel.errors import NotFound, Unavailable

Done = Receipt | Refused | Securing


async def book(turn: Turn, offer: Offer, customer: Customer, notes: str = "") -> Done:
    """Book what was offered, with what the team is to know of it: a visit, or places in a class."""
    once = key("book", offer.id)
    if offer.session_id:
        deed = classes.book(
            turn.db, turn.scope, offer.session_id, customer, now=turn.now, seats=offer.seats or 1, key=once,
            notes=notes or None,
            source=turn.source, conversation_id=turn.conversation_id,
        )  # fmt: skip
    else:
        deed = actions.book(turn.db, turn.scope, _wish(turn, offer, customer, notes), now=turn.now, key=once)
    securing = Securing(purpose="book", time=time_of(offer), customer=customer.name, offer=offer.id, notes=notes)
    return await _outcome(turn, deed, securing, offer)


async def hold(turn: Turn, offer: Offer, customer: Customer, notes: str = "") -> Done:
    """Keep what was offered until a code is typed on its page, where the customer says how they are reached.

    Places in a class cannot be kept: they are booked on the page.
    """
    if offer.session_id:
        return Refused(reason="book_on_page", time=time_of(offer))
    try:
        held = await actions.hold(
            turn.db, turn.scope, _wish(turn, offer, customer, notes), now=turn.now, key=key("hold", offer.id)
        )
    except OutcomeUnknown as error:  # nothing was promised: the job is tried again, and its key makes that harmless
        raise Unavailable("it is not known whether the time is kept") from error
    except Refusal as refusal:
        nearest = await _instead(turn, offer, refusal, None)
        return Refused(reason=refusal.code, minutes=refusal.data.get("minutes"), time=time_of(offer), times=nearest)
    except NotFound:
        return Refused(reason="gone", time=time_of(offer))
    return Refused(reason="code_wanted", time=acts.time_of(held))


async def move(
    turn: Turn, appointment_id: UUID, offer: Offer, *, stood: datetime | None, changed: bool = False
) -> Done:
    """Move an appointment to what was offered; `changed`: it consists of something else then.

    `stood`: when it was to begin as it was read back; what was moved since is left alone.
    """
    once = key(
        "move", appointment_id, offer.id, *([stood] if stood else [])
    )  # a no to one that was moved is no other's
    if offer.session_id:
        deed = classes.change(
            turn.db, turn.scope, appointment_id, offer.session_id, now=turn.now, key=once, by_customer=True,
            stood=stood,
        )  # fmt: skip
    else:
        several = changed or len(offer.segments) > 1
        deed = actions.move(
            turn.db, turn.scope, appointment_id, offer.start, staff_id=offer.segments[0].staff_id, now=turn.now,
            key=once, by_customer=True, parts=offer.wanted if several else (), stood=stood,
        )  # fmt: skip
    purpose: Literal["change", "move"] = "change" if changed else "move"
    securing = Securing(purpose=purpose, time=time_of(offer), offer=offer.id, appointment=appointment_id, stood=stood)
    return await _outcome(turn, deed, securing, offer)


async def cancel(turn: Turn, read_back: Time, message_id: UUID) -> Done:
    """Cancel the appointment that was read back, as the customer asked in a message, unless it was moved since."""
    appointment_id = UUID(read_back.id)
    once = key("cancel", appointment_id, message_id)
    deed = actions.cancel(
        turn.db, turn.scope, appointment_id, now=turn.now, key=once, stood=read_back.start, by_customer=True
    )
    securing = Securing(purpose="cancel", time=read_back, appointment=appointment_id, message=message_id)
    return await _outcome(turn, deed, securing, None)


async def reseat(turn: Turn, read_back: Time, message_id: UUID) -> Done:
    """Give an appointment as many places in its class as were read back, as the customer asked in a message."""
    appointment_id, seats = UUID(read_back.id), read_back.seats or 1
    once = key("places", appointment_id, message_id)
    deed = classes.reseat(
        turn.db, turn.scope, appointment_id, seats, now=turn.now, key=once, by_customer=True, stood=read_back.start
    )
    securing = Securing(purpose="places", time=read_back, appointment=appointment_id, message=message_id)
    done = await _outcome(turn, deed, securing, None)
    return (
        done.model_copy(update={"reason": "class_full"})
        if isinstance(done, Refused) and done.reason == "booked"
        else done
    )


async def take(turn: Turn, read_back: Time) -> Done:
    """Book the time that the waiting list keeps for the customer, as it was read back."""
    held = UUID(read_back.id)
    once = key("take", held)
    deed = actions.confirm(turn.db, turn.scope, held, now=turn.now, key=once, by_customer=True)
    return await _outcome(turn, deed, Securing(purpose="take", time=read_back, appointment=held), None)


async def too_late(turn: Turn, appointment: Appointment) -> Refused | None:
    """Return the no for an appointment so near that the business lets nobody move or cancel it any more."""
    async with turn.db.reading(turn.scope) as tx:
        late = await changes.too_late(tx, appointment, turn.now)
    return Refused(reason=late.code, minutes=late.data["minutes"]) if late else None


async def again(turn: Turn, open_deed: Securing) -> Done:
    """Do once more what nobody knew the outcome of. Its key makes that harmless: it happens once, or not at all."""
    chosen = await offers.get(turn.db, turn.scope, turn.conversation_id, open_deed.offer) if open_deed.offer else None
    if open_deed.purpose == "book" and chosen:
        return await book(
            turn, chosen, replace(turn.customer, name=turn.customer.name or open_deed.customer), open_deed.notes
        )
    if open_deed.purpose in ("move", "change") and chosen and open_deed.appointment:
        changed = open_deed.purpose == "change"
        return await move(turn, open_deed.appointment, chosen, stood=open_deed.stood, changed=changed)
    if open_deed.purpose == "cancel" and open_deed.appointment and open_deed.message:
        return await cancel(turn, open_deed.time, open_deed.message)
    if open_deed.purpose == "places" and open_deed.message:
        return await reseat(turn, open_deed.time, open_deed.message)
    if open_deed.purpose == "take":
        return await take(turn, open_deed.time)
    return Refused(reason="gone", time=open_deed.time)


async def offer(turn: Turn, proposals: Sequence[Proposal], *, appointment_id: UUID | None = None) -> tuple[Time, ...]:
    """Put times before the customer, for changing an appointment if one is named; return them as offers."""
    made = await offers.issue(
        turn.db, turn.scope, turn.conversation_id, proposals, now=turn.now, appointment_id=appointment_id
    )
    return tuple(map(time_of, made))


def _wish(turn: Turn, offer: Offer, customer: Customer, notes: str) -> Wish:
    return Wish(
        service_id=offer.segments[0].service_id,
        staff_id=offer.segments[0].staff_id,
        start=offer.start,
        customer=customer,
        source=turn.source,
        conversation_id=turn.conversation_id,
        segments=offer.wanted,
        notes=notes or None,
    )


def time_of(one: Offer) -> Time:
    """Return an offer as a time."""
    first = one.segments[0]
    several = len(one.segments) > 1 or first.guest_name
    return Time(
        id=str(one.id),
        service_id=str(first.service_id),
        service=first.service_name,
        staff_id=str(first.staff_id),
        staff=first.staff_name,
        start=one.start,
        zone=one.timezone,
        minutes=one.minutes,
        price_minor=one.price_minor,
        currency=first.currency,
        segments=tuple(map(_segment, one.segments)) if several else (),
        seats=one.seats,
    )


def _segment(one: offers.Segment) -> acts.Segment:
    return acts.Segment(
        service_id=str(one.service_id), service=one.service_name, staff=one.staff_name, start=one.start,
        guest=one.guest_name,
    )  # fmt: skip


TOPICS: dict[str, Literal["booked", "moved", "cancelled"]] = {
    "book": "booked", "take": "booked", "move": "moved", "change": "moved", "places": "moved", "cancel": "cancelled",
}  # fmt: skip


async def _outcome(turn: Turn, deed: Awaitable[Appointment], securing: Securing, chosen: Offer | None) -> Done:
    try:
        made = await deed
    except OutcomeUnknown:
        return securing
    except Refusal as refusal:
        taken = chosen if refusal.code != Stale.code else None
        nearest = await _instead(turn, taken, refusal, securing.appointment) if taken else ()
        minutes = refusal.data.get("minutes")
        return Refused(reason=refusal.code, minutes=minutes, time=securing.time, times=nearest)
    except NotFound:  # the service, the person or the appointment was deleted a moment ago
        return Refused(reason="gone", time=securing.time)
    topic = TOPICS[securing.purpose]
    changed = securing.purpose in ("change", "places")
    if made.status == "pending":  # what was changed may have to be approved once more
        return acts.receipt("requested", made)
    return acts.receipt(topic, made, changed=changed)


async def _instead(turn: Turn, chosen: Offer, refusal: Refusal, appointment_id: UUID | None) -> tuple[Time, ...]:
    """Offer other times for one that cannot be had: where it was taken, a colleague at the same time is one of them."""
    first = chosen.segments[0]
    if chosen.session_id:
        wanted = Places(first.service_id, chosen.seats or 1)
        zone = ZoneInfo(turn.catalogue.account.timezone)
        found = await places.instead(turn.db, turn.scope, wanted, chosen.start, turn.now, zone)
    elif refusal.code in ("booked", "buffer") or len(chosen.segments) > 1:
        found = await instead(turn.db, turn.scope, chosen.wanted, chosen.start, turn.now, appointment_id)
    else:
        found = tuple(
            Proposal((Piece(first.service_id, one.staff_id, one.start, first.guest_name),)) for one in refusal.nearest
        )
    return await offer(turn, found, appointment_id=chosen.appointment_id)


def key(purpose: str, *concerned: UUID | datetime) -> Key:
    """Return the key of a deed: the same for the same ids and moments."""
    text = ":".join([purpose, *(str(one) if isinstance(one, UUID) else f"{one.timestamp():.0f}" for one in concerned)])
    return Key(text, hashlib.sha256(text.encode()).digest())
