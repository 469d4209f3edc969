"""Book, hold, move, cancel and the rest: each is one transaction, and nobody else commits.

Every action returns the appointment as it was read back, in a new transaction, after COMMIT; or raises why not: a
Refusal (nothing changed), KeyReused, NotFound, Unavailable (nothing changed), or OutcomeUnknown (nobody knows yet).
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from truebook.booking import availability, diaries, free, queries, rules, store
from truebook.booking.diaries import Book, Question
from truebook.booking.errors import HoldExpired, NotOffered, Refusal, SlotTaken, Stale, TooFar, TooSoon
from truebook.booking.model import Appointment, Customer, Diary, Service, Slot, Status, Wish
from truebook.booking.once import KeyRace, once, read_back
from truebook.booking.store import Key, New
from truebook.db import Answer, Database, Scope, Transaction
from truebook.jobs import AppointmentChanged, publish
from truebook.kernel import clock
from truebook.kernel.errors import Unavailable
from truebook.tenants import customers, locks

HOLD = timedelta(minutes=10)
TRIES = 50
"""How often somebody else may be faster, and yet another member of staff be free, before we give up."""
ANSWER = timedelta(seconds=30)
"""The time a conversation's own answer has to tell of a change before a job does."""


async def book(db: Database, scope: Scope, wish: Wish, *, now: datetime, key: Key | None = None) -> Appointment:
    """Book the wished time, or raise why it cannot be."""
    return await _placing(db, scope, wish, now, key, None)


async def hold(
    db: Database, scope: Scope, wish: Wish, *, now: datetime, key: Key | None = None, length: timedelta = HOLD
) -> Appointment:
    """Keep the wished time free for a while; `confirm` books it, and when the while is over it is free again."""
    return await _placing(db, scope, wish, now, key, now + length)


async def move(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    start: datetime,
    *,
    now: datetime,
    staff_id: UUID | None = None,
    key: Key | None = None,
    version: int | None = None,
    by_customer: bool = False,
) -> Appointment:
    """Move an appointment to another time, and to another member of staff if one is given: both or neither."""

    async def work(tx: Transaction) -> UUID:
        before = await _changeable(tx, appointment_id, version)
        status = rules.after("move", before, now)
        if by_customer and (late := await _too_late(tx, before, now)):
            raise late
        if before.service_id is None:
            raise Stale("the service of this appointment is gone; book a new one", version=before.version)
        loaded = await _read(tx, before.service_id, staff_id or before.staff_id, start, now, without=before.id)
        diary = availability.choose(loaded.service, loaded.diaries, start, now)
        slot, blocked = _slot(loaded.service, diary, start), loaded.service.blocked(start)
        await store.release(tx, now, slot.staff_id, blocked)
        changed = await store.change(tx, before, status=status, slot=slot, blocked=blocked)
        await _tell(tx, before.id, changed, "moved", in_answer=by_customer)
        return before.id

    try:
        return await once(db, scope, key, work, lock=locks.ALONE)
    except Refusal as refusal:
        if refusal.code in availability.CLOSENESS:
            refusal.nearest = await _nearest_for(db, scope, appointment_id, staff_id, start, now)
        raise


async def confirm(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
) -> Appointment:
    """Book what was held (or request it, where the business wants to approve), or approve what was requested."""

    async def work(tx: Transaction) -> UUID:
        before = await _changeable(tx, appointment_id, version)
        status = rules.after("confirm", before, now)
        if before.hold_expires_at and before.hold_expires_at <= now:
            raise HoldExpired("the time was held for you, but not any longer")
        if before.status == "held" and await queries.needs_approval(tx, before.service_id):
            status = "pending"
        changed = await store.change(tx, before, status=status, slot=None, blocked=None)
        await _tell(tx, before.id, changed, TOPICS[status])
        return before.id

    return await once(db, scope, key, work)


async def cancel(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
    by_customer: bool = False,
) -> Appointment:
    """Cancel an appointment; its time is free at once. Customers are bound by the notice the business asks for."""

    async def work(tx: Transaction) -> UUID:
        before = await _changeable(tx, appointment_id, version)
        status = rules.after("cancel", before, now)
        if by_customer and before.status != "held" and (late := await _too_late(tx, before, now)):
            raise late
        changed = await store.change(tx, before, status=status, slot=None, blocked=None)
        if before.status != "held":
            await _tell(tx, before.id, changed, "cancelled", in_answer=by_customer)
        return before.id

    return await once(db, scope, key, work)


async def complete(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
) -> Appointment:
    """Note that an appointment took place."""
    return await _finish(db, scope, "complete", appointment_id, now, key, version)


async def mark_no_show(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
) -> Appointment:
    """Note that the customer did not come."""
    return await _finish(db, scope, "no_show", appointment_id, now, key, version)


async def sweep(db: Database, scope: Scope, *, now: datetime) -> int:
    """Give back the tenant's holds that have run out; return how many."""
    async with db.transaction(scope) as tx:
        return await store.release(tx, now)


async def _finish(
    db: Database, scope: Scope, name: str, appointment_id: UUID, now: datetime, key: Key | None, version: int | None
) -> Appointment:
    async def work(tx: Transaction) -> UUID:
        before = await _changeable(tx, appointment_id, version)
        await store.change(tx, before, status=rules.after(name, before, now), slot=None, blocked=None)
        return before.id

    return await once(db, scope, key, work)


async def _placing(
    db: Database, scope: Scope, wish: Wish, now: datetime, key: Key | None, hold: datetime | None
) -> Appointment:
    """Place a wish; where it is refused, say which free times are nearest."""
    try:
        return await once(db, scope, key, lambda tx: _add(tx, wish, now, key, hold), lock=locks.SHARED, remembers=True)
    except Refusal as refusal:
        whom = None if isinstance(refusal, NotOffered) else wish.staff_id
        refusal.nearest = await free.nearest(db, scope, wish.service_id, whom, wish.start, now)
        raise


async def _nearest_for(
    db: Database, scope: Scope, appointment_id: UUID, staff_id: UUID | None, wished: datetime, now: datetime
) -> tuple[Slot, ...]:
    """Return the three free times nearest to one that an appointment could not be moved to."""
    try:
        moving = await read_back(db, scope, appointment_id)
    except Unavailable:
        return ()
    if moving.service_id is None:
        return ()
    whom = staff_id or moving.staff_id
    return await free.nearest(db, scope, moving.service_id, whom, wished, now, without=moving.id)


async def _add(tx: Transaction, wish: Wish, now: datetime, key: Key | None, hold_until: datetime | None) -> UUID:
    """Write the appointment; where the time is not to be had after all, look again.

    Either a hold that has run out was still in the way, or somebody else was faster, and a colleague may be free.
    """
    tell_at = _after_the_answer(wish.conversation_id is not None)
    for _ in range(TRIES):
        new = await _new(tx, wish, now, hold_until)
        added = await store.add(tx, new, key=key, topic=TOPICS.get(new.status), tell_at=tell_at)
        if added.appointment_id and not added.remembered:
            raise KeyRace
        if added.appointment_id:
            return added.appointment_id
        await store.release(tx, now, new.slot.staff_id, new.blocked)
    raise SlotTaken("that time was taken a moment ago")


async def _new(tx: Transaction, wish: Wish, now: datetime, hold_until: datetime | None) -> New:
    """Return the appointment that meets a wish; raise why there cannot be one."""
    asked = await customers.ask(tx, wish.customer.phone)
    loaded = await _read(tx, wish.service_id, wish.staff_id, wish.start, now)
    service, diary = loaded.service, availability.choose(loaded.service, loaded.diaries, wish.start, now)
    return New(
        service=service,
        slot=_slot(service, diary, wish.start),
        blocked=service.blocked(wish.start),
        timezone=loaded.zone.key,
        status="held" if hold_until else "pending" if service.needs_approval else "confirmed",
        hold_expires_at=hold_until,
        customer=await _customer(tx, wish.customer, asked),
        conversation_id=wish.conversation_id,
        notes=wish.notes,
        source=wish.source,
    )


TOPICS: dict[Status, str] = {"pending": "requested", "confirmed": "booked"}
"""What somebody is told of an appointment that has come to this status; of a hold nobody is told."""


async def _read(
    tx: Transaction,
    service_id: UUID,
    staff_id: UUID | None,
    start: datetime,
    now: datetime,
    without: UUID | None = None,
) -> Book:
    """Load the days around a wished time; times that no business can mean are refused before they are computed with."""
    if start < now:
        raise TooSoon("that is in the past")
    if start > now + free.REACH:
        raise TooFar("that is further ahead than appointments are given")
    day = start.astimezone(UTC).date()
    return await diaries.read(tx, Question(service_id, staff_id, day, day, now, without))


async def _customer(tx: Transaction, customer: Customer, asked: Answer) -> Customer:
    """Return the customer with the id of their row, where they have a phone number to be known by."""
    known = customer.id or await customers.find_or_add(tx, customer.name, customer.phone, customer.email, asked)
    return replace(customer, id=known)


async def _changeable(tx: Transaction, appointment_id: UUID, version: int | None) -> Appointment:
    """Return the appointment, locked; raise Stale where the caller has seen another version."""
    found = await queries.appointment(tx, appointment_id, lock=True)
    if version is not None and version != found.version:
        raise Stale("the appointment was changed meanwhile", version=found.version)
    return found


async def _too_late(tx: Transaction, appointment: Appointment, now: datetime) -> Refusal | None:
    policy = await queries.policy(tx, appointment.staff_id)
    return rules.may_cancel(appointment, policy, now)


async def _tell(tx: Transaction, appointment_id: UUID, version: int, topic: str, *, in_answer: bool = False) -> None:
    """Note that somebody must be told, and enqueue the job that tells."""
    note = await store.tell(tx, appointment_id, version, topic)
    await publish(tx, AppointmentChanged(tx.tenant, note), at=_after_the_answer(in_answer))


def _after_the_answer(in_answer: bool) -> datetime | None:
    """Return when to tell of a change: at once, or, where the customer's chat will, only in case it does not."""
    return clock.now() + ANSWER if in_answer else None


def _slot(service: Service, diary: Diary, start: datetime) -> Slot:
    return Slot(diary.staff_id, diary.staff_name, start, service.span(start).end)
