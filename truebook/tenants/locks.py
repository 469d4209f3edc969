"""The lock that makes bookings and settings take turns.

A booking shares it with the other bookings of the business; whoever changes hours, days off or services, or moves an
appointment, holds it alone. So a booking never slips in between reading the hours and their change.
"""

from truebook.db import Transaction

# Advisory, since a row lock is written: of many bookings at once each would write the list of all the others.
KEY = "hashtextextended('bookings and settings of ' || %(tenant)s::uuid, 0)"
SHARE = f"SELECT pg_advisory_xact_lock_shared({KEY})"
ALONE = f"SELECT pg_advisory_xact_lock({KEY})"


async def share(tx: Transaction) -> None:
    """Keep the settings of the business as they are until this transaction ends; other bookings do not wait."""
    await tx.run(SHARE, {"tenant": tx.tenant})


async def hold_alone(tx: Transaction) -> None:
    """Let no booking of this business happen until this transaction ends. Taken first, and once."""
    await tx.run(ALONE, {"tenant": tx.tenant})
