"""What the worker does by the clock: give back holds, remind, reconcile, take up what was left behind, and tidy."""

from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
import psycopg
from procrastinate import JobContext

from truebook import limits
from truebook.booking import actions, upkeep, waitlist
from truebook.db import Database, Scope
from truebook.delivery.outgoing import Outgoing
from truebook.jobs import CHORES
from truebook.kernel import clock, log
from truebook.kernel.errors import Fact
from truebook.ledger import notices, updates
from truebook.onboarding.caretaker import Caretaker
from truebook.people import retention
from truebook.tenants import accounts

KEPT_HOURS = 30 * 24
"""How long a job is kept that was given up."""
logger = log.get(__name__)


def register(app: procrastinate.App, db: Database, out: Outgoing, caretaker: Caretaker | None = None) -> None:
    """Add every chore to the job application, with its times (UTC)."""

    @app.periodic(cron="* * * * *")
    @app.task(name="sweep_holds", queue=CHORES, queueing_lock="sweep_holds")
    async def sweep_holds(timestamp: int) -> None:
        await _everywhere(db, "sweep", lambda scope: actions.sweep(db, scope, now=clock.now()))

    @app.periodic(cron="* * * * *")
    @app.task(name="revive_stalled", queue=CHORES, queueing_lock="revive_stalled", pass_context=True)
    async def revive_stalled(context: JobContext, timestamp: int) -> None:
        for job in await app.job_manager.get_stalled_jobs():
            logger.warning("a job was left behind by a worker that died", job=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)

    @app.periodic(cron="* * * * *")
    @app.task(name="remind", queue=CHORES, queueing_lock="remind")
    async def remind(timestamp: int) -> None:
        await _everywhere(db, "remind", lambda scope: out.reminding.remind(scope, now=clock.now()))

    @app.periodic(cron="* * * * *")
    @app.task(name="notice", queue=CHORES, queueing_lock="notice")
    async def notice(timestamp: int) -> None:
        await _everywhere(db, "notice", lambda scope: out.noticing.work(scope, now=clock.now()))

    @app.periodic(cron="*/2 * * * *")
    @app.task(name="reconcile", queue=CHORES, queueing_lock="reconcile")
    async def reconcile(timestamp: int) -> None:
        await _everywhere(db, "reconcile", lambda scope: out.reconciler.work(scope, now=clock.now()))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="give_up", queue=CHORES, queueing_lock="give_up")
    async def give_up(timestamp: int) -> None:
        await _everywhere(db, "give up", lambda scope: out.messenger.give_up(scope, now=clock.now()))

    if caretaker is not None:

        @app.periodic(cron="7 4 * * *")
        @app.task(name="look_after", queue=CHORES, queueing_lock="look_after")
        async def look_after(timestamp: int) -> None:
            await _everywhere(db, "look after", caretaker.work)

    @app.periodic(cron="17 3 * * *")
    @app.task(name="tidy", queue=CHORES, queueing_lock="tidy")
    async def tidy(timestamp: int) -> None:
        await _everywhere(db, "tidy", lambda scope: upkeep.forget(db, scope, now=clock.now()))
        await _everywhere(db, "tidy", lambda scope: updates.forget(db, scope))
        await _everywhere(db, "tidy", lambda scope: waitlist.pass_by(db, scope, now=clock.now()))
        await _everywhere(db, "tidy", lambda scope: notices.forget(db, scope))
        await _everywhere(db, "retention", lambda scope: retention.keep_to(db, scope, now=clock.now()))
        await limits.forget(db)
        await app.job_manager.delete_old_jobs(
            KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )


async def _everywhere(db: Database, cause: str, work: Callable[[Scope], Awaitable[Any]]) -> None:
    """Do a piece of work for every business; one where it fails does not keep it from the others."""
    async for account_id in accounts.every(db):
        try:
            await work(Scope(account_id, "system", cause))
        except (Fact, psycopg.Error):
            logger.exception("a chore failed", chore=cause, tenant=str(account_id))
