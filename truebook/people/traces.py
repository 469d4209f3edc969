"""Everywhere a person is in the database: what an export hands out, and what erasing takes away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Transaction
from truebook.tenants.customers import CUSTOMERS, CustomerRecord

VISITS = """
SELECT a.id, a.code, a.status, a.starts_at, a.customer_name, a.conversation_id,
       (SELECT count(*) FROM appointment_segments s
        WHERE s.tenant_id = %(tenant)s AND s.appointment_id = a.id AND s.guest_name IS NOT NULL)
FROM appointments a WHERE a.tenant_id = %(tenant)s AND (a.customer_id = %(customer)s
  OR a.customer_id IS NULL AND (a.customer_phone = %(phone)s OR lower(a.customer_email) = %(email)s))
ORDER BY a.starts_at, a.id
"""
LOCK_VISITS = "SELECT id FROM appointments WHERE tenant_id = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
CHATS = """
SELECT v.id, v.address, v.username FROM conversations v WHERE v.account_id = %(tenant)s AND (
  v.customer_id = %(customer)s
  OR v.customer_id IS NULL AND (
    EXISTS (SELECT FROM whatsapp_identities i WHERE i.account_id = %(tenant)s AND i.conversation_id = v.id
            AND i.kind = 'phone' AND i.value = ltrim(%(phone)s, '+'))
    OR v.channel = 'email' AND lower(v.address) = %(email)s
    OR v.id = ANY(%(linked)s::uuid[])
       AND NOT EXISTS (SELECT FROM appointments b WHERE b.tenant_id = %(tenant)s AND b.conversation_id = v.id
                       AND b.id <> ALL(%(visits)s::uuid[]))
       AND NOT EXISTS (SELECT FROM waitlist_entries w WHERE w.tenant_id = %(tenant)s AND w.conversation_id = v.id
                       AND w.customer_id <> %(customer)s)))
ORDER BY v.id
"""
"""Their own chats: known as theirs, held from their number, or such as only they were ever booked for in."""
LOCK_CHATS = "SELECT id FROM conversations WHERE account_id = %s AND id = ANY(%s) ORDER BY id FOR UPDATE"
IDENTITIES = "SELECT kind, value FROM whatsapp_identities WHERE account_id = %s AND conversation_id = ANY(%s)"
COUNTS = """
SELECT (SELECT count(*) FROM messages WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[])),
       (SELECT count(*) FROM waitlist_entries WHERE tenant_id = %(tenant)s AND (customer_id = %(customer)s
          OR customer_phone = %(phone)s OR lower(customer_email) = %(email)s)),
       (SELECT count(*) FROM appointment_series WHERE tenant_id = %(tenant)s AND customer_id = %(customer)s),
       (SELECT count(*) FROM open_questions WHERE account_id = %(tenant)s AND conversation_id = ANY(%(chats)s::uuid[]))
"""
GONE = """
SELECT (details ->> 'gone')::uuid, details ->> 'phone', details ->> 'email' FROM audit_log
WHERE tenant_id = %s AND entity = 'customer' AND action = 'merge customer' AND entity_id = ANY(%s) AND details ? 'gone'
"""
OTHERS = """
SELECT phone, email FROM customers
WHERE account_id = %(tenant)s AND id <> %(customer)s AND (phone = ANY(%(numbers)s) OR email = ANY(%(numbers)s))
"""
"""Whom a number or address of somebody who was merged away leads to now."""
OLD_VISITS = """
SELECT id, code, status, starts_at, customer_name, conversation_id, 0 FROM appointments
WHERE tenant_id = %(tenant)s AND customer_id IS NULL AND ends_at < %(before)s AND customer_name <> %(nameless)s
ORDER BY starts_at, id LIMIT %(limit)s FOR NO KEY UPDATE
"""
OLD_CHATS = """
SELECT id FROM conversations v WHERE account_id = %(tenant)s AND customer_id IS NULL AND last_activity_at < %(before)s
  AND NOT EXISTS (SELECT FROM appointments a
                  WHERE a.tenant_id = %(tenant)s AND a.conversation_id = v.id AND a.ends_at >= %(before)s)
ORDER BY id LIMIT %(limit)s FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """An appointment of a person's, and how many guests they brought."""

    id: UUID
    code: str
    status: str
    start: datetime
    name: str
    conversation_id: UUID | None
    guests: int


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a person is: their row, appointments, own chats, and how much hangs on those.

    `shared` are chats of others in which they were booked for; `numbers` are the texts by which only they are meant
    (number, address, identifiers at WhatsApp), `names` what they were called; `gone` who was merged into them.
    """

    customer: CustomerRecord | None
    visits: tuple[Trace, ...]
    chats: tuple[UUID, ...]
    shared: tuple[UUID, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    messages: int = 0
    waiting: int = 0
    series: int = 0
    questions: int = 0
    identities: int = 0
    gone: tuple[UUID, ...] = ()

    def upcoming(self, now: datetime) -> list[Trace]:
        """Return appointments that are still ahead: they stay booked, without a name."""
        return [one for one in self.visits if one.start > now and one.status in ("held", "pending", "confirmed")]

    @property
    def guests(self) -> int:
        """How many guests' names stand in their appointments."""
        return sum(one.guests for one in self.visits)

    @property
    def visit_ids(self) -> list[UUID]:
        """The ids of their appointments."""
        return [one.id for one in self.visits]


async def of_customer(tx: Transaction, customer_id: UUID, *, lock: bool = False) -> Traces:
    """Return where a customer is; with `lock` nothing can be added while the transaction lasts.

    Raises NotFound where there is no such customer.
    """
    customer = await CUSTOMERS.read(tx, customer_id, lock=lock)
    params: dict[str, Any] = {
        "tenant": tx.tenant, "customer": customer_id, "phone": customer.phone, "email": customer.email,
    }  # fmt: skip
    visits = tuple(Trace(*row) for row in await tx.rows(VISITS, params))
    linked = list({one.conversation_id for one in visits if one.conversation_id})
    chats = await tx.rows(CHATS, {**params, "visits": [one.id for one in visits], "linked": linked})
    own = tuple(row[0] for row in chats)
    if lock:
        await tx.rows(LOCK_CHATS, (tx.tenant, list(own)))
        await tx.rows(LOCK_VISITS, (tx.tenant, [one.id for one in visits]))
    identities = await tx.rows(IDENTITIES, (tx.tenant, list(own)))
    counts = await tx.row(COUNTS, {**params, "chats": list(own)})
    assert counts is not None
    gone, theirs = await _merged_into(tx, customer_id)
    called = [customer.name, *(one.name for one in visits), *(row[2] for row in chats)]
    known_by = [customer.phone, customer.email, *(row[1] for row in chats), *(row[1] for row in identities), *theirs]
    return Traces(
        customer,
        visits,
        own,
        shared=tuple(set(linked) - set(own)),
        names=tuple(dict.fromkeys(one for one in called if one)),
        numbers=tuple(dict.fromkeys(one for one in known_by if one)),
        messages=counts[0],
        waiting=counts[1],
        series=counts[2],
        questions=counts[3],
        identities=len(identities),
        gone=gone,
    )


async def _merged_into(tx: Transaction, customer_id: UUID) -> tuple[tuple[UUID, ...], list[str]]:
    """Return who was merged into a customer, and into those in turn, and their numbers that are nobody else's now."""
    known, numbers, look = {customer_id}, set[str](), [customer_id]
    while look:
        found = await tx.rows(GONE, (tx.tenant, look))
        numbers |= {one for row in found for one in row[1:] if one}
        look = [row[0] for row in found if row[0] not in known]
        known.update(look)
    params = {"tenant": tx.tenant, "customer": customer_id, "numbers": list(numbers)}
    others = {one for row in await tx.rows(OTHERS, params) for one in row}
    return tuple(sorted(known - {customer_id})), sorted(numbers - others)


async def of_nobody(tx: Transaction, before: datetime, nameless: str, limit: int) -> Traces:
    """Return appointments and chats that were over before a moment and belong to nobody in the list of customers."""
    params = {"tenant": tx.tenant, "before": before, "nameless": nameless, "limit": limit}
    chats = tuple(row[0] for row in await tx.rows(OLD_CHATS, params))
    return Traces(None, tuple(Trace(*row) for row in await tx.rows(OLD_VISITS, params)), chats, (), (), ())
