"""Databases to audit: an empty PostgreSQL one per test, SQLite files, and the SQL that fills them."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.postgres import Copies

HERE = Path(__file__).parent
DATABASES = HERE / "databases"
SHARED = Path(os.environ.get("TRUEBOOK_SHARED") or HERE.parents[1].parent / "shared")


@pytest.fixture(scope="session")
def empties(server_url: str) -> Iterator[Copies]:
    """What makes empty PostgreSQL databases."""
    with Copies(server_url, "template1") as made:
        yield made


@pytest.fixture
def postgres_url(empties: Copies) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with empties.fresh() as url:
        yield url


@pytest.fixture
def load(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], str]]:
    """Return a function (engine, sql) → URL of a database in which the SQL has run."""
    with ExitStack() as lent:

        def filled(engine: str, sql: str) -> str:
            if engine == "sqlite":
                return sqlite_database(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", sql)
            url: str = lent.enter_context(request.getfixturevalue("empties").fresh())
            run(url, sql)
            return url

        yield filled


def sqlite_database(path: Path, sql: str) -> str:
    """Make an SQLite file out of SQL and return its URL."""
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


def as_role(url: str, role: str) -> str:
    """Return the URL with which another role enters the same database."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@{parts.netloc.rpartition('@')[2]}").geturl()


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
