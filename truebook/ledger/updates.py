"""What webhooks brought: each thing is stored once, with the job that works on it, before the webhook is answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from truebook.db import Database, Scope, Steps, Transaction
from truebook.jobs import DEFER, UpdatesStored, job, publish
from truebook.kernel import ids

Kind = Literal["message", "status", "echo", "account", "other"]
KEPT = timedelta(days=30)
"""How long it is remembered that something was delivered; Meta tries for seven days."""

STORE = Steps(
    f"{{stored}}, CASE WHEN {{stored}} > 0 THEN (SELECT {DEFER}) END",
    seen="""
UPDATE whatsapp_numbers SET last_webhook_at = now() WHERE account_id = %(tenant)s AND id = %(number)s
  AND (last_webhook_at IS NULL OR last_webhook_at < now() - interval '5 seconds')
""",
    stored="""
INSERT INTO webhook_updates (account_id, id, number_id, batch, kind, key, at, payload)
SELECT %(tenant)s, u.id, %(number)s, %(batch)s, u.kind, u.key, u.at, u.payload::jsonb
FROM unnest(%(ids)s::uuid[], %(kinds)s::text[], %(keys)s::text[], %(ats)s::timestamptz[], %(payloads)s::text[])
  AS u(id, kind, key, at, payload)
ON CONFLICT DO NOTHING RETURNING id
""",
)
"""When a number was last heard of is noted every few seconds: else each webhook would wait for the one before it."""
OPEN = """
SELECT id, number_id, kind, at, payload, stored_at FROM webhook_updates
WHERE account_id = %s AND batch = %s AND state = 'stored' ORDER BY at NULLS FIRST, id
"""
CLAIM = """
UPDATE webhook_updates SET state = %s, problem = %s, payload = CASE WHEN %s THEN payload ELSE '{}' END
WHERE account_id = %s AND id = %s AND state = 'stored' RETURNING id
"""
AGAIN = """
UPDATE webhook_updates SET state = 'stored', problem = NULL, batch = %(batch)s
WHERE account_id = %(tenant)s AND number_id = %(number)s AND state = 'parked' AND kind = 'status'
  AND payload #>> '{status,id}' = %(id)s RETURNING id
"""
FORGET = "DELETE FROM webhook_updates WHERE account_id = %s AND stored_at < now() - %s RETURNING id"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that a webhook brought, ready to be stored. `key` is the same whenever it is delivered again."""

    kind: Kind
    key: str
    at: datetime | None
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing to work on."""

    id: UUID
    number: UUID
    kind: Kind
    at: datetime | None
    payload: dict[str, Any]
    stored_at: datetime


async def store(db: Database, scope: Scope, number_id: UUID, arrived: Sequence[Arrived]) -> int:
    """Store what came in and the job that works on it, in one transaction; return how much of it was new."""
    assert scope.tenant is not None
    batch = ids.uuid7()
    params = {
        "tenant": scope.tenant, "number": number_id, "batch": batch, "ids": [ids.uuid7() for _ in arrived],
        "kinds": [one.kind for one in arrived], "keys": [one.key for one in arrived],
        "ats": [one.at for one in arrived], "payloads": [json.dumps(one.payload) for one in arrived],
        **job(UpdatesStored(scope.tenant, batch)),
    }  # fmt: skip
    async with db.transaction(scope) as tx:
        row = await STORE.run(tx, params)
    return int(row[0])


async def waiting(db: Database, scope: Scope, batch: UUID) -> list[Stored]:
    """Return what of a batch was not worked on yet, in the order in which it happened."""
    async with db.reading(scope) as tx:
        return [Stored(*row) for row in await tx.rows(OPEN, (tx.tenant, batch))]


async def take(
    tx: Transaction, update_id: UUID, state: Literal["done", "parked", "failed"] = "done", problem: str | None = None
) -> bool:
    """Note, along with the effect itself, that something was worked on; False where another was faster."""
    kept = state != "done"
    return await tx.row(CLAIM, (state, problem, kept, tx.tenant, update_id)) is not None


async def unpark(tx: Transaction, number_id: UUID, provider_id: str) -> None:
    """Let statuses be worked on that came before anybody knew what they are the statuses of."""
    batch = ids.uuid7()
    params = {"batch": batch, "tenant": tx.tenant, "number": number_id, "id": provider_id}
    if await tx.rows(AGAIN, params):
        await publish(tx, UpdatesStored(tx.tenant, batch))


async def forget(db: Database, scope: Scope) -> int:
    """Forget what was delivered long ago; return how much."""
    async with db.transaction(scope) as tx:
        return len(await tx.rows(FORGET, (tx.tenant, KEPT)))
