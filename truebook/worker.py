"""Event name → handler. The worker runs each job until it is done; a job whose worker died is taken up again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import procrastinate
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from truebook.assistant.conversation import Assistant
from truebook.booking import actions
from truebook.db import Database, Scope
from truebook.delivery.notify import Messenger
from truebook.jobs import AppointmentChanged, Event, MessageReceived, OutcomeOpen
from truebook.jobs.publish import event
from truebook.kernel import clock, log
from truebook.kernel.errors import NotFound
from truebook.tenants import accounts

logger = log.get(__name__)
PAUSE = 1.0
"""Seconds after which a worker that has lost the database begins again."""
Handler = Callable[[Any], Awaitable[None]]


class Patient(BaseRetryStrategy):
    """Try again soon, then ever later, for a day; what asks for the impossible is not tried again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try a failed job again, or None to give it up."""
        if isinstance(exception, NotFound) or job.attempts >= 30:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 11), 3600)})


def build(db: Database, assistant: Assistant, messenger: Messenger) -> procrastinate.App:
    """Return the job application: every event with its handler, and the chores that come round."""
    connector = procrastinate.PsycopgConnector(
        conninfo=db.url, kwargs={"options": "-c search_path=truebook"}, timeout=5.0, reconnect_timeout=5.0
    )
    app = procrastinate.App(connector=connector)
    handlers: dict[type[Event], Handler] = {
        MessageReceived: assistant.answer,
        OutcomeOpen: assistant.settle,
        AppointmentChanged: messenger.tell,
    }
    for kind, handler in handlers.items():
        _register(app, kind, handler)
    _chores(app, db)
    return app


def _register(app: procrastinate.App, kind: type[Event], handler: Handler) -> None:
    @app.task(name=kind.name, retry=Patient())
    async def run(**arguments: str) -> None:
        await handler(event(kind, arguments))


def _chores(app: procrastinate.App, db: Database) -> None:
    @app.periodic(cron="* * * * *")
    @app.task(name="sweep_holds", queueing_lock="sweep_holds", pass_context=False)
    async def sweep_holds(timestamp: int) -> None:
        for account in await accounts.listing(db, limit=10_000):
            await actions.sweep(db, Scope(account.id, "system", "sweep"), now=clock.now())

    @app.periodic(cron="* * * * *")
    @app.task(name="revive_stalled", queueing_lock="revive_stalled", pass_context=True)
    async def revive_stalled(context: JobContext, timestamp: int) -> None:
        for job in await app.job_manager.get_stalled_jobs():
            logger.warning("a job was left behind by a worker that died", job=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)


async def work(app: procrastinate.App, *, concurrency: int = 8) -> None:
    """Run jobs until cancelled; a job under way is finished first. A database that goes away is waited for."""
    async with app.open_async():
        while not _cancelled():
            with suppress(ConnectorException):
                await app.run_worker_async(
                    concurrency=concurrency,
                    wait=True,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=2.0,
                    shutdown_graceful_timeout=10,
                    delete_jobs="successful",
                )
            logger.warning("the worker has lost the database, and begins again")
            await asyncio.sleep(PAUSE)


def _cancelled() -> bool:
    """Tell whether this task was asked to end, even where what it was doing then failed for want of a database."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
