"""What was written is held against the row once more before it leaves: only what is still so is said."""

from datetime import datetime
from uuid import UUID

from truebook.booking import queries
from truebook.booking.model import Appointment, Status
from truebook.db import Transaction
from truebook.kernel import clock
from truebook.ledger import alerts

TRUE_OF: dict[str, frozenset[Status]] = {
    "requested": frozenset({"pending"}),
    "booked": frozenset({"confirmed"}),
    "moved": frozenset({"pending", "confirmed"}),
    "cancelled": frozenset({"cancelled"}),
    "offered": frozenset({"held"}),
    "off_list": frozenset({"cancelled"}),
    "reminder": frozenset({"confirmed"}),
    "correction": frozenset({"pending", "confirmed", "cancelled"}),
}
"""The statuses in which news is still true of its appointment; later it is left untold."""
SAID = "SELECT appointment_id, topic, starts_at FROM tellings WHERE account_id = %s AND message_id = %s"
WITHDRAW = """
UPDATE messages SET delivery = 'withdrawn' WHERE account_id = %s AND id = %s AND delivery IN ('queued', 'failed')
"""


def is_so(topic: str, appointment: Appointment, start: datetime) -> bool:
    """Tell whether news that named a start is still true of its appointment."""
    return appointment.status in TRUE_OF[topic] and (appointment.start == start or topic in ("cancelled", "off_list"))


def comes_too_late(topic: str, appointment: Appointment, now: datetime) -> bool:
    """Tell whether a message would remind of what has begun already."""
    return topic == "reminder" and appointment.start <= now


async def is_code_of_nothing(tx: Transaction, message_id: UUID, appointment_id: UUID) -> bool:
    """Take back a code that waits, once the time it books is held no more; tell whether it was taken back."""
    held = await queries.appointment(tx, appointment_id)
    if held.status == "held" and (held.hold_expires_at is None or held.hold_expires_at > clock.now()):
        return False
    await tx.run(WITHDRAW, (tx.tenant, message_id))
    return True


async def withdrawn(tx: Transaction, message_id: UUID, news: str | None) -> bool:
    """Take back a message that waits and whose news is not true any more; tell whether it was taken back."""
    if news is None:
        return False
    for appointment_id, topic, start in await tx.rows(SAID, (tx.tenant, message_id)):
        appointment = await queries.appointment(tx, appointment_id)
        late = comes_too_late(topic, appointment, clock.now())
        if late or not is_so(topic, appointment, start):
            await tx.run(WITHDRAW, (tx.tenant, message_id))
            if late:
                words = f"A reminder of the appointment {appointment.code} could not be sent before it began."
                await alerts.alert(tx, "not_told", message_id, words)
            return True
    return False
