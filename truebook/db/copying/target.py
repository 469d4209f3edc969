"""A database that rows are to be written into: new, and at the revision that the rows are of."""

from truebook.db import migrations
from truebook.db.connection import connect
from truebook.db.copying import tables
from truebook.kernel.errors import Unavailable


def prepare(url: str, revision: str) -> None:
    """Bring an empty database to a revision; raise Unavailable where there is anything of a Truebook in it."""
    migrations.refuse_newer(revision)
    with connect(url) as connection:
        there = migrations.current(connection)
    if there not in (None, revision):
        raise Unavailable(f"There is a Truebook schema in that database, at revision {there}: give an empty one.")
    if there is not None:  # what was interrupted has left a schema without rows
        with tables.looking(url) as connection:
            found = tables.contents(connection, tables.ordered(connection))
        if full := [name for name, (rows, _) in found.items() if rows]:
            raise Unavailable(f"There are rows in that database ({', '.join(full[:3])} …): give an empty one.")
    migrations.upgrade(url, revision)


def revision_of(url: str) -> str:
    """Return the revision of a database that rows are taken from; raise Unavailable where there is none."""
    with connect(url) as connection, tables.rights_named(connection):
        found = migrations.current(connection)
    if found is None:
        raise Unavailable("There is no Truebook schema in this database: nothing to take.")
    migrations.refuse_newer(found)
    return found
