"""The one way to open a transaction, and the one place that learns whether it committed."""

import asyncio
import select
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor, errors
from psycopg import sql as psql
from psycopg.pq import PipelineStatus, TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from truebook.kernel.errors import Fact, Unavailable

Sql = str | psql.SQL | psql.Composed
Answer = Callable[[], Awaitable[TupleRow | None]]
"""Waits for the first row of a query that was sent already."""


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
    kept: dict[Any, Any]
    """The database's own `kept`."""
    xid: int | None = None
    look: tuple[str, dict[str, Any]] | None = None
    """A query of one row, to be asked in a transaction of its own as soon as this one is committed."""
    seen: TupleRow | None = None
    """What `look` found; None also where it could not be asked any more."""

    @property
    def tenant(self) -> UUID:
        """The tenant, in code that cannot run without one."""
        assert self.scope.tenant is not None
        return self.scope.tenant

    async def ask(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> "Answer":
        """Send a query together with what follows; return what waits for its first row."""
        return (await self.connection.execute(sql, params)).fetchone

    async def run(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> None:
        """Send a statement whose rows nobody reads; if it fails, the next read or the end of the block raises."""
        await self.connection.execute(sql, params)

    async def row(self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None) -> TupleRow | None:
        """Return the first row, or None."""
        return await (await self.connection.execute(sql, params)).fetchone()

    async def rows(
        self, sql: Sql, params: Sequence[Any] | dict[str, Any] | None = None, *, binary: bool = False
    ) -> list[TupleRow]:
        """Return all rows; in binary form they are read faster, but not of every type."""
        return await (await self.connection.execute(sql, params, binary=binary)).fetchall()


SETTINGS = (
    "SELECT set_config('truebook.tenant', %s, true), set_config('truebook.scope', %s, true),"
    " set_config('truebook.actor', %s, true), set_config('truebook.cause', %s, true)"
)
"""Sets what a transaction carries; a lock may follow, whose expression is evaluated after these."""
READER = "SELECT set_config('truebook.tenant', %s, true), set_config('truebook.scope', %s, true)"
"""Sets what a transaction needs that changes nothing, and so leaves no history."""


QUEUE = 3
"""How many times longer than for an answer of the server people wait for their turn, where it serves others."""


class Database:
    """The connection pool of one process. `patience`: seconds to wait for a connection, or for somebody's lock."""

    def __init__(self, url: str, *, size: int = 16, patience: float = 5.0) -> None:
        self.url = url
        self.size = size
        self.patience = patience
        self._users = 0
        self.kept: dict[Any, Any] = {}
        """What this process remembers of the database's rows; whoever keeps it sees that it is still true."""
        self.pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=patience,
            reconnect_timeout=patience,  # then the next who asks tries again at once, and finds the server back
            open=False,
            kwargs={"autocommit": True, "prepare_threshold": 2, **WATCHFUL},
            configure=self._furnish,
            check=None,
            name="truebook",
        )

    async def __aenter__(self) -> "Database":
        await self.pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pool.close()

    @asynccontextmanager
    async def transaction(self, scope: Scope, *, lock: str | None = None) -> AsyncIterator[Transaction]:
        """Open a transaction for a scope; commit when the block ends, roll back when it raises or is cancelled.

        `lock` is an SQL expression that takes an advisory lock, before anything else is done.
        Raises Unavailable when the database cannot be reached or cannot do it (nothing was changed), CommitUnknown
        when the connection broke during COMMIT, NotCommitted when the server answered COMMIT with a rollback.
        """
        async with self._connection() as connection:
            tx, ending = Transaction(connection, scope, self.kept), Ending(connection)
            with ending.judged(tx):
                async with _pipeline(connection):
                    await connection.execute("BEGIN")
                    await connection.execute(f"{SETTINGS}, {lock}" if lock else SETTINGS, _settings(scope))
                    yield tx
                    await ending.commit()
                    if tx.look:
                        await connection.execute(SETTINGS, _settings(scope))
                        found = await connection.execute(*tx.look)
                if tx.look:
                    tx.seen = await found.fetchone()

    @asynccontextmanager
    async def reading(self, scope: Scope) -> AsyncIterator[Transaction]:
        """Open a transaction that only reads: without BEGIN and COMMIT, whose answers nobody needs to wait for."""
        # what a pipeline sends up to its sync is one transaction
        async with self._connection() as connection, _pipeline(connection):
            await connection.execute(READER, _settings(scope)[:2])
            yield Transaction(connection, scope, self.kept)

    async def glance(self, scope: Scope, sql: Sql, params: dict[str, Any]) -> TupleRow | None:
        """Return the first row of one query in a transaction of its own, in a single round trip."""
        return next(iter(await self.rows(scope, sql, params)), None)

    async def rows(self, scope: Scope, sql: Sql, params: dict[str, Any], *, binary: bool = False) -> list[TupleRow]:
        """Return all rows of one query in a transaction of its own, in a single round trip."""
        async with self._connection() as connection:
            async with _pipeline(connection):
                await connection.execute(READER, _settings(scope)[:2])
                cursor = await connection.execute(sql, params, binary=binary)
            return await cursor.fetchall()

    async def fate(self, xid: int) -> str | None:
        """Return what became of a transaction: committed, aborted, in progress; None when the server forgot it."""
        async with self._connection() as connection:
            try:
                cursor = await connection.execute("SELECT pg_xact_status(%s::text::xid8)", (str(xid),))
            except errors.InvalidParameterValue:  # it crashed before it wrote anything of a transaction with that id
                return "aborted"
            row = await cursor.fetchone()
            return row[0] if row else None

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[TupleRow]]:
        """Lend a connection; what the server could not do is Unavailable, except what may be tried again at once."""
        self._users += 1
        try:
            connection = await self._lend()
            try:
                yield connection
            except (errors.TransactionRollback, errors.PipelineAborted):
                raise
            except psycopg.OperationalError as error:
                raise Unavailable("the database cannot do that just now; nothing was changed", retry_after=1) from error
            finally:
                await self._take_back(connection)
        finally:
            self._users -= 1

    async def _lend(self) -> AsyncConnection[TupleRow]:
        while True:
            try:
                connection = await self.pool.getconn(self.patience * (QUEUE if self._users > self.size else 1))
            except psycopg.OperationalError as error:  # PoolTimeout among them
                raise Unavailable("the database cannot be reached", retry_after=1) from error
            alive = False
            try:
                alive = await _answers(connection)
                if alive:
                    return connection
            finally:
                if not alive:
                    await self._take_back(connection)

    async def _take_back(self, connection: AsyncConnection[TupleRow]) -> None:
        """Return a connection to the pool, clean or closed, even if the task that used it is cancelled meanwhile."""
        await asyncio.shield(self._tidy(connection))

    async def _tidy(self, connection: AsyncConnection[TupleRow]) -> None:
        state = connection.info
        try:
            if state.pipeline_status != PipelineStatus.OFF:
                await connection.close()  # cancelled while it waited for answers that are still to come
            elif state.transaction_status != TransactionStatus.IDLE:
                await connection.execute("ROLLBACK")
        except psycopg.Error:
            await connection.close()
        finally:
            await self.pool.putconn(connection)

    async def _furnish(self, connection: AsyncConnection[TupleRow]) -> None:
        """Become the app role where there is one: a superuser's connection must not see across tenants."""
        await connection.execute(STEP_DOWN)
        await connection.execute(MANNERS, (str(int(self.patience * 1000)),))


WATCHFUL = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""A server that vanished without a word is noticed within half a minute."""

STEP_DOWN = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'truebook_app')
     AND EXISTS (SELECT FROM pg_namespace WHERE nspname = 'truebook' AND pg_get_userbyid(nspowner) = 'truebook_owner')
  THEN SET ROLE truebook_app; END IF;
END $$
"""
MANNERS = """
SELECT set_config('search_path', 'truebook', false), set_config('timezone', 'UTC', false),
       set_config('default_transaction_isolation', 'read committed', false),
       set_config('plan_cache_mode', 'force_generic_plan', false),
       set_config('lock_timeout', %s, false), set_config('idle_in_transaction_session_timeout', '60s', false)
"""
"""What the code relies on, whatever the server's defaults are. A client that vanished may not keep its locks; and
planning anew for every parameter takes as long as our queries do."""


def _settings(scope: Scope) -> tuple[str, str, str, str]:
    operator = "operator" if scope.operator or scope.tenant is None else ""
    return (str(scope.tenant or ""), operator, scope.actor, scope.cause)


@asynccontextmanager
async def _pipeline(connection: AsyncConnection[TupleRow]) -> AsyncIterator[None]:
    """Send without waiting for each answer; a cancelled task hangs up, for it has no time to wait for any."""
    async with connection.pipeline():
        try:
            yield
        except asyncio.CancelledError:
            await connection.close()
            raise


class Ending:
    """The end of a transaction: COMMIT, sent with what is still under way, and the server's own word on it."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self.connection = connection
        self.asked = False
        self.answer: AsyncCursor[TupleRow] | None = None

    async def commit(self) -> None:
        """Send COMMIT."""
        self.asked = True
        self.answer = await self.connection.execute("COMMIT")

    @contextmanager
    def judged(self, tx: Transaction) -> Iterator[None]:
        """Let the block end well if, and only if, the server has said COMMIT; raise what is known instead."""
        try:
            yield
        except errors.PipelineAborted as error:
            if self.asked:
                raise NotCommitted("an error had been swallowed: the database changed nothing") from error
            raise
        except psycopg.OperationalError as error:
            if self._committed:
                return  # only the look afterwards has failed
            if self.asked and _lost(self.connection, error):
                raise CommitUnknown(tx.xid) from error
            raise
        if not self._committed:
            raise NotCommitted(f"the database answered {self._tag} to COMMIT: nothing was changed")

    @property
    def _tag(self) -> str | None:
        return self.answer.statusmessage if self.answer else None

    @property
    def _committed(self) -> bool:
        return self._tag == "COMMIT"


def _lost(connection: AsyncConnection[TupleRow], error: psycopg.Error) -> bool:
    """Tell whether an error means that the connection is gone, rather than that the server has refused something."""
    return connection.closed or error.sqlstate is None or error.diag.severity_nonlocalized in ("FATAL", "PANIC")


async def _answers(connection: AsyncConnection[TupleRow]) -> bool:
    """Tell whether a connection that lay idle is alive; it is only asked where there is something to read from it."""
    unasked = select.poll()
    unasked.register(connection.fileno(), select.POLLIN)
    if unasked.poll(0):  # a server says nothing to an idle connection, except goodbye
        try:
            await AsyncConnectionPool.check_connection(connection)
        except psycopg.OperationalError:
            return False
    return True
