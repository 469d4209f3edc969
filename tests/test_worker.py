"""The worker: jobs are done, failed ones are tried again, and what a dead worker left behind is taken up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TypeVar

import procrastinate
import pytest

from tests.api.test_trouble import admit
from tests.chat import LINKS, chat
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook import worker
from truebook.assistant import inbox
from truebook.assistant.conversation import Assistant
from truebook.assistant.offline import Offline
from truebook.booking import actions, views
from truebook.db import Database
from truebook.delivery.notify import Messenger
from truebook.jobs import AppointmentChanged, MessageReceived, publish
from truebook.kernel import ids
from truebook.kernel.errors import Unavailable

pytestmark = pytest.mark.anyio
T = TypeVar("T")


def jobs_of(db: Database) -> procrastinate.App:
    return worker.build(db, Assistant(db, Offline(), LINKS), Messenger(db, LINKS))


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


async def states(desk: Desk) -> list[tuple]:
    async with desk.db.transaction(desk.scope) as tx:
        return await tx.rows("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id")


async def test_a_message_is_answered_by_the_worker(database: str) -> None:
    async with opened(database) as db, working(db):
        desk = await furnish(db)
        talk = await chat(desk)
        message = await inbox.receive(db, desk.scope, talk.conversation, "hello")
        answer = await inbox.wait_for_answer(db, desk.scope, message, patience=20)
        assert answer is not None
        assert "salon-alice & co" in answer.text


async def test_a_worker_outlives_an_outage_of_its_database(
    database: str, server_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(database) as db, working(db):
        desk = await furnish(db)
        talk = await chat(desk)
        first = await inbox.receive(db, desk.scope, talk.conversation, "hello")
        assert await inbox.wait_for_answer(db, desk.scope, first, patience=20)
        admit(server_url, database, "false")
        while "Side task listener failed" not in caplog.text:
            await asyncio.sleep(0.05)
        admit(server_url, database, "true")
        second = await patiently(lambda: inbox.receive(db, desk.scope, talk.conversation, "hello again"))
        assert await inbox.wait_for_answer(db, desk.scope, second, patience=30)


async def patiently(action: Callable[[], Awaitable[T]]) -> T:
    """Do something as soon as the database is back."""
    while True:
        with suppress(Unavailable):
            return await action()
        await asyncio.sleep(0.1)


async def test_what_fails_is_tried_again_and_what_cannot_be_is_given_up(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        async with db.transaction(desk.scope) as tx:
            await publish(tx, MessageReceived(desk.account, ids.uuid7(), ids.uuid7()))  # no such message
            await publish(tx, AppointmentChanged(desk.account, ids.uuid7()))  # told already, or gone: nothing to do
        app = jobs_of(db)
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False)
        assert (await states(desk))[:2] == [("message_received", "failed", 1), ("appointment_changed", "succeeded", 1)]
        retry = worker.Patient()
        job = app.configure_task("message_received").job
        waits = [
            retry.get_retry_decision(exception=RuntimeError("x"), job=job.evolve(attempts=n)) for n in (0, 5, 11, 30)
        ]
        assert [wait is not None for wait in waits] == [True, True, True, False]


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
        app = jobs_of(db)
        async with app.open_async():
            await app.configure_task("sweep_holds").defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False)
        assert (await views.appointment(db, desk.scope, held.id)).status == "cancelled"
