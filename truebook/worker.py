"""Event name → handler. The worker runs each job until it is done; a job whose worker died is taken up again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import procrastinate
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from truebook import chores
from truebook.assistant.incoming.listening import Listener
from truebook.assistant.incoming.webhooks import Incoming
from truebook.booking.turns import Offering
from truebook.db import Database
from truebook.delivery.outgoing import Outgoing
from truebook.delivery.sending import Sender
from truebook.jobs import (
    ANSWERS,
    CHORES,
    INBOUND,
    OUTBOUND,
    TURNS,
    AnswerDue,
    AppointmentChanged,
    ChecksAsked,
    CodeAsked,
    DeliveryOpen,
    Event,
    MailDue,
    MessageDue,
    MessageReceived,
    OutcomeOpen,
    RemindersDue,
    SeriesBooked,
    SignInAsked,
    TimeFreed,
    UpdatesStored,
)
from truebook.jobs.connector import Connector
from truebook.jobs.finishing import Steadfast
from truebook.jobs.publish import event
from truebook.kernel import log, traces
from truebook.kernel.errors import NotFound
from truebook.kernel.figures import JOB_SECONDS
from truebook.onboarding.caretaker import Caretaker
from truebook.rehearsal.checking import Checking

logger = log.get(__name__)
POLLING = 0.5
"""Seconds between looks for jobs nobody rings for: those that waited for another with their lock, or for their time."""
PAUSE = 1.0
"""Seconds after which a worker that has lost the database begins again."""
LANES = {(INBOUND,): 4, (TURNS,): 8, (ANSWERS,): 4, (OUTBOUND, CHORES): 4}
"""Places for jobs under way: no turn that waits for a model keeps what came in, or what leaves, from its place,
and no pile of news an answer."""
REMEMBERS = 3600.0
"""Seconds after which a worker forgets what it remembers of customers' words; nobody else does."""
SEEN = 0.5
"""Seconds that an answered message waits for its read mark."""
Handler = Callable[[Any], Awaitable[None]]


class Assistant(Protocol):
    """Whoever answers messages (`truebook.assistant.conversation`), loaded or not."""

    async def answer(self, event: MessageReceived) -> None:
        """Answer a message."""

    async def settle(self, event: OutcomeOpen) -> None:
        """Look into what became of a change."""

    def forget(self) -> None:
        """Let go of what is remembered of customers' words."""


class Asleep:
    """An assistant that is loaded with the first message: its library of models is a fifth of an idle desk's memory."""

    def __init__(self, load: Callable[[], Assistant]) -> None:
        self._load, self._one = load, asyncio.Lock()
        self._assistant: Assistant | None = None

    async def answer(self, event: MessageReceived) -> None:
        """Answer a message."""
        await (await self._awake()).answer(event)

    async def settle(self, event: OutcomeOpen) -> None:
        """Look into what became of a change."""
        await (await self._awake()).settle(event)

    def forget(self) -> None:
        """Let go of what is remembered of customers' words, where there is anybody who remembers."""
        if self._assistant is not None:
            self._assistant.forget()

    async def _awake(self) -> Assistant:
        async with self._one:
            if self._assistant is None:
                self._assistant = await asyncio.to_thread(self._load)
            return self._assistant


class Patient(BaseRetryStrategy):
    """Try again soon, then ever later, up to every minute, for a day: whoever waits behind it must not wait longer.

    What is given up then stays, and doctor tells.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try a failed job again, or None to give it up."""
        if job.attempts >= TRIES:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 6), 60)})


TRIES = 1500
"""With these waits (1, 2, 4 … 32 s, then a minute each) a little more than a day."""


def build(
    db: Database,
    assistant: Assistant,
    out: Outgoing,
    caretaker: Caretaker | None = None,
    listener: Listener | None = None,
    checking: Checking | None = None,
) -> procrastinate.App:
    """Return the job application: every event with its handler, and the chores that come round."""
    connector = Connector(db)
    app = procrastinate.App(connector=connector)
    app.job_manager = Steadfast(connector)
    handlers: dict[type[Event], Handler] = {
        MessageReceived: partial(_answer, assistant, out.sender, listener),
        OutcomeOpen: assistant.settle,
        UpdatesStored: Incoming(db).work,
        MessageDue: out.sender.send,
        AnswerDue: out.sender.send,
        DeliveryOpen: out.sender.follow,
        AppointmentChanged: out.messenger.tell,
        TimeFreed: Offering(db).offer,
        MailDue: out.mailer.send,
        SignInAsked: out.doorkeeper.answer,
        CodeAsked: out.prover.send,
        RemindersDue: out.reminding.work,
        ChecksAsked: (checking or Checking(db)).work,
        SeriesBooked: out.messenger.tell_series,
    }
    for kind, handler in handlers.items():
        _register(app, kind, handler)
    chores.register(app, db, out, caretaker)
    return app


async def _answer(assistant: Assistant, sender: Sender, listener: Listener | None, event: MessageReceived) -> None:
    """Answer a message; whoever wrote it by a provider sees meanwhile that it was read."""
    if event.direct:
        return await assistant.answer(event)
    seen = asyncio.ensure_future(sender.show_seen(event))
    try:
        if listener is not None:
            await listener.hear(event)
        await assistant.answer(event)
    finally:
        await asyncio.wait({seen}, timeout=SEEN)
        seen.cancel()  # no later turn of this chat waits for it, and "typing" would come after what was typed
        await asyncio.gather(seen, return_exceptions=True)


def _register(app: procrastinate.App, kind: type[Event], handler: Handler) -> None:
    @app.task(name=kind.name, queue=kind.queue, retry=Patient())
    async def run(**arguments: str) -> None:
        begun, outcome = time.perf_counter(), "failed"
        with log.during(arguments.get("request")), traces.span(f"job {kind.name}", "consumer", parent=arguments):
            try:
                await handler(event(kind, arguments))
                outcome = "done"
            except NotFound:
                outcome = "gone"
                logger.info("what a job was about is gone; nothing is left to do", task=kind.name)
            finally:
                JOB_SECONDS.labels(kind.name, outcome).observe(time.perf_counter() - begun)


async def work(app: procrastinate.App, assistant: Assistant | None = None) -> None:
    """Run jobs until cancelled; a job under way is finished first. A database that goes away is waited for."""
    async with app.open_async(), asyncio.TaskGroup() as lanes:
        for queues, places in LANES.items():
            lanes.create_task(_work(app, queues, places))
        if assistant is not None:
            lanes.create_task(_forget(assistant))


async def _forget(assistant: Assistant) -> None:
    """Have the assistant forget what it remembers of customers' words: somebody may have been erased meanwhile."""
    while True:
        await asyncio.sleep(REMEMBERS)
        assistant.forget()


async def _work(app: procrastinate.App, queues: tuple[str, ...], places: int) -> None:
    while not _cancelled():
        with suppress(ConnectorException):
            await app.run_worker_async(
                queues=list(queues),
                concurrency=places,
                wait=True,
                install_signal_handlers=False,
                fetch_job_polling_interval=POLLING,
                shutdown_graceful_timeout=10,
                delete_jobs="successful",
            )
        logger.warning("the worker has lost the database, and begins again")
        await asyncio.sleep(PAUSE)


def _cancelled() -> bool:
    """Tell whether this task was asked to end, even where what it was doing then failed for want of a database."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
