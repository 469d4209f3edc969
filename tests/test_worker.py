"""The worker: jobs are done, failed ones are tried again, and what a dead worker left behind is taken up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import procrastinate
import psycopg
import pytest

from tests.api.test_trouble import admit
from tests.chat import chat
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from tests.jobs import jobs_of
from truebook import worker
from truebook.assistant.incoming import inbox
from truebook.booking import actions, views
from truebook.db import Database, health
from truebook.db.notices import Notices
from truebook.jobs import AppointmentChanged, MessageReceived, publish
from truebook.kernel import ids
from truebook.kernel.errors import Unavailable

pytestmark = pytest.mark.anyio
T = TypeVar("T")


@asynccontextmanager
async def working(db: Database) -> AsyncIterator[procrastinate.App]:
    app = jobs_of(db)
    task = asyncio.create_task(worker.work(app))
    try:
        yield app
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def run_jobs(db: Database, *chores: str) -> None:
    """Defer some chores, then run whatever waits."""
    app = jobs_of(db)
    async with app.open_async():
        for chore in chores:
            await app.configure_task(chore).defer_async(timestamp=0)
        await app.run_worker_async(wait=False, install_signal_handlers=False)


async def states(desk: Desk) -> list[tuple]:
    async with desk.db.transaction(desk.scope) as tx:
        return await tx.rows("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id")


async def test_a_message_is_answered_by_the_worker(database: str) -> None:
    async with opened(database) as db, working(db):
        desk = await furnish(db)
        talk = await chat(desk)
        message = await inbox.receive(db, desk.scope, talk.conversation, "hello")
        answer = await inbox.wait_for_answer(db, desk.scope, message, Notices(db.direct), patience=20)
        assert answer is not None
        assert "salon-alice & co" in answer.text


async def test_a_worker_outlives_an_outage_of_its_database(
    database: str, server_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(database) as db, working(db):
        desk = await furnish(db)
        talk = await chat(desk)
        first = await inbox.receive(db, desk.scope, talk.conversation, "hello")
        assert await inbox.wait_for_answer(db, desk.scope, first, Notices(db.direct), patience=20)
        admit(server_url, database, "false")
        while "Side task listener failed" not in caplog.text:
            await asyncio.sleep(0.05)
        admit(server_url, database, "true")
        second = await patiently(lambda: inbox.receive(db, desk.scope, talk.conversation, "hello again"))
        assert await inbox.wait_for_answer(db, desk.scope, second, Notices(db.direct), patience=30)


async def test_a_job_that_is_done_does_not_stay_in_the_way(database: str) -> None:
    """The connection breaks on which a job was to be noted as done: the conversation's next message is answered."""
    async with opened(database) as db, working(db), await admin(database) as brake, await admin(database) as eye:
        desk = await furnish(db)
        talk = await chat(desk)
        async with db.transaction(desk.scope) as tx:
            await tx.row("SELECT FROM conversations FOR NO KEY UPDATE")  # so the answer is not written yet
            first = await inbox.receive(db, desk.scope, talk.conversation, "hello")
            await until(eye, "SELECT FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'message_received'")
            await brake.execute("BEGIN")
            await brake.execute("SELECT FROM procrastinate_jobs WHERE task_name = 'message_received' FOR UPDATE")
        assert await inbox.wait_for_answer(db, desk.scope, first, Notices(db.direct), patience=20)
        await until(eye, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {FINISHING}")
        await brake.execute("ROLLBACK")
        second = await inbox.receive(db, desk.scope, talk.conversation, "hello again")
        assert await inbox.wait_for_answer(db, desk.scope, second, Notices(db.direct), patience=20)


FINISHING = "wait_event_type = 'Lock' AND query LIKE '%procrastinate_finish_job%' AND datname = current_database()"


def admin(url: str) -> Awaitable[psycopg.AsyncConnection]:
    return psycopg.AsyncConnection.connect(url, autocommit=True, options="-c search_path=truebook")


async def until(eye: psycopg.AsyncConnection, query: str) -> None:
    """Ask until there is a row."""
    async with asyncio.timeout(120):
        while await (await eye.execute(query)).fetchone() is None:  # type: ignore[arg-type]
            await asyncio.sleep(0.01)


async def patiently(action: Callable[[], Awaitable[T]]) -> T:
    """Do something as soon as the database is back."""
    while True:
        with suppress(Unavailable):
            return await action()
        await asyncio.sleep(0.1)


async def test_a_job_whose_subject_is_gone_has_nothing_left_to_do(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope) as tx:
            await publish(tx, MessageReceived(desk.account, ids.uuid7(), ids.uuid7()))  # no such message
            await publish(tx, AppointmentChanged(desk.account, ids.uuid7()))  # told already, or gone
        await run_jobs(db)
        assert (await states(desk))[:2] == [
            ("message_received", "succeeded", 1),
            ("appointment_changed", "succeeded", 1),
        ]


async def test_what_fails_is_tried_again_for_a_day(database: str) -> None:
    async with opened(database) as db:
        job, retry = jobs_of(db).configure_task("message_received").job, worker.Patient()
        now = datetime.now(UTC)
        times = []
        while decision := retry.get_retry_decision(exception=RuntimeError(), job=job.evolve(attempts=len(times))):
            assert decision.retry_at is not None
            times.append((decision.retry_at - now).total_seconds())
        assert times[0] < 5
        assert 24 < sum(times) / 3600 < 26


async def test_a_job_left_behind_by_a_dead_worker_is_taken_up_again(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope) as tx:
            await publish(tx, AppointmentChanged(desk.account, ids.uuid7()))
            await tx.run(
                "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '10 minutes') RETURNING id)"
                " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
            )
        app = jobs_of(db)
        async with app.open_async():
            await app.configure_task("revive_stalled").defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False)
            await app.run_worker_async(wait=False, install_signal_handlers=False)
        assert ("appointment_changed", "succeeded") in [row[:2] for row in await states(desk)]


async def test_holds_that_have_run_out_are_given_back(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        ten = MONDAY.replace(hour=10)
        held = await actions.hold(db, desk.scope, desk.wish(ten), now=NOW, length=timedelta(days=-3000))
        await run_jobs(db, "sweep_holds")
        assert (await views.appointment(db, desk.scope, held.id)).status == "cancelled"


async def test_a_chore_that_fails_for_one_business_is_done_for_the_others(database: str) -> None:
    async with opened(database) as db:
        first, desk = await furnish(db), await furnish(db, "praxis-bob")
        ten = MONDAY.replace(hour=10)
        held = [
            await actions.hold(db, one.scope, one.wish(ten), now=NOW, length=timedelta(days=-3000))
            for one in (first, desk)
        ]
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute(
                "CREATE FUNCTION public.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$"
            )
            owner.execute(
                "CREATE TRIGGER no BEFORE UPDATE ON truebook.appointments FOR EACH ROW"
                f" WHEN (OLD.tenant_id = '{first.account}') EXECUTE FUNCTION public.no()"
            )
        await run_jobs(db, "sweep_holds")
        assert [
            (await views.appointment(db, one.scope, row.id)).status
            for one, row in zip((first, desk), held, strict=True)
        ] == [
            "held",
            "cancelled",
        ]


async def test_what_is_long_over_is_forgotten_and_the_rest_is_kept(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        await talk.say("yes")
        counts = "SELECT (SELECT count(*) FROM idempotency_keys), (SELECT count(*) FROM offers)"
        await run_jobs(db, "tidy")
        async with db.transaction(desk.scope) as tx:
            assert await tx.row(counts) == (1, 1)
            await tx.run("UPDATE idempotency_keys SET expires_at = now() - interval '1 minute'")
            await tx.run("UPDATE offers SET expires_at = now() - interval '31 days'")
        await run_jobs(db, "tidy")
        async with db.transaction(desk.scope) as tx:
            assert await tx.row(counts) == (0, 0)
        assert (await views.listing(db, desk.scope, NOW, NOW + timedelta(days=9)))[0].status == "confirmed"


async def test_a_job_given_up_is_kept_for_a_month(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope) as tx:
            for days in (29, 31):
                await tx.run(
                    "WITH old AS (INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
                    " VALUES ('default', 'message_received', '{}', 'failed') RETURNING id)"
                    " INSERT INTO procrastinate_events (job_id, type, at)"
                    " SELECT id, 'failed', now() - make_interval(days => %s) FROM old",
                    (days,),
                )
            await tx.run("DELETE FROM procrastinate_events WHERE at > now() - interval '1 day'")
        await run_jobs(db, "tidy")
        assert [row[1] for row in await states(desk) if row[0] == "message_received"] == ["failed"]
        assert [one.name for one in health.examine(database) if not one.ok] == ["jobs given up"]


async def test_news_nobody_could_be_told_is_called_failed_and_doctor_says_so(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        for hour in (10, 12):
            await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=hour)), now=NOW)
        async with db.transaction(desk.scope) as tx:
            await tx.run("DELETE FROM procrastinate_jobs")
            late = "UPDATE outbox SET available_at = now() - make_interval(hours => %s) WHERE id = (SELECT %s(id::text)::uuid FROM outbox)"
            await tx.run(late.replace("%s(", "max("), (27,))
            await tx.run(late.replace("%s(", "min("), (25,))
        await run_jobs(db, "give_up")
        async with db.transaction(desk.scope) as tx:
            assert await tx.rows("SELECT status, last_error FROM outbox ORDER BY id DESC") == [
                ("failed", "not told in time"),
                ("queued", None),
            ]
        found = [one.name for one in health.examine(database) if not one.ok]
        assert found == ["messages to send", "messages not sent", "alerts"]
