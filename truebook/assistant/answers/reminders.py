"""How long before an appointment its customer is reminded, where that is asked."""

from datetime import timedelta

from truebook.assistant.turn import Say, Turn
from truebook.booking import queries
from truebook.db import Transaction
from truebook.tenants import telling


async def of(tx: Transaction, turn: Turn, say: Say | None) -> tuple[int, ...]:
    """Return the minutes before the next appointment at which a reminder is still to come; of any, where none is ahead.

    Nothing where it was not asked, where the business reminds nobody, or where it is too late for that.
    """
    if say is None or "remind" not in say.about:
        return ()
    before = sorted((await telling.read(tx)).remind_before, reverse=True)
    ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return tuple(one for one in before if not ahead or ahead[0].start - timedelta(minutes=one) > turn.now)
