"""The one way to open a transaction, and the one place that learns whether it committed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg import sql as psql
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from truebook.kernel.errors import Fact, Unavailable

Sql = str | psql.SQL | psql.Composed


@dataclass(frozen=True, slots=True)
class Scope:
    """Who acts, for which tenant, and why: what every transaction carries and every history row keeps.

    Without a tenant the transaction sees the operator's directory (accounts, channels, keys) and nobody's appointments.
    """

    tenant: UUID | None
    actor: str
    cause: str = ""
    operator: bool = False

    def because(self, cause: str) -> "Scope":
        """Return the same scope with another cause."""
        return Scope(self.tenant, self.actor, cause, self.operator)


class CommitUnknown(Fact):
    """The connection broke while COMMIT was under way: nobody may call the outcome done or failed.

    `xid` is the transaction's id, by which the server can be asked what became of it (`Database.fate`).
    """

    code = "outcome_unknown"

    def __init__(self, xid: int | None) -> None:
        super().__init__("the connection was lost while the change was being committed")
        self.xid = xid


class NotCommitted(Fact):
    """COMMIT answered something else: the server rolled back a transaction in which an error had been swallowed."""

    code = "not_committed"


@dataclass(slots=True)
class Transaction:
    """An open transaction of one tenant. Statements are plain SQL with %s or %(name)s parameters."""

    connection: AsyncConnection[TupleRow]
    scope: Scope
    xid: int | None = field(default=None)

    @property
    def tenant(self) -> UUID:
        """The tenant, in code that cannot run without one."""
        assert self.scope.tenant is not None
        return self.scope.tenant

    async def run(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> None:
        """Send a statement whose rows nobody reads; if it fails, the next read or the end of the block raises."""
        await self.connection.execute(sql, params)

    async def row(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> TupleRow | None:
        """Return the first row, or None."""
        return await (await self.connection.execute(sql, params)).fetchone()

    async def rows(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> list[TupleRow]:
        """Return all rows."""
        return await (await self.connection.execute(sql, params)).fetchall()


SETTINGS = (
    "SELECT set_config('truebook.tenant', %s, true), set_config('truebook.scope', %s, true),"
    " set_config('truebook.actor', %s, true), set_config('truebook.cause', %s, true)"
)


class Database:
    """The connection pool of one process."""

    def __init__(self, url: str, *, size: int = 16, patience: float = 5.0) -> None:
        self.url = url
        self.pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=patience,
            open=False,
            kwargs={"autocommit": True, "prepare_threshold": 2},
            configure=_step_down,
            check=None,
            name="truebook",
        )

    async def __aenter__(self) -> "Database":
        await self.pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pool.close()

    @asynccontextmanager
    async def transaction(self, scope: Scope) -> AsyncIterator[Transaction]:
        """Open a transaction for a scope; commit when the block ends, roll back when it raises.

        Raises Unavailable when the database cannot be reached (nothing was changed), CommitUnknown when the
        connection broke during COMMIT, NotCommitted when the server answered COMMIT with a rollback.
        """
        async with self._connection() as connection:
            tx = Transaction(connection, scope)
            try:
                async with connection.pipeline():
                    await connection.execute("BEGIN")
                    await connection.execute(SETTINGS, _settings(scope))
                    yield tx
            except psycopg.OperationalError as error:
                if _gone(connection):
                    raise Unavailable("the database connection was lost before anything was committed") from error
                await _roll_back(connection)
                raise
            except BaseException:
                await _roll_back(connection)
                raise
            await _commit(connection, tx.xid)

    async def glance(self, scope: Scope, sql: Sql, params: dict[str, Any]) -> TupleRow | None:
        """Return the first row of one query in a transaction of its own, in a single round trip."""
        async with self._connection() as connection:
            try:
                # without BEGIN, what a pipeline sends up to its sync is one transaction
                async with connection.pipeline():
                    await connection.execute(SETTINGS, _settings(scope))
                    cursor = await connection.execute(sql, params)
                    return await cursor.fetchone()
            except psycopg.OperationalError as error:
                if _gone(connection):
                    raise Unavailable("the database connection was lost") from error
                raise

    async def fate(self, xid: int) -> str | None:
        """Return what became of a transaction: committed, aborted, in progress; None when the server forgot it."""
        async with self._connection() as connection:
            try:
                row = await (await connection.execute("SELECT pg_xact_status(%s::text::xid8)", (str(xid),))).fetchone()
            except psycopg.OperationalError as error:
                if _gone(connection):
                    raise Unavailable("the database connection was lost") from error
                raise
            return row[0] if row else None

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[TupleRow]]:
        try:
            connection = await self.pool.getconn()
        except (PoolTimeout, psycopg.OperationalError) as error:
            raise Unavailable("the database cannot be reached") from error
        try:
            yield connection
        finally:
            await self.pool.putconn(connection)


def _settings(scope: Scope) -> tuple[str, str, str, str]:
    operator = "operator" if scope.operator or scope.tenant is None else ""
    return (str(scope.tenant or ""), operator, scope.actor, scope.cause)


async def _commit(connection: AsyncConnection[TupleRow], xid: int | None) -> None:
    """Commit, and believe only the server's own word: a COMMIT after a swallowed error answers ROLLBACK."""
    try:
        tag = (await connection.execute("COMMIT")).statusmessage
    except psycopg.OperationalError as error:
        if _gone(connection):
            raise CommitUnknown(xid) from error
        raise
    if tag != "COMMIT":
        raise NotCommitted(f"the database answered {tag} to COMMIT: nothing was changed")


async def _roll_back(connection: AsyncConnection[TupleRow]) -> None:
    if not _gone(connection):
        await connection.execute("ROLLBACK")


def _gone(connection: AsyncConnection[TupleRow]) -> bool:
    return connection.closed or connection.broken


async def _step_down(connection: AsyncConnection[TupleRow]) -> None:
    """Become the app role where there is one: a superuser's connection must not see across tenants."""
    await connection.execute(STEP_DOWN)
    await connection.execute("SET search_path = truebook")


STEP_DOWN = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'truebook_app')
     AND EXISTS (SELECT FROM pg_namespace WHERE nspname = 'truebook' AND pg_get_userbyid(nspowner) = 'truebook_owner')
  THEN SET ROLE truebook_app; END IF;
END $$
"""
