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
    created_at: datetime
    version: int


CUSTOMERS = Records("customers", CustomerRecord, noun="customer")

FIND = "SELECT id FROM customers WHERE account_id = %s AND phone = %s"
ADD = """
INSERT INTO customers (account_id, id, name, phone, email) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (account_id, phone) DO NOTHING
"""


async def ask(tx: Transaction, phone: str | None) -> Answer:
    """Ask who has a phone number, together with what is asked next; return what waits for the answer."""
    return await tx.ask(FIND, (tx.tenant, phone))


async def find_or_add(
    tx: Transaction, name: str | None, phone: str | None, email: str | None, asked: Answer | None = None
) -> UUID | None:
    """Return the id of the customer with this phone number (E.164), made if there was none; None without a number."""
    if phone is None:
        return None
    found = await (asked or await ask(tx, phone))()
    if found is None:
        await tx.run(ADD, (tx.tenant, ids.uuid7(), name, phone, email))
        found = await tx.row(FIND, (tx.tenant, phone))
    assert found is not None
    return UUID(str(found[0]))
