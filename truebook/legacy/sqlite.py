"""Reads a SQLite file, in one snapshot, without being able to change it, and without computing what it brings along."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truebook.kernel.errors import Invalid, Unavailable
from truebook.kernel.sqlite import guard
from truebook.legacy.raw import Raw, Values, keyed

BROKEN = (sqlite3.Error, MemoryError)
"""What SQLite raises for a file that is damaged, or that asks for more memory than it may have."""


class Sqlite:
    """An old database in one file. Use as a context manager; inside it, every read sees the same moment.

    Read are the tables that lie in the file, and their columns that hold something: neither virtual tables nor
    generated columns, which are computed from the others, and as long as whoever made the file likes.
    """

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise Invalid("url", f"there is no file {path}")
        self.where = str(path)
        self._path = path.resolve()

    def __enter__(self) -> "Sqlite":
        self._conn = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._conn.text_factory = _text
        self._conn.row_factory = sqlite3.Row
        try:
            guard(self._conn)
            self._conn.execute("BEGIN")
            self.tables = {name: self._columns(name) for name in self._names()}
        except BROKEN as error:
            self._conn.close()
            raise Invalid("url", f"{self.where} cannot be read as a SQLite database: {_why(error)}") from error
        return self

    def __exit__(self, *_: object) -> None:
        self._conn.close()

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return self._number(f"SELECT count(*) FROM {_quote(table)}")

    def filled(self, table: str, column: str) -> int:
        """Return in how many rows a column holds something."""
        return self._number(f"SELECT count({_quote(column)}) FROM {_quote(table)}")

    def rows(self, table: str) -> Iterator[Raw]:
        """Yield a table's rows in the order the file keeps them."""
        return keyed(table, self._read(table))

    def _read(self, table: str) -> Iterator[Values]:
        with self._told():
            columns = ", ".join(map(_quote, self.tables[table]))
            for row in self._conn.execute(f"SELECT {columns} FROM {_quote(table)}"):
                yield dict(row)

    def _number(self, query: str) -> int:
        with self._told():
            (number,) = self._conn.execute(query).fetchone()
            return int(number)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A damaged file is not read as a short one."""
        try:
            yield
        except BROKEN as error:
            raise Unavailable(f"{self.where} cannot be read to its end: {_why(error)}") from error

    def _names(self) -> list[str]:
        found = self._conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name")
        return [row["name"] for row in found if not row["name"].startswith("sqlite_")]

    def _columns(self, table: str) -> tuple[str, ...]:
        return tuple(row["name"] for row in self._conn.execute(f"PRAGMA table_info({_quote(table)})"))


def _text(data: bytes) -> str | bytes:
    """Text where it is text; what is not UTF-8 stays the bytes it is."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _why(error: Exception) -> str:
    return str(error) or "it asks for too much memory"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
