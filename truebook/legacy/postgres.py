"""Reads a PostgreSQL database (12 and newer), in one read-only snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row, tuple_row
from psycopg.sql import SQL, Composed, Identifier
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader

from truebook.kernel.errors import Invalid, Unavailable
from truebook.legacy.raw import Raw, Values, keyed

SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
GROUP BY c.relname ORDER BY c.relname
"""


class _Tolerant:
    """Reads a moment Python's calendar cannot hold (infinity, the year 20025) as the text it is."""

    def load(self, data: Any) -> Any:
        try:
            return super().load(data)  # type: ignore[misc]
        except psycopg.DataError:
            return bytes(data).decode()


TOLERANT: dict[str, Any] = {
    "date": type("TolerantDate", (_Tolerant, DateLoader), {}),
    "timestamp": type("TolerantTimestamp", (_Tolerant, TimestampLoader), {}),
    "timestamptz": type("TolerantTimestamptz", (_Tolerant, TimestamptzLoader), {}),
}


class Postgres:
    """An old database on a server. Use as a context manager; inside it, every read sees the same moment."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = url
        self.where = _without_password(url)

    def __enter__(self) -> "Postgres":
        try:
            self._conn = psycopg.connect(self._url, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise Invalid("url", f"{self.where} cannot be reached: {str(error).strip()}") from error
        for name, loader in TOLERANT.items():
            self._conn.adapters.register_loader(name, loader)
        self._conn.execute("SET TIME ZONE 'UTC'")
        self._conn.commit()
        self._conn.execute(SNAPSHOT)
        with self._conn.cursor(row_factory=tuple_row) as cursor:
            self.tables = {name: tuple(columns) for name, columns in cursor.execute(TABLES)}
        return self

    def __exit__(self, *_: object) -> None:
        self._conn.close()

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return self._number(SQL("SELECT count(*) FROM {}").format(Identifier(table)))

    def filled(self, table: str, column: str) -> int:
        """Return in how many rows a column holds something."""
        return self._number(SQL("SELECT count({}) FROM {}").format(Identifier(column), Identifier(table)))

    def rows(self, table: str) -> Iterator[Raw]:
        """Yield a table's rows, ordered by id where there is one: the order on disk changes with every update."""
        return keyed(table, self._read(table))

    def _read(self, table: str) -> Iterator[Values]:
        order = SQL(" ORDER BY {}").format(Identifier("id")) if "id" in self.tables[table] else SQL("")
        query = SQL("SELECT * FROM {}{}").format(Identifier(table), order)
        with self._told(), self._conn.cursor(name=f"legacy {table}", row_factory=dict_row) as cursor:
            cursor.itersize = 2000
            rows: Iterator[dict[str, Any]] = iter(cursor.execute(query))
            yield from rows

    def _number(self, query: Composed) -> int:
        with self._told():
            found = self._conn.execute(query).fetchone()
            return int(found[0]) if found else 0

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Make one sentence of what the server answers to somebody who may not read, or when it goes away."""
        try:
            yield
        except psycopg.Error as error:
            raise Unavailable(f"{self.where} cannot be read: {str(error).strip()}") from error


def _without_password(url: str) -> str:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:  # its text would show the password
        raise Invalid(
            "url", "the URL cannot be read; it looks like postgresql://user:password@host:5432/name"
        ) from error
    return f"postgresql://{parts.get('host') or 'localhost'}/{parts.get('dbname') or ''}"
