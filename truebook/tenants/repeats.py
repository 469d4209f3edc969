"""What requests with an Idempotency-Key have led to: where it can be seen, or why they were refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from truebook.db import Claim, Database, Scope

FIND = "SELECT request_hash, status, place, refusal FROM kept_requests WHERE account_id = %(tenant)s AND key = %(key)s"
SETTLE = "UPDATE kept_requests SET status = %s, place = %s WHERE account_id = %s AND key = %s"
REFUSE = """
INSERT INTO kept_requests (account_id, key, request_hash, refusal) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING key
"""
FORGET = "DELETE FROM kept_requests WHERE account_id = %s AND expires_at < %s RETURNING key"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a key has led to. Without `status` it took effect, and its answer was lost on the way."""

    request: bytes
    status: int | None
    place: str | None
    refusal: dict[str, Any] | None


async def find(db: Database, scope: Scope, key: str) -> Kept | None:
    """Return what a key of the scope's business has led to; None for one that is new."""
    row = await db.glance(scope, FIND, {"tenant": scope.tenant, "key": key})
    return Kept(*row) if row else None


async def settle(db: Database, scope: Scope, claim: Claim, status: int, place: str | None) -> None:
    """Note how a request that took effect was answered, and where its outcome can be seen."""
    if claim.made:
        async with db.transaction(_plain(scope)) as tx:
            await tx.run(SETTLE, (status, place, tx.tenant, claim.key))


async def refuse(db: Database, scope: Scope, claim: Claim, refusal: dict[str, Any]) -> bool:
    """Keep a refusal, so that the key never leads to anything else; False where it led somewhere meanwhile."""
    async with db.transaction(_plain(scope)) as tx:
        params = (tx.tenant, claim.key, claim.request, Jsonb(refusal))
        return await tx.row(REFUSE, params) is not None


async def forget(db: Database, scope: Scope, *, now: datetime) -> int:
    """Delete the keys whose time is over; return how many."""
    async with db.transaction(scope) as tx:
        return len(await tx.rows(FORGET, (tx.tenant, now)))


def _plain(scope: Scope) -> Scope:
    return Scope(scope.tenant, scope.actor, scope.cause, scope.operator)
