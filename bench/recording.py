"""The statements the app sends, recorded, so that pgbench can be given the very same."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, AsyncPipeline
from psycopg.pq import PipelineStatus
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from truebook.db import Database


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement and its parameters."""

    sql: str
    params: Any


class Awaited:
    """The moment at which the app waited for an answer: what it sent before went out together."""


Log = list[Statement | Awaited]


def recorded(log: Log) -> type[AsyncConnection[TupleRow]]:
    """Return a kind of connection that writes down what goes over it."""

    class Cursor(AsyncCursor[TupleRow]):
        async def fetchone(self) -> TupleRow | None:
            _await(log)
            return await super().fetchone()

        async def fetchall(self) -> list[TupleRow]:
            _await(log)
            return await super().fetchall()

    class Connection(AsyncConnection[TupleRow]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.cursor_factory = Cursor

        async def execute(self, query: Any, params: Any = None, **options: Any) -> AsyncCursor[TupleRow]:  # type: ignore[override]
            log.append(Statement(str(query), params))
            cursor = await super().execute(query, params, **options)
            if self.info.pipeline_status == PipelineStatus.OFF:
                _await(log)
            return cursor

        @asynccontextmanager
        async def pipeline(self) -> AsyncIterator[AsyncPipeline]:
            async with super().pipeline() as pipeline:
                yield pipeline
            _await(log)

    return Connection


@asynccontextmanager
async def recording(url: str) -> AsyncIterator[tuple[Database, Log]]:
    """Lend a database whose log, from now on, holds all that was sent to it."""
    log: Log = []
    db = Database(url, size=1)
    db.pool.connection_class = recorded(log)
    async with db:
        await db.pool.wait()
        log.clear()
        yield db, log


def _await(log: Log) -> None:
    if log and not isinstance(log[-1], Awaited):
        log.append(Awaited())


def plain(value: Any) -> Any:
    """Return what a parameter holds, also of a wrapped JSON."""
    return json.dumps(value.obj) if isinstance(value, Jsonb) else value
