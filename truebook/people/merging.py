"""Two customers that are one person: first shown what becomes what, then one row with everything of both."""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Invalid
from truebook.tenants.customers import CUSTOMERS, CustomerRecord
from truebook.tenants.records import note

POINTING = (("appointments", "tenant_id"), ("conversations", "account_id"), ("waitlist_entries", "tenant_id"),
            ("appointment_series", "tenant_id"))  # fmt: skip
"""Tables that point at a customer, each with its tenant's column."""


@dataclass(frozen=True, slots=True)
class Merger:
    """What two customers become: `values` of the one who stays, and how much of the other moves over, by table."""

    kept: CustomerRecord
    gone: CustomerRecord
    values: dict[str, str | None]
    moves: dict[str, int]


def merged(kept: CustomerRecord, gone: CustomerRecord) -> dict[str, str | None]:
    """Return what the one who stays is known by: their own, what they lack from the other, and all notes.

    A number or address of the other that has no place any more is kept in the notes.
    """
    values = {name: getattr(kept, name) or getattr(gone, name) for name in ("name", "phone", "email", "locale")}
    lost = [
        str(getattr(gone, name))
        for name in ("phone", "email")
        if getattr(gone, name) and getattr(gone, name) != values[name]
    ]
    notes = "\n".join([part for part in (kept.notes, gone.notes, ", ".join(lost)) if part])
    return {**values, "notes": notes[:4000] or None}


async def foresee(db: Database, scope: Scope, keep: UUID, gone: UUID) -> Merger:
    """Return what would become of two customers; raise NotFound where one is not there, Invalid where they are one."""
    async with db.reading(scope) as tx:
        return await _merger(tx, keep, gone)


async def merge(db: Database, scope: Scope, keep: UUID, gone: UUID) -> CustomerRecord:
    """Make one customer of two; appointments keep the name under which they were made."""
    async with CUSTOMERS.changing(db, scope) as tx:
        for one in sorted({keep, gone}):  # in one order, so that two who merge the same wait for each other
            await CUSTOMERS.read(tx, one, lock=True)
        found = await _merger(tx, keep, gone)
        for table, column in POINTING:
            await tx.run(
                f"UPDATE {table} SET customer_id = %s WHERE {column} = %s AND customer_id = %s", (keep, tx.tenant, gone)
            )
        await CUSTOMERS.erase(tx, gone)
        values = found.values
        await tx.run(
            "UPDATE customers SET name = %s, phone = %s, email = %s, locale = %s, notes = %s"
            " WHERE account_id = %s AND id = %s",
            (*(values[name] for name in ("name", "phone", "email", "locale", "notes")), tx.tenant, keep),
        )
        await note(
            tx, "merge customer", "customer", keep, {"gone": gone, "phone": found.gone.phone, "email": found.gone.email}
        )
        return await CUSTOMERS.read(tx, keep)


async def _merger(tx: Transaction, keep: UUID, gone: UUID) -> Merger:
    if keep == gone:
        raise Invalid("customer_id", "that is the same customer")
    kept, other = await CUSTOMERS.read(tx, keep), await CUSTOMERS.read(tx, gone)
    moves = {}
    for table, column in POINTING:
        row = await tx.row(f"SELECT count(*) FROM {table} WHERE {column} = %s AND customer_id = %s", (tx.tenant, gone))
        moves[table] = row[0] if row else 0
    return Merger(kept, other, merged(kept, other), moves)
