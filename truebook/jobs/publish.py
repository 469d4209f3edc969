"""Enqueue: on the connection of the transaction that causes the job, in a statement of its own or within another."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Transaction
from truebook.jobs.events import Event
from truebook.kernel import log, traces

# procrastinate's own versioned SQL function, which its Python client calls as well; without a round trip for the id.
DEFER = """procrastinate_defer_jobs_v1(ARRAY[
  ROW(%(job_queue)s, %(job)s, 0, %(job_lock)s, NULL, %(job_arguments)s::jsonb, %(job_at)s)
  ::procrastinate_job_to_defer_v1])
"""
"""An SQL expression that makes a job; its parameters are those of `job`."""


COME_ALONG = """
UPDATE procrastinate_jobs SET queue_name = %s WHERE lock = %s AND status = 'todo' AND queue_name <> %s
"""


async def publish(tx: Transaction, event: Event, *, at: datetime | None = None) -> None:
    """Make a job of an event, to be worked on after COMMIT, or not before `at`."""
    await tx.run(f"SELECT {DEFER}", job(event, at=at))


async def publish_ahead(tx: Transaction, event: Event) -> None:
    """Make a job of an event ahead of what waits in slower queues; what must come before it (its lock) comes along."""
    await tx.run(COME_ALONG, (event.queue, event.lock, event.queue))
    await publish(tx, event)


def job(event: Event, *, at: datetime | None = None) -> dict[str, Any]:
    """Return the parameters of DEFER, for a statement that publishes an event along with its cause."""
    return {
        "job": event.name,
        "job_queue": event.queue,
        "job_lock": event.lock,
        "job_arguments": Jsonb(arguments(event)),
        "job_at": at,
    }


def arguments(event: Event) -> dict[str, str]:
    """Return an event as the job's arguments: plain strings; and the request, and the trace, that cause it."""
    told = {field.name: str(getattr(event, field.name)) for field in fields(event)}
    request = log.request()
    return {**told, **({"request": request} if request else {}), **traces.carried()}


def event(kind: type[Event], arguments: dict[str, str]) -> Event:
    """Make an event of a job's arguments; one that was published before an event had a field is without it."""
    given = [f for f in fields(kind) if f.name in arguments]
    values = {f.name: UUID(arguments[f.name]) if f.type is UUID else arguments[f.name] for f in given}
    return kind(**values)  # type: ignore[arg-type]
