"""Jobs that triggers owe: a row of the business's says what is to be done, and becomes a job once it is due.

A trigger runs where the business's rows lie, and the queue may be on another server; so it does not write to it.
"""

from datetime import datetime

from truebook.db import Database, Scope
from truebook.jobs.events import EVENTS
from truebook.jobs.publish import event, publish

TAKE = "DELETE FROM jobs_owed WHERE account_id = %s AND due_at <= %s RETURNING name, arguments"


async def hand_over(db: Database, scope: Scope, *, now: datetime) -> int:
    """Make jobs of all that a business's triggers owe by now; return how many."""
    async with db.transaction(scope) as tx:
        owed = await tx.rows(TAKE, (tx.tenant, now))
        for name, arguments in owed:
            await publish(tx, event(EVENTS[name], {"tenant": str(tx.tenant), **arguments}))
        return len(owed)
