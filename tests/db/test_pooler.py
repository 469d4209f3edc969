"""Behind a pooler that hands connections on: everything works, nothing leaks, and what cannot work is said."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from tests.chat import chat
from tests.db.pooler import pooled
from tests.desk import MONDAY, NOW, furnish
from tests.jobs import jobs_of
from truebook import worker
from truebook.assistant.incoming import inbox
from truebook.booking import actions, views
from truebook.db import Database, Scope, health
from truebook.db.notices import Notices
from truebook.kernel.errors import Unavailable

pytestmark = pytest.mark.anyio
LEFT = """
SELECT name, setting FROM pg_settings WHERE source = 'session' AND name NOT LIKE 'truebook.%'
UNION ALL SELECT name, current_setting(name, true) FROM unnest(ARRAY[
  'truebook.tenant', 'truebook.scope', 'truebook.actor', 'truebook.cause']) name
  WHERE coalesce(current_setting(name, true), '') <> ''
UNION ALL SELECT 'role', current_user::text WHERE current_user <> session_user
UNION ALL SELECT 'lock', objid::text FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
UNION ALL SELECT 'channel', pg_listening_channels()
"""
"""What a session has that a new one has not."""


async def test_nothing_stays_on_a_connection(database: str) -> None:
    async with Database(database, size=1) as db:
        desk = await furnish(db)
        booked = await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
        await views.appointment(db, desk.scope, booked.id)
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with db.transaction(desk.scope) as tx:
                await tx.row("SELECT 1 / 0")
        async with db.pool.connection() as connection:
            assert await (await connection.execute(LEFT)).fetchall() == []
            assert await (await connection.execute("SELECT session_user = current_user")).fetchone() == (True,)


async def test_two_businesses_in_turn_see_nothing_of_each_other(database: str) -> None:
    with pooled(database) as url:
        async with Database(url, direct=database, size=16) as db:
            first, second = await furnish(db), await furnish(db, "praxis-bob")

            async def book(number: int) -> None:
                desk = (first, second)[number % 2]
                start = MONDAY + timedelta(days=number // 2 // 8, hours=1 + number // 2 % 8)
                made = await actions.book(db, desk.scope, desk.wish(start), now=NOW)
                seen = await views.listing(db, desk.scope, start, start + timedelta(minutes=1))
                assert [one.id for one in seen] == [made.id]

            await asyncio.gather(*(book(number) for number in range(80)))
            for desk in (first, second):
                async with db.transaction(desk.scope) as tx:
                    assert await tx.row("SELECT count(*), count(DISTINCT tenant_id) FROM appointments") == (40, 1)
            async with db.transaction(Scope(None, "nobody")) as tx:
                assert await tx.row("SELECT count(*) FROM appointments") == (0,)
        for _ in range(8):
            with psycopg.connect(url, autocommit=True) as connection:
                assert connection.execute(LEFT).fetchall() == []


async def test_one_connection_to_the_server_serves_several_processes_after_each_other(database: str) -> None:
    with pooled(database, size=1) as url:
        for _ in range(3):
            async with Database(url, direct=database) as db:
                assert await db.glance(Scope(None, "nobody"), "SELECT 42", {}) == (42,)
        with psycopg.connect(url, autocommit=True) as connection:
            assert connection.execute("SELECT name FROM pg_prepared_statements").fetchall() == []


async def test_messages_are_answered_behind_a_pooler(database: str) -> None:
    with pooled(database) as url:
        async with Database(url, direct=database) as db:
            desk = await furnish(db)
            talk = await chat(desk)
            jobs = asyncio.create_task(worker.work(jobs_of(db)))
            try:
                message = await inbox.receive(db, desk.scope, talk.conversation, "hello")
                assert await inbox.wait_for_answer(db, desk.scope, message, Notices(db.direct), patience=30)
            finally:
                jobs.cancel()
                await asyncio.wait([jobs])


def test_doctor_says_that_a_pooler_in_transaction_mode_is_no_connection_of_ones_own(database: str) -> None:
    with pooled(database) as url:
        found = [one for one in health.examine(url) if not one.ok]
        assert [one.name for one in found] == ["a connection of its own"]
        assert "transaction mode" in found[0].problem
        assert "DATABASE_DIRECT_URL" in found[0].fix
        with pytest.raises(Unavailable, match="DATABASE_DIRECT_URL"):
            health.refuse_if_broken(url)
        # an administrator's own URL is well; that over which the desk listens is not
        assert [one for one in health.examine(database, listens=url) if not one.ok] == found
        assert [one for one in health.examine(database, listens=database) if not one.ok] == []
    assert [one for one in health.examine(database) if not one.ok] == []
