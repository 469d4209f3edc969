"""A place where rows may be written and leave no trace: a transaction that is rolled back, or a copy of the file."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg

from truebook.audit.model import Database
from truebook.audit.sources import Limits, Unreadable, sqlite_path
from truebook.audit.sources.source import Budget, ProbeFailed
from truebook.audit.sources.trust import PRIVILEGED
from truebook.kernel.sqlite import Watch, guard

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
    """Somewhere to try a statement. `warning` says what should be known of it, if anything."""

    warning: str

    def attempt(self, sql: str) -> Refusal | list[Row]:
        """Run a statement; keep what it did where it succeeded, undo it where it was refused."""
        ...

    def close(self) -> None:
        """Undo everything."""
        ...


def open_stage(url: str, database: Database, limits: Limits) -> Stage:
    """Open the stage that fits the database: never a write that stays."""
    return (
        PostgresStage(url, limits, database)
        if database.engine == "postgresql"
        else SqliteStage(sqlite_path(url), limits)
    )


RIGHTS = (
    "Careful: the canary's INSERTs ran this database's own triggers and defaults, and this role could do anything on "
    "the server. Let a role do it that is no superuser."
)


class PostgresStage:
    """One transaction on the database itself, rolled back at the end; every attempt is a savepoint."""

    def __init__(self, url: str, limits: Limits, database: Database) -> None:
        try:
            self._connection = psycopg.connect(url, connect_timeout=10, application_name="truebook canary")
        except psycopg.OperationalError as error:
            raise Unreadable(f"cannot connect: {str(error).strip()}") from error
        row = self._connection.execute(PRIVILEGED).fetchone()
        self.warning = RIGHTS if row and row[0] and database.functions else ""
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

    warning = ""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._budget = Budget(limits)
        self._watch = Watch()
        self._folder = TemporaryDirectory(prefix="truebook-canary-")
        self._connection = sqlite3.connect(Path(self._folder.name) / "copy.db", isolation_level=None)
        original = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        original.backup(self._connection)
        original.close()
        guard(self._connection)
        self._watch.over(self._connection)
        self._connection.execute("PRAGMA foreign_keys = ON")

    def attempt(self, sql: str) -> Refusal | list[Row]:
        """Run a statement in a savepoint."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            with self._watch.within(self._budget.seconds()):
                found = self._connection.execute(sql).fetchall()
        except (sqlite3.Error, ProbeFailed) as error:
            self._undo()
            return _refusal(error)
        self._connection.execute("RELEASE attempt")
        return found

    def _undo(self) -> None:
        """Take an attempt back; SQLite has undone it already where it had to interrupt a statement that writes."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK TO attempt")
            self._connection.execute("RELEASE attempt")

    def close(self) -> None:
        """Throw the copy away."""
        self._connection.close()
        self._folder.cleanup()


def _refusal(error: sqlite3.Error | ProbeFailed) -> Refusal:
    """Return an SQLite error with the constraint or column that its message names."""
    message = str(error)
    name = error.code if isinstance(error, ProbeFailed) else getattr(error, "sqlite_errorname", "")
    where = message.partition("failed: ")[2]
    column = (
        where.split(",")[0].rpartition(".")[2]
        if name in ("SQLITE_CONSTRAINT_NOTNULL", "SQLITE_CONSTRAINT_PRIMARYKEY")
        else ""
    )
    return Refusal(name, message, where, column)
