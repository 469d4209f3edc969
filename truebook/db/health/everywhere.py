"""Counting over all businesses, one by one: nobody may look across them."""

from typing import Any, LiteralString

import psycopg
from psycopg.rows import TupleRow

OPERATOR = "SELECT set_config('truebook.scope', 'operator', true)"
TENANT = "SELECT set_config('truebook.tenant', %s, true)"


def count(connection: psycopg.Connection, query: LiteralString, *params: Any) -> int:
    """Return the sum of a count over every business."""
    return sum(row[0] for row in rows(connection, query, *params))


def rows(connection: psycopg.Connection, query: LiteralString, *params: Any) -> list[TupleRow]:
    """Return the rows of a query over every business, one business after the other."""
    with connection.transaction(force_rollback=True):
        connection.execute(OPERATOR)
        accounts = [row[0] for row in connection.execute("SELECT id FROM accounts")]
        connection.execute("SELECT set_config('truebook.scope', '', true)")
        with connection.pipeline():
            cursors = [
                (connection.execute(TENANT, (str(account),)), connection.execute(query, params))[1]
                for account in accounts
            ]
        return [row for cursor in cursors for row in cursor]
