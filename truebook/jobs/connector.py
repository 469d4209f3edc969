"""How procrastinate reaches the database: through ours, so that its statements act as the app does and leave nothing.

Only listening takes a connection of its own, which must not lead through a pooler that hands connections on.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException, NoResult
from procrastinate.sync_psycopg_connector import wrap_exceptions
from psycopg.rows import DictRow

from truebook.db import Database, Scope
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

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        """Send a statement; it is committed when this returns."""
        await self.execute_query_all_async(query, **arguments)

    async def execute_query_one_async(self, query: str, **arguments: Any) -> DictRow:
        """Return the first row of a statement; raise NoResult where there is none."""
        for row in await self.execute_query_all_async(query, **arguments):
            return row
        raise NoResult

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[DictRow]:
        """Return the rows of a statement, which is a transaction of its own in a single round trip."""
        with wrap_exceptions():
            try:
                return await self._db.records(JOBS, query, self._wrap_json(arguments))
            except Unavailable as error:
                raise ConnectorException from error

    @asynccontextmanager
    async def _get_standalone_connection(self) -> AsyncIterator[psycopg.AsyncConnection]:
        async with await psycopg.AsyncConnection.connect(self._db.direct, autocommit=True, **WATCHFUL) as connection:
            yield connection
