"""A business as whoever comes to its page finds it: who it is, what it offers, and what of it are classes just now."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope
from truebook.kernel.errors import Unavailable
from truebook.kernel.memory import MIB, Memory
from truebook.tenants import accounts, catalogue
from truebook.tenants.accounts import Account
from truebook.tenants.catalogue import Offered

KNOWN = "shopfronts"
"""Under which name a database keeps what this process remembers of them, by the businesses' places on the web."""
TRIES = 10
"""How often a business may change while it is read."""
LOOK = f"""
SELECT {accounts.SETTINGS_VERSION}, a.slug, ARRAY(
  SELECT DISTINCT c.service_id FROM class_sessions c
   WHERE c.tenant_id = %(tenant)s AND c.cancelled_at IS NULL AND c.starts_at > %(now)s ORDER BY 1)
FROM {accounts.VERSIONED} WHERE a.id = %(tenant)s
"""
"""Whether what is remembered is still so, and which services are given as classes: some are ahead."""


@dataclass(frozen=True, slots=True)
class Shopfront:
    """A business with what it offers and who does it, and which services are given as classes."""

    offered: Offered
    taught: tuple[UUID, ...]

    @property
    def account(self) -> Account:
        """The business itself."""
        return self.offered.account

    @property
    def state(self) -> tuple[UUID, tuple[Any, ...], tuple[UUID, ...]]:
        """What all of it depends on: while this is the same, nothing of it has changed."""
        return self.account.id, self.offered.version, self.taught


async def find(db: Database, slug: str, scope: Scope, *, now: datetime) -> Shopfront:
    """Return the business with a slug; raise NotFound where there is none. `scope` says who asks, without a tenant.

    It is remembered, and one query tells each time whether it still is so: mostly a single round trip.
    """
    memory: Memory = db.kept.setdefault(KNOWN, Memory(32 * MIB, 2 * MIB))
    for _ in range(TRIES):
        known: Offered = memory.get(slug, KNOWN) or await _read(db, slug, scope, memory)
        own = replace(scope, tenant=known.account.id)
        row = await db.glance(own, LOOK, {"tenant": own.tenant, "now": now})
        if row and row[:2] == (*known.version, slug):
            return Shopfront(known, tuple(row[2]))
        memory.forget(slug)
    raise Unavailable("the settings are being changed just now; nothing was changed by this", retry_after=1)


async def _read(db: Database, slug: str, scope: Scope, memory: Memory) -> Offered:
    account = await accounts.by_slug(db, slug)
    found = await catalogue.offered(db, replace(scope, tenant=account.id))
    memory.keep(slug, KNOWN, found, catalogue.weight(found))
    return found
