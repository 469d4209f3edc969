"""The waitlist: who waits for which times, in what order. What comes free is offered to them by `turns`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from truebook.booking import free, queries, store
from truebook.booking.model import Customer, Span
from truebook.db import Database, Scope, Transaction
from truebook.jobs import TimeFreed, publish
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import customers

MOST = 20
"""Windows of one entry."""
ENTRY = """
SELECT w.id, w.status, w.customer_id, w.customer_name IS NOT NULL, coalesce(w.customer_name, c.name),
  CASE WHEN w.customer_name IS NULL THEN c.phone ELSE w.customer_phone END,
  CASE WHEN w.customer_name IS NULL THEN c.email ELSE w.customer_email END, w.service_id, v.name, w.staff_id, s.name,
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
  AND w.status = ANY(%(statuses)s)
  AND (w.conversation_id = %(conversation)s OR (w.customer_id = %(customer)s
    AND (w.conversation_id IS NULL OR EXISTS (SELECT FROM conversations v WHERE v.account_id = %(tenant)s
      AND v.id = w.conversation_id AND v.customer_id = %(customer)s))))
ORDER BY w.joined_at, w.id
"""
)
OF_CHAT = """
SELECT customer_id FROM waitlist_entries WHERE tenant_id = %s AND conversation_id = %s AND customer_name IS NOT NULL
  AND customer_phone IS NULL AND customer_email IS NULL ORDER BY id LIMIT 1
"""
CHAT = "SELECT FROM conversations WHERE account_id = %s AND id = %s FOR NO KEY UPDATE"
KNOWN_BY_CHAT = "INSERT INTO customers (account_id, id, name) VALUES (%s, %s, %s)"
CUSTOMER = "SELECT FROM customers WHERE account_id = %s AND id = %s FOR NO KEY UPDATE"
SERVICE = "SELECT FROM services WHERE account_id = %s AND id = %s"
JOINED = """
UPDATE waitlist_entries SET windows = windows + %(windows)s::tstzmultirange
WHERE tenant_id = %(tenant)s AND service_id = %(service)s AND staff_id IS NOT DISTINCT FROM %(staff)s::uuid
  AND status IN ('waiting', 'offered')
  AND CASE WHEN %(name)s::text IS NULL THEN customer_id = %(customer)s AND customer_name IS NULL
           ELSE id = %(id)s OR conversation_id = %(conversation)s::uuid END RETURNING id
"""
JOIN = """
INSERT INTO waitlist_entries (tenant_id, id, customer_id, service_id, staff_id, conversation_id, windows, customer_name,
  customer_phone, customer_email)
VALUES (%(tenant)s, %(id)s, %(customer)s, %(service)s, %(staff)s, %(conversation)s, %(windows)s::tstzmultirange,
  %(name)s, %(phone)s, %(email)s) ON CONFLICT (tenant_id, id) DO NOTHING
"""
LEAVE = """
UPDATE waitlist_entries SET status = 'withdrawn', appointment_id = NULL
WHERE tenant_id = %s AND id = %s AND status IN ('waiting', 'offered') AND appointment_id IS NOT DISTINCT FROM %s
RETURNING id
"""
"""Only as it was read: whoever is offered something meanwhile is read again, with what they are offered."""
PASS_BY = """
UPDATE waitlist_entries SET
  status = CASE WHEN isempty(windows * ahead.times) THEN 'expired' ELSE status END,
  windows = CASE WHEN isempty(windows * ahead.times) THEN windows ELSE windows * ahead.times END
FROM (SELECT tstzmultirange(tstzrange(%(now)s, NULL)) AS times) AS ahead
WHERE tenant_id = %(tenant)s AND status = 'waiting' AND NOT windows <@ ahead.times RETURNING id
"""


Place = tuple[int, datetime, UUID]
"""A place in turn: how many offers were let go, since when somebody waits, and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on the list. `passed` counts offers that were let go; `appointment_id` is the offer, later the booking.

    `stranger`: nobody vouches for who waits; name, number and address are as they were typed, else the customer's.
    `status`: waiting, offered, booked, withdrawn, or expired (three offers let go, or no window left).
    """

    id: UUID
    status: str
    customer_id: UUID
    stranger: bool
    customer_name: str | None
    phone: str | None
    email: str | None
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
class Waiting:
    """What somebody waits for: a service, with whom (None: anyone), and when it could be; in which chat they asked.

    `stranger`: nobody vouches for who they are. Whose place it is decides the chat, or the `id` given here.
    """

    service_id: UUID
    staff_id: UUID | None
    windows: tuple[Span, ...]
    conversation_id: UUID | None = None
    stranger: bool = False
    id: UUID | None = None


async def join(db: Database, scope: Scope, customer: Customer, wanted: Waiting, *, now: datetime) -> Entry:
    """Put a customer on the list, who can be told: by phone number, e-mail address or chat. Look if something is free.

    Who waits for the same already keeps their place; the windows are added. A stranger shares nobody's place, whatever
    number they give, but that of the same chat or of the same `id`. Raises Invalid and NotFound by field.
    """
    for n, one in enumerate(wanted.windows):
        if one.end <= max(one.start, now):
            raise Invalid(f"windows.{n}.end", "a window ends after it begins, and not in the past")
        if one.end > now + free.REACH:
            raise Invalid(f"windows.{n}.end", "that is further ahead than appointments are given")
    entry_id = wanted.id or ids.uuid7()
    try:
        async with db.transaction(scope) as tx:
            if await tx.row(SERVICE, (tx.tenant, wanted.service_id)) is None:
                raise NotFound("there is no such service", field="service_id")
            known = customer.id or await customers.find_or_add(tx, customer.name, customer.phone, customer.email)
            if known is None and wanted.conversation_id:
                known = await _of_the_chat(tx, customer.name, wanted.conversation_id)
            if known is None:
                raise Invalid("customer.phone", "whoever waits is told: give a phone number or an e-mail address")
            await tx.row(CUSTOMER, (tx.tenant, known))
            params = {
                "tenant": tx.tenant, "id": entry_id, "customer": known, "service": wanted.service_id,
                "staff": wanted.staff_id, "conversation": wanted.conversation_id, "windows": _text(wanted.windows),
                "name": customer.name if wanted.stranger else None,
                "phone": customer.phone if wanted.stranger else None,
                "email": customer.email if wanted.stranger else None,
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
        return await entry(tx, entry_id)


async def entry(tx: Transaction, entry_id: UUID) -> Entry:
    """Return an entry as a transaction sees it; raise NotFound where there is none."""
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
    async with db.transaction(scope) as tx:
        while (left := await entry(tx, entry_id)).status in ("waiting", "offered"):
            offered = left.appointment_id  # locked before the entry, as by all who settle an offer
            held = offered is not None and await is_held(tx, offered)
            if await tx.row(LEAVE, (tx.tenant, left.id, offered)) is None:
                continue
            if held and offered:
                await store.change(tx, offered, "cancelled")
            return


async def mine(
    db: Database,
    scope: Scope,
    conversation_id: UUID,
    customer_id: UUID | None,
    *,
    statuses: tuple[str, ...] = ("waiting", "offered"),
) -> list[Entry]:
    """Return a customer's entries that wait or were offered something, as far as a conversation may know of them."""
    params = {
        "tenant": scope.tenant,
        "conversation": conversation_id,
        "customer": customer_id,
        "statuses": list(statuses),
    }
    return [_entry(row) for row in await db.rows(scope, MINE, params)]


async def pass_by(db: Database, scope: Scope, *, now: datetime) -> int:
    """Forget the windows that are over; who has none left is off the list. Return how many entries that concerned."""
    async with db.transaction(scope) as tx:
        return len(await tx.rows(PASS_BY, {"tenant": tx.tenant, "now": now}))


async def _of_the_chat(tx: Transaction, name: str, conversation_id: UUID) -> UUID | None:
    """Return the record of whoever waits in a chat and told neither number nor address: nothing else leads to it."""
    if await tx.row(CHAT, (tx.tenant, conversation_id)) is None:
        return None
    if row := await tx.row(OF_CHAT, (tx.tenant, conversation_id)):
        return UUID(str(row[0]))
    known = ids.uuid7()
    await tx.run(KNOWN_BY_CHAT, (tx.tenant, known, name))
    return known


async def is_held(tx: Transaction, appointment_id: UUID) -> bool:
    """Tell whether an appointment is still only held, locked: what was taken meanwhile stands."""
    return (await queries.appointment(tx, appointment_id, lock=True)).status == "held"


def _text(windows: Sequence[Span]) -> str:
    return "{" + ",".join(f"[{one.start.isoformat()},{one.end.isoformat()})" for one in windows) + "}"


def _entry(row: Sequence[Any]) -> Entry:
    windows = tuple(Span(*one) for one in zip(row[11], row[12], strict=True))
    return Entry(*(*row[:11], windows, *row[13:]))
