"""What a person must look at: each thing stands there once until somebody has dealt with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids, log
from truebook.kernel.errors import NotFound
from truebook.ledger import notices

Kind = Literal[
    "not_told", "unknown_outcome", "number_stopped", "template", "mistake", "too_many_answers", "wrong_claim",
    "untold", "waiting", "allowance", "number_reassigned",
]  # fmt: skip
RAISE = """
INSERT INTO alerts (account_id, id, kind, subject, words) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING id
"""
OPEN = """
SELECT id, kind, subject, words, created_at, resolved_at FROM alerts
WHERE account_id = %s AND resolved_at IS NULL ORDER BY created_at, id LIMIT %s
"""
RESOLVE = """
UPDATE alerts SET resolved_at = statement_timestamp()
WHERE account_id = %s AND id = %s AND resolved_at IS NULL RETURNING id
"""
SETTLED = """
UPDATE alerts SET resolved_at = statement_timestamp()
WHERE account_id = %s AND kind = %s AND subject = %s AND resolved_at IS NULL
"""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. `subject`: the message, number or conversation it is about."""

    id: UUID
    kind: Kind
    subject: UUID
    words: str
    created_at: datetime
    resolved_at: datetime | None


async def alert(tx: Transaction, kind: Kind, subject: UUID, words: str) -> bool:
    """Tell that somebody must look at something; False where that stands there already."""
    alert_id = ids.uuid7()
    added = await tx.row(RAISE, (tx.tenant, alert_id, kind, subject, words[:1000])) is not None
    if added:
        await notices.note(tx, "alert", alert_id)
        logger.error("somebody must look at this", kind=kind, subject=str(subject))
    return added


async def settled(tx: Transaction, kind: Kind, subject: UUID) -> None:
    """Take an alert back: what it was about has come right by itself."""
    await tx.run(SETTLED, (tx.tenant, kind, subject))


async def waiting(db: Database, scope: Scope, *, limit: int = 100) -> list[Alert]:
    """Return what nobody has dealt with yet, the oldest first."""
    async with db.reading(scope) as tx:
        return [Alert(*row) for row in await tx.rows(OPEN, (tx.tenant, limit))]


async def resolve(db: Database, scope: Scope, alert_id: UUID) -> None:
    """Note that somebody has dealt with an alert; raise NotFound where none is waiting."""
    async with db.transaction(scope) as tx:
        if await tx.row(RESOLVE, (tx.tenant, alert_id)) is None:
            raise NotFound("there is no such alert")
