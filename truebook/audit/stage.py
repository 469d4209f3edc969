"""A place where rows may be written and leave no trace: a transaction that is rolled back, or a copy of the file."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg

from truebook.audit.model import Database
from truebook.audit.sources import Limits, Unreadable, sqlite_path

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a statement was refused; `context` names the function it failed in, where the engine says so."""

    code: str
    message: str
    constraint: str = ""
    column: str = ""
    context: str = ""


class Stage(Protocol):
    """Somewhere to try a statement."""

    def attempt(self, sql: str) -> Refusal | list[Row]:
        """Run a statement; keep what it did where it succeeded, undo it where it was refused."""
        ...

    def close(self) -> None:
        """Undo everything."""
        ...


def open_stage(url: str, database: Database, limits: Limits) -> Stage:
    """Open the stage that fits the database: never a write that stays."""
    return PostgresStage(url, limits, database) if database.engine == "postgresql" else SqliteStage(sqlite_path(url))


class PostgresStage:
    """One transaction on the database itself, rolled back at the end; every attempt is a savepoint."""

    def __init__(self, url: str, limits: Limits, database: Database) -> None:
        try:
            self._connection = psycopg.connect(url, connect_timeout=10, application_name="truebook canary")
        except psycopg.OperationalError as error:
            raise Unreadable(f"cannot connect: {str(error).strip()}") from error
        self._connection.execute(f"SET LOCAL statement_timeout = {int(limits.timeout * 1000)}")
        self._connection.execute("SET LOCAL lock_timeout = '2s'")
        self._connection.execute(f"SET LOCAL search_path = {database.search_path}".encode())

    def attempt(self, sql: str) -> Refusal | list[Row]:
        """Run a statement in a savepoint, with deferred constraints checked at once."""
        try:
            with self._connection.transaction():
                cursor = self._connection.execute(sql.encode())
                found = cursor.fetchall() if cursor.description else []
                self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            diag = error.diag
            return Refusal(
                error.sqlstate or "",
                str(error).strip(),
                diag.constraint_name or "",
                diag.column_name or "",
                diag.context or "",
            )
        return found

    def close(self) -> None:
        """Roll everything back."""
        self._connection.rollback()
        self._connection.close()


class SqliteStage:
    """A copy of the file in a temporary folder, with foreign keys on."""

    def __init__(self, path: Path) -> None:
        self._folder = TemporaryDirectory(prefix="truebook-canary-")
        self._connection = sqlite3.connect(Path(self._folder.name) / "copy.db", isolation_level=None)
        original = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        original.backup(self._connection)
        original.close()
        self._connection.execute("PRAGMA foreign_keys = ON")

    def attempt(self, sql: str) -> Refusal | list[Row]:
        """Run a statement in a savepoint."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            found = self._connection.execute(sql).fetchall()
        except sqlite3.Error as error:
            self._connection.execute("ROLLBACK TO attempt")
            return _refusal(error)
        finally:
            self._connection.execute("RELEASE attempt")
        return found

    def close(self) -> None:
        """Throw the copy away."""
        self._connection.close()
        self._folder.cleanup()


def _refusal(error: sqlite3.Error) -> Refusal:
    """Return an SQLite error with the constraint or column that its message names."""
    message = str(error)
    name = getattr(error, "sqlite_errorname", "")
    where = message.partition("failed: ")[2]
    column = (
        where.split(",")[0].rpartition(".")[2]
        if name in ("SQLITE_CONSTRAINT_NOTNULL", "SQLITE_CONSTRAINT_PRIMARYKEY")
        else ""
    )
    return Refusal(name, message, where, column)
