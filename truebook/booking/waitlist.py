"""The waitlist: who waits for a time is offered what comes free, in turn, as a hold that is guarded like any booking.

What deletes claims publishes TimeFreed, in the database itself; what becomes of an offer's appointment settles its
entry, there too. So nobody can forget either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.errors import ForeignKeyViolation

from truebook.booking import actions, diaries, free, planning, queries, rules, sessions, store
from truebook.booking.diaries import Question
from truebook.booking.errors import WrongStatus
from truebook.booking.model import Appointment, Customer, Service, Span
from truebook.booking.once import once
from truebook.booking.store import New
from truebook.booking.visits import Part, Plan, Visit
from truebook.db import Database, Scope, Transaction
from truebook.jobs import TimeFreed, publish
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import customers, locks

MOST = 20
"""Windows of one entry."""
MOST_CLASSES = 200
"""Classes ahead that are looked through for a free place."""

ENTRY = """
SELECT w.id, w.status, w.customer_id, c.name, c.phone, w.service_id, v.name, w.staff_id, s.name,
  (SELECT array_agg(lower(one) ORDER BY one) FROM unnest(w.windows) AS one),
  (SELECT array_agg(upper(one) ORDER BY one) FROM unnest(w.windows) AS one),
  w.passed, w.joined_at, w.appointment_id, w.version
FROM waitlist_entries w JOIN customers c ON (c.account_id, c.id) = (w.tenant_id, w.customer_id)
JOIN services v ON (v.account_id, v.id) = (w.tenant_id, w.service_id)
LEFT JOIN staff s ON (s.account_id, s.id) = (w.tenant_id, w.staff_id) WHERE w.tenant_id = %(tenant)s
"""
LISTING = (
    ENTRY
    + """
  AND (w.status = %(status)s OR %(status)s::text IS NULL AND w.status IN ('waiting', 'offered'))
  AND (w.service_id = %(service)s OR %(service)s::uuid IS NULL)
  AND (%(after)s::uuid IS NULL OR (w.passed, w.joined_at, w.id) > (%(passed)s, %(joined)s, %(after)s))
ORDER BY w.passed, w.joined_at, w.id LIMIT %(limit)s
"""
)
MINE = (
    ENTRY
    + """
  AND w.status IN ('waiting', 'offered')
  AND (w.conversation_id = %(conversation)s OR (w.customer_id = %(customer)s
    AND (w.conversation_id IS NULL OR EXISTS (SELECT FROM conversations v WHERE v.account_id = %(tenant)s
      AND v.id = w.conversation_id AND v.customer_id = %(customer)s))))
ORDER BY w.joined_at, w.id
"""
)
OF_CHAT = """
SELECT customer_id FROM conversations WHERE account_id = %s AND id = %s FOR NO KEY UPDATE
"""
KNOWN_BY_CHAT = "INSERT INTO customers (account_id, id, name, email) VALUES (%s, %s, %s, %s)"
IN_CHAT = "UPDATE conversations SET customer_id = %s WHERE account_id = %s AND id = %s"
CUSTOMER = "SELECT FROM customers WHERE account_id = %s AND id = %s FOR NO KEY UPDATE"
TAUGHT = """
SELECT FROM class_sessions WHERE tenant_id = %s AND service_id = %s AND cancelled_at IS NULL AND starts_at > %s LIMIT 1
"""
SERVICE = "SELECT FROM services WHERE account_id = %s AND id = %s"
JOINED = """
UPDATE waitlist_entries SET windows = windows + %(windows)s::tstzmultirange
WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s AND service_id = %(service)s
  AND staff_id IS NOT DISTINCT FROM %(staff)s::uuid AND status IN ('waiting', 'offered') RETURNING id
"""
JOIN = """
INSERT INTO waitlist_entries (tenant_id, id, customer_id, service_id, staff_id, conversation_id, windows)
VALUES (%(tenant)s, %(id)s, %(customer)s, %(service)s, %(staff)s, %(conversation)s, %(windows)s::tstzmultirange)
"""
LEAVE = """
UPDATE waitlist_entries SET status = 'withdrawn', appointment_id = NULL
WHERE tenant_id = %s AND id = %s AND status IN ('waiting', 'offered')
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
SPEAKS = """
SELECT coalesce(w.conversation_id, (SELECT v.id FROM conversations v
  WHERE v.account_id = w.tenant_id AND v.customer_id = w.customer_id ORDER BY v.created_at DESC, v.id LIMIT 1)), c.email
FROM waitlist_entries w JOIN customers c ON (c.account_id, c.id) = (w.tenant_id, w.customer_id)
WHERE w.tenant_id = %s AND w.id = %s
"""
ASKING = "SELECT waitlist_hold_minutes, quiet_from, quiet_until FROM accounts WHERE id = %s"
PASS_BY = """
UPDATE waitlist_entries SET
  status = CASE WHEN isempty(windows * ahead.times) THEN 'expired' ELSE status END,
  windows = CASE WHEN isempty(windows * ahead.times) THEN windows ELSE windows * ahead.times END
FROM (SELECT tstzmultirange(tstzrange(%(now)s, NULL)) AS times) AS ahead
WHERE tenant_id = %(tenant)s AND status = 'waiting' AND NOT windows <@ ahead.times RETURNING id
"""


Place = tuple[int, datetime, UUID]
"""A place in turn: how many offers were let go, since when somebody waits, and the entry."""


class NobodyWaits(Exception):
    """Nobody on the list can have any of what is free."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on the list. `passed` counts offers that were let go; `appointment_id` is the offer, later the booking.

    `status`: waiting, offered, booked, withdrawn, or expired (three offers let go, or no window left).
    """

    id: UUID
    status: str
    customer_id: UUID
    customer_name: str | None
    phone: str | None
    service_id: UUID
    service_name: str
    staff_id: UUID | None
    staff_name: str | None
    windows: tuple[Span, ...]
    passed: int
    joined_at: datetime
    appointment_id: UUID | None
    version: int


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody waits for: a service, with whom (None: anyone), and when it could be."""

    service_id: UUID
    staff_id: UUID | None
    windows: tuple[Span, ...]
    conversation_id: UUID | None = None


async def join(db: Database, scope: Scope, customer: Customer, wanted: Waiting, *, now: datetime) -> Entry:
    """Put a customer on the list, who can be told: by phone number, e-mail address or chat. Look if something is free.

    Who waits for the same already keeps their place; the windows are added. Raises Invalid and NotFound by field.
    """
    for n, one in enumerate(wanted.windows):
        if one.end <= max(one.start, now):
            raise Invalid(f"windows.{n}.end", "a window ends after it begins, and not in the past")
        if one.end > now + free.REACH:
            raise Invalid(f"windows.{n}.end", "that is further ahead than appointments are given")
    entry_id = ids.uuid7()
    try:
        async with db.transaction(scope) as tx:
            if await tx.row(SERVICE, (tx.tenant, wanted.service_id)) is None:
                raise NotFound("there is no such service", field="service_id")
            known = customer.id
            if known is None and (customer.phone or not wanted.conversation_id):
                known = await customers.find_or_add(tx, customer.name, customer.phone, customer.email)
            if known is None and wanted.conversation_id:
                known = await _of_the_chat(tx, customer, wanted.conversation_id)
            if known is None:
                raise Invalid("customer.phone", "whoever waits is told: give a phone number or an e-mail address")
            await tx.row(CUSTOMER, (tx.tenant, known))
            params = {
                "tenant": tx.tenant, "id": entry_id, "customer": known, "service": wanted.service_id,
                "staff": wanted.staff_id, "conversation": wanted.conversation_id, "windows": _text(wanted.windows),
            }  # fmt: skip
            if there := await tx.row(JOINED, params):
                entry_id = there[0]
            else:
                await tx.run(JOIN, params)
            for one in wanted.windows:
                await publish(tx, TimeFreed(tx.tenant, one.start.isoformat(), one.end.isoformat()))
    except ForeignKeyViolation as error:
        if error.diag.constraint_name == "waitlist_entries_staff_fk":
            raise NotFound("there is no such member of staff", field="staff_id") from error
        raise
    return await get(db, scope, entry_id)


async def get(db: Database, scope: Scope, entry_id: UUID) -> Entry:
    """Return an entry; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        row = await tx.row(ENTRY + " AND w.id = %(id)s", {"tenant": tx.tenant, "id": entry_id})
    if row is None:
        raise NotFound("there is no such entry on the waitlist")
    return _entry(row)


async def listing(
    db: Database,
    scope: Scope,
    *,
    service_id: UUID | None = None,
    status: str | None = None,
    after: Place | None = None,
    limit: int = 1000,
) -> list[Entry]:
    """Return the entries in turn, from a place on; without a status those who wait or were offered something."""
    passed, joined, entry_id = after or (None, None, None)
    params = {
        "tenant": scope.tenant, "service": service_id, "status": status, "passed": passed, "joined": joined,
        "after": entry_id, "limit": limit,
    }  # fmt: skip
    return [_entry(row) for row in await db.rows(scope, LISTING, params)]


async def leave(db: Database, scope: Scope, entry_id: UUID) -> None:
    """Take somebody off the list; what was offered to them is free again. Twice is as once."""
    entry = await get(db, scope, entry_id)
    async with db.transaction(scope) as tx:
        held = entry.appointment_id is not None and await _is_held(tx, entry.appointment_id)
        await tx.run(LEAVE, (tx.tenant, entry.id))
        if held and entry.appointment_id:
            await store.change(tx, entry.appointment_id, "cancelled")


async def take(db: Database, scope: Scope, entry_id: UUID, *, now: datetime) -> Appointment:
    """Book what an entry is offered; raise WrongStatus where that is nothing, HoldExpired where it is too late."""
    return await actions.confirm(db, scope, _offered(await get(db, scope, entry_id)), now=now)


async def mine(db: Database, scope: Scope, conversation_id: UUID, customer_id: UUID | None) -> list[Entry]:
    """Return a customer's entries that wait or were offered something, as far as a conversation may know of them."""
    params = {"tenant": scope.tenant, "conversation": conversation_id, "customer": customer_id}
    return [_entry(row) for row in await db.rows(scope, MINE, params)]


async def let_go(db: Database, scope: Scope, entry_id: UUID) -> Entry:
    """Give an offer back: the next in turn is asked. The third one takes the entry off the list."""
    offered = _offered(await get(db, scope, entry_id))
    async with db.transaction(scope) as tx:
        if not await _is_held(tx, offered):
            raise WrongStatus("nothing is offered to them any more")
        await store.change(tx, offered, "cancelled")
    return await get(db, scope, entry_id)


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


async def pass_by(db: Database, scope: Scope, *, now: datetime) -> int:
    """Forget the windows that are over; who has none left is off the list. Return how many entries that concerned."""
    async with db.transaction(scope) as tx:
        return len(await tx.rows(PASS_BY, {"tenant": tx.tenant, "now": now}))


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
        row = await tx.row(ENTRY + " AND w.id = %(id)s", {"tenant": tx.tenant, "id": found[0]})
        assert row is not None
        if made := await _held(tx, _entry(row), freed, now):
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
    conversation, email = await tx.row(SPEAKS, (tx.tenant, entry.id)) or (None, None)
    new = New(
        plan=plan,
        timezone=book.zone.key,
        status="held",
        hold_expires_at=until,
        customer=Customer(entry.customer_name or "", entry.phone, email, entry.customer_id),
        conversation_id=conversation,
        notes=None,
        source="api",
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


async def _of_the_chat(tx: Transaction, customer: Customer, conversation_id: UUID) -> UUID | None:
    """Return the customer of a chat, who is known by nothing else: from now on it is theirs."""
    row = await tx.row(OF_CHAT, (tx.tenant, conversation_id))
    if row is None or row[0] is not None:
        return row[0] if row else None
    known = ids.uuid7()
    await tx.run(KNOWN_BY_CHAT, (tx.tenant, known, customer.name, customer.email))
    await tx.run(IN_CHAT, (known, tx.tenant, conversation_id))
    return known


async def _is_held(tx: Transaction, appointment_id: UUID) -> bool:
    """Tell whether an appointment is still only held, locked: what was taken meanwhile stands."""
    return (await queries.appointment(tx, appointment_id, lock=True)).status == "held"


def _suits(plan: Plan, windows: Sequence[Span]) -> bool:
    return any(one.holds(Span(plan.start, plan.end)) for one in windows)


def _offered(entry: Entry) -> UUID:
    if entry.status != "offered" or entry.appointment_id is None:
        raise WrongStatus("nothing is offered to them", status=entry.status)
    return entry.appointment_id


def _text(windows: Sequence[Span]) -> str:
    return "{" + ",".join(f"[{one.start.isoformat()},{one.end.isoformat()})" for one in windows) + "}"


def _entry(row: Sequence[Any]) -> Entry:
    windows = tuple(Span(*one) for one in zip(row[9], row[10], strict=True))
    return Entry(*(*row[:9], windows, *row[11:]))
