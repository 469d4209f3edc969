"""Transactions: late errors, cancelled tasks, empty pools: nothing leaks, and nothing is called done that is not."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import anyio
import pytest
from psycopg import errors

from tests.desk import Desk, furnish, opened
from tests.fault import wired
from truebook.db import Database, NotCommitted, Scope
from truebook.db.database import QUEUE
from truebook.kernel.errors import Unavailable
from truebook.tenants import locks
from truebook.tenants.staff import STAFF

pytestmark = pytest.mark.anyio
NOBODY = Scope(UUID(int=1), "test")


@asynccontextmanager
async def narrow(url: str, size: int = 1) -> AsyncIterator[Database]:
    """Lend a pool with a single connection, so that a leak is an Unavailable."""
    async with Database(url, size=size, patience=1.0) as db:
        yield db


async def answers(db: Database) -> bool:
    async with db.transaction(NOBODY) as tx:
        row = await tx.row("SELECT current_setting('truebook.tenant'), txid_current_if_assigned()")
        return row == (str(NOBODY.tenant), None)


async def test_an_error_nobody_waited_for_surfaces_before_commit(database: str) -> None:
    async with narrow(database) as db:
        with pytest.raises(errors.DivisionByZero):
            async with db.transaction(NOBODY) as tx:
                await tx.run("SELECT 1 / 0")
        assert await answers(db)


async def test_an_error_surfaces_at_the_next_read(database: str) -> None:
    async with narrow(database) as db:
        with pytest.raises(errors.DivisionByZero):
            async with db.transaction(NOBODY) as tx:
                await tx.run("SELECT 1 / 0")
                await tx.row("SELECT 1")
        assert await answers(db)


async def test_an_error_that_was_swallowed_never_counts_as_committed(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        with pytest.raises((NotCommitted, errors.PipelineAborted, errors.DivisionByZero)):
            async with db.transaction(desk.scope) as tx:
                await STAFF.write(tx, {"name": "Zoe"})
                with suppress(errors.DivisionByZero):
                    await tx.row("SELECT 1 / 0")
        assert await names(desk) == ["Anna", "Ben"]


async def names(desk: Desk) -> list[str]:
    return sorted(person.name for person in await STAFF.page(desk.db, desk.scope))


async def test_what_was_never_prepared_is_not_asked_for_later(database: str) -> None:
    """A statement that is due to be kept by the server, in the wake of one that fails, did not reach it."""
    async with narrow(database) as db:
        for fails in (True, False, False, True, False):
            with suppress(errors.DivisionByZero):
                async with db.transaction(NOBODY) as tx:
                    await tx.run("SELECT 1 / %s", (int(not fails),))
                    await tx.run("SELECT 'kept'")
                    assert await tx.row("SELECT 'read'") == ("read",)


async def test_an_error_of_the_code_rolls_back(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        with pytest.raises(KeyError):
            async with db.transaction(desk.scope) as tx:
                await STAFF.write(tx, {"name": "Zoe"})
                raise KeyError
        assert await names(desk) == ["Anna", "Ben"]


async def working(db: Database, begun: asyncio.Event) -> None:
    async with db.transaction(NOBODY) as tx:
        await tx.row("SELECT 1")
        begun.set()
        await tx.row("SELECT pg_sleep(30)")


async def thinking(db: Database, begun: asyncio.Event) -> None:
    async with db.transaction(NOBODY) as tx:
        await tx.run("CREATE TEMP TABLE thought (a int)")
        begun.set()
        await asyncio.Event().wait()


async def glancing(db: Database, begun: asyncio.Event) -> None:
    begun.set()
    await db.glance(NOBODY, "SELECT pg_sleep(30)", {})


@pytest.mark.parametrize("work", [working, thinking, glancing])
async def test_a_cancelled_task_gives_its_connection_back(database: str, work) -> None:
    async with narrow(database) as db:
        for _ in range(3):
            begun = asyncio.Event()
            task = asyncio.create_task(work(db, begun))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await answers(db)


@pytest.mark.filterwarnings("ignore:.*BasePipeline._exit_gen:pytest.PytestUnraisableExceptionWarning")  # collected late
@pytest.mark.parametrize("work", [working, thinking, glancing])
async def test_a_client_that_hung_up_gives_its_connection_back(database: str, work) -> None:
    """A cancelled scope of anyio, as a web server uses them, cancels again at every further await."""
    async with narrow(database) as db:
        for _ in range(3):
            begun = asyncio.Event()
            async with anyio.create_task_group() as group:
                group.start_soon(work, db, begun)
                await begun.wait()
                group.cancel_scope.cancel()
            assert await answers(db)


async def test_an_empty_pool_is_unavailable_and_says_when_to_come_back(database: str) -> None:
    async with narrow(database) as db:
        begun = asyncio.Event()
        task = asyncio.create_task(thinking(db, begun))
        await begun.wait()
        began = time.monotonic()
        with pytest.raises(Unavailable) as refused:
            await answers(db)
        assert time.monotonic() - began < QUEUE + 1
        assert refused.value.data == {"retry_after": 1}
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await answers(db)


async def test_nobody_waits_for_a_lock_for_ever(database: str) -> None:
    async with narrow(database, 2) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope, lock=locks.SHARED) as tx:
            await tx.row("SELECT 1")  # all that was sent has been done
            with pytest.raises(Unavailable):
                await STAFF.add(db, desk.scope, name="Zoe")
        assert await names(desk) == ["Anna", "Ben"]


async def test_what_became_of_a_transaction(database: str) -> None:
    async with narrow(database, 2) as db:
        async with db.transaction(NOBODY) as tx:
            committed = (await tx.row("SELECT pg_current_xact_id()::text::bigint") or (0,))[0]
        with pytest.raises(KeyError):
            async with db.transaction(NOBODY) as tx:
                aborted = (await tx.row("SELECT pg_current_xact_id()::text::bigint") or (0,))[0]
                assert await db.fate(aborted) == "in progress"
                raise KeyError
        assert [await db.fate(xid) for xid in (committed, aborted, committed + 10**6)] == [
            "committed", "aborted", "aborted",
        ]  # fmt: skip


async def test_the_server_s_own_settings_do_not_matter(database: str) -> None:
    async with narrow(database) as db, db.pool.connection() as connection:
        await connection.execute("RESET ROLE")
        await connection.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database());"
            " EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''serializable''',"
            " current_database()); END $$"
        )
    async with narrow(database) as db, db.transaction(NOBODY) as tx:
        found = await tx.row("SELECT current_setting('timezone'), current_setting('transaction_isolation')")
        assert found == ("UTC", "read committed")


async def test_what_a_block_reads_is_one_transaction_of_its_tenant_also_after_a_fetch(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        query = "SELECT current_setting('truebook.tenant'), now(), count(*) FROM staff"
        async with db.reading(desk.scope) as tx:
            seen = [await tx.row(query) for _ in range(3)]
        assert seen == [(str(desk.account), seen[0][1], 2)] * 3


async def test_whoever_waits_for_a_server_that_is_away_looks_often_whether_it_is_back(database: str) -> None:
    async with wired(database) as (through, wire), Database(through, size=2, patience=30) as db:
        assert await db.glance(NOBODY, "SELECT 1", {}) == (1,)
        wire.stays_cut = True
        wire.cut()
        waiting = asyncio.create_task(db.glance(NOBODY, "SELECT 2", {}))
        while wire.refused < 20 and not waiting.done():  # ever further apart it would be a dozen in half a minute
            await asyncio.sleep(0.05)
        wire.mend()
        assert await waiting == (2,)
        assert wire.refused >= 20
