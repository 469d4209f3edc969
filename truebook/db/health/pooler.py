"""Is there a pooler in between, and does it hand connections on? What needs a session of its own cannot go there."""

import psycopg

from truebook.db.connection import connect
from truebook.db.health.finding import Finding, judge

TRIES = 3


def direct(connection: psycopg.Connection, url: str) -> Finding:
    """Look whether the connection leads to one process of the server for as long as it lasts.

    A pooler does not know the number of the process that will answer, so the one it told is another; and two that are
    connected at once are answered by the same process only where connections are handed on after each transaction.
    """
    pooled = _process(connection) != connection.info.backend_pid
    handed_on = pooled and any(_shares(connection, url) for _ in range(TRIES))
    problem = "this leads through a pooler in transaction mode, over which nobody can listen or hold a lock"
    fix = "Set DATABASE_DIRECT_URL to the server itself; DATABASE_URL may stay the pooler's."
    return judge("a connection of its own", problem if handed_on else None, fix)


def _shares(connection: psycopg.Connection, url: str) -> bool:
    with connect(url) as other:
        return _process(other) == _process(connection)


def _process(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])
