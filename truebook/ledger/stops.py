"""Letters that somebody wants no more: customers reminders, staff notices. A link in each letter ends them."""

from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.ledger import notices

STOP = """
INSERT INTO mail_stops (account_id, address)
SELECT tenant_id, lower(customer_email) FROM appointments
WHERE tenant_id = %s AND id = %s AND customer_email IS NOT NULL
ON CONFLICT DO NOTHING
"""
STOPPED = "SELECT FROM mail_stops WHERE account_id = %s AND address = lower(%s)"


async def stop_reminders(db: Database, scope: Scope, appointment_id: UUID) -> None:
    """Send the customer of an appointment no reminders by e-mail any more; what changes is still told."""
    async with db.transaction(scope) as tx:
        await tx.run(STOP, (tx.tenant, appointment_id))


async def are_stopped(tx: Transaction, address: str) -> bool:
    """Tell whether an address wants no reminders."""
    return await tx.row(STOPPED, (tx.tenant, address)) is not None


async def stop_notices(db: Database, scope: Scope, user_id: UUID) -> None:
    """Let one of those who work with the desk hear of nothing by e-mail any more; raise NotFound for nobody."""
    found = await notices.choices(db, scope, user_id)
    by_mail = [topic for topic, one in found.items() if one.way == "email"]
    await notices.choose(db, scope, user_id, dict.fromkeys(by_mail, "never"))
