"""What comes to an end by the clock: holds that ran out are given back, and what is long over is forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking import store
from truebook.db import Database, Scope

LATER = "SELECT set_config('synchronous_commit', 'off', true)"
"""Nobody is told of a swept hold, so COMMIT need not wait for the disk: what a crash takes back is swept again."""
KEPT = timedelta(days=30)
"""How long an offer is kept after it ran out: an open outcome may still be found out by it."""
FORGET_KEYS = "DELETE FROM idempotency_keys WHERE account_id = %s AND expires_at < %s RETURNING key"
FORGET_OFFERS = "DELETE FROM offers WHERE account_id = %s AND expires_at < %s RETURNING id"


async def forget(db: Database, scope: Scope, *, now: datetime) -> int:
    """Delete the keys whose time is over, and offers that ran out 30 days ago; return how many rows that were."""
    async with db.transaction(scope) as tx:
        keys = await tx.rows(FORGET_KEYS, (tx.tenant, now))
        return len(keys) + len(await tx.rows(FORGET_OFFERS, (tx.tenant, now - KEPT)))


async def sweep(db: Database, scope: Scope, *, now: datetime) -> int:
    """Give back the tenant's holds that have run out; return how many."""
    async with db.transaction(scope) as tx:
        await tx.run(LATER)
        return await store.release(tx, now)


async def sweep_many(db: Database, scope: Scope, tenants: Sequence[UUID], *, now: datetime) -> None:
    """Give back the holds of some businesses that have run out: all of them in one transaction, one after the other."""
    async with db.transaction(scope) as tx:
        await tx.run(LATER)
        for tenant in tenants:
            await tx.carry("truebook.tenant", str(tenant))
            await store.release_all(tx, tenant, now)
