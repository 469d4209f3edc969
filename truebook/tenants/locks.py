"""The locks that make bookings and settings take turns.

A booking shares the rows of the staff it concerns; whoever changes hours, days off or services, or moves an
appointment, takes them. So a booking never slips in between reading the hours and their change.
"""

from uuid import UUID

from truebook.db import Transaction

SHARE = """
SELECT FROM staff s WHERE s.account_id = %(tenant)s AND s.is_active AND (s.id = %(staff)s OR (%(staff)s::uuid IS NULL
  AND EXISTS (SELECT FROM staff_services o
               WHERE o.account_id = s.account_id AND o.staff_id = s.id AND o.service_id = %(service)s)))
ORDER BY s.id FOR SHARE OF s
"""
TAKE_ALL = "SELECT FROM staff WHERE account_id = %s ORDER BY id FOR NO KEY UPDATE"


async def share(tx: Transaction, service_id: UUID, staff_id: UUID | None) -> None:
    """Keep the settings of the staff concerned as they are until this transaction ends; other bookings do not wait."""
    await tx.run(SHARE, {"tenant": tx.tenant, "service": service_id, "staff": staff_id})


async def take_all(tx: Transaction) -> None:
    """Let no booking of this business happen until this transaction ends. Taken first, and once."""
    await tx.run(TAKE_ALL, (tx.tenant,))
