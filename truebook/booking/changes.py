"""What every change of an appointment has around its own work: a locked row, the version seen, who is told and when."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Protocol
from uuid import UUID

from truebook.booking import queries, rules, store
from truebook.booking.errors import Refusal, Stale
from truebook.booking.model import Appointment, Customer, Status
from truebook.booking.once import once
from truebook.booking.store import Key
from truebook.db import Answer, Database, Scope, Transaction
from truebook.jobs import AppointmentChanged, publish
from truebook.kernel import clock
from truebook.tenants import customers, telling

ANSWER = timedelta(seconds=30)
"""The time a conversation's own answer has to tell of a change before a job does."""


class Change(Protocol):
    """A change that needs nothing but the appointment: an action like the others."""

    async def __call__(
        self,
        db: Database,
        scope: Scope,
        appointment_id: UUID,
        *,
        now: datetime,
        key: Key | None = None,
        version: int | None = None,
    ) -> Appointment: ...


Work = Callable[[Transaction, Appointment, Status, datetime], Awaitable[None]]
"""What is done to an appointment, locked and as it was; the status is the one that it comes to."""


async def change(
    db: Database,
    scope: Scope,
    appointment_id: UUID,
    name: str,
    work: Work,
    *,
    now: datetime,
    key: Key | None,
    version: int | None,
    lock: str | None = None,
    stood: datetime | None = None,
) -> Appointment:
    """Do to an appointment what one of the changes that `rules.CHANGES` knows stands for: all of it or nothing."""

    async def done(tx: Transaction) -> UUID:
        before = await changeable(tx, appointment_id, version, stood)
        await work(tx, before, rules.after(name, before, now), now)
        return before.id

    return await once(db, scope, key, done, lock=lock, doing=name)


def action(name: str, *, lock: str | None = None) -> Callable[[Work], Change]:
    """Make an action of what is done to an appointment by a change."""

    def made(work: Work) -> Change:
        @wraps(work)
        async def changed(
            db: Database,
            scope: Scope,
            appointment_id: UUID,
            *,
            now: datetime,
            key: Key | None = None,
            version: int | None = None,
        ) -> Appointment:
            return await change(db, scope, appointment_id, name, work, now=now, key=key, version=version, lock=lock)

        return changed

    return made


def changed_topic(status: Status, *, by_customer: bool) -> str:
    """Return what somebody is told of an appointment that was changed: what a customer changed may be a request."""
    return "requested" if by_customer and status == "pending" else "moved"


TOPICS: dict[Status, str] = {"pending": "requested", "confirmed": "booked"}
"""What somebody is told of an appointment that has come to this status; of a hold nobody is told."""


async def known_customer(tx: Transaction, customer: Customer, asked: Answer) -> Customer:
    """Return the customer with the id of their row, where they have a phone number to be known by."""
    known = customer.id or await customers.find_or_add(tx, customer.name, customer.phone, customer.email, asked)
    return replace(customer, id=known)


async def changeable(
    tx: Transaction, appointment_id: UUID, version: int | None, stood: datetime | None = None
) -> Appointment:
    """Return the appointment, locked; raise Stale where the caller has seen another version.

    `stood`: when it was to begin as its customer knew it; raises Stale where it was moved since.
    """
    found = await queries.appointment(tx, appointment_id, lock=True)
    if stood not in (None, found.start):
        raise Stale("the appointment was moved meanwhile", version=found.version)
    if version is not None and version != found.version:
        raise Stale("the appointment was changed meanwhile", version=found.version)
    return found


async def too_late(tx: Transaction, appointment: Appointment, now: datetime) -> Refusal | None:
    for staff_id in dict.fromkeys(one.staff_id for one in appointment.segments):
        if late := rules.may_cancel(appointment, await queries.policy(tx, staff_id), now):
            return late
    return None


async def tell(
    tx: Transaction, appointment_id: UUID, version: int, topic: str, *, in_answer: bool = False, by_caller: bool = False
) -> None:
    """Note that somebody must be told, and enqueue the job: staff, and the customer unless the caller does."""
    note = await store.tell(tx, appointment_id, version, topic, by_caller=by_caller)
    at = after_the_answer(in_answer) or await undoable(tx)
    await publish(tx, AppointmentChanged(tx.tenant, note), at=at)


async def undoable(tx: Transaction) -> datetime | None:
    """Return until when a change of staff's can be undone before anybody hears of it; None for anybody else's."""
    if not tx.scope.actor.startswith("user:"):
        return None
    return clock.now() + timedelta(seconds=(await telling.read(tx)).undo_seconds)


def after_the_answer(in_answer: bool) -> datetime | None:
    """Return when to tell of a change: at once, or, where the customer's chat will, only in case it does not."""
    return clock.now() + ANSWER if in_answer else None
