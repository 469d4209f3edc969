"""Old databases for the tests: the shared ones, our own, and those made of given rows."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import Copies

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TRUEBOOK_SHARED") or ROOT.parent / "shared") / "data" / "legacy"
OWN = Path(__file__).parent / "databases"


def script(name: str) -> str:
    """Return one of the SQL files: our own, else the shared one; skip the test where that is absent."""
    for folder in (OWN, SHARED):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    pytest.skip(f"{SHARED / name} is not on this machine (set TRUEBOOK_SHARED)")


def sqlite_of(path: Path, sql: str) -> Path:
    """Make a SQLite file of a script."""
    with sqlite3.connect(path) as connection:
        connection.executescript(sql)
    connection.close()
    return path


@contextmanager
def postgres_of(server_url: str, sql: str) -> Iterator[str]:
    """Lend the URL of a PostgreSQL database made of a script."""
    with Copies(server_url, "template1") as copies, copies.fresh() as url:
        with psycopg.connect(url) as connection:
            connection.execute(sql)  # type: ignore[call-overload]
        yield url


def sqlite_with(path: Path, tables: dict[str, list[dict[str, Any]]]) -> Path:
    """Make a SQLite file of rows: untyped columns, no constraints, so that anything can stand anywhere."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id"]
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT INTO {table} VALUES ({marks})", [[_plain(row.get(name)) for name in columns] for row in rows]
        )
    connection.commit()
    connection.close()
    return path


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value
