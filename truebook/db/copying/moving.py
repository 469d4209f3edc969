"""From one database into another: every row, as of one moment; the old one stays as it is."""

import secrets
from collections.abc import Callable

from truebook.db import migrations
from truebook.db.connection import connect
from truebook.db.copying import tables, target
from truebook.kernel.errors import Invalid, Unavailable


def move(url: str, to: str, *, say: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Copy every row of one database into another, empty one; return how many tables and rows that were.

    Raises Unavailable, with nothing kept in the new one, where a row did not come over, or the old one was written
    to meanwhile: what was written would be lost.
    """
    revision = target.revision_of(url)
    _expect_another(url, to)
    target.prepare(to, revision)
    with tables.looking(url) as source:
        every = tables.ordered(source)
        wanted = tables.contents(source, every)
        with tables.filling(to) as new:
            for one in every:
                say(f"{one.name}: {wanted[one.name][0]:,} rows")
                tables.write(new, one, tables.read(source, one))
            tables.compare(wanted, tables.contents(new, every))
            if tables.sees_all(source):  # else nobody else could use it meanwhile
                _expect_unchanged(url, wanted)
    migrations.upgrade(to)
    return len(every), sum(rows for rows, _ in wanted.values())


def _expect_another(url: str, to: str) -> None:
    """Raise Invalid where two URLs lead to one database, however they are written: its locks are its own."""
    lock = "SELECT pg_try_advisory_lock(%s)"
    key = secrets.randbits(62)
    with connect(url) as old, connect(to) as new:
        if (old.execute(lock, (key,)).fetchone(), new.execute(lock, (key,)).fetchone()) != ((True,), (True,)):
            raise Invalid("URL", "that is the database that the rows are in: give another one, which is empty")


def _expect_unchanged(url: str, wanted: dict[str, tables.Content]) -> None:
    """Raise Unavailable where a database is not any more as it was."""
    with tables.looking(url) as source:
        now = tables.contents(source, tables.ordered(source))
    if changed := sorted(name for name in wanted if now[name] != wanted[name]):
        raise Unavailable(
            f"The old database was written to meanwhile ({', '.join(changed)}): nothing was kept in the new one. "
            "Stop every process that uses it, and move again.",
            tables=changed,
        )
