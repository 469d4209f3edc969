"""Running the importer in a test: planned without a target, rehearsed, or brought in for real."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.legacy import old
from truebook.db import Database
from truebook.legacy import move, source
from truebook.legacy.known import Known
from truebook.legacy.options import Options
from truebook.legacy.outcome import Imported, Made, Outcome, Quarantined
from truebook.legacy.plan import plan
from truebook.legacy.report import Report

LOCAL = Options()
ALICE = {"id": "alice", "name": "Salon Alice", "timezone": "Europe/Vienna"}
BOB = {"id": "bob", "name": "Bob's Barber", "timezone": "Europe/Berlin"}

Fate = tuple[int, int, int]
"""Rows, imported, quarantined."""


def quiet(table: str) -> None:
    """Hear of a row and say nothing."""


async def bring(url: str, database: str, options: Options = LOCAL, tick: move.Tick = quiet) -> Report:
    """Import an old database into a Truebook."""
    async with Database(database, size=2) as target:
        with source.at(url) as legacy:
            return await move.bring(legacy, options, target, tick)


async def rehearse(url: str, database: str | None, options: Options = LOCAL) -> Report:
    """Rehearse an import, with or without a Truebook to compare with."""
    with source.at(url) as legacy:
        if database is None:
            return await move.rehearse(legacy, options, None, quiet)
        async with Database(database, size=2) as target:
            return await move.rehearse(legacy, options, target, quiet)


def planned(path: Path, tables: dict[str, list[dict[str, Any]]], options: Options = LOCAL) -> dict[str, Outcome]:
    """Return what becomes of given rows, by `table/key`."""
    with source.at(str(old.sqlite_with(path / "old.db", tables))) as legacy:
        outcomes = [one for one in plan(legacy, options, Known()) if not isinstance(one, Made)]
    return {f"{one.raw.table}/{one.raw.key}": one for one in outcomes}


VISITS = """
SELECT a.*, service_id, service_name FROM appointments a
JOIN appointment_segments s ON (s.tenant_id, s.appointment_id) = (a.tenant_id, a.id)
"""
"""What came in of appointments, each with its one segment."""


def segment_row(outcome: Outcome) -> dict[str, Any]:
    """Return the segment of an imported appointment."""
    assert isinstance(outcome, Imported), outcome
    return next(row.values for row in outcome.rows if row.table == "appointment_segments")


def main_row(outcome: Outcome) -> dict[str, Any]:
    """Return the target row that stands for an imported one."""
    assert isinstance(outcome, Imported), outcome
    return next(row.values for row in outcome.rows if row.values.get("id") == outcome.new_id)


def notes(outcome: Outcome) -> set[str]:
    """Return the kinds of notes an imported row has."""
    assert isinstance(outcome, Imported), outcome
    return {note.kind for note in outcome.notes}


def reason(outcome: Outcome) -> str:
    """Return why a row is in quarantine."""
    assert isinstance(outcome, Quarantined), outcome
    return outcome.reason


def fates(report: Report) -> dict[str, Fate]:
    """Return the account of rows, by table."""
    return {line.table: (line.rows, line.imported, line.quarantined) for line in report.lines.values()}


def new_rows(report: Report) -> int:
    """Return how many rows a run added, in Truebook or in quarantine."""
    return sum(line.imported_now + line.quarantined_now for line in report.lines.values())


def reasons(report: Report) -> dict[str, str]:
    """Return why each row is in quarantine, by `table/key`."""
    return {f"{entry.table}/{entry.key}": entry.kind for entry in report.quarantine}


def read(database: str, query: str, *params: Any) -> list[dict[str, Any]]:
    """Read from Truebook's schema as a superuser, who sees every tenant."""
    with psycopg.connect(database, row_factory=dict_row, options="-c search_path=truebook") as connection:
        return connection.execute(query, params).fetchall()  # type: ignore[arg-type]
