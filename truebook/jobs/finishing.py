"""The end of a job is noted as often as it takes.

A job that has ended but still counts as `doing`, in the name of a worker that lives, would be taken up by nobody; and
as long as it does, all that is said later in its conversation waits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from psycopg.errors import RaiseException

from truebook.kernel import log

PAUSES = (0.1, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the attempts. A database that is away for longer ends the worker, and the next revives its jobs."""
logger = log.get(__name__)


class Steadfast(JobManager):
    """procrastinate's job manager, which by itself notes the end of a job once and lets it be if that fails."""

    async def finish_job(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """Note that a job has ended."""
        await _insist(job, lambda: super(Steadfast, self).finish_job(job, *args, **kwargs))

    async def retry_job(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """Note that a job is to be tried again."""
        await _insist(job, lambda: super(Steadfast, self).retry_job(job, *args, **kwargs))


async def _insist(job: Job, note: Callable[[], Awaitable[None]]) -> None:
    for pause in PAUSES:
        try:
            return await note()
        except ConnectorException as error:
            if isinstance(error.__cause__, RaiseException):
                return None  # it has been noted: only the answer to an earlier attempt was lost
            logger.warning("the end of a job could not be noted; trying again", job=job.id, task=job.task_name)
            await asyncio.sleep(pause)
    return await note()
