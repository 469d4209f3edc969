"""Do a piece of work in one transaction, once per idempotency key, and read the row back in another."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from psycopg.errors import ExclusionViolation, UniqueViolation

from truebook.booking import queries, store
from truebook.booking.errors import OutcomeUnknown, Refusal, SlotTaken
from truebook.booking.model import Appointment
from truebook.booking.store import Key
from truebook.db import CommitUnknown, Database, NotCommitted, Scope, Transaction
from truebook.kernel.errors import Unavailable

Work = Callable[[Transaction], Awaitable[UUID]]
"""Changes one appointment and returns its id, or raises a Refusal. Stores the key itself where `remembers` is said."""
TRIES = 5


class KeyRace(Exception):
    """Somebody stored an outcome for the same key while we were working: ours is rolled back, theirs counts."""


async def once(db: Database, scope: Scope, key: Key | None, work: Work, *, remembers: bool = False) -> Appointment:
    """Return the appointment as it is after the work, read back after COMMIT; raise why not.

    A key that has led somewhere already leads there again: to the appointment as it is now, or to the same refusal.
    """
    for _ in range(TRIES):
        try:
            outcome = await _attempt(db, scope, key, work, remembers)
        except (KeyRace, UniqueViolation):
            continue  # the same key at the same moment, or a code that exists already: look again
        except ExclusionViolation:
            refusal: Refusal = SlotTaken("that time was taken a moment ago")
        except Refusal as refused:
            refusal = refused
        else:
            if isinstance(outcome, Refusal):
                raise outcome
            return await _seen(db, scope, outcome)
        if key is None or await _refuse(db, scope, key, refusal):
            raise refusal
    raise NotCommitted("the same request was made many times at once; this one changed nothing")


async def read_back(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Return the committed row as a new transaction sees it; without it nothing counts as booked."""
    params = {"tenant": scope.tenant, "id": appointment_id}
    row = await db.glance(scope, queries.APPOINTMENT + " AND id = %(id)s", params)
    if row is None:
        raise NotCommitted("the appointment could not be read back after COMMIT: it does not count as booked")
    return queries.appointment_of(row)


async def _seen(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Read back; where that cannot be done, COMMIT happened and yet nothing may be said of it."""
    try:
        return await read_back(db, scope, appointment_id)
    except Unavailable as lost:
        raise OutcomeUnknown(appointment_id, None) from lost


async def _attempt(db: Database, scope: Scope, key: Key | None, work: Work, remembers: bool) -> UUID | Refusal:
    appointment_id: UUID | None = None
    try:
        async with db.transaction(scope) as tx:
            known = await store.recall(tx, key) if key else None
            if known is not None:
                return known
            appointment_id = await work(tx)
            if key and not remembers and not await store.remember(tx, key, appointment_id):
                raise KeyRace
    except CommitUnknown as lost:
        await _settle(db, lost, appointment_id)
    assert appointment_id is not None
    return appointment_id


async def _settle(db: Database, lost: CommitUnknown, appointment_id: UUID | None) -> None:
    """Ask the server what became of a lost COMMIT: return if it happened, raise if it did not or nobody knows."""
    for patience in (0.0, 0.2, 0.5, 1.0):
        await asyncio.sleep(patience)
        try:
            fate = await db.fate(lost.xid) if lost.xid is not None else None
        except Unavailable:
            continue
        if fate == "committed":
            return
        if fate == "aborted":
            raise Unavailable("the database connection was lost; nothing was changed") from lost
    raise OutcomeUnknown(appointment_id, lost.xid) from lost


async def _refuse(db: Database, scope: Scope, key: Key, refusal: Refusal) -> bool:
    """Store a refusal, so that the key never books later; return False where the key led somewhere meanwhile."""
    async with db.transaction(scope) as tx:
        return await store.remember(tx, key, refusal)
