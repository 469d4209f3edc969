"""What waits for a worker, in figures: how many jobs of each kind, and since when the oldest."""

from typing import NamedTuple

import psycopg

from truebook.db.database import Database
from truebook.db.transaction import Scope
from truebook.kernel.errors import Unavailable

BACKLOG = """
SELECT task_name, status::text, count(*), greatest(0, max(extract(epoch FROM now() - since)))::float8
FROM (SELECT j.task_name, j.status, coalesce(j.scheduled_at,
               (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)) AS since
        FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing', 'failed')) jobs
GROUP BY 1, 2 ORDER BY 1, 2
"""
WATCH = Scope(None, "metrics")


class Jobs(NamedTuple):
    """The jobs of one kind in one status; `oldest`: for how many seconds the oldest has been due or under way."""

    task: str
    status: str
    number: int
    oldest: float


async def backlog(db: Database) -> list[Jobs] | None:
    """Return the jobs that are not done, by kind and status; None where the database cannot be asked."""
    try:
        return [Jobs(*row) for row in await db.rows(WATCH, BACKLOG, {})]
    except (Unavailable, psycopg.Error):
        return None
