"""The people appointments are for, known by their phone number within one business."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Answer, Transaction
from truebook.kernel import ids
from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer; the phone number in E.164, the e-mail address in lower case."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
    notes: str | None
    created_at: datetime
    version: int


CUSTOMERS = Records("customers", CustomerRecord, noun="customer")

FIND = "SELECT id FROM customers WHERE account_id = %s AND phone = %s"
FIND_BY_EMAIL = "SELECT id FROM customers WHERE account_id = %s AND email = %s ORDER BY created_at, id LIMIT 1"
LOCK_EMAIL = "SELECT pg_advisory_xact_lock(hashtextextended('customer ' || %s || %s, 0))"
ADD = """
INSERT INTO customers (account_id, id, name, phone, email) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (account_id, phone) DO NOTHING
"""


async def ask(tx: Transaction, phone: str | None, email: str | None) -> Answer:
    """Ask who has a phone number, or without one an address, together with what is asked next.

    Returns what waits for the answer.
    """
    return await tx.ask(FIND, (tx.tenant, phone)) if phone else await tx.ask(FIND_BY_EMAIL, (tx.tenant, email))


async def find_or_add(
    tx: Transaction, name: str | None, phone: str | None, email: str | None, asked: Answer | None = None
) -> UUID | None:
    """Return the id of the customer with this phone number (E.164), or without one with this address, made if need be.

    None where there is neither: a name is nobody's alone.
    """
    if phone is None and email is None:
        return None
    found = await (asked or await ask(tx, phone, email))()
    if found is None and phone is None:  # an address is no key: two people may share one, but not by a race
        await tx.run(LOCK_EMAIL, (str(tx.tenant), email))
        found = await tx.row(FIND_BY_EMAIL, (tx.tenant, email))
    if found is None:
        await tx.run(ADD, (tx.tenant, ids.uuid7(), name, phone, email))
        found = await (await ask(tx, phone, email))()
    assert found is not None
    return UUID(str(found[0]))
