"""Whose turn it is: who waits for a time is offered what comes free, as a hold that is guarded like any booking.

What deletes claims publishes TimeFreed, in the database itself; what becomes of an offer's appointment settles its
entry, there too. So nobody can forget either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import actions, diaries, free, planning, queries, rules, sessions, store, waitlist
from truebook.booking.diaries import Question
from truebook.booking.errors import WrongStatus
from truebook.booking.model import Appointment, Customer, Service, Span
from truebook.booking.once import once
from truebook.booking.store import New
from truebook.booking.visits import Part, Plan, Visit
from truebook.booking.waitlist import Entry
from truebook.db import Database, Scope, Transaction
from truebook.jobs import TimeFreed
from truebook.kernel import clock
from truebook.tenants import locks

MOST_CLASSES = 200
"""Classes ahead that are looked through for a free place."""

TAUGHT = """
SELECT FROM class_sessions WHERE tenant_id = %s AND service_id = %s AND cancelled_at IS NULL AND starts_at > %s LIMIT 1
"""
FITTING = """
FROM waitlist_entries w WHERE w.tenant_id = %(tenant)s AND w.status = 'waiting'
  AND w.windows && tstzrange(%(begin)s, %(end)s)
  AND (w.passed, w.joined_at, w.id) > (%(passed)s, %(joined)s, %(after)s)
"""
# plain FOR UPDATE: who is next is waited for, never skipped
NEXT = f"SELECT w.id, w.passed, w.joined_at {FITTING} ORDER BY w.passed, w.joined_at, w.id LIMIT 1 FOR UPDATE OF w"
ANY = f"SELECT {FITTING} LIMIT 1"
OFFERED = "UPDATE waitlist_entries SET status = 'offered', appointment_id = %s WHERE tenant_id = %s AND id = %s"
ASKED_IN = "SELECT conversation_id FROM waitlist_entries WHERE tenant_id = %s AND id = %s"
"""The chat in which somebody asked; whoever asked elsewhere is told where they are told of any appointment."""
ASKING = "SELECT waitlist_hold_minutes, quiet_from, quiet_until FROM accounts WHERE id = %s"


class NobodyWaits(Exception):
    """Nobody on the list can have any of what is free."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a business asks: how long an offer is kept, and between which minutes of its day nobody is asked to answer.

    Quiet from a minute until the same one is never.
    """

    hold: timedelta = timedelta(minutes=30)
    quiet_from: int = 21 * 60
    quiet_until: int = 8 * 60

    def quiet(self, minute: int) -> bool:
        """Tell whether nobody is asked to answer at a minute of the day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= minute < self.quiet_until
        return minute >= self.quiet_from or minute < self.quiet_until


async def take(db: Database, scope: Scope, entry_id: UUID, *, now: datetime) -> Appointment:
    """Book what an entry is offered; raise WrongStatus where that is nothing, HoldExpired where it is too late."""
    return await actions.confirm(db, scope, _offered(await waitlist.get(db, scope, entry_id)), now=now)


async def let_go(db: Database, scope: Scope, entry_id: UUID) -> Entry:
    """Give an offer back: the next in turn is asked. The third one takes the entry off the list."""
    offered = _offered(await waitlist.get(db, scope, entry_id))
    async with db.transaction(scope) as tx:
        if not await waitlist.is_held(tx, offered):
            raise WrongStatus("nothing is offered to them any more")
        await store.change(tx, offered, "cancelled")
    return await waitlist.get(db, scope, entry_id)


async def offer(db: Database, scope: Scope, freed: Span, *, now: datetime) -> list[Appointment]:
    """Offer what is free around some freed time to those who wait, in turn; return the holds as they were read back."""
    made: list[Appointment] = []
    while True:
        try:
            made.append(
                await once(
                    db, scope, None, lambda tx: _offer(tx, freed, now), lock=locks.SHARED, remembers=True, doing="offer"
                )
            )
        except NobodyWaits:
            return made


@dataclass(frozen=True, slots=True)
class Offering:
    """Offers what is freed, as the job of the event."""

    db: Database

    async def offer(self, event: TimeFreed) -> None:
        """Offer what was freed to those who wait."""
        freed = Span(datetime.fromisoformat(event.begin), datetime.fromisoformat(event.end))
        await offer(self.db, Scope(event.tenant, "system", "waitlist"), freed, now=clock.now())


def kept_until(now: datetime, zone: ZoneInfo, asking: Asking) -> datetime:
    """Return until when an offer made now is kept: as long as the business says, of which nobody sleeps a minute.

    What begins or ends while it is quiet is kept from the end of the quiet on.
    """
    end = now + asking.hold
    for moment in (now, end):
        local = moment.astimezone(zone)
        if asking.quiet(local.hour * 60 + local.minute):
            day = local.date() + timedelta(days=local.hour * 60 + local.minute >= asking.quiet_until)
            return clock.at(day, asking.quiet_until, zone) + asking.hold
    return end


async def _offer(tx: Transaction, freed: Span, now: datetime) -> UUID:
    """Hold a time for the first in turn who can have one; raise NobodyWaits where there is nobody."""
    cursor: dict[str, Any] = {"passed": -1, "joined": now, "after": UUID(int=0)}
    while True:
        params = {"tenant": tx.tenant, "begin": freed.start, "end": freed.end, **cursor}
        found = await tx.row(NEXT, params)
        if found is None:
            if await tx.row(ANY, params) is None:
                raise NobodyWaits
            continue  # whom we waited for was served meanwhile: somebody else is next
        cursor = {"passed": found[1], "joined": found[2], "after": found[0]}
        if made := await _held(tx, await waitlist.entry(tx, found[0]), freed, now):
            await tx.run(OFFERED, (made, tx.tenant, found[0]))
            return made


async def _held(tx: Transaction, entry: Entry, freed: Span, now: datetime) -> UUID | None:
    """Hold the first free time, or place in a class, that suits an entry; None where there is none."""
    begin = max(now, freed.start, entry.windows[0].start) - timedelta(days=1)
    end = min(now + free.REACH, freed.end, entry.windows[-1].end) + timedelta(days=1)
    first, last = begin.date(), max(begin, end).date()
    book = await diaries.read(tx, Question((entry.service_id,), (entry.staff_id,), first, last, now))
    asks = await tx.row(ASKING, (tx.tenant,))
    assert asks is not None
    until = kept_until(now, book.zone, Asking(timedelta(minutes=asks[0]), asks[1], asks[2]))
    service = book.service(entry.service_id)
    # as if it were the end of the hold: whoever takes it at the last moment keeps to the notice
    if await tx.row(TAUGHT, (tx.tenant, entry.service_id, now)) is not None:
        plan = await _place(tx, entry, service, now, until)
    else:
        plans = planning.find(Visit((Part(service, entry.staff_id),)), book.resources, first, last, until)
        plan = next((one for one in plans if _suits(one, entry.windows)), None)
    if plan is None:
        return None
    if book.over:
        await store.release(tx, now, plan)
    (conversation,) = await tx.row(ASKED_IN, (tx.tenant, entry.id)) or (None,)
    new = New(
        plan=plan,
        timezone=book.zone.key,
        status="held",
        hold_expires_at=until,
        customer=Customer(entry.customer_name or "", entry.phone, entry.email, entry.customer_id),
        conversation_id=conversation,
        notes=None,
        source="web" if entry.stranger else "api",
    )
    return await store.add(tx, new, key=None, topic="offered", tell_at=None)


async def _place(tx: Transaction, entry: Entry, service: Service, now: datetime, until: datetime) -> Plan | None:
    """Return the plan of one place in the first class that suits an entry; None where all are full."""
    await store.release(tx, now)
    for one in await sessions.listing(tx, until, entry.windows[-1].end, entry.service_id, MOST_CLASSES):
        teacher = one.teacher
        if one.cancelled_at or not one.free or teacher is None or entry.staff_id not in (None, teacher.id):
            continue
        policy = await queries.policy(tx, teacher.id)
        if one.start < rules.earliest(policy, until):
            continue
        seats = await sessions.units(tx, one.seats_pool_id, one.start, one.end, free=True)
        plan = sessions.places(one, service, seats[:1])
        if _suits(plan, entry.windows):
            return plan
    return None


def _suits(plan: Plan, windows: Sequence[Span]) -> bool:
    return any(one.holds(Span(plan.start, plan.end)) for one in windows)


def _offered(entry: Entry) -> UUID:
    if entry.status != "offered" or entry.appointment_id is None:
        raise WrongStatus("nothing is offered to them", status=entry.status)
    return entry.appointment_id
