"""Counting over all businesses, one by one: nobody may look across them."""

from typing import Any, LiteralString

import psycopg
from psycopg.rows import TupleRow

from truebook.db.transaction import set_local


def count(connection: psycopg.Connection, query: LiteralString, *params: Any) -> int:
    """Return the sum of a count over every business."""
    return sum(row[0] for row in rows(connection, query, *params))


def rows(connection: psycopg.Connection, query: LiteralString, *params: Any) -> list[TupleRow]:
    """Return the rows of a query over every business, one business after the other."""
    with connection.transaction(force_rollback=True):
        # of a cluster the servers that have the rows are told as well; elsewhere it means nothing
        connection.execute(set_local("citus.propagate_set_commands", "local"))
        connection.execute(set_local("truebook.scope", "operator"))
        accounts = [row[0] for row in connection.execute("SELECT id FROM accounts")]
        connection.execute(set_local("truebook.scope", ""))
        with connection.pipeline():
            cursors = [
                (connection.execute(set_local("truebook.tenant", str(account))), connection.execute(query, params))[1]
                for account in accounts
            ]
        return [row for cursor in cursors for row in cursor]
