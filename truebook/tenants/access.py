"""API keys: who calls, for which business, and how far. The database keeps a key's hash, never the key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import psycopg

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Fact, Invalid, NotFound, Unavailable
from truebook.tenants import roles
from truebook.tenants.records import Records, note
from truebook.tenants.roles import NotAllowed, Right

May = Literal["read", "book", "manage"]
REACH: tuple[May, ...] = ("read", "book", "manage")
"""What a key may do, each more than the one before: look, work with appointments, change settings and keys."""
OPERATOR = Scope(tenant=None, actor="operator")
"""The scope that sees the directory of businesses, and nobody's appointments."""


class Unauthorized(Fact):
    """No key, an unknown key, or one that was revoked or has run out."""

    code = "unauthorized"


class Forbidden(Fact):
    """A living key, but not one for this."""

    code = "forbidden"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is: an operator's, or the owner's of one business, with that business's time zone.

    `unused` says that its use was not noted for a while.
    """

    role: str
    tenant: UUID | None
    prefix: str
    timezone: str | None
    key_id: UUID
    may: May
    expires_at: datetime | None
    unused: bool

    def scope(self, cause: str) -> Scope:
        """Return the scope in which this caller acts."""
        return Scope(self.tenant, f"api:{self.prefix}", cause, operator=self.role == "operator")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown: what it is for, how far it reaches, who issued it, and from when it opens nothing.

    It was issued by another key, or made by a user of the desk, or on the command line by neither.
    """

    id: UUID
    name: str
    role: str
    prefix: str
    created_at: datetime
    revoked_at: datetime | None
    may: May
    issued_by: UUID | None
    expires_at: datetime | None
    last_used_at: datetime | None
    made_by: UUID | None


KEYS = Records("api_keys", Key, noun="key")

FIND = """
SELECT k.role, k.account_id, k.prefix, a.timezone, k.id, k.may, k.expires_at,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute'
FROM api_keys k LEFT JOIN accounts a ON a.id = k.account_id
WHERE k.key_hash = %(hash)s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  AND (k.account_id IS NULL OR a.status = 'active')
"""
USED = "UPDATE api_keys SET last_used_at = now() WHERE id = %(id)s RETURNING 1"
ADD = """
INSERT INTO api_keys (id, account_id, role, name, prefix, key_hash, may, expires_at, issuer, made_by)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
USER = "SELECT role FROM users WHERE account_id = %s AND id = %s FOR SHARE"
"""Locked, so that whoever removes them waits for what they make, and finds it."""
ISSUER = """
SELECT may, expires_at FROM api_keys
WHERE id = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) FOR SHARE
"""
"""Locked, so that whoever revokes it waits for what it issues, and finds it."""
SHOWN = "id, name, role, prefix, created_at, revoked_at, may, issuer, expires_at, last_used_at, made_by"
LIST = f"""
SELECT {SHOWN} FROM api_keys
WHERE account_id IS NOT DISTINCT FROM %s AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s
"""
GET = f"SELECT {SHOWN} FROM api_keys WHERE account_id IS NOT DISTINCT FROM %s AND id = %s"
ABOVE = """
WITH RECURSIVE above AS (
  SELECT issuer FROM api_keys WHERE id = %(id)s
  UNION SELECT k.issuer FROM api_keys k JOIN above a ON k.id = a.issuer)
SELECT 1 FROM above WHERE issuer = %(by)s
"""
REVOKE = """
UPDATE api_keys SET revoked_at = now()
WHERE account_id IS NOT DISTINCT FROM %s AND id = %s AND revoked_at IS NULL RETURNING id, name, prefix
"""
REVOKE_ISSUED = """
WITH RECURSIVE issued AS (
  SELECT id FROM api_keys WHERE issuer = %s
  UNION SELECT k.id FROM api_keys k JOIN issued i ON k.issuer = i.id)
UPDATE api_keys SET revoked_at = now() WHERE id IN (SELECT id FROM issued) AND revoked_at IS NULL
RETURNING id, name, prefix
"""


MADE_BY = "SELECT id FROM api_keys WHERE account_id = %s AND made_by = %s AND revoked_at IS NULL"
FORGET_MAKER = "UPDATE api_keys SET made_by = NULL WHERE account_id = %s AND made_by = %s"


async def identify(db: Database, key: str) -> Caller:
    """Return whose key this is; raise Unauthorized for anything that is not a living key."""
    row = await db.glance(OPERATOR, FIND, {"hash": ids.digest(key)})
    if row is None:
        raise Unauthorized("that API key is not known here")
    return Caller(*row)


async def note_use(db: Database, caller: Caller) -> None:
    """Note that a key is in use, which need not be known to the second; where it cannot be noted, nothing happens."""
    try:
        await db.rows(OPERATOR, USED, {"id": caller.key_id})
    except (Unavailable, psycopg.Error):
        return


def reaches(may: May, needed: May) -> bool:
    """Tell whether a key that may do one thing may do another."""
    return REACH.index(may) >= REACH.index(needed)


async def issue(
    db: Database,
    scope: Scope,
    name: str,
    *,
    key_id: UUID | None = None,
    may: May = "manage",
    expires_at: datetime | None = None,
    issued_by: UUID | None = None,
) -> str:
    """Make a key (for the scope's business, or for an operator) and return it: it can be read this once only.

    `issued_by` is the key that asks for it: the new one reaches no further and lives no longer, else Invalid. What a
    user of the desk makes ends with them.
    """
    key, key_id = f"tb_{ids.token()}", key_id or ids.uuid7()
    async with KEYS.changing(db, scope) as tx:
        if issued_by is not None:
            await _below(tx, issued_by, may, expires_at)
        made_by = await acting(tx, "keys")
        role = "owner" if scope.tenant else "operator"
        await tx.run(
            ADD, (key_id, scope.tenant, role, name, key[:8], ids.digest(key), may, expires_at, issued_by, made_by)
        )  # fmt: skip
        await _note(tx, "issue key", key_id, name, key[:8])
    return key


async def acting(tx: Transaction, right: Right) -> UUID | None:
    """Return the user of the desk who acts, locked until the transaction ends; None for anybody else.

    For deeds that outlive their right to them: it was looked at before, and may be gone meanwhile. Raises Unauthorized
    where they are gone themselves, NotAllowed where their role does not reach as far any more.
    """
    kind, _, user_id = tx.scope.actor.partition(":")
    if kind != "user":
        return None
    row = await tx.row(USER, (tx.tenant, UUID(user_id)))
    if row is None:
        raise Unauthorized("please sign in")
    if not roles.may(row[0], right):
        raise NotAllowed(f"that needs the right: {right}")
    return UUID(user_id)


async def _below(tx: Transaction, issuer: UUID, may: May, expires_at: datetime | None) -> None:
    row = await tx.row(ISSUER, (issuer,))
    if row is None:
        raise Unauthorized("that API key is not known here")
    if not reaches(row[0], may):
        raise Invalid("may", f"a key that may {row[0]} cannot issue one that may {may}")
    if row[1] is not None and (expires_at is None or expires_at > row[1]):
        raise Invalid("expires_at", f"a key that ends at {row[1].isoformat()} cannot issue one that lives longer")


async def listing(db: Database, scope: Scope, *, after: UUID | None = None, limit: int | None = None) -> list[Key]:
    """Return the keys of the scope's business, or the operators', in the order they were made; revoked ones too."""
    async with db.reading(scope) as tx:
        return [Key(*row) for row in await tx.rows(LIST, (scope.tenant, after, after, limit))]


async def get(db: Database, scope: Scope, key_id: UUID) -> Key:
    """Return one key of the scope's business, or of an operator; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await _read(tx, key_id)


async def revoke(
    db: Database, scope: Scope, key_id: UUID, *, by: UUID | None = None, keep_issued: bool = False
) -> None:
    """Let a key open nothing any more, nor any that it issued unless those are to be kept; the rows stay.

    `by` is the key that asks for it: it may revoke itself, what it issued and what reaches less far, else Forbidden.
    Again is no error; NotFound where there is none. Other processes hear of it (`truebook_keys`).
    """
    async with KEYS.changing(db, scope) as tx:
        target = await _read(tx, key_id)
        if by is not None and by != key_id:
            await _reaches_over(tx, by, target)
        await _end(tx, key_id, keep_issued=keep_issued)


async def revoke_made_by(tx: Transaction, user_id: UUID) -> None:
    """Let the keys open nothing any more that a user of the desk made, nor any that those issued."""
    for (key_id,) in await tx.rows(MADE_BY, (tx.tenant, user_id)):
        await _end(tx, key_id)


async def forget_maker(tx: Transaction, user_id: UUID) -> None:
    """Let no key name a user any more who is about to be removed."""
    await tx.run(FORGET_MAKER, (tx.tenant, user_id))


async def _end(tx: Transaction, key_id: UUID, *, keep_issued: bool = False) -> None:
    gone = await tx.rows(REVOKE, (tx.scope.tenant, key_id))
    while not keep_issued and (issued := await tx.rows(REVOKE_ISSUED, (key_id,))):
        gone += issued  # again until there are none: one of them may just have issued another
    for one in gone:
        await _note(tx, "revoke key", *one)


async def _reaches_over(tx: Transaction, by: UUID, target: Key) -> None:
    own = await _read(tx, by)
    if reaches(target.may, own.may) and not await tx.row(ABOVE, {"id": target.id, "by": by}):
        raise Forbidden("a key revokes itself, what it issued, and what may do less than itself")


async def _read(tx: Transaction, key_id: UUID) -> Key:
    row = await tx.row(GET, (tx.scope.tenant, key_id))
    if row is None:
        raise NotFound("there is no such key")
    return Key(*row)


async def _note(tx: Transaction, action: str, key_id: UUID, name: str, prefix: str) -> None:
    if tx.scope.tenant:  # the log of settings is each business's own
        await note(tx, action, "api key", key_id, {"name": name, "prefix": prefix})
