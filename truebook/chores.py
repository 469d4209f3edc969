"""What the worker does by the clock: give back holds, remind, reconcile, take up what was left behind, and tidy."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import JobContext

from truebook import limits
from truebook.booking import upkeep, waitlist
from truebook.db import Database, Scope
from truebook.delivery.notify import DEADLINE
from truebook.delivery.outgoing import Outgoing
from truebook.delivery.reconciling import LEAST, SETTLED, Reconciler
from truebook.jobs import CHORES, owed
from truebook.kernel import clock, log
from truebook.kernel.errors import Fact, Unavailable
from truebook.ledger import notices, updates
from truebook.onboarding.caretaker import Caretaker
from truebook.people import retention
from truebook.tenants import repeats

KEPT_HOURS = 30 * 24
"""How long a job is kept that was given up."""
AT_ONCE = 8
"""Businesses for which a chore is done at the same time."""
TOGETHER = 50
"""Businesses whose holds are given back in one transaction."""
PAGE = 500
CLOCK = Scope(None, "system", "the clock")
DUE = "SELECT businesses_due(%(what)s, %(since)s, %(after)s, %(most)s)"
logger = log.get(__name__)


def register(app: procrastinate.App, db: Database, out: Outgoing, caretaker: Caretaker | None = None) -> None:
    """Add every chore to the job application, with its times (UTC)."""

    @app.periodic(cron="* * * * *")
    @app.task(name="sweep_holds", queue=CHORES, queueing_lock="sweep_holds")
    async def sweep_holds(timestamp: int) -> None:
        await sweep(db, clock.now())

    @app.periodic(cron="* * * * * */10")
    @app.task(name="hand_over", queue=CHORES, queueing_lock="hand_over")
    async def hand_over(timestamp: int) -> None:
        await hand_over_owed(db, clock.now())

    @app.periodic(cron="* * * * *")
    @app.task(name="revive_stalled", queue=CHORES, queueing_lock="revive_stalled", pass_context=True)
    async def revive_stalled(context: JobContext, timestamp: int) -> None:
        for job in await app.job_manager.get_stalled_jobs():
            logger.warning("a job was left behind by a worker that died", job=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)

    @app.periodic(cron="* * * * *")
    @app.task(name="remind", queue=CHORES, queueing_lock="remind")
    async def remind(timestamp: int) -> None:
        now = clock.now()
        await whoever_is_due(db, "remind", {"reminders": now}, lambda scope: out.reminding.remind(scope, now=now))

    @app.periodic(cron="* * * * *")
    @app.task(name="notice", queue=CHORES, queueing_lock="notice")
    async def notice(timestamp: int) -> None:
        now = clock.now()
        await whoever_is_due(db, "notice", {"notices": now}, lambda scope: out.noticing.work(scope, now=now))

    if out.returns.mailbox is not None:

        @app.periodic(cron="*/5 * * * *")
        @app.task(name="letters_back", queue=CHORES, queueing_lock="letters_back")
        async def letters_back(timestamp: int) -> None:
            try:
                await out.returns.work()
            except Unavailable as error:
                logger.error("it is not known which letters came back", problem=error.message)

    @app.periodic(cron="*/2 * * * *")
    @app.task(name="reconcile", queue=CHORES, queueing_lock="reconcile")
    async def reconcile(timestamp: int) -> None:
        await reconcile_due(db, out.reconciler, clock.now())

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="give_up", queue=CHORES, queueing_lock="give_up")
    async def give_up(timestamp: int) -> None:
        now = clock.now()
        await whoever_is_due(
            db, "give up", {"news": now - DEADLINE}, lambda scope: out.messenger.give_up(scope, now=now)
        )

    if caretaker is not None:

        @app.periodic(cron="7 4 * * *")
        @app.task(name="look_after", queue=CHORES, queueing_lock="look_after")
        async def look_after(timestamp: int) -> None:
            await whoever_is_due(db, "look after", {"numbers": clock.now()}, caretaker.work)

    @app.periodic(cron="17 3 * * *")
    @app.task(name="tidy", queue=CHORES, queueing_lock="tidy")
    async def tidy(timestamp: int) -> None:
        now = clock.now()
        await whoever_is_due(db, "tidy", {"waiting": now}, lambda scope: waitlist.pass_by(db, scope, now=now))
        old = {"old notices": now - notices.KEPT}
        await whoever_is_due(db, "tidy", old, lambda scope: notices.forget(db, scope, now=now))
        await whoever_is_due(db, "retention", {"retention": now}, lambda scope: retention.keep_to(db, scope, now=now))
        # once a day everything is compared: also what was changed where no trigger ran
        every = lambda scope: out.reconciler.compare(scope, now=now, everything=True)  # noqa: E731
        await whoever_is_due(db, "reconcile", {"ahead": now}, every)
        due = {"keys": now, "offers": now - upkeep.KEPT}
        await whoever_is_due(db, "tidy", due, lambda scope: upkeep.forget(db, scope, now=now))
        await whoever_is_due(db, "tidy", {"updates": now - updates.KEPT}, lambda scope: updates.forget(db, scope))
        await whoever_is_due(db, "tidy", {"requests": now}, lambda scope: repeats.forget(db, scope, now=now))
        await limits.forget(db)
        await app.job_manager.delete_old_jobs(
            KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )


async def sweep(db: Database, now: datetime) -> None:
    """Give back every hold that has run out, of many businesses in one transaction; of each alone where that fails."""

    async def all_or_each(tenants: Sequence[UUID]) -> None:
        try:
            await upkeep.sweep_many(db, Scope(None, "system", "sweep"), tenants, now=now)
        except (Fact, psycopg.Error):
            for tenant in tenants:
                await _despite(upkeep.sweep(db, Scope(tenant, "system", "sweep"), now=now), "sweep", tenant)

    after: UUID | None = None
    while page := await _due(db, "holds", now, after):
        await asyncio.gather(*(all_or_each(page[at : at + TOGETHER]) for at in range(0, len(page), TOGETHER)))
        after = page[-1]


async def hand_over_owed(db: Database, now: datetime) -> None:
    """Make jobs of what triggers owe by now."""
    await whoever_is_due(db, "hand over", {"owed": now}, lambda scope: owed.hand_over(db, scope, now=now))


async def reconcile_due(db: Database, reconciler: Reconciler, now: datetime) -> None:
    """Hold what was told against what has changed, and name promises that nobody keeps."""
    changed, late = {"claims": now - SETTLED}, {"promises": now - LEAST}
    await whoever_is_due(db, "reconcile", changed, lambda scope: reconciler.compare(scope, now=now))
    await whoever_is_due(db, "reconcile", late, lambda scope: reconciler.remember(scope, now=now))


async def whoever_is_due(
    db: Database, cause: str, due: Mapping[str, datetime], work: Callable[[Scope], Awaitable[Any]]
) -> None:
    """Do a piece of work for every business for which something is due, each in a transaction of its own.

    `due` says what that is, and since when. One business where the work fails does not keep it from the others, and two
    workers that do the same at once find nothing left of each other's.
    """
    places = asyncio.Semaphore(AT_ONCE)

    async def one(account_id: UUID) -> None:
        async with places:
            await _despite(work(Scope(account_id, "system", cause)), cause, account_id)

    for what, since in due.items():
        after: UUID | None = None
        while page := await _due(db, what, since, after):
            await asyncio.gather(*map(one, page))
            after = page[-1]


async def _despite(work: Awaitable[Any], cause: str, tenant: UUID) -> None:
    """Do a piece of work for a business; where it fails, in whatever way, say so and go on with the others'."""
    try:
        await work
    except Exception:
        logger.exception("a chore failed", chore=cause, tenant=str(tenant))


async def _due(db: Database, what: str, since: datetime, after: UUID | None) -> list[UUID]:
    params = {"what": what, "since": since, "after": after, "most": PAGE}
    return [row[0] for row in await db.rows(CLOCK, DUE, params)]
