"""The connections of one process, and the one way to open a transaction."""

import asyncio
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.pq import PipelineStatus, TransactionStatus
from psycopg.rows import DictRow, TupleRow, dict_row
from psycopg_pool import AsyncConnectionPool

from truebook.db.ending import Ending
from truebook.db.transaction import Claimed, Scope, Sql, Transaction, set_local
from truebook.kernel import traces
from truebook.kernel.errors import Unavailable

WHO = """
SELECT session_user <> 'truebook_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'truebook_app')
   AND EXISTS (SELECT FROM pg_namespace WHERE nspname = 'truebook' AND pg_get_userbyid(nspowner) = 'truebook_owner'),
       pg_backend_pid(), EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')
"""
"""Whether whoever signs in has to step down to the app's role, which process of the server answers, and whether the
server may be the coordinator of several."""
STEP_DOWN = "set_config('role', 'truebook_app', true), "
MANNERS = """
set_config('search_path', 'truebook', true), set_config('timezone', 'UTC', true),
set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
set_config('lock_timeout', '{patience}', true), set_config('idle_in_transaction_session_timeout', '60s', true)
"""
"""What the code relies on, whatever the server's defaults are. A client that vanished may not keep its locks; and
planning anew for every parameter takes as long as our queries do. A plan that is kept must not read whole tables, which
is what a planner would do that finds them small or empty, as they are when a desk opens."""
READER = "set_config('truebook.tenant', %s, true), set_config('truebook.scope', %s, true)"
"""What a transaction needs that changes nothing, and so leaves no history."""
WRITER = f"{READER}, set_config('truebook.actor', %s, true), set_config('truebook.cause', %s, true)"
"""What a transaction carries; a lock may follow, whose expression is evaluated after these."""
COORDINATOR = """
set_config('plan_cache_mode', 'auto', true), set_config('citus.propagate_set_commands', 'local', true),
set_config('citus.multi_shard_modify_mode', 'sequential', true)
"""
"""To which server a statement goes is planned by its parameters. From now on what SET LOCAL says goes along to the
servers that have the rows; `set_config` never does. And each server is spoken to over one connection: whoever read over
two may not change what lies on every server."""
CALLS = "set_config('truebook.calls', 'on', true)"
"""Only the coordinator calls out: what is prepared on others cannot."""
CALL_OUT = "SELECT pg_notify('truebook_changed', %(tenant)s), pg_notify('truebook_said', %(tenant)s)"
TOGETHER = "DELETE FROM commits_together WHERE id = 0"
"""Changes no row, but then the coordinator prepares on the others before it commits: all of them commit, or none."""
CARRIED = ("truebook.tenant", "truebook.scope", "truebook.actor", "truebook.cause")
SPREAD = "SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass('truebook.appointments'))"


def spread(connection: psycopg.Connection) -> bool:
    """Tell whether businesses' rows lie on several servers, of which this is the coordinator."""
    if connection.execute("SELECT to_regclass('pg_catalog.pg_dist_partition')").fetchone() == (None,):
        return False
    return connection.execute(SPREAD).fetchone() == (True,)


AT_ONCE = 0
"""The server keeps a statement from its first use. Later ones the driver believes kept even where the pipeline broke
before they reached the server, and then asks for what was never there (psycopg 3.3: it looks at the answer to a
statement only when it meets it for the first time)."""
KNOCK = 0.25
"""Seconds between two looks whether a server that went away is back, while somebody waits for it."""
QUEUE = 3
"""How many times longer than for an answer of the server people wait for their turn, where it serves others."""


class Database:
    """The connection pool of one process. `patience`: seconds to wait for a connection, or for somebody's lock.

    A transaction carries everything: role, settings, tenant, actor are set inside of it, and nothing stays on the
    connection, which may be another's a moment later where a pooler hands connections from one to the other. What needs
    a connection of its own goes over `direct`, the server's own URL where `url` is a pooler's.
    """

    def __init__(self, url: str, *, direct: str | None = None, size: int = 16, patience: float = 5.0) -> None:
        self.url = url
        self.direct = direct or url
        self.size = size
        self.patience = patience
        self._users = 0
        self._knocking: asyncio.Task[None] | None = None
        self._manners = MANNERS.format(patience=int(patience * 1000)).replace("\n", " ")
        self._everywhere = (
            ("timezone", "UTC"),
            ("enable_seqscan", "off"),
            ("truebook.calls", "off"),
            ("lock_timeout", str(int(patience * 1000))),
        )
        """Of the manners, what decides on the servers that have the rows as well."""
        self._spread = False
        self.kept: dict[Any, Any] = {}
        """What this process remembers of the database's rows; whoever keeps it sees that it is still true."""
        self.pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=patience,
            reconnect_timeout=KNOCK,  # the pool's own next tries would be ever further apart
            reconnect_failed=self._away,
            open=False,
            kwargs={"autocommit": True, "prepare_threshold": None, **WATCHFUL},
            configure=self._furnish,
            check=None,
            name="truebook",
        )

    async def __aenter__(self) -> "Database":
        await self.pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._knocking:
            self._knocking.cancel()
        await self.pool.close()

    @asynccontextmanager
    async def transaction(self, scope: Scope, *, lock: str | None = None) -> AsyncIterator[Transaction]:
        """Open a transaction for a scope; commit when the block ends, roll back when it raises or is cancelled.

        `lock` is an SQL expression that takes an advisory lock, before anything else is done.
        Raises Unavailable when the database cannot be reached or cannot do it (nothing was changed), CommitUnknown
        when the connection broke during COMMIT, NotCommitted when the server answered COMMIT with a rollback.
        """
        told = {"db.system.name": "postgresql", "truebook.cause": scope.cause}
        with traces.span("transaction", "client", told=told):
            async with self._connection() as connection:
                tx, ending = Transaction(connection, scope, self.kept, spread=self._spread), Ending(connection)
                with ending.judged(tx):
                    async with _pipeline(connection):
                        await connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
                        await self._carry(connection, scope, WRITER, lock)
                        yield tx
                        if claims := _claims(scope):
                            await _claim(connection, scope)
                        if self._spread and scope.tenant is not None:
                            await connection.execute(CALL_OUT, {"tenant": str(scope.tenant)})
                        await ending.commit()
                        if tx.look:
                            async with self._alone(connection, scope):
                                found = await connection.execute(*tx.look)
                    if tx.look:
                        tx.seen = await found.fetchone()
                if claims and scope.claim is not None:
                    scope.claim.made = True

    @asynccontextmanager
    async def reading(self, scope: Scope) -> AsyncIterator[Transaction]:
        """Open a transaction that only reads: without BEGIN and COMMIT, whose answers nobody needs to wait for."""
        # what a pipeline sends up to its sync is one transaction
        async with self._connection() as connection, _pipeline(connection), self._alone(connection, scope):
            yield Transaction(connection, scope, self.kept, spread=self._spread)

    async def glance(self, scope: Scope, sql: Sql, params: dict[str, Any]) -> TupleRow | None:
        """Return the first row of one query in a transaction of its own, in a single round trip."""
        return next(iter(await self.rows(scope, sql, params)), None)

    async def rows(self, scope: Scope, sql: Sql, params: dict[str, Any], *, binary: bool = False) -> list[TupleRow]:
        """Return all rows of one query in a transaction of its own, in a single round trip."""
        async with self._connection() as connection:
            async with _pipeline(connection), self._alone(connection, scope):
                cursor = await connection.execute(sql, params, binary=binary)
            return await cursor.fetchall()

    async def records(self, scope: Scope, sql: Sql, params: dict[str, Any]) -> list[DictRow]:
        """Return the same with each row as a dict; none of a statement that has no rows."""
        async with self._connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            async with _pipeline(connection), self._alone(connection, scope):
                await cursor.execute(sql, params)
            return await cursor.fetchall() if cursor.description else []

    @asynccontextmanager
    async def _alone(self, connection: AsyncConnection[TupleRow], scope: Scope) -> AsyncIterator[None]:
        """Carry a scope for what only reads, in a pipeline; several servers must be told when it begins and ends."""
        if self._spread:
            await connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        await self._carry(connection, scope, READER)
        yield
        if self._spread:
            await connection.execute("COMMIT")

    async def _carry(
        self, connection: AsyncConnection[TupleRow], scope: Scope, carried: str, lock: str | None = None
    ) -> None:
        """Set all that a transaction carries, and take a lock, in one statement; for several servers in several."""
        settings = _settings(scope)[: carried.count("%s")]
        if not self._spread:
            await connection.execute(f"SELECT {self._manners}, {carried}{f', {lock}' if lock else ''}", settings)
            return
        await connection.execute(f"SELECT {self._manners}, {COORDINATOR}")
        for setting, value in (*self._everywhere, *zip(CARRIED, settings, strict=False)):
            await connection.execute(set_local(setting, value), prepare=False)
        await connection.execute(f"SELECT {CALLS}{f', {lock}' if lock else ''}")
        if carried == WRITER:
            await connection.execute(TOGETHER)

    @property
    def is_spread(self) -> bool:
        """Whether businesses' rows lie on several servers, of which this is the coordinator."""
        return self._spread

    def connections(self) -> tuple[int, int, int]:
        """Return how many connections this process has open, how many lie idle, and how many wait for one."""
        found = self.pool.get_stats()
        return found.get("pool_size", 0), found.get("pool_available", 0), found.get("requests_waiting", 0)

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
            except (psycopg.OperationalError, errors.ReadOnlySqlTransaction) as error:
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

    async def _away(self, _: object) -> None:
        """The server could not be reached: look again, for those who wait; whoever comes later looks for themselves."""
        if self._knocking is None or self._knocking.done():
            self._knocking = asyncio.create_task(self._knock())

    async def _knock(self) -> None:
        while self.pool.get_stats().get("requests_waiting", 0):
            await self.pool.check()  # grows a pool that has lost its connections, where it is not at it already
            await asyncio.sleep(KNOCK)

    async def _furnish(self, connection: AsyncConnection[TupleRow]) -> None:
        """Learn as whom transactions must act: where there is an app role, a superuser may not see across tenants.

        Nothing is prepared before it is known that no pooler is in between: it would stay on what is another's later.
        """
        row = await (await connection.execute(WHO)).fetchone()
        assert row is not None
        steps_down, process, coordinates = row
        if coordinates:
            self._spread = await (await connection.execute(SPREAD)).fetchone() == (True,)
        if steps_down and not self._manners.startswith(STEP_DOWN):
            self._manners = STEP_DOWN + self._manners
        if process == connection.info.backend_pid:  # else a pooler: what is prepared here may be asked for elsewhere
            connection.prepare_threshold = AT_ONCE


WATCHFUL: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A server that vanished without a word is noticed within half a minute."""


CLAIM = """
INSERT INTO kept_requests (account_id, key, request_hash) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING key
"""


def _claims(scope: Scope) -> bool:
    return scope.claim is not None and not scope.claim.made and scope.tenant is not None


async def _claim(connection: AsyncConnection[TupleRow], scope: Scope) -> None:
    """Keep the key of the request that a transaction works for; raise Claimed where somebody else has kept it."""
    assert scope.claim is not None
    kept = await connection.execute(CLAIM, (scope.tenant, scope.claim.key, scope.claim.request))
    if await kept.fetchone() is None:
        raise Claimed("the same request was sent twice at once")


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
