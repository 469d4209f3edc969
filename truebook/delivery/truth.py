"""What was written is held against the row once more before it leaves: only what is still so is said."""

from datetime import datetime
from uuid import UUID

from truebook.booking import queries
from truebook.booking.model import Appointment, Status
from truebook.db import Transaction

TRUE_OF: dict[str, frozenset[Status]] = {
    "requested": frozenset({"pending"}),
    "booked": frozenset({"confirmed"}),
    "moved": frozenset({"pending", "confirmed"}),
    "cancelled": frozenset({"cancelled"}),
    "offered": frozenset({"held"}),
    "off_list": frozenset({"cancelled"}),
}
"""The statuses in which news is still true of its appointment; later it is left untold."""
SAID = "SELECT appointment_id, topic, starts_at FROM tellings WHERE account_id = %s AND message_id = %s"
WITHDRAW = """
UPDATE messages SET delivery = 'withdrawn' WHERE account_id = %s AND id = %s AND delivery IN ('queued', 'failed')
"""


def is_so(topic: str, appointment: Appointment, start: datetime) -> bool:
    """Tell whether news that named a start is still true of its appointment."""
    return appointment.status in TRUE_OF[topic] and (appointment.start == start or topic in ("cancelled", "off_list"))


async def withdrawn(tx: Transaction, message_id: UUID, news: str | None) -> bool:
    """Take back a message that waits and whose news is not true any more; tell whether it was taken back."""
    if news is None:
        return False
    for appointment_id, topic, start in await tx.rows(SAID, (tx.tenant, message_id)):
        if not is_so(topic, await queries.appointment(tx, appointment_id), start):
            await tx.run(WITHDRAW, (tx.tenant, message_id))
            return True
    return False
