"""What can be busy besides people: pools of rooms, seats and equipment, whose numbered units replace each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.tenants.records import Records, note

MOST = 1000
"""Units of one pool."""
IN_ALL = 3000
"""Units of a business."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Units of one kind: rooms, equipment, seats, or tokens of a rule."""

    id: UUID
    name: str
    kind: str
    version: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered unit of a pool. `closed_from` is when it is closed for good; it is never deleted."""

    id: UUID
    number: int
    name: str
    closed_from: datetime | None
    closed_by: UUID | None


NEEDED = """
SELECT string_agg(DISTINCT v.name, ', ') FROM service_requirements q
JOIN services v ON (v.account_id, v.id) = (q.account_id, q.service_id) WHERE q.account_id = %s AND q.pool_id = %s
"""
CLAIMED = """
SELECT count(*) FROM claims c JOIN resources r ON (r.account_id, r.id) = (c.tenant_id, c.resource_id)
WHERE c.tenant_id = %s AND r.pool_id = %s
"""
UNITS = """
SELECT r.id, r.unit, r.name, b.starts_at, b.block_id FROM resources r
LEFT JOIN LATERAL (SELECT starts_at, block_id FROM claims c WHERE c.tenant_id = r.account_id AND c.resource_id = r.id
                      AND c.block_id IS NOT NULL AND c.ends_at = 'infinity') b ON true
WHERE r.account_id = %s AND r.pool_id = %s ORDER BY r.unit
"""
ADD = """
INSERT INTO resources (account_id, pool_id, unit, name)
SELECT %(account)s, %(pool)s, u, %(name)s || ' ' || u
FROM generate_series((SELECT coalesce(max(unit), 0) + 1 FROM resources WHERE account_id = %(account)s
                        AND pool_id = %(pool)s),
                     (SELECT coalesce(max(unit), 0) + %(count)s FROM resources WHERE account_id = %(account)s
                        AND pool_id = %(pool)s)) u
RETURNING 1
"""
COUNT = "SELECT count(*) FROM resources WHERE account_id = %s AND pool_id IS NOT NULL"
GROW = "UPDATE resource_pools SET version = version + 1 WHERE account_id = %s AND id = %s"


class Pools(Records[Pool]):
    """The pools of a business. One that a service needs, or of which a unit is or was in use, stays."""

    async def erase(self, tx: Transaction, row_id: UUID) -> None:
        """Delete a pool with its units; raise Conflict where it is needed, NotFound where there is none."""
        await self.read(tx, row_id)
        needed = await tx.row(NEEDED, (tx.tenant, row_id))
        if needed and needed[0]:
            raise Conflict(f"the pool is needed by: {needed[0]}", field="id")
        claimed = await tx.row(CLAIMED, (tx.tenant, row_id))
        if claimed and claimed[0]:
            raise Conflict("units of the pool are in use: close them instead", field="id")
        await super().erase(tx, row_id)


POOLS = Pools("resource_pools", Pool, noun="pool", decides=True, most=("name", 100))


async def units(db: Database, scope: Scope, pool_id: UUID) -> list[Unit]:
    """Return the units of a pool by number, closed ones included; raise NotFound where there is no such pool."""
    async with db.reading(scope) as tx:
        await POOLS.read(tx, pool_id)
        return await _units(tx, pool_id)


async def add_units(db: Database, scope: Scope, pool_id: UUID, count: int, *, version: int | None = None) -> list[Unit]:
    """Add units to a pool, numbered on; return all of them. Raises Invalid where they would be too many."""
    async with POOLS.changing(db, scope) as tx:
        pool = await POOLS.seen(tx, pool_id, version, lock=True)
        await write_units(tx, pool, count)
        await tx.run(GROW, (tx.tenant, pool_id))
        return await _units(tx, pool_id)


async def write_units(tx: Transaction, pool: Pool, count: int) -> None:
    """Add units inside a transaction of the caller's."""
    there = await _units(tx, pool.id)
    if count < 1 or max((one.number for one in there), default=0) + count > MOST:
        raise Invalid("units", f"a pool has at most {MOST} units; it has {len(there)}", limit=MOST)
    counted = await tx.row(COUNT, (tx.tenant,))
    assert counted is not None
    if counted[0] + count > IN_ALL:
        raise Invalid("units", f"a business has at most {IN_ALL} units; it has {counted[0]}", limit=IN_ALL)
    await tx.run(ADD, {"account": tx.tenant, "pool": pool.id, "name": pool.name, "count": count})
    await note(tx, "add units", "pool", pool.id, {"count": count})


def numbered(found: list[Unit], number: int) -> Unit:
    """Return the unit with a number; raise NotFound where there is none."""
    for one in found:
        if one.number == number:
            return one
    raise NotFound("there is no such unit")


async def _units(tx: Transaction, pool_id: UUID) -> list[Unit]:
    return [Unit(*row) for row in await tx.rows(UNITS, (tx.tenant, pool_id))]
