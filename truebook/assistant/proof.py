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
GUESSES, GUESSES_OF_A_LINE, GUESSES_IN_ALL = 5, 15, 60
"""Wrong codes in an hour: of one conversation, of all that were begun from one line, and of all of a business.

The first code of a conversation is looked at whatever other lines do: nobody who has theirs is kept from it by guesses.
"""

WRONG = """
SELECT count(*) FILTER (WHERE s.conversation_id = me.id), count(*) FILTER (WHERE v.line = me.line), count(*)
FROM conversations me
JOIN shown_codes s ON s.account_id = me.account_id AND s.appointment_id IS NULL AND s.created_at > %(since)s
JOIN conversations v ON v.account_id = s.account_id AND v.id = s.conversation_id
WHERE me.account_id = %(tenant)s AND me.id = %(me)s
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
        tried = await tx.row(WRONG, {"me": conversation_id, "tenant": tx.tenant, "since": now - WITHIN})
        assert tried is not None
        here, of_the_line, in_all = tried
        if here >= GUESSES or of_the_line >= GUESSES_OF_A_LINE or (here and in_all >= GUESSES_IN_ALL):
            return "limit"
        try:
            found = await queries.by_code(tx, code)
        except NotFound:
            found = None
        if found and (found.status not in AHEAD or found.start <= now):
            found = None
        await tx.run(NOTE, (tx.tenant, ids.uuid7(), conversation_id, found.id if found else None, now))
    return found or "wrong"
