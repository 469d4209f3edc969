"""Blocks: time that is nobody's appointment. Guarded like one: a block over appointments is refused and names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from truebook.booking.errors import InTheWay
from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants import locks

Kind = Literal["break", "away", "out_of_service", "closed"]


@dataclass(frozen=True, slots=True)
class Block:
    """A person or a unit that is not to be had for a while; `end` None: from then on for good."""

    id: UUID
    resource_id: UUID
    resource_name: str
    kind: Kind
    reason: str | None
    start: datetime
    end: datetime | None
    version: int


BLOCK = """
SELECT b.id, c.resource_id, r.name, b.kind, b.reason, c.starts_at, nullif(c.ends_at, 'infinity'), b.version
FROM blocks b JOIN claims c ON (c.tenant_id, c.block_id) = (b.tenant_id, b.id)
JOIN resources r ON (r.account_id, r.id) = (c.tenant_id, c.resource_id) WHERE b.tenant_id = %(tenant)s
"""
ADD = """
WITH added AS (INSERT INTO blocks (tenant_id, id, kind, reason) VALUES (%(tenant)s, %(id)s, %(kind)s, %(reason)s))
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, block_id)
VALUES (%(tenant)s, %(resource)s, %(start)s, coalesce(%(end)s::timestamptz, 'infinity'), %(id)s)
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
    AND EXISTS (SELECT FROM claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id
                  AND c.resource_id = %(resource)s)
  ORDER BY id FOR NO KEY UPDATE)
UPDATE appointments a SET status = 'cancelled', hold_expires_at = NULL FROM over
WHERE a.tenant_id = %(tenant)s AND a.id = over.id
"""
REMOVE = "DELETE FROM blocks WHERE tenant_id = %s AND id = %s RETURNING version"
RESOURCE = "SELECT FROM resources WHERE account_id = %s AND id = %s"


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
) -> Block:
    """Keep a person or a unit free of appointments; raise InTheWay where there are some, NotFound for nobody."""
    if end is not None and end <= start:
        raise Invalid("end", "a block ends after it begins")
    block_id = ids.uuid7()
    params: dict[str, Any] = {
        "tenant": scope.tenant, "id": block_id, "resource": resource_id, "start": start, "end": end, "kind": kind,
        "reason": reason, "now": now,
    }  # fmt: skip
    try:
        async with db.transaction(scope, lock=locks.ALONE) as tx:
            if await tx.row(RESOURCE, (tx.tenant, resource_id)) is None:
                raise NotFound("there is no such member of staff, room or unit", field="resource_id")
            await tx.run(OVER, params)
            await tx.run(ADD, params)
    except (ExclusionViolation, UniqueViolation):  # overlapping, or beginning at the same moment
        raise await _refusal(db, scope, params) from None
    except ForeignKeyViolation as error:
        raise NotFound("there is no such member of staff, room or unit", field="resource_id") from error
    return await get(db, scope, block_id)


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


async def _refusal(db: Database, scope: Scope, params: dict[str, Any]) -> InTheWay:
    async with db.reading(scope) as tx:
        found = await in_the_way(tx, params)
    if not found:
        return InTheWay("there is a class or another block at that time", appointments=[])
    codes = ", ".join(one["code"] for one in found[:10])
    return InTheWay(f"there are appointments at that time: {codes}", appointments=found)
