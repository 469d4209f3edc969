"""Book, hold, move, cancel and the rest: each is one transaction, and nobody else commits.

Every action returns the appointment as it was read back, in a new transaction, after COMMIT; or raises why not: a
Refusal (nothing changed), KeyReused, NotFound, Unavailable (nothing changed), or OutcomeUnknown (nobody knows yet).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking import availability, changes, free, placing, queries, revising, store
from truebook.booking.diaries import Book
from truebook.booking.errors import HoldExpired, NotOffered, Refusal, WrongStatus
from truebook.booking.model import Appointment, Customer, Slot, Status, Wanted, Wish
from truebook.booking.once import KeyRace, once, read_back
from truebook.booking.placing import Ask
from truebook.booking.revising import Revision
from truebook.booking.store import Key, New
from truebook.booking.visits import Visit
from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Invalid, Unavailable
from truebook.tenants import customers, locks

HOLD = timedelta(minutes=10)
LONGEST_NOTES = 2000


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
    overrides: tuple[str, ...] = (),
    parts: tuple[Wanted, ...] = (),
    part: int | None = None,
    by_caller: bool = False,
    stood: datetime | None = None,
) -> Appointment:
    """Move an appointment to another time, and to another member of staff if one is given: all of it or nothing.

    With `part` only the one at that place (from 1) changes hands. With `parts` it consists of these afterwards, instead
    of what it was. `by_caller`: who asks tells the customer. `stood`: as for `cancel`. What a customer moves is a
    request again, where the business wants to approve it.
    """

    async def work(tx: Transaction, before: Appointment, status: Status, now: datetime) -> None:
        _no_place_in_a_class(before)
        if by_customer and (late := await changes.too_late(tx, before, now)):
            raise late
        again = _again(before, start, staff_id, overrides, part=part)
        asked = replace(placing.asked(parts, start, overrides), without=before.id) if parts else again
        changed, status = await _rearrange(tx, before, asked, status, now, by_customer=by_customer)
        topic = changes.changed_topic(status, by_customer=by_customer)
        await changes.tell(tx, before.id, changed, topic, in_answer=by_customer, by_caller=by_caller)

    try:
        return await changes.change(
            db, scope, appointment_id, "move", work, now=now, key=key, version=version, lock=locks.ALONE, stood=stood
        )
    except Refusal as refusal:
        if refusal.code in availability.CLOSENESS and not parts:
            refusal.nearest = await _nearest_for(db, scope, appointment_id, staff_id, start, now, part)
        raise


async def revise(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    change: Revision,
    *,
    now: datetime,
    services: tuple[UUID, ...] = (),
    staff: tuple[UUID | None, ...] = (),
    key: Key | None = None,
    version: int | None = None,
    overrides: tuple[str, ...] = (),
) -> Appointment:
    """Add, drop, replace or lengthen a segment of an appointment that has not ended; its start stays.

    `services` and `staff` are those that come in by the change; None: anyone.
    """

    async def work(tx: Transaction, before: Appointment, status: Status, now: datetime) -> None:
        _no_place_in_a_class(before)
        asked = _again(before, before.start, None, overrides, change, services, staff)
        if before.start < now:  # it has begun: how near or far it is was settled then
            asked = replace(asked, overrides=tuple({*asked.overrides, "notice", "horizon"}))
        changed, _ = await _rearrange(tx, before, asked, status, now, overrides)
        await changes.tell(tx, before.id, changed, "moved")

    return await changes.change(
        db, scope, appointment_id, "revise", work, now=now, key=key, version=version, lock=locks.ALONE
    )


@changes.action("reopen", lock=locks.ALONE)
async def reopen(tx: Transaction, before: Appointment, status: Status, now: datetime) -> None:
    """Make an appointment that was cancelled, done or missed stand again, where its time is still to be had."""
    _no_place_in_a_class(before)
    asked = _again(before, before.start, None, placing.OVERRIDES)  # the rules were kept when it was agreed
    changed, _ = await _rearrange(tx, before, asked, status, min(now, before.start), before.overrides)
    if before.start > now:
        await changes.tell(tx, before.id, changed, changes.TOPICS[status])


@changes.action("arrive")
async def arrive(tx: Transaction, before: Appointment, _: Status, now: datetime) -> None:
    """Note that whom an appointment is for is there; said twice, the first time stays."""
    if before.arrived_at is None:
        await store.arrive(tx, before.id, now)


@changes.action("unarrive")
async def unarrive(tx: Transaction, before: Appointment, _: Status, __: datetime) -> None:
    """Take back that whom an appointment is for is there."""
    if before.arrived_at is not None:
        await store.arrive(tx, before.id, None)


@changes.action("acknowledge")
async def acknowledge(tx: Transaction, before: Appointment, _: Status, now: datetime) -> None:
    """Note that whom an appointment is for says they will come; said twice, the first time stays. A move forgets it."""
    if before.confirmed_by_customer_at is None:
        await store.acknowledge(tx, before.id, now)


async def annotate(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    notes: str | None,
    *,
    now: datetime,
    beside: bool = False,
    key: Key | None = None,
    version: int | None = None,
) -> Appointment:
    """Write down what the team is to know of an appointment, instead of what was written, or beside it.

    It is news to nobody. Beside it, what stands there already is not written twice; what goes beyond the room there
    is, LONGEST_NOTES characters, is refused by the field's name.
    """

    async def work(tx: Transaction, before: Appointment, _: Status, now: datetime) -> None:
        told = _beside(before.notes, notes) if beside else notes
        if told and len(told) > LONGEST_NOTES:
            raise Invalid("notes", f"at most {LONGEST_NOTES:,} characters in all")
        if told != before.notes:
            await store.annotate(tx, before.id, told)

    return await changes.change(db, scope, appointment_id, "annotate", work, now=now, key=key, version=version)


def _beside(there: str | None, new: str | None) -> str | None:
    """Return notes with one more line, where it does not stand there yet."""
    if not there or not new:
        return there or new
    return there if new in there.splitlines() else f"{there}\n{new}"


async def introduce(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    customer: Customer,
    notes: str | None,
    *,
    now: datetime,
    guests: Mapping[str, str] | None = None,
    key: Key | None = None,
    version: int | None = None,
) -> Appointment:
    """Write down whom a time is held for, where it was held before anybody had said so.

    `guests`: how those who come along are called, by the name they have in it now.
    """

    async def work(tx: Transaction, before: Appointment, _: Status, now: datetime) -> None:
        _still_held(before, now)
        known = await changes.known_customer(tx, customer, await customers.ask(tx, customer.phone, customer.email))
        await store.introduce(tx, before.id, known, notes, guests or {})

    return await changes.change(db, scope, appointment_id, "introduce", work, now=now, key=key, version=version)


async def confirm(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
    by_customer: bool = False,
) -> Appointment:
    """Book what was held, or request it where the business wants to approve; sent again it approves nothing."""

    async def work(tx: Transaction, before: Appointment, status: Status, now: datetime) -> None:
        _still_held(before, now)
        if await queries.needs_approval(tx, before):
            status = "pending"
        changed = await store.change(tx, before.id, status)
        await changes.tell(tx, before.id, changed, changes.TOPICS[status], in_answer=by_customer)

    return await changes.change(db, scope, appointment_id, "confirm", work, now=now, key=key, version=version)


@changes.action("approve")
async def approve(tx: Transaction, before: Appointment, status: Status, _: datetime) -> None:
    """Approve what was requested."""
    changed = await store.change(tx, before.id, status)
    await changes.tell(tx, before.id, changed, changes.TOPICS[status])


async def cancel(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    *,
    now: datetime,
    key: Key | None = None,
    version: int | None = None,
    stood: datetime | None = None,
    by_customer: bool = False,
    by_caller: bool = False,
) -> Appointment:
    """Cancel an appointment; its time is free at once. Customers are bound by the notice the business asks for.

    `stood`: when it was to begin when they agreed; raises Stale where it was moved since. `by_caller`: who asks for it
    tells the customer.
    """

    async def work(tx: Transaction, before: Appointment, status: Status, now: datetime) -> None:
        if by_customer and before.status != "held" and (late := await changes.too_late(tx, before, now)):
            raise late
        changed = await store.change(tx, before.id, status)
        if before.status != "held":
            await changes.tell(tx, before.id, changed, "cancelled", in_answer=by_customer, by_caller=by_caller)

    return await changes.change(
        db, scope, appointment_id, "cancel", work, now=now, key=key, version=version, stood=stood
    )


@changes.action("complete")
async def complete(tx: Transaction, before: Appointment, status: Status, _: datetime) -> None:
    """Note that an appointment took place."""
    await store.change(tx, before.id, status)


@changes.action("no_show")
async def mark_no_show(tx: Transaction, before: Appointment, status: Status, _: datetime) -> None:
    """Note that the customer did not come."""
    await store.change(tx, before.id, status)


async def _placing(
    db: Database, scope: Scope, wish: Wish, now: datetime, key: Key | None, hold: datetime | None
) -> Appointment:
    """Place a wish; where it is refused, say which free times are nearest."""
    try:
        return await once(
            db,
            scope,
            key,
            lambda tx: _add(tx, wish, now, key, hold),
            lock=locks.SHARED,
            remembers=True,
            doing="hold" if hold else "book",
        )
    except Refusal as refusal:
        anyone = isinstance(refusal, NotOffered)
        parts = tuple(replace(one, staff_id=None) if anyone else one for one in wish.parts)
        refusal.nearest = await free.nearest(db, scope, parts, wish.start, now, same_staff=wish.same_staff)
        raise


async def _nearest_for(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    staff_id: UUID | None,
    wished: datetime,
    now: datetime,
    part: int | None,
) -> tuple[Slot, ...]:
    """Return the three free times nearest to one that an appointment could not be moved to."""
    try:
        moving = await read_back(db, scope, appointment_id)
    except Unavailable:
        return ()
    parts = revising.wanted(moving, staff_id, part)
    return await free.nearest(db, scope, parts, wished, now, without=moving.id) if parts else ()


async def _add(tx: Transaction, wish: Wish, now: datetime, key: Key | None, hold_until: datetime | None) -> UUID:
    """Write the appointment that meets a wish; raise why there cannot be one, or the error of a claim that was lost."""
    asked = await customers.ask(tx, wish.customer.phone, wish.customer.email)
    plan, book = await placing.plan(tx, placing.ask(wish), now)
    services = [one.service for one in plan.segments]
    status: Status = "held" if hold_until else "pending" if placing.needs_approval(services) else "confirmed"
    new = New(
        plan=plan,
        timezone=book.zone.key,
        status=status,
        hold_expires_at=hold_until,
        customer=await changes.known_customer(tx, wish.customer, asked),
        conversation_id=wish.conversation_id,
        notes=wish.notes,
        source=wish.source,
        overrides=wish.overrides,
        arrived_at=now if wish.arrived else None,
    )
    if book.over:
        await store.release(tx, now, plan)
    tell_at = changes.after_the_answer(wish.conversation_id is not None) or await changes.undoable(tx)
    is_news = plan.start >= now and wish.source != "import"  # what is over, or was agreed elsewhere, is news to nobody
    topic = changes.TOPICS.get(status) if is_news and wish.tell else None
    added = await store.add(tx, new, key=key, topic=topic, tell_at=tell_at)
    if added is None:
        raise KeyRace
    return added


def _again(
    visit: Appointment,
    start: datetime,
    staff_id: UUID | None,
    overrides: tuple[str, ...],
    change: Revision | None = None,
    services: tuple[UUID, ...] = (),
    staff: tuple[UUID | None, ...] = (),
    part: int | None = None,
) -> Ask:
    """Return the question for an appointment's own parts at a time, changed as is wanted."""

    def wanted(book: Book) -> Visit:
        parts = revising.parts_of(visit, book.services, staff_id, part)
        return Visit(change(parts, book.services) if change else parts)

    concerned = (*services, *(one.service_id for one in visit.segments if one.service_id))
    people = (*staff, *([staff_id] if staff_id else []), *(one.staff_id for one in visit.segments))
    return Ask(concerned, people, wanted, start, overrides, without=visit.id)


async def _rearrange(
    tx: Transaction,
    before: Appointment,
    asked: Ask,
    status: Status,
    now: datetime,
    overrides: tuple[str, ...] | None = None,
    *,
    by_customer: bool = False,
) -> tuple[int, Status]:
    """Write the appointment as it was asked for; return its version and status then."""
    plan, book = await placing.plan(tx, asked, now)
    if book.over:
        await store.release(tx, now, plan)
    named = asked.overrides if overrides is None else overrides
    if by_customer and placing.needs_approval(one.service for one in plan.segments):
        status = "pending"
    return await store.rearrange(tx, before.id, plan, status=status, overrides=named), status


def _still_held(visit: Appointment, now: datetime) -> None:
    """Raise HoldExpired for a hold that has run out."""
    if visit.hold_expires_at and visit.hold_expires_at <= now:
        raise HoldExpired("the time was held for you, but not any longer")


def _no_place_in_a_class(visit: Appointment) -> None:
    """Raise WrongStatus for a place in a class: its time is the class's, and another is had by changing the class."""
    if any(one.session_id for one in visit.segments):
        raise WrongStatus("that is a place in a class: choose another class instead", status=visit.status)
