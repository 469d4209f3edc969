"""What may be forgotten: idempotency keys and offers that are long over. Each is one transaction of one business."""

from datetime import datetime, timedelta

from truebook.db import Database, Scope

KEPT = timedelta(days=30)
"""How long an offer is kept after it ran out: an open outcome may still be found out by it."""
FORGET_KEYS = "DELETE FROM idempotency_keys WHERE account_id = %s AND expires_at < %s RETURNING key"
FORGET_OFFERS = "DELETE FROM offers WHERE account_id = %s AND expires_at < %s RETURNING id"


async def forget(db: Database, scope: Scope, *, now: datetime) -> int:
    """Delete the keys whose time is over, and offers that ran out 30 days ago; return how many rows that were."""
    async with db.transaction(scope) as tx:
        keys = await tx.rows(FORGET_KEYS, (tx.tenant, now))
        return len(keys) + len(await tx.rows(FORGET_OFFERS, (tx.tenant, now - KEPT)))
