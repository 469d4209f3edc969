"""API keys: who calls, and for which business. The database keeps a key's hash, never the key."""

from dataclasses import dataclass
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel import ids
from truebook.kernel.errors import Fact
from truebook.tenants.records import note

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


FIND = """
SELECT k.role, k.account_id, k.prefix, a.timezone FROM api_keys k LEFT JOIN accounts a ON a.id = k.account_id
WHERE k.key_hash = %(hash)s AND k.revoked_at IS NULL AND (k.account_id IS NULL OR a.status = 'active')
"""
ADD = """
INSERT INTO api_keys (id, account_id, role, name, prefix, key_hash) VALUES (%s, %s, %s, %s, %s, %s)
"""


async def identify(db: Database, key: str) -> Caller:
    """Return whose key this is; raise Unauthorized for anything that is not a living key."""
    row = await db.glance(OPERATOR, FIND, {"hash": ids.digest(key)})
    if row is None:
        raise Unauthorized("that API key is not known here")
    return Caller(*row)


async def issue(db: Database, scope: Scope, name: str, key: str | None = None) -> str:
    """Make a key (for the scope's business, or for an operator) and return it: it can be read this once only."""
    key = key or f"tb_{ids.token()}"
    async with db.transaction(Scope(scope.tenant, scope.actor, scope.cause, operator=True)) as tx:
        role = "owner" if scope.tenant else "operator"
        await tx.run(ADD, (ids.uuid7(), scope.tenant, role, name, key[:8], ids.digest(key)))
        if scope.tenant:
            await note(tx, "issue key", "api key", None, {"name": name, "prefix": key[:8]})
    return key
