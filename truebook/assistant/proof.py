"""Who may see an appointment: whoever's channel vouches for them, and whoever gives its code. Guesses are counted.

What somebody types, a name or a number, is contact data of the appointment it was typed for, and proves nothing.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from truebook.booking import queries
from truebook.booking.model import Appointment
from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.kernel.errors import NotFound

WITHIN = timedelta(hours=1)
GUESSES, GUESSES_IN_ALL = 5, 60
"""Wrong codes in an hour: of one conversation, and of all conversations of a business.

The first code of a conversation is looked at in any case: nobody who has theirs is kept from it by others who guess.
How many conversations an address may begin is limited where they begin.
"""

WRONG = """
SELECT count(*) FILTER (WHERE conversation_id = %s), count(*) FROM shown_codes
WHERE account_id = %s AND appointment_id IS NULL AND created_at > %s
"""
NOTE = (
    "INSERT INTO shown_codes (account_id, id, conversation_id, appointment_id, created_at) VALUES (%s, %s, %s, %s, %s)"
)
AHEAD = ("pending", "confirmed")


async def show(
    db: Database, scope: Scope, conversation_id: UUID, code: str, now: datetime
) -> Appointment | Literal["wrong", "limit"]:
    """Return the appointment ahead that has a code, which this conversation may see from now on."""
    async with db.transaction(scope) as tx:
        tried = await tx.row(WRONG, (conversation_id, tx.tenant, now - WITHIN))
        assert tried is not None
        if tried[0] >= GUESSES or (tried[0] and tried[1] >= GUESSES_IN_ALL):
            return "limit"
        try:
            found = await queries.by_code(tx, code)
        except NotFound:
            found = None
        if found and (found.status not in AHEAD or found.start <= now):
            found = None
        await tx.run(NOTE, (tx.tenant, ids.uuid7(), conversation_id, found.id if found else None, now))
    return found or "wrong"
