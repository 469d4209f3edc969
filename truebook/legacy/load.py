"""Writes outcomes: one transaction a batch; a row the database refuses goes to quarantine."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Placeholder
from psycopg.types.json import Jsonb

from truebook.db import Database, Scope, Transaction
from truebook.kernel.ids import code
from truebook.legacy import ledger
from truebook.legacy.outcome import Imported, Made, Outcome, Quarantined, Row

BATCH = 500
ORDER = (
    "accounts",
    "staff",
    "users",
    "bot_configs",
    "services",
    "staff_services",
    "availability_configs",
    "availability_rules",
    "blackout_dates",
    "customers",
    "conversations",
    "test_chat_sessions",
    "appointments",
    "appointment_segments",
    "claims",
    "outbox",
    "messages",
)
"""Truebook's tables, parents first."""


class Refused(Exception):
    """A row that must be new is there already, by its id or by a rule of the schema."""


REFUSALS = (Refused, psycopg.DataError, psycopg.IntegrityError)


class Load:
    """The writing half of one run. Rows wait per business until a batch is full; `flush` writes what is left.

    `waiting` are the rows that lie in quarantine from earlier runs: they are not put there twice.
    """

    def __init__(self, database: Database, kind: str, fingerprint: str, waiting: set[ledger.Key]) -> None:
        self.database = database
        self.fingerprint = fingerprint
        self._kind = kind
        self._there = waiting
        self._run: UUID | None = None
        self._good: dict[UUID, list[Imported]] = defaultdict(list)
        self._broken: list[Quarantined] = []
        self._written: Counter[tuple[UUID, str]] = Counter()

    async def found(self, made: Made) -> None:
        """Write the business of a database that knew only one; a second time changes nothing."""
        async with self.database.transaction(Scope(made.tenant, "import", "import", operator=True)) as tx:
            await _write(tx, [Row(row.table, row.values, shared=True) for row in made.rows])

    async def add(self, outcome: Imported | Quarantined) -> list[Outcome]:
        """Take a row, and return those whose fate was settled by a commit meanwhile."""
        if isinstance(outcome, Quarantined):
            self._broken.append(outcome)
            return await self._keep() if len(self._broken) >= BATCH else []
        rows = self._good[outcome.tenant]
        rows.append(outcome)
        return await self._batch(outcome.tenant, self._good.pop(outcome.tenant)) if len(rows) >= BATCH else []

    async def flush(self) -> list[Outcome]:
        """Write all rows that wait, and return them."""
        waiting, self._good = self._good, defaultdict(list)
        settled = [done for tenant, rows in waiting.items() for done in await self._batch(tenant, rows)]
        return [*settled, *await self._keep()]

    async def close(self, counts: dict[str, Any]) -> None:
        """End the run with its account of rows; a run that wrote nothing has left no trace."""
        if self._run:
            await ledger.finish(self.database, self._run, counts)

    async def missing(self) -> dict[str, int]:
        """Return how many rows of this run are not where they were written, by table; empty when all are."""
        gaps: Counter[str] = Counter()
        for (tenant, table), written in self._written.items():
            gaps[table] += written - await ledger.present(self.database, await self._id(), tenant, table)
        return {table: gap for table, gap in gaps.items() if gap}

    async def _batch(self, tenant: UUID, rows: list[Imported]) -> list[Outcome]:
        """Write rows in one transaction; where one of them spoils it, each in a transaction of its own."""
        try:
            return await self._commit(tenant, rows)
        except REFUSALS as error:
            if len(rows) > 1:
                return [done for row in rows for done in await self._batch(tenant, [row])]
            self._broken.append(Quarantined(rows[0].raw, "refused", str(error).splitlines()[0], tenant))
            return []

    async def _commit(self, tenant: UUID, rows: list[Imported]) -> list[Outcome]:
        run = await self._id()
        scope = Scope(tenant, "import", f"import run {run}", operator=True)
        async with self.database.transaction(scope) as tx:
            await tx.carry("truebook.allow_past", "on")
            await _write(tx, (row for outcome in rows for row in outcome.rows))
            await ledger.remember(tx, run, self.fingerprint, rows)
        self._written.update((tenant, row.raw.table) for row in rows)
        return list(rows)

    async def _keep(self) -> list[Outcome]:
        broken, self._broken = self._broken, []
        new = [row for row in broken if (row.raw.table, row.raw.key) not in self._there]
        if new:
            await ledger.keep(self.database, await self._id(), new)
        if len(new) < len(broken):
            await ledger.say_whose(self.database, self.fingerprint, broken)
        return list(broken)

    async def _id(self) -> UUID:
        """The run, opened when there is something to write."""
        if self._run is None:
            self._run = await ledger.begin(self.database, self._kind, self.fingerprint)
        return self._run


async def _write(tx: Transaction, rows: Iterable[Row]) -> None:
    """Insert rows, table by table; raise Refused where one that must be new was not taken."""
    alike: dict[tuple[int, bool, tuple[str, ...]], list[Row]] = defaultdict(list)
    for row in rows:
        alike[ORDER.index(row.table), row.shared, tuple(row.values)].append(row)
    for (table, shared, _), group in sorted(alike.items(), key=lambda item: item[0]):
        written = await _insert(tx, ORDER[table], group)
        if not shared and written != len(group):
            raise Refused(f"Truebook has such a row in {ORDER[table]} already, or one that excludes it")


async def _insert(tx: Transaction, table: str, rows: list[Row]) -> int:
    """Insert rows of one table with the same columns and return how many were taken."""
    values = [_adapted(row) for row in rows]
    taken = 0
    async with tx.connection.cursor() as cursor:
        await cursor.executemany(_statement(table, tuple(values[0])), values, returning=True)
        while True:
            taken += len(await cursor.fetchall())
            if not cursor.nextset():
                return taken


def _statement(table: str, columns: tuple[str, ...]) -> Composed:
    return SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING RETURNING 1").format(
        Identifier(table),
        SQL(", ").join(map(Identifier, columns)),
        SQL(", ").join(map(Placeholder, columns)),
    )


def _adapted(row: Row) -> dict[str, Any]:
    """Objects become jsonb, and an appointment gets the code people will read aloud."""
    values = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in row.values.items()}
    return {**values, "code": code()} if row.table == "appointments" else values
