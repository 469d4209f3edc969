"""Members of staff, and which services each of them offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import NotFound
from truebook.tenants.records import Records, note


@dataclass(frozen=True, slots=True)
class Staff:
    """A bookable person (or room, or chair)."""

    id: UUID
    name: str
    synonyms: list[str]
    user_id: UUID | None
    is_active: bool
    version: int


STAFF = Records("staff", Staff, noun="member of staff", decides=True, most=("name", 200))

OFFER = "INSERT INTO staff_services (account_id, staff_id, service_id) SELECT %s, %s, unnest(%s::uuid[]) RETURNING 1"
WITHDRAW = "DELETE FROM staff_services WHERE account_id = %s AND staff_id = %s"
OFFERED = (
    "SELECT staff_id, array_agg(service_id ORDER BY service_id) FROM staff_services WHERE account_id = %s GROUP BY 1"
)
OFFER_OF = """
SELECT ARRAY(SELECT service_id FROM staff_services o
              WHERE (o.account_id, o.staff_id) = (s.account_id, s.id) ORDER BY 1), version
FROM staff s WHERE account_id = %s AND id = %s
"""
OFFERED_BY = "SELECT staff_id FROM staff_services WHERE account_id = %s AND service_id = %s"
BEGIN_OFFER = (
    "INSERT INTO staff_services (account_id, service_id, staff_id) SELECT %s, %s, unnest(%s::uuid[]) RETURNING 1"
)
END_OFFER = "DELETE FROM staff_services WHERE account_id = %s AND service_id = %s AND staff_id = ANY(%s::uuid[])"
GROW = "UPDATE staff SET version = version + 1 WHERE account_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Offer:
    """The services that a member of staff offers, and the version of the member that offers them."""

    services: list[UUID]
    version: int


async def set_services(
    db: Database, scope: Scope, staff_id: UUID, services: Sequence[UUID], *, version: int | None = None
) -> Offer:
    """Make exactly these services the ones a member of staff offers; the member's version grows by it.

    Raises NotFound where there is nobody with that id, Conflict where the caller has seen another version.
    """
    async with STAFF.changing(db, scope) as tx:
        await STAFF.seen(tx, staff_id, version)
        await write_services(tx, staff_id, services)
        await tx.run(GROW, (tx.tenant, staff_id))
        await note(tx, "set services", "member of staff", staff_id, {"services": [str(one) for one in services]})
        return await _offer(tx, staff_id)


async def write_services(tx: Transaction, staff_id: UUID, services: Sequence[UUID]) -> None:
    """Replace the services of a member of staff inside a transaction of the caller's."""
    await tx.run(WITHDRAW, (tx.tenant, staff_id))
    await tx.run(OFFER, (tx.tenant, staff_id, list(dict.fromkeys(services))))


async def offer_by(tx: Transaction, service_id: UUID, staff: Sequence[UUID]) -> None:
    """Let exactly these members of staff offer a service, inside a transaction of the caller's."""
    before = {row[0] for row in await tx.rows(OFFERED_BY, (tx.tenant, service_id))}
    await tx.run(END_OFFER, (tx.tenant, service_id, list(before - set(staff))))
    await tx.run(BEGIN_OFFER, (tx.tenant, service_id, list(set(staff) - before)))
    for one in before ^ set(staff):
        await tx.run(GROW, (tx.tenant, one))


async def services_by_staff(db: Database, scope: Scope) -> dict[UUID, list[UUID]]:
    """Return which services each member of staff offers."""
    async with db.reading(scope) as tx:
        return {row[0]: row[1] for row in await tx.rows(OFFERED, (tx.tenant,))}


async def services_of(db: Database, scope: Scope, staff_id: UUID) -> Offer:
    """Return which services one member of staff offers; raise NotFound where there is nobody with that id."""
    async with db.reading(scope) as tx:
        return await _offer(tx, staff_id)


async def _offer(tx: Transaction, staff_id: UUID) -> Offer:
    row = await tx.row(OFFER_OF, (tx.tenant, staff_id))
    if row is None:
        raise NotFound("there is no such member of staff")
    return Offer(*row)
