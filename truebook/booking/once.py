"""Do a piece of work in one transaction, once per idempotency key, and read the row back in another."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import IntegrityError, TransactionRollback

from truebook.booking import queries, store
from truebook.booking.errors import OutcomeUnknown, Refusal, SlotTaken, TooSoon
from truebook.booking.model import Appointment
from truebook.booking.store import Key
from truebook.db import CommitUnknown, Database, NotCommitted, Scope, Transaction
from truebook.kernel import figures
from truebook.kernel.errors import NotFound, Unavailable

Work = Callable[[Transaction], Awaitable[UUID]]
"""Changes one appointment and returns its id, or raises a Refusal. Stores the key itself where `remembers` is said."""
TRIES = 50
"""How often somebody else may be faster, and yet another time or member of staff be free, before we give up."""


class KeyRace(Exception):
    """Somebody stored an outcome for the same key while we were working: ours is rolled back, theirs counts."""


AGAIN = (KeyRace, TransactionRollback)
"""Nothing was changed, and another attempt may well succeed. The last is a deadlock the server has resolved."""


async def once(
    db: Database,
    scope: Scope,
    key: Key | None,
    work: Work,
    *,
    doing: str,
    lock: str | None = None,
    remembers: bool = False,
) -> Appointment:
    """Return the appointment as it is after the work, read back after COMMIT; raise why not.

    `doing` is what the figures call the work; `lock` is held during it, one of `tenants.locks`.
    A key that has led somewhere already leads there again: to the appointment as it is now, or to the same refusal.
    """
    with _counted(doing, scope) as counted:
        return await _once(db, scope, key, work, lock, remembers, counted)


@dataclass(slots=True)
class _Counted:
    """What a piece of work will be counted as, if it ends well."""

    outcome: str = "done"


CHANNELS = {"api": "api", "customer": "chat", "terminal": "chat", "link": "page", "web": "page", "user": "desk"}
"""By how an actor's name begins: whence somebody acts. What is in nobody's name is the clock's."""


@contextmanager
def _counted(doing: str, scope: Scope) -> Iterator[_Counted]:
    """Count how a piece of work ended, by what it was and whence it came."""
    channel = CHANNELS.get(scope.actor.partition(":")[0], "clock")
    counted = _Counted()
    try:
        yield counted
    except Refusal as refusal:
        counted.outcome = "refused"
        figures.REFUSALS.labels(refusal.code, channel).inc()
        raise
    except OutcomeUnknown:
        counted.outcome = "unknown"
        raise
    except (Unavailable, NotCommitted, psycopg.Error, asyncio.CancelledError):
        counted.outcome = "failed"
        raise
    except Exception:  # what is not there, has another version, or needs no work after all
        counted.outcome = "not done"
        raise
    finally:
        figures.BOOKINGS.labels(doing, channel, counted.outcome).inc()


async def _once(
    db: Database, scope: Scope, key: Key | None, work: Work, lock: str | None, remembers: bool, counted: _Counted
) -> Appointment:
    for attempt in range(1, TRIES + 1):
        try:
            outcome, seen, repeated = await _attempt(db, scope, key, work, lock, remembers)
        except AGAIN:
            continue
        except (Refusal, IntegrityError) as error:
            if _lost(error) and attempt < TRIES:
                continue  # what was claimed is given back; the next attempt looks anew and holds nothing meanwhile
            refusal = error if isinstance(error, Refusal) else _refusal(error)
            if key is None or await _refuse(db, scope, key, refusal):
                raise refusal from None
            continue
        if isinstance(outcome, Refusal):
            raise outcome
        if repeated:
            counted.outcome = "repeated"
        return seen or await _receipt(db, scope, outcome)
    raise Unavailable("the same was wanted many times at once; this attempt changed nothing", retry_after=1)


async def read_back(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Return the committed row as a new transaction sees it; without it nothing counts as booked."""
    row = await db.glance(scope, *_by_id(scope, appointment_id))
    if row is None:
        raise NotCommitted("the appointment could not be read back after COMMIT: it does not count as booked")
    return queries.appointment_of(row)


def _by_id(scope: Scope, appointment_id: UUID) -> tuple[str, dict[str, Any]]:
    return queries.APPOINTMENT + " AND id = %(id)s", {"tenant": scope.tenant, "id": appointment_id}


async def _receipt(db: Database, scope: Scope, appointment_id: UUID) -> Appointment:
    """Read back what is committed; where that cannot be done, it is not for us to say that nothing was changed."""
    try:
        return await read_back(db, scope, appointment_id)
    except Unavailable as error:
        raise OutcomeUnknown(appointment_id, None) from error


async def _attempt(
    db: Database, scope: Scope, key: Key | None, work: Work, lock: str | None, remembers: bool
) -> tuple[UUID | Refusal, Appointment | None, bool]:
    """Return what the work led to, the row, if it could be read back along with COMMIT, and whether the key knew it."""
    known: UUID | Refusal | None = None
    made: UUID | None = None
    seen: Appointment | None = None
    try:
        async with db.transaction(scope, lock=lock) as tx:
            known = await store.recall(tx, key) if key else None
            if known is None:
                made = await work(tx)
                if key and not remembers and not await store.remember(tx, key, made):
                    raise KeyRace
                tx.look = _by_id(scope, made)
        seen = queries.appointment_of(tx.seen) if tx.seen else None
    except CommitUnknown as lost:
        if known is None:
            await _settle(db, scope, lost, made)
    outcome = known or made
    assert outcome is not None
    return outcome, seen, known is not None


WRITTEN = """
SELECT FROM appointment_history
WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s
  AND (id = %(change)s OR (%(change)s::uuid IS NULL AND xmin = xid(%(xid)s::text::xid8)))
"""
"""Whether it was this change that a transaction wrote. A server that was killed gives the ids anew that it had not yet
written down: it may be somebody else's transaction that has the id now. On a cluster the servers that have the rows
commit a moment after the coordinator."""


async def _settle(db: Database, scope: Scope, lost: CommitUnknown, appointment_id: UUID | None) -> None:
    """Ask the server what became of a lost COMMIT: return if it happened, raise if it did not or nobody knows."""
    until = asyncio.get_running_loop().time() + db.patience
    for pause in (0.0, 0.1, 0.2, 0.5, 1.0):
        await asyncio.sleep(pause)
        if (fate := await _fate(db, scope, lost, appointment_id)) == "committed":
            return
        if fate == "aborted":
            raise Unavailable("the database connection was lost; nothing was changed", retry_after=1) from lost
        if asyncio.get_running_loop().time() > until:
            break
    raise OutcomeUnknown(appointment_id, lost.xid) from lost


async def _fate(db: Database, scope: Scope, lost: CommitUnknown, appointment_id: UUID | None) -> str | None:
    try:
        fate = await db.fate(lost.xid) if lost.xid is not None else None
        if fate == "committed":
            own = {"tenant": scope.tenant, "id": appointment_id, "xid": str(lost.xid), "change": lost.change}
            if await db.glance(scope, WRITTEN, own) is None:
                return "in progress" if lost.change else "aborted"
        return fate
    except Unavailable:
        return None


async def _refuse(db: Database, scope: Scope, key: Key, refusal: Refusal) -> bool:
    """Store a refusal, so that the key never books later; return False where the key led somewhere meanwhile."""
    try:
        async with db.transaction(scope) as tx:
            return await store.remember(tx, key, refusal)
    except CommitUnknown as lost:  # a no that may not be kept is none: nothing was booked, and the key may be tried
        raise Unavailable("the database connection was lost; nothing was changed", retry_after=1) from lost


def _lost(error: Exception) -> bool:
    """Tell whether somebody else was faster: with a claim, or (once in a billion) with a code."""
    return isinstance(error, IntegrityError) and error.diag.constraint_name in LOST


LOST = ("claims_no_double_booking", "claims_pkey", "appointments_code")


def _refusal(error: IntegrityError) -> Refusal:
    """Return what a violated constraint says about a wish; raise what it says about anything else."""
    match error.diag.constraint_name:
        case "claims_no_double_booking" | "claims_pkey":
            return SlotTaken("that time was taken a moment ago")
        case "appointments_not_in_past":
            return TooSoon("that is in the past")
        case "appointments_customer_fk":
            raise NotFound("there is no such customer", field="customer_id") from error
        case "appointments_conversation_fk":
            raise NotFound("there is no such conversation", field="conversation_id") from error
        case _:
            raise error
