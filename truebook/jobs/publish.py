"""Enqueue: one statement on the connection of the transaction that causes the job."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.db import Transaction
from truebook.jobs.events import Event

# procrastinate's own versioned SQL function, which its Python client calls as well; without a round trip for the id.
DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(%(queue)s, %(name)s, 0, %(lock)s, NULL, %(args)s::jsonb, %(at)s)
                                         ::procrastinate_job_to_defer_v1])
"""


async def publish(tx: Transaction, event: Event, *, at: datetime | None = None) -> None:
    """Make a job of an event, to be worked on after COMMIT, or not before `at`."""
    await tx.run(
        DEFER,
        {"queue": "default", "name": event.name, "lock": event.lock, "args": Jsonb(arguments(event)), "at": at},
    )


def arguments(event: Event) -> dict[str, str]:
    """Return an event as the job's arguments: plain strings."""
    return {field.name: str(getattr(event, field.name)) for field in fields(event)}


def event(kind: type[Event], arguments: dict[str, str]) -> Event:
    """Make an event of a job's arguments."""
    values = {f.name: UUID(arguments[f.name]) if f.type is UUID else arguments[f.name] for f in fields(kind)}
    return kind(**values)  # type: ignore[arg-type]
