"""Rows of an old database that could not be taken over, and were kept whole: who is in them, and forgetting them.

They lie in the importer's ledger, which notes whose each row is; what is nobody's is the operator's alone.
"""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Transaction
from truebook.kernel import ids
from truebook.people import blotting

UNSAID = """
SELECT DISTINCT r.source_fingerprint FROM import_runs r JOIN import_quarantine q ON q.run_id = r.id
WHERE q.account_id IS NULL AND q.row_data <> '{}' AND NOT EXISTS (
  SELECT FROM import_runs o WHERE o.source_fingerprint = r.source_fingerprint AND (
    EXISTS (SELECT FROM import_id_map m WHERE m.run_id = o.id AND m.source_table = 'accounts')
    OR EXISTS (SELECT FROM import_quarantine k WHERE k.run_id = o.id AND k.source_table = 'accounts')))
"""
"""The databases that knew one business only and of which rows came before it was noted whose they are."""
ROWS = """
SELECT q.id, q.source_table, q.source_id, q.reason, q.row_data, r.started_at, q.resolved_at
FROM import_quarantine q JOIN import_runs r ON r.id = q.run_id
WHERE q.row_data <> '{}' AND (
  q.account_id = %(tenant)s OR (q.account_id IS NULL AND r.source_fingerprint = ANY(%(own)s)))
ORDER BY r.started_at, q.id
"""
FORGET = "UPDATE import_quarantine SET row_data = '{}', reason = split_part(reason, ':', 1) WHERE id = ANY(%s)"
"""That there was a row stays, so that the next import of the same database does not bring it again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row in quarantine as it came, why it is there, and when it came and was taken over after all."""

    id: UUID
    source_table: str
    source_id: str | None
    reason: str
    row_data: dict[str, Any]
    started_at: datetime
    resolved_at: datetime | None

    def json(self) -> dict[str, Any]:
        """Return the row as an export shows it."""
        return {
            "source_table": self.source_table, "source_id": self.source_id, "reason": self.reason,
            "row_data": self.row_data, "started_at": self.started_at.isoformat(),
            "resolved_at": self.resolved_at.isoformat() if self.resolved_at else None,
        }  # fmt: skip


async def of_person(tx: Transaction, numbers: tuple[str, ...]) -> list[Kept]:
    """Return the business's rows in which one of these numbers or addresses stands, however it is written."""
    rule = blotting.pattern(numbers, ())
    if rule is None:
        return []
    async with _ledger(tx):
        return [one for one in await _rows(tx) if rule.search(json.dumps(one.row_data, ensure_ascii=False))]


async def forget_person(tx: Transaction, numbers: tuple[str, ...]) -> None:
    """Empty the business's rows in which one of these numbers or addresses stands."""
    await _forget(tx, await of_person(tx, numbers))


async def forget_old(tx: Transaction, before: datetime) -> None:
    """Empty the business's rows that came before a moment."""
    async with _ledger(tx):
        found = await _rows(tx)
    await _forget(tx, [one for one in found if one.started_at < before])


async def _rows(tx: Transaction) -> list[Kept]:
    own = [mark for (mark,) in await tx.rows(UNSAID) if ids.made(mark, ids.ONLY_BUSINESS) == tx.tenant]
    return [Kept(*row) for row in await tx.rows(ROWS, {"tenant": tx.tenant, "own": own})]


async def _forget(tx: Transaction, rows: Iterable[Kept]) -> None:
    async with _ledger(tx):
        await tx.run(FORGET, ([one.id for one in rows],))


@asynccontextmanager
async def _ledger(tx: Transaction) -> AsyncIterator[None]:
    """Let a transaction see the operator's ledger meanwhile."""
    await tx.carry("truebook.scope", "operator")
    yield
    await tx.carry("truebook.scope", "operator" if tx.scope.operator else "")
