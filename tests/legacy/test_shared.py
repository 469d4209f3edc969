"""Every row of both shared old databases is accounted for, and ends where it should."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.legacy import old
from truebook.db import Database
from truebook.legacy import move, source
from truebook.legacy.options import Options
from truebook.legacy.report import Report

pytestmark = pytest.mark.anyio
VIENNA = Options(zone="Europe/Vienna")


def quiet(table: str) -> None:
    """Hear of a row and say nothing."""


async def imported(url: str, database: str, options: Options = VIENNA) -> Report:
    async with Database(database, size=2) as target:
        with source.at(url) as legacy:
            return await move.bring(legacy, options, target, quiet)


async def rehearsed(url: str, database: str | None, options: Options = VIENNA) -> Report:
    with source.at(url) as legacy:
        if database is None:
            return await move.rehearse(legacy, options, None, quiet)
        async with Database(database, size=2) as target:
            return await move.rehearse(legacy, options, target, quiet)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return str(old.sqlite_of(tmp_path / "old.db", old.script("legacy_sqlite.sql")))


@pytest.fixture
def postgres_url(server_url: str) -> Iterator[str]:
    with old.postgres_of(server_url, old.script("legacy_postgres.sql")) as url:
        yield url


def fates(report: Report) -> dict[str, tuple[int, int, int]]:
    return {line.table: (line.rows, line.imported, line.quarantined) for line in report.lines.values()}


def reasons(report: Report) -> dict[tuple[str, str], str]:
    return {(entry.table, entry.key): entry.kind for entry in report.quarantine}


async def test_sqlite(sqlite_url: str, database: str) -> None:
    report = await imported(sqlite_url, database)
    print(fates(report), reasons(report))
    again = await imported(sqlite_url, database)
    print(fates(again))


async def test_postgres(postgres_url: str, database: str) -> None:
    report = await imported(postgres_url, database)
    print(fates(report), reasons(report))
    again = await imported(postgres_url, database)
    print(fates(again))
