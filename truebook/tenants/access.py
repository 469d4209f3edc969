"""API keys: who calls, and for which business. The database keeps a key's hash, never the key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Fact, NotFound
from truebook.tenants.records import Records, note

OPERATOR = Scope(tenant=None, actor="operator")
"""The scope that sees the directory of businesses, and nobody's appointments."""


class Unauthorized(Fact):
    """No key, an unknown key, or one that was revoked."""

    code = "unauthorized"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is: an operator's, or the owner's of one business, with that business's time zone."""

    role: str
    tenant: UUID | None
    prefix: str
    timezone: str | None

    def scope(self, cause: str) -> Scope:
        """Return the scope in which this caller acts."""
        return Scope(self.tenant, f"api:{self.prefix}", cause, operator=self.role == "operator")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown: who made it for what, how it begins, and since when it opens nothing any more."""

    id: UUID
    name: str
    role: str
    prefix: str
    created_at: datetime
    revoked_at: datetime | None


KEYS = Records("api_keys", Key, noun="key")

FIND = """
SELECT k.role, k.account_id, k.prefix, a.timezone FROM api_keys k LEFT JOIN accounts a ON a.id = k.account_id
WHERE k.key_hash = %(hash)s AND k.revoked_at IS NULL AND (k.account_id IS NULL OR a.status = 'active')
"""
ADD = """
INSERT INTO api_keys (id, account_id, role, name, prefix, key_hash) VALUES (%s, %s, %s, %s, %s, %s)
"""
LIST = """
SELECT id, name, role, prefix, created_at, revoked_at FROM api_keys
WHERE account_id IS NOT DISTINCT FROM %s AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s
"""
GET = """
SELECT id, name, role, prefix, created_at, revoked_at FROM api_keys WHERE account_id IS NOT DISTINCT FROM %s AND id = %s
"""
REVOKE = """
UPDATE api_keys SET revoked_at = now()
WHERE account_id IS NOT DISTINCT FROM %s AND id = %s AND revoked_at IS NULL RETURNING name, prefix
"""


async def identify(db: Database, key: str) -> Caller:
    """Return whose key this is; raise Unauthorized for anything that is not a living key."""
    row = await db.glance(OPERATOR, FIND, {"hash": ids.digest(key)})
    if row is None:
        raise Unauthorized("that API key is not known here")
    return Caller(*row)


async def issue(db: Database, scope: Scope, name: str, *, key_id: UUID | None = None) -> str:
    """Make a key (for the scope's business, or for an operator) and return it: it can be read this once only."""
    key, key_id = f"tb_{ids.token()}", key_id or ids.uuid7()
    async with KEYS.changing(db, scope) as tx:
        role = "owner" if scope.tenant else "operator"
        await tx.run(ADD, (key_id, scope.tenant, role, name, key[:8], ids.digest(key)))
        await _note(tx, "issue key", key_id, name, key[:8])
    return key


async def listing(db: Database, scope: Scope, *, after: UUID | None = None, limit: int | None = None) -> list[Key]:
    """Return the keys of the scope's business, or the operators', in the order they were made; revoked ones too."""
    async with db.reading(scope) as tx:
        return [Key(*row) for row in await tx.rows(LIST, (scope.tenant, after, after, limit))]


async def get(db: Database, scope: Scope, key_id: UUID) -> Key:
    """Return one key of the scope's business, or of an operator; raise NotFound where there is none."""
    async with db.reading(scope) as tx:
        return await _read(tx, key_id)


async def revoke(db: Database, scope: Scope, key_id: UUID) -> None:
    """Let a key open nothing any more; its row stays. Again is no error; raise NotFound where there is none.

    A process that has just looked the key up may believe it for the seconds it remembers keys (`keys.FRESH`).
    """
    async with KEYS.changing(db, scope) as tx:
        revoked = await tx.row(REVOKE, (scope.tenant, key_id))
        if revoked is None:
            await _read(tx, key_id)
        else:
            await _note(tx, "revoke key", key_id, *revoked)


async def _read(tx: Transaction, key_id: UUID) -> Key:
    row = await tx.row(GET, (tx.scope.tenant, key_id))
    if row is None:
        raise NotFound("there is no such key")
    return Key(*row)


async def _note(tx: Transaction, action: str, key_id: UUID, name: str, prefix: str) -> None:
    if tx.scope.tenant:  # the log of settings is each business's own
        await note(tx, action, "api key", key_id, {"name": name, "prefix": prefix})
