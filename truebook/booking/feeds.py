"""Calendars to subscribe to: an address that shows appointments to whoever has it, until it is revoked.

The database keeps the hash of an address's token. A feed ends with the user who made it, and with their right to see
what it shows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from truebook.booking import queries, sessions
from truebook.booking.model import Appointment
from truebook.booking.sessions import Session
from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts, roles
from truebook.tenants.access import OPERATOR
from truebook.tenants.accounts import Account
from truebook.tenants.records import Named, note
from truebook.tenants.roles import Role

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
"""How far a feed reaches: what is older was read long ago."""
MOST = 5000
NOTED_EVERY = timedelta(minutes=10)

MAKE = """
INSERT INTO calendar_feeds (account_id, id, user_id, staff_id, token_hash, names) VALUES (%s, %s, %s, %s, %s, %s)
"""
LIST = """
SELECT f.id, f.user_id, f.staff_id, s.name, coalesce(u.name, u.email), f.names, f.created_at, f.read_at
FROM calendar_feeds f JOIN users u ON (u.account_id, u.id) = (f.account_id, f.user_id)
LEFT JOIN staff s ON (s.account_id, s.id) = (f.account_id, f.staff_id)
WHERE f.account_id = %(tenant)s AND (%(user)s::uuid IS NULL OR f.user_id = %(user)s) ORDER BY s.name NULLS FIRST, f.id
"""
REVOKE = """
DELETE FROM calendar_feeds WHERE account_id = %(tenant)s AND id = %(id)s
  AND (%(user)s::uuid IS NULL OR user_id = %(user)s) RETURNING id
"""
BY_TOKEN = """
SELECT f.account_id, f.id, f.user_id, f.staff_id, f.names, f.read_at, u.role FROM calendar_feeds f
JOIN users u ON (u.account_id, u.id) = (f.account_id, f.user_id) JOIN accounts a ON a.id = f.account_id
WHERE f.token_hash = %(hash)s AND a.status = 'active'
"""
WHOSE = "SELECT name, user_id, is_active FROM staff WHERE account_id = %(tenant)s AND id = %(staff)s"
READ = "UPDATE calendar_feeds SET read_at = %s WHERE account_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it may be shown, without its address. Without `staff_id` it is of everybody."""

    id: UUID
    user_id: UUID
    staff_id: UUID | None
    staff_name: str | None
    made_by: str
    names: bool
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a feed shows: of which business, whose, and whether with the names of customers."""

    account: Account
    staff_id: UUID | None
    staff_name: str | None
    names: bool
    appointments: tuple[Appointment, ...]
    classes: tuple[Session, ...]


async def make(db: Database, scope: Scope, user_id: UUID, staff_id: UUID | None, *, names: bool) -> str:
    """Make a feed and return the token of its address, which can be read this once only.

    Raises NotFound for a member of staff that is not there.
    """
    token, feed_id = ids.token(), ids.uuid7()
    async with Named("calendar feed"), db.transaction(scope) as tx:
        await tx.run(MAKE, (tx.tenant, feed_id, user_id, staff_id, ids.digest(token), names))
        await note(tx, "make calendar feed", "calendar feed", feed_id, {"staff_id": staff_id, "names": names})
    return token


async def listing(db: Database, scope: Scope, *, user_id: UUID | None = None) -> list[Feed]:
    """Return the feeds of the scope's business, or those that one user made."""
    async with db.reading(scope) as tx:
        return [Feed(*row) for row in await tx.rows(LIST, {"tenant": tx.tenant, "user": user_id})]


async def revoke(db: Database, scope: Scope, feed_id: UUID, *, user_id: UUID | None = None) -> None:
    """Let an address lead nowhere any more; raise NotFound where there is none, or it is not this user's."""
    async with db.transaction(scope) as tx:
        if await tx.row(REVOKE, {"tenant": tx.tenant, "id": feed_id, "user": user_id}) is None:
            raise NotFound("there is no such calendar feed")
        await note(tx, "revoke calendar feed", "calendar feed", feed_id, {})


async def read(db: Database, token: str, *, now: datetime) -> Read:
    """Return what the address with a token shows now; raise NotFound for an address that nobody was given."""
    row = await db.glance(OPERATOR, BY_TOKEN, {"hash": ids.digest(token)})
    if row is None:
        raise NotFound("there is no such calendar")
    tenant, feed_id, user_id, staff_id, names, read_at, role = row
    scope = Scope(tenant, f"feed:{feed_id}", "read calendar feed")
    async with db.reading(scope) as tx:
        whose = await tx.row(WHOSE, {"tenant": tenant, "staff": staff_id}) if staff_id else None
        if not _may(role, user_id, whose):
            raise NotFound("there is no such calendar")
        span = (now - BACK, now + AHEAD)
        booked = await queries.listing(tx, *span, staff_id=staff_id, limit=MOST)
        held = await sessions.listing(tx, *span, None, MOST)
    if read_at is None or now - read_at > NOTED_EVERY:
        async with db.transaction(scope) as tx:
            await tx.run(READ, (now, tenant, feed_id))
    return Read(
        await accounts.get(db, scope, tenant), staff_id, whose[0] if whose else None, names,
        tuple(one for one in booked if one.status != "held"),
        tuple(one for one in held if staff_id is None or (one.teacher and one.teacher.id == staff_id)),
    )  # fmt: skip


def _may(role: Role, user_id: UUID, whose: tuple[str, UUID | None, bool] | None) -> bool:
    """Tell whether whoever made a feed may still see what it shows."""
    if roles.may(role, "all calendars"):
        return True
    return whose is not None and whose[1] == user_id and whose[2]
