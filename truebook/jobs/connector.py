"""How procrastinate reaches the database: through ours, so that its statements act as the app does and leave nothing.

Only listening takes a connection of its own, which must not lead through a pooler that hands connections on.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from psycopg.rows import DictRow, dict_row

from truebook.db import CommitUnknown, Database, NotCommitted, Scope
from truebook.db.database import WATCHFUL
from truebook.kernel.errors import Unavailable

JOBS = Scope(None, "jobs")


class Connector(procrastinate.PsycopgConnector):
    """procrastinate's own connector, over the pool that everything else uses."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    async def open_async(self, pool: Any = None) -> None:
        """Do nothing: whoever lends the database opens it."""

    async def close_async(self) -> None:
        """Do nothing: whoever lends the database closes it."""

    @asynccontextmanager
    async def _get_cursor(self, connection: Any = None) -> AsyncIterator[psycopg.AsyncCursor[DictRow]]:
        try:
            async with self._db.transaction(JOBS) as tx, tx.connection.cursor(row_factory=dict_row) as cursor:
                yield cursor
        except (Unavailable, CommitUnknown, NotCommitted) as error:
            raise ConnectorException from error

    @asynccontextmanager
    async def _get_standalone_connection(self) -> AsyncIterator[psycopg.AsyncConnection]:
        async with await psycopg.AsyncConnection.connect(self._db.direct, autocommit=True, **WATCHFUL) as connection:
            yield connection
