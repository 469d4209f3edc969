"""What a service needs, role by role: a member of staff or a unit of a pool, and during which of its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants.records import note
from truebook.tenants.services import SERVICES

FIRST, LAST = -480, 1920
"""The minutes, from a service's start, between which a role may be busy."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A role of a service: any member of staff who offers it (no pool), or any unit of a pool; when, in minutes from
    its start. Minutes before 0 and after its end are buffers; what lies between two ranges is free for others."""

    role: str
    pool_id: UUID | None
    busy: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Requirements:
    """All roles of a service, in their order, and the version of the service that has them."""

    roles: tuple[Requirement, ...]
    version: int


READ = """
SELECT (SELECT json_agg(json_build_array(role, pool_id, (SELECT json_agg(json_build_array(lower(b), upper(b)))
                                                           FROM unnest(busy) b)) ORDER BY position, role)
          FROM service_requirements q WHERE (q.account_id, q.service_id) = (v.account_id, v.id)), version
FROM services v WHERE account_id = %s AND id = %s
"""
CLEAR = "DELETE FROM service_requirements WHERE account_id = %s AND service_id = %s"
ADD = """
INSERT INTO service_requirements (account_id, service_id, role, position, pool_id, busy) VALUES (%s, %s, %s, %s, %s, %s)
"""
GROW = "UPDATE services SET version = version + 1 WHERE account_id = %s AND id = %s"
UNITS = "SELECT count(*) FROM resources WHERE account_id = %s AND pool_id = %s AND is_active"
POOL = "SELECT FROM resource_pools WHERE account_id = %s AND id = %s"


async def get(db: Database, scope: Scope, service_id: UUID) -> Requirements:
    """Return what a service needs; raise NotFound where there is no such service."""
    async with db.reading(scope) as tx:
        return await _read(tx, service_id)


async def put(
    db: Database, scope: Scope, service_id: UUID, roles: Sequence[Requirement], *, version: int | None = None
) -> Requirements:
    """Make exactly these the roles of a service; the service's version grows by it.

    Raises Invalid where a role cannot be, NotFound for an unknown service or pool, Conflict where the caller has seen
    another version. Without a role for staff somebody is busy for its length plus its buffers, as before.
    """
    async with SERVICES.changing(db, scope) as tx:
        await SERVICES.seen(tx, service_id, version, lock=True)
        await write(tx, service_id, roles)
        await tx.run(GROW, (tx.tenant, service_id))
        return await _read(tx, service_id)


async def write(tx: Transaction, service_id: UUID, roles: Sequence[Requirement]) -> None:
    """Replace the roles of a service inside a transaction of the caller's."""
    await tx.run(CLEAR, (tx.tenant, service_id))
    for n, one in enumerate(roles):
        _judge(n, one, [other.role for other in roles[:n]])
        await _there(tx, n, one.pool_id)
        busy = Multirange(Range(begin, until) for begin, until in one.busy)
        await tx.run(ADD, (tx.tenant, service_id, one.role, n + 1, one.pool_id, busy))
    await note(tx, "set requirements", "service", service_id, {"roles": [one.role for one in roles]})


def _judge(n: int, one: Requirement, before: Sequence[str]) -> None:
    """Raise Invalid for a role that cannot be, naming the field."""
    if one.role in before:
        raise Invalid(f"roles.{n}.role", "there is a role of that name already")
    if not one.busy:
        raise Invalid(f"roles.{n}.busy", "say when: a range of minutes at least")
    for begin, until in one.busy:
        if not FIRST <= begin < until <= LAST:
            raise Invalid(f"roles.{n}.busy", f"a range begins before it ends, within {FIRST} and {LAST} minutes")
    for (_, until), (begin, _) in pairwise(one.busy):
        if begin < until:
            raise Invalid(f"roles.{n}.busy", "give the ranges in order, and none that overlaps the one before")


async def _there(tx: Transaction, n: int, pool_id: UUID | None) -> None:
    if pool_id is None:
        return
    if await tx.row(POOL, (tx.tenant, pool_id)) is None:
        raise NotFound("there is no such pool", field=f"roles.{n}.pool_id")
    if await tx.row(UNITS, (tx.tenant, pool_id)) == (0,):
        raise Invalid(f"roles.{n}.pool_id", "the pool has no units: add some first")


async def _read(tx: Transaction, service_id: UUID) -> Requirements:
    row = await tx.row(READ, (tx.tenant, service_id))
    if row is None:
        raise NotFound("there is no such service")
    roles = tuple(
        Requirement(role, UUID(pool) if pool else None, tuple((begin, until) for begin, until in busy))
        for role, pool, busy in row[0] or ()
    )
    return Requirements(roles, row[1])
