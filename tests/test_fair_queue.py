"""Businesses take turns at the worker, conversations keep their order, and what came in waits for nobody's turn."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest
from pydantic_ai.messages import ModelMessage

from tests.chat import chat
from tests.desk import furnish, opened
from tests.jobs import jobs_of
from truebook import worker
from truebook.assistant.incoming import inbox
from truebook.assistant.offline.model import Offline
from truebook.db import Database, Scope
from truebook.db.notices import Notices
from truebook.jobs import INBOUND, AppointmentChanged, MessageDue, MessageReceived, publish
from truebook.kernel import ids
from truebook.ledger.words import Words, write

pytestmark = pytest.mark.anyio
A, B, C = (ids.uuid7() for _ in range(3))
MANY = 3000
NUMBER = """
INSERT INTO whatsapp_numbers (account_id, number_id, messaging_account_id, hook, verify_token, access_token)
VALUES (%s, '1', '2', 'a-hook-of-sixteen-letters', sha256('x'), 'sealed') RETURNING id
"""
CHAT = "INSERT INTO conversations (account_id, id, channel, address, number_id) VALUES (%s, %s, 'whatsapp', %s, %s)"
JOB = "SELECT task_name, args ->> 'conversation' FROM procrastinate_jobs WHERE id = %s"


async def receive(db: Database, tenant: UUID, count: int = 1, conversation: UUID | None = None) -> None:
    """Let a business's customers write: each in a conversation of their own, or all in one."""
    async with db.transaction(Scope(tenant, "test")) as tx:
        for _ in range(count):
            await publish(tx, MessageReceived(tenant, conversation or ids.uuid7(), ids.uuid7()))


class Bench:
    """Takes jobs as a worker does, by procrastinate's own query."""

    def __init__(self, connection: psycopg.AsyncConnection) -> None:
        self.connection = connection

    async def take(self, queue: str = "turns") -> tuple[int, UUID, UUID]:
        """Take the next job: its id, whose it is, and its message."""
        query = (
            "SELECT id, (args->>'tenant')::uuid, (args->>'message')::uuid"
            " FROM procrastinate_fetch_job_v2(%s::varchar[], NULL)"
        )
        row = await (await self.connection.execute(query, ([queue],))).fetchone()
        assert row is not None
        return row  # type: ignore[return-value]

    async def finish(self, job: int, again: bool = False) -> None:
        """Note that a job is done, or that it is to be tried again at once."""
        if again:
            await self.connection.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", (job,))
        else:
            await self.connection.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", (job,))

    async def serve(self, number: int) -> list[UUID]:
        """Do some jobs, one after the other; return whose they were."""
        served = []
        for _ in range(number):
            job, tenant, _ = await self.take()
            await self.finish(job)
            served.append(tenant)
        return served


@pytest.fixture
async def db(database: str) -> Any:
    async with opened(database) as db:
        yield db


@pytest.fixture
async def bench(db: Database) -> Any:
    async with await psycopg.AsyncConnection.connect(
        db.url, autocommit=True, options="-c search_path=truebook"
    ) as connection:
        yield Bench(connection)


async def test_who_has_thousands_waiting_does_not_delay_who_has_one(db: Database, bench: Bench) -> None:
    await receive(db, A, MANY)
    under_way = [await bench.take() for _ in range(8)]
    await receive(db, B)
    under_way += [await bench.take() for _ in range(2)]
    assert under_way[-1][1] == B
    for job, *_ in under_way:
        await bench.finish(job)
    await bench.serve(100)
    await receive(db, B)
    assert B in await bench.serve(3)


async def test_two_with_much_to_do_take_turns(db: Database, bench: Bench) -> None:
    await receive(db, A, 300)
    await bench.serve(50)
    await receive(db, B, 300)
    await receive(db, C, 3)
    served = await bench.serve(60)
    assert served[:12].count(C) == 3
    assert abs(served.count(A) - served.count(B)) <= 2


async def test_nobody_waits_for_ever_behind_newcomers(db: Database, bench: Bench) -> None:
    await receive(db, A, 20)
    job, *_ = await bench.take()
    for _ in range(40):  # ever new businesses: one more at each place that becomes free
        await receive(db, ids.uuid7())
        await receive(db, ids.uuid7())
        await bench.finish(job)
        job, tenant, _ = await bench.take()
        if tenant == A:
            return
    raise AssertionError("the first business was never served again")


async def test_what_leaves_is_fair_as_well(db: Database, bench: Bench) -> None:
    for tenant, count in ((A, 50), (B, 1)):
        async with db.transaction(Scope(tenant, "test")) as tx:
            for _ in range(count):
                await publish(tx, AppointmentChanged(tenant, ids.uuid7()))
    assert B in [(await bench.take("outbound"))[1] for _ in range(3)]


async def test_an_answer_is_never_behind_news_and_takes_along_what_must_come_before_it(
    db: Database, bench: Bench
) -> None:
    desk = await furnish(db)
    carla, dora = ids.uuid7(), ids.uuid7()
    async with db.transaction(desk.scope) as tx:
        number = await tx.row(NUMBER, (tx.tenant,))
        assert number is not None
        for chat_id in (carla, dora):
            await tx.run(CHAT, (tx.tenant, chat_id, str(chat_id), number[0]))
        for _ in range(MANY):
            await publish(tx, MessageDue(tx.tenant, ids.uuid7()))
        await write(tx, Words(ids.uuid7(), carla, "Booked", "receipt"))
    async with db.transaction(desk.scope) as tx:
        await write(tx, Words(ids.uuid7(), dora, "Hello Dora", "reply"))
        await write(tx, Words(ids.uuid7(), carla, "Hello Carla", "reply"))
    taken = []
    for _ in range(3):
        job, *_ = await bench.take("answers")
        row = await (await bench.connection.execute(JOB, (job,))).fetchone()
        assert row is not None
        taken.append((row[0], UUID(row[1])))
        await bench.finish(job)
    assert sorted(taken) == sorted([("answer_due", dora), ("message_due", carla), ("answer_due", carla)])
    assert taken.index(("message_due", carla)) < taken.index(("answer_due", carla))
    rows = await (await bench.connection.execute("SELECT DISTINCT queue_name FROM procrastinate_jobs")).fetchall()
    assert rows == [("outbound",)]


async def test_a_conversation_keeps_its_order_also_when_a_message_is_tried_again(db: Database, bench: Bench) -> None:
    conversation = ids.uuid7()
    await receive(db, A, 30)
    await receive(db, A, 1, conversation)
    await bench.serve(30)
    job, _, first = await bench.take()
    await receive(db, A, 2, conversation)  # nothing waits by now, and yet they come later
    await bench.finish(job, again=True)
    job, _, again = await bench.take()
    assert again == first
    await bench.finish(job)
    assert await bench.serve(2) == [A, A]


async def test_messages_of_a_conversation_are_answered_one_at_a_time_in_order(db: Database) -> None:
    desk = await furnish(db)
    talk = await chat(desk)
    model = Counting()
    messages = [await inbox.receive(db, desk.scope, talk.conversation, f"hello {number}") for number in range(5)]
    jobs = asyncio.create_task(worker.work(jobs_of(db, model)))
    answers = [
        await inbox.wait_for_answer(db, desk.scope, message, Notices(db.direct), patience=30) for message in messages
    ]
    jobs.cancel()
    await asyncio.wait([jobs])
    times = [answer.at for answer in answers if answer]
    assert len(times) == 5
    assert times == sorted(times)
    assert model.most == 1


class Counting(Offline):
    """The offline engine, which counts how many turns are under way at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    async def request(self, messages: list[ModelMessage], *args: Any) -> Any:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await super().request(messages, *args)
        finally:
            self.now -= 1


async def test_what_came_in_is_taken_in_while_every_turn_waits_for_its_model(db: Database) -> None:
    """All places for turns are taken, by more turns than there are: a job of the inbound queue is done meanwhile."""
    desk = await furnish(db)
    for _ in range(20):
        talk = await chat(desk, phone=None)
        await inbox.receive(db, desk.scope, talk.conversation, "hello")
    model = Stuck()
    app = jobs_of(db, model)

    @app.task(name="take_in", queue=INBOUND)
    async def take_in() -> None:
        model.go_on.set()

    jobs = asyncio.create_task(worker.work(app))
    try:
        async with asyncio.timeout(120):
            await model.full.wait()
            async with db.transaction(Scope(None, "test")) as tx:
                await tx.run(
                    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('inbound', 'take_in', 0, NULL, NULL, '{}'::jsonb, NULL)"
                    "::procrastinate_job_to_defer_v1])"
                )
            await model.go_on.wait()
            await answered(db)  # whoever is stopped in the middle may leave a connection to the collector
    finally:
        model.go_on.set()
        jobs.cancel()
        await asyncio.wait([jobs])


async def answered(db: Database) -> None:
    """Wait until no turn is due or in work."""
    async with db.reading(Scope(None, "test")) as tx:
        while await tx.rows(
            "SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = 'turns'"
        ):
            await asyncio.sleep(0.1)


class Stuck(Offline):
    """A model that answers nobody until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on, self.full = asyncio.Event(), asyncio.Event()
        self.asked = 0

    async def request(self, messages: Sequence[ModelMessage], *args: Any) -> Any:
        self.asked += 1
        if self.asked == worker.LANES[("turns",)]:
            self.full.set()
        await self.go_on.wait()
        return await super().request(list(messages), *args)
