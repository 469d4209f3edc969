"""The old database, whichever engine holds it: what tables it has, their rows, and how it is recognised again."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, Self

from truebook.kernel.errors import Invalid
from truebook.legacy.postgres import Postgres
from truebook.legacy.raw import Raw, plain
from truebook.legacy.sqlite import Sqlite


class Source(Protocol):
    """One open old database. `tables` holds every table with its columns; a Source never writes."""

    kind: str
    where: str
    tables: dict[str, tuple[str, ...]]

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def count(self, table: str) -> int: ...
    def filled(self, table: str, column: str) -> int: ...
    def rows(self, table: str) -> Iterator[Raw]: ...


def at(url: str) -> Source:
    """Return the database a URL names: `sqlite:///path`, a bare path, or `postgresql://…`. Raises Invalid."""
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme in ("postgresql", "postgres"):
        return Postgres(url)
    if scheme == "sqlite":
        return Sqlite(_sqlite_path(url.removeprefix("sqlite://")))
    if scheme:
        raise Invalid("url", f"{scheme}:// is no database this import can read; give a SQLite file or postgresql://…")
    return Sqlite(Path(url))


def fingerprint(source: Source) -> str:
    """Return what recognises this database in a later run, after a move, a dump and restore, or new rows.

    That is the first line of its migration ledger, whose moment no second installation shares; a database without a
    ledger is recognised by where it lies.
    """
    first = _first_migration(source)
    return hashlib.sha256((first or f"{source.kind} {source.where}").encode()).hexdigest()[:32]


def _sqlite_path(rest: str) -> Path:
    """`sqlite:///old.db` is meant from here, `sqlite:////srv/old.db` from the root; what only exists there, too."""
    relative = Path(rest.removeprefix("/"))
    return relative if relative.is_file() or rest.startswith("//") else Path(rest)


def _first_migration(source: Source) -> str | None:
    if "knex_migrations" not in source.tables:
        return None
    rows = [raw.values for raw in source.rows("knex_migrations") if isinstance(raw.values.get("id"), int)]
    if not rows:
        return None
    first = min(rows, key=lambda values: values["id"])
    return f"knex {plain(first.get('name'))} {plain(first.get('migration_time'))}"
