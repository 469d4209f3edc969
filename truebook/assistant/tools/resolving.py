"""What a model's words and ids stand for: names of this business, and ids that were put before this very customer.

Every id of an offer or an appointment is looked up here, and only here, together with the conversation: what another
conversation was shown is as good as invented.
"""

from datetime import date, time
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic_ai import ModelRetry

from truebook.assistant.acts import Given, Whom
from truebook.assistant.limits import Limit
from truebook.assistant.limits import read as limits_read
from truebook.assistant.turn import Turn
from truebook.booking import offers, queries, revising, views, waitlist
from truebook.booking.model import Appointment, Customer, Wanted
from truebook.booking.offers import Offer
from truebook.kernel import phones
from truebook.language.text import plain, words
from truebook.language.values import contact
from truebook.language.wish import Constraint, Days, Times
from truebook.tenants.services import Service
from truebook.tenants.staff import Staff

LONGEST_NAME = 200


class Also(BaseModel):
    """A further part of one visit: a service, with whom (nothing: anyone), and for whom, where not for the customer.

    Parts follow each other; with `together` it begins when the part before it begins: always, or "rather", where that
    can be had.
    """

    model_config = ConfigDict(extra="forbid")

    service: str
    staff: str | None = None
    guest: str | None = None
    together: bool | Literal["rather"] = False


async def offered(turn: Turn, offer_id: UUID) -> Offer:
    """Return an offer that this conversation was shown."""
    offer = await offers.get(turn.db, turn.scope, turn.conversation_id, offer_id)
    if offer is None or offer.expires_at <= turn.now:
        raise ModelRetry("There is no such offer any more. Call findSlots and use an offer_id it returns.")
    return offer


async def own(turn: Turn, appointment_id: UUID) -> Appointment:
    """Return an appointment of this very customer; somebody else's is as good as none."""
    async with turn.db.reading(turn.scope) as tx:
        mine = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    for one in mine:
        if one.id == appointment_id:
            return one
    raise ModelRetry("This customer has no such appointment. Call myAppointments and use an id it returns.")


async def own_hold(turn: Turn) -> Appointment | None:
    """Return the time that the waiting list keeps for this very customer, if it does so still."""
    mine = await waitlist.mine(turn.db, turn.scope, turn.conversation_id, turn.customer.id)
    for entry in mine:
        if entry.status == "offered" and entry.appointment_id:
            held = await views.appointment(turn.db, turn.scope, entry.appointment_id)
            if held.status == "held" and held.hold_expires_at and held.hold_expires_at > turn.now:
                return held
    return None


async def own_taken(turn: Turn) -> Appointment | None:
    """Return what this very customer has ahead that the waiting list kept for them, whoever took it and where."""
    taken = await waitlist.mine(turn.db, turn.scope, turn.conversation_id, turn.customer.id, statuses=("booked",))
    async with turn.db.reading(turn.scope) as tx:
        mine = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    from_the_list = {entry.appointment_id for entry in taken}
    return next((one for one in mine if one.id in from_the_list), None)


def service(turn: Turn, name: str) -> Service:
    """Return the service of a name."""
    for one in turn.catalogue.services:
        if one.name.casefold() == name.strip().casefold():
            return one
    raise ModelRetry(f"There is no service {name!r}. Use one of: {', '.join(s.name for s in turn.catalogue.services)}.")


def staff(turn: Turn, name: str) -> Staff:
    """Return the member of staff of a name."""
    for one in turn.catalogue.staff:
        if one.name.casefold() == name.strip().casefold():
            return one
    raise ModelRetry(f"There is nobody called {name!r}. Use one of: {', '.join(s.name for s in turn.catalogue.staff)}.")


def customer(turn: Turn, name: str | None, phone: str | None, email: str | None, under: str | None = None) -> Customer:
    """Return who to book for: what the channel knows comes before what was told; what cannot be stored is left out.

    `under`: another name that the booking is to stand under, whoever the customer is known as.
    """
    known, country = turn.customer, phones.country(turn.catalogue.account.timezone)
    return Customer(
        name=(under or "").strip()[:LONGEST_NAME] or known.name or (name or "").strip()[:LONGEST_NAME],
        phone=known.phone or _kept(phone, country),
        email=known.email or contact.address(email),
        id=known.id,
    )


def agreed_for(turn: Turn, asked: Whom | None, whom: Customer) -> Customer:
    """Return who a yes is for: as they were read back, with the number or address that stands beside the yes itself."""
    if asked is None:
        return whom
    digits = "".join(filter(str.isdigit, turn.text))
    beside = whom.phone if whom.phone and whom.phone[-7:] in digits else None
    address = whom.email if whom.email and whom.email.lower() in contact.addresses(turn.text) else None
    return Customer(asked.name, asked.phone or beside, asked.email or address, asked.id)


def whom_of(whom: Customer) -> Whom:
    """Return whom a question is asked for, to be kept with it."""
    return Whom(name=whom.name, phone=whom.phone, email=whom.email, id=whom.id)


def noted(turn: Turn, asked: str, now: str) -> str:
    """Return the notes that a yes is for: as read back, and what stands beside the yes itself."""
    told = words(plain(asked)) | words(plain(turn.text))
    return now if words(plain(now)) <= told else asked


def _kept(phone: str | None, country: str | None) -> str | None:
    """Return a number that can be kept; a national one only where it is one of the business's country."""
    return phones.spoken(phone, country, "") if phone else None


def given(turn: Turn, name: str | None, phone: str | None, under: str | None = None) -> Given | None:
    """Return the name and number that are booked because they were told here; `unread`: a number that is left out."""
    known, whom = turn.customer, customer(turn, name, phone, None, under)
    told_name, told_phone = whom.name != known.name and whom.name, not known.phone and phone
    if not (told_name or told_phone):
        return None
    unread = phone if told_phone and whom.phone is None else None
    return Given(name=whom.name if told_name else None, phone=whom.phone if told_phone else None, unread=unread)


def constraints(who: str | None, day: date | None, at: time | None, limits: list[Limit]) -> tuple[Constraint, ...]:
    """Return the constraints of a call, the short ones for a day, a time and a person included."""
    try:
        found = limits_read(limits)
    except ValueError as error:
        raise ModelRetry(f"A limit cannot be read: {error}") from error
    short = [Constraint("day", (Days(day, day),))] if day else []
    short += [Constraint("time", (Times(at, at),))] if at else []
    short += [Constraint("staff", (who,))] if who else []
    return (*short, *found)


def parts(turn: Turn, first: Also, also: list[Also], only: Staff | None, *, guests: bool = True) -> tuple[Wanted, ...]:
    """Return the parts of a visit; whatever the one person that was asked for does, is done by them.

    So is what whoever comes along has, the same service or the customer's own, where they were asked for, not only
    preferred, and need not do both at once: `guests`.
    """
    same = (one for one in also if guests and one.guest and one.service == first.service)
    apart = (True,) if guests else (True, "rather")
    theirs = (one for one in also if one.guest == first.guest or (not one.guest and one.together not in apart))
    own = (first, *same, *theirs)
    return tuple(_part(turn, one, only if one in own else None) for one in (first, *also))


def _part(turn: Turn, one: Also, only: Staff | None) -> Wanted:
    what = service(turn, one.service).id
    whom = staff(turn, one.staff) if one.staff else only
    if whom and whom is only and what not in turn.catalogue.offers.get(whom.id, ()):
        whom = None
    guest = (one.guest or "").strip()[:LONGEST_NAME] or None
    return Wanted(what, whom.id if whom else None, guest, one.together is True)


def as_it_is(mine: Appointment) -> tuple[Wanted, ...]:
    """Return the parts of an appointment: of one service with anybody, of a visit with those who do it now."""
    found = revising.wanted(mine, None)
    return found if len(found) > 1 else tuple(Wanted(one.service_id, None, one.guest_name) for one in found)
