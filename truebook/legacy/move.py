"""The whole move of an old database: plan every row, write it, and prove that none is missing."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg

from truebook.db import Database
from truebook.kernel.errors import Fact
from truebook.legacy import generations, ledger
from truebook.legacy.known import Known
from truebook.legacy.load import Load
from truebook.legacy.options import Options
from truebook.legacy.outcome import Imported, LeftOut, Made, Outcome
from truebook.legacy.plan import accounts, plan, strange, tables
from truebook.legacy.promises import Watch
from truebook.legacy.report import Key, Line, Report, RowsLost
from truebook.legacy.source import Source, fingerprint

LOCK = 0x6C656761  # "lega": one import at a time, whatever it reads
PATIENCE = "SET lock_timeout = '5s'"
"""One that was broken off holds the lock until its server process has noticed."""

Tick = Callable[[str], None]
"""Told the source table of every row that has been looked at."""


class Busy(Fact):
    """Another import is running on the same Truebook."""

    code = "import_running"


@dataclass
class Before:
    """What earlier runs made of this source: rows that are in Truebook, and rows that wait in quarantine."""

    known: Known = field(default_factory=Known)
    waiting: set[Key] = field(default_factory=set)

    def had(self, outcome: Outcome) -> bool:
        """Tell whether an earlier run made just this of the row."""
        key = (outcome.raw.table, outcome.raw.key)
        return key in (self.known.done if isinstance(outcome, Imported) else self.waiting)


async def rehearse(source: Source, options: Options, database: Database | None, tick: Tick) -> Report:
    """Return the full account of rows that an import would give, and write nothing."""
    before = await _before(source, database) if database else Before()
    report, watch = _blank(source, dry=True), Watch()
    for outcome in plan(source, options, before.known):
        if not isinstance(outcome, Made):
            outcome = _seen(outcome, before, report, watch, tick)
            report.count(outcome, before=before.had(outcome))
    report.promises = watch.promises
    report.check()
    return report


async def bring(source: Source, options: Options, database: Database, tick: Tick) -> Report:
    """Import a source and return the account of rows, checked against what is committed.

    Raises Invalid where a choice is missing (nothing was written), Busy, RowsLost where a row is unaccounted for.
    After an interruption the same call goes on where it stopped.
    """
    async with _alone(database):
        before = await _before(source, database)
        load = Load(database, source.kind, fingerprint(source), before.waiting)
        report, watch = _blank(source, dry=False), Watch()
        for outcome in plan(source, options, before.known):
            if isinstance(outcome, Made):
                await load.found(outcome)
                continue
            outcome = _seen(outcome, before, report, watch, tick)
            if isinstance(outcome, LeftOut) or (isinstance(outcome, Imported) and before.had(outcome)):
                _book(report, [outcome], before)
            else:
                _book(report, await load.add(outcome), before)
        _book(report, await load.flush(), before)
        report.promises = watch.promises
        await _prove(report, load, source)
        await load.close(report.json())
        return report


def _seen(outcome: Outcome, before: Before, report: Report, watch: Watch, tick: Tick) -> Outcome:
    """Show a row to the watch. One that is in Truebook stays what it became there; a change is told."""
    raw = outcome.raw
    tick(raw.table)
    done = before.known.done.get((raw.table, raw.key))
    if done and not isinstance(outcome, LeftOut):
        if before.known.digests[raw.table, raw.key] != raw.digest:
            report.changed.append((raw.table, raw.key))
        outcome = Imported(raw, done, done, ())
    watch.see(outcome)
    return outcome


def _book(report: Report, settled: list[Outcome], before: Before) -> None:
    for outcome in settled:
        report.count(outcome, before=before.had(outcome))


def _blank(source: Source, *, dry: bool) -> Report:
    """A report that knows how many rows there are, by the source's own count, and what will not be looked at."""
    report = Report(source.where, dry)
    for thing, table in tables(source):
        report.lines[table] = Line(table, source.count(table))
        for column in generations.unread(thing, source.tables[table]):
            report.unread[f"{table}.{column}"] = source.filled(table, column)
    report.unread = {column: rows for column, rows in report.unread.items() if rows}
    report.strange = {table: source.count(table) for table in strange(source)}
    return report


async def _before(source: Source, database: Database) -> Before:
    mark = fingerprint(source)
    known = await ledger.known(database, mark, [new for _, _, new in accounts(source, mark)])
    return Before(known, await ledger.quarantined(database, mark))


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """Hold the importer's lock, on a connection of its own, so that two imports cannot run at once."""
    async with await psycopg.AsyncConnection.connect(database.direct, autocommit=True) as connection:
        await connection.execute(PATIENCE)
        try:
            await connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        except psycopg.errors.LockNotAvailable:
            raise Busy("another import is running; wait until it has ended") from None
        yield


async def _prove(report: Report, load: Load, source: Source) -> None:
    """Hold the report against what is committed: every row of the source in exactly one place, every new row there."""
    imported = await ledger.imported(load.database, load.fingerprint)
    waiting = await ledger.quarantined(load.database, load.fingerprint)
    for table, line in report.lines.items():
        keys = {(table, raw.key) for raw in source.rows(table)} - report.left_out
        line.imported = sum(key in imported for key in keys)
        line.quarantined = sum(key in waiting for key in keys)
    report.check()
    if missing := await load.missing():
        raise RowsLost(f"rows that were written are not in the database: {missing}", tables=sorted(missing))
