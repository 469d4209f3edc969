"""The locks that make bookings and settings take turns.

A booking shares the rows of the staff it concerns; whoever changes hours, days off or services, or moves an
appointment, takes them. So a booking never slips in between reading the hours and their change.
"""

from uuid import UUID

from truebook.db import Transaction

# Also those who are not active or offer nothing: that may change while we wait, and then they must be locked too.
SHARE = """
SELECT FROM staff WHERE account_id = %(tenant)s AND (%(staff)s::uuid IS NULL OR id = %(staff)s) ORDER BY id FOR SHARE
"""
TAKE_ALL = "SELECT FROM staff WHERE account_id = %s ORDER BY id FOR NO KEY UPDATE"


async def share(tx: Transaction, staff_id: UUID | None) -> None:
    """Keep the settings of a member of staff, or of all, until this transaction ends; other bookings do not wait."""
    await tx.run(SHARE, {"tenant": tx.tenant, "staff": staff_id})


async def take_all(tx: Transaction) -> None:
    """Let no booking of this business happen until this transaction ends. Taken first, and once."""
    await tx.run(TAKE_ALL, (tx.tenant,))
