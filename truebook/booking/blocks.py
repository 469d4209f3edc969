"""Blocks: time that is nobody's appointment. Guarded like one: a block over appointments is refused and names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from truebook.booking import reseating
from truebook.booking.errors import InTheWay
from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import locks

Kind = Literal["break", "away", "out_of_service", "closed"]


@dataclass(frozen=True, slots=True)
class Block:
    """A person or a unit that is not to be had for a while; `end` None: from then on for good.

    Where only so many may be away at once, it keeps a token of the rule's pool as well.
    """

    id: UUID
    resource_id: UUID
    resource_name: str
    kind: Kind
    reason: str | None
    start: datetime
    end: datetime | None
    version: int
    token_id: UUID | None = None
    token_name: str | None = None


BLOCK = """
SELECT b.id, c.resource_id, r.name, b.kind, b.reason, c.starts_at, nullif(c.ends_at, 'infinity'), b.version,
  t.id, t.name
FROM blocks b JOIN claims c ON (c.tenant_id, c.block_id) = (b.tenant_id, b.id)
JOIN resources r ON (r.account_id, r.id) = (c.tenant_id, c.resource_id)
LEFT JOIN LATERAL (SELECT u.id, u.name, other.resource_id FROM claims other
  JOIN resources u ON (u.account_id, u.id) = (other.tenant_id, other.resource_id)
  WHERE other.tenant_id = %(tenant)s AND other.block_id = b.id AND other.resource_id <> c.resource_id) t ON true
WHERE b.tenant_id = %(tenant)s AND (r.pool_id IS NULL OR t.id IS NULL)
"""
"""Of a block that keeps a token too, the row is its person's."""
POOL = "SELECT kind FROM resource_pools WHERE account_id = %(tenant)s AND id = %(pool)s"
TOKEN = """
SELECT u.id FROM resources u WHERE u.account_id = %(tenant)s AND u.pool_id = %(pool)s AND u.is_active
  AND NOT EXISTS (SELECT FROM claims c WHERE c.tenant_id = %(tenant)s AND c.resource_id = u.id
    AND c.ends_at > %(start)s AND c.starts_at < coalesce(%(end)s::timestamptz, 'infinity'))
ORDER BY u.unit LIMIT 1
"""
AWAY = """
SELECT r.name, mine.starts_at, nullif(mine.ends_at, 'infinity') FROM resources u
JOIN claims c ON (c.tenant_id, c.resource_id) = (u.account_id, u.id)
JOIN claims mine ON (mine.tenant_id, mine.block_id) = (c.tenant_id, c.block_id)
JOIN resources r ON (r.account_id, r.id) = (mine.tenant_id, mine.resource_id) AND r.pool_id IS NULL
WHERE u.account_id = %(tenant)s AND u.pool_id = %(pool)s
  AND c.ends_at > %(start)s AND c.starts_at < coalesce(%(end)s::timestamptz, 'infinity')
ORDER BY mine.starts_at, r.name LIMIT 100
"""
ADD = "INSERT INTO blocks (tenant_id, id, kind, reason) VALUES (%(tenant)s, %(id)s, %(kind)s, %(reason)s)"
CLAIM = """
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, block_id)
SELECT %(tenant)s, one, %(start)s, coalesce(%(end)s::timestamptz, 'infinity'), %(id)s
FROM unnest(%(resources)s::uuid[]) AS one ORDER BY one RETURNING 1
"""
IN_THE_WAY = """
SELECT DISTINCT a.id, a.code, a.customer_name, a.starts_at FROM claims c
JOIN appointments a ON (a.tenant_id, a.id) = (c.tenant_id, c.appointment_id)
WHERE c.tenant_id = %(tenant)s AND c.resource_id = %(resource)s AND c.ends_at > %(start)s
  AND c.starts_at < coalesce(%(end)s::timestamptz, 'infinity')
ORDER BY a.starts_at, a.id LIMIT 100
"""
OVER = """
WITH over AS (
  SELECT a.id FROM appointments a WHERE a.tenant_id = %(tenant)s AND a.status = 'held' AND a.hold_expires_at <= %(now)s
    AND EXISTS (SELECT FROM claims c WHERE c.tenant_id = %(tenant)s AND c.appointment_id = a.id
                  AND c.resource_id = %(resource)s)
  ORDER BY id FOR NO KEY UPDATE)
UPDATE appointments a SET status = 'cancelled', hold_expires_at = NULL FROM over
WHERE a.tenant_id = %(tenant)s AND a.id = over.id
"""
REMOVE = "DELETE FROM blocks WHERE tenant_id = %s AND id = %s RETURNING version"
RESOURCE = "SELECT pool_id FROM resources WHERE account_id = %s AND id = %s"


async def add(
    db: Database,
    scope: Scope,
    resource_id: UUID,
    start: datetime,
    end: datetime | None,
    *,
    kind: Kind,
    now: datetime,
    reason: str | None = None,
    token_pool_id: UUID | None = None,
) -> Block:
    """Keep a person or a unit free of appointments; raise InTheWay where there are some, NotFound for nobody.

    Who has a unit is given another of its pool at the same time, where there are enough for all.
    With a pool of tokens a person may be away only while one of them is free; else InTheWay names who is away.
    """
    if end is not None and end <= start:
        raise Invalid("end", "a block ends after it begins")
    block_id = ids.uuid7()
    params: dict[str, Any] = {
        "tenant": scope.tenant, "id": block_id, "resource": resource_id, "start": start, "end": end, "kind": kind,
        "reason": reason, "now": now, "pool": token_pool_id, "resources": [resource_id],
    }  # fmt: skip
    try:
        async with db.transaction(scope, lock=locks.ALONE) as tx:
            found = await tx.row(RESOURCE, (tx.tenant, resource_id))
            if found is None:
                raise NotFound("there is no such member of staff, room or unit", field="resource_id")
            if token_pool_id is not None:
                if found[0] is not None:
                    raise Invalid("token_pool_id", "only people are away by such a rule")
                params["resources"] = [resource_id, await _token(tx, params)]
            await tx.run(OVER, params)
            if found[0] is not None:
                await reseating.make_way(tx, resource_id, found[0], start, end)
            await write(tx, params)
    except (ExclusionViolation, UniqueViolation):  # overlapping, or beginning at the same moment
        raise await _refusal(db, scope, params) from None
    except ForeignKeyViolation as error:
        raise NotFound("there is no such member of staff, room or unit", field="resource_id") from error
    return await get(db, scope, block_id)


async def write(tx: Transaction, params: dict[str, Any]) -> None:
    """Write a block and what it keeps busy, in a transaction of the caller's."""
    await tx.run(ADD, params)
    await tx.run(CLAIM, params)


async def get(db: Database, scope: Scope, block_id: UUID) -> Block:
    """Return one block; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        row = await tx.row(BLOCK + " AND b.id = %(id)s", {"tenant": tx.tenant, "id": block_id})
    if row is None:
        raise NotFound("there is no such block")
    return Block(*row)


async def listing(
    db: Database, scope: Scope, begin: datetime, end: datetime, *, resource_id: UUID | None = None
) -> list[Block]:
    """Return the blocks that reach into [begin, end), by start; a thousand at most."""
    async with db.reading(scope) as tx:
        rows = await tx.rows(
            BLOCK
            + " AND c.ends_at > %(begin)s AND c.starts_at < %(end)s"
            + " AND (%(resource)s::uuid IS NULL OR c.resource_id = %(resource)s)"
            + " ORDER BY c.starts_at, b.id LIMIT 1000",
            {"tenant": tx.tenant, "begin": begin, "end": end, "resource": resource_id},
        )
    return [Block(*row) for row in rows]


async def remove(db: Database, scope: Scope, block_id: UUID) -> None:
    """Take a block away: its time can be had again; raise NotFound where there is none."""
    async with db.transaction(scope) as tx:
        if await tx.row(REMOVE, (tx.tenant, block_id)) is None:
            raise NotFound("there is no such block")


async def in_the_way(tx: Transaction, params: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the appointments that claim a resource in a stretch of time, as data."""
    return [
        {"id": str(row[0]), "code": row[1], "customer": row[2], "start": row[3].isoformat()}
        for row in await tx.rows(IN_THE_WAY, params)
    ]


async def _token(tx: Transaction, params: dict[str, Any]) -> UUID:
    """Return a token that is free all the time."""
    pool = await tx.row(POOL, params)
    if pool is None:
        raise NotFound("there is no such pool", field="token_pool_id")
    if pool[0] != "token":
        raise Invalid("token_pool_id", f"that is a pool of kind {pool[0]}, not of tokens")
    found = await tx.row(TOKEN, params)
    if found is None:
        away = [
            {"name": name, "start": start.isoformat(), "end": end.isoformat() if end else None}
            for name, start, end in await tx.rows(AWAY, params)
        ]
        names = ", ".join(dict.fromkeys(one["name"] for one in away)) or "nobody"
        raise InTheWay(f"as many are away then as may be: {names}", appointments=[], away=away)
    return UUID(str(found[0]))


async def _refusal(db: Database, scope: Scope, params: dict[str, Any]) -> InTheWay:
    async with db.reading(scope) as tx:
        found = await in_the_way(tx, params)
    if not found:
        return InTheWay("there is a class or another block at that time", appointments=[])
    codes = ", ".join(one["code"] for one in found[:10])
    return InTheWay(f"there are appointments at that time: {codes}", appointments=found)
