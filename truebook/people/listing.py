"""Putting somebody into the list who booked under a name alone: then they can be looked at, merged, and erased."""

from uuid import UUID

from truebook.booking import queries
from truebook.db import Database, Scope
from truebook.tenants import customers
from truebook.tenants.customers import CUSTOMERS, CustomerRecord

BELONGS = "UPDATE appointments SET customer_id = %s WHERE tenant_id = %s AND id = %s"


async def put_in_list(db: Database, scope: Scope, appointment_id: UUID) -> CustomerRecord:
    """Return the customer of an appointment, put into the list if nobody there is it yet.

    Raises NotFound where there is no such appointment.
    """
    async with CUSTOMERS.changing(db, scope) as tx:
        found = await queries.appointment(tx, appointment_id, lock=True)
        who = found.customer
        if who.id is not None:
            return await CUSTOMERS.read(tx, who.id)
        known = await customers.find_or_add(tx, who.name, who.phone, who.email)
        if known is None:
            known = (await CUSTOMERS.write(tx, {"name": who.name})).id
        await tx.run(BELONGS, (known, tx.tenant, appointment_id))
        return await CUSTOMERS.read(tx, known)
