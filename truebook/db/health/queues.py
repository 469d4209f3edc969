"""What waits too long: jobs whose worker died, jobs nobody takes, people nobody told (promise I17)."""

from typing import LiteralString

import psycopg

from truebook.db.health import everywhere
from truebook.db.health.finding import Finding, judge

HEARTBEAT = 60
"""Seconds after which a worker that gave no sign of life is taken for dead; it gives one every ten."""
LIMIT = 300
"""Seconds after which something that waits for a worker is worth a warning."""

STALLED = """
SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
"""
WAITING = """
SELECT count(*) FROM procrastinate_jobs j
WHERE j.status = 'todo' AND now() - make_interval(secs => %s) > coalesce(j.scheduled_at,
  (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type IN ('deferred', 'deferred_for_retry')))
"""
UNTOLD = """
SELECT count(*) FROM outbox WHERE status = 'queued' AND available_at < now() - make_interval(secs => %s)
"""
GIVEN_UP = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
NEVER_TOLD = """
SELECT count(*) FROM outbox WHERE status = 'failed' AND created_at > now() - make_interval(secs => %s)
"""
WORKER = "Start a worker (`truebook up`, or `truebook work`) and look at its log."
LOG = "Look at the log of the worker for what failed, and answer these customers. Such jobs are kept for 30 days."
CALL = "Call these customers: SELECT appointment_id, topic FROM truebook.outbox WHERE status = 'failed';"
WEEK = 7 * 24 * 3600


def stalled(connection: psycopg.Connection) -> Finding:
    """Count the jobs that a dead worker left behind."""
    count = _count(connection, STALLED, HEARTBEAT)
    problem = f"{_jobs(count)} under way with a worker that has given no sign of life for {HEARTBEAT} s"
    return judge("stalled jobs", problem if count else None, WORKER, fatal=False)


def waiting(connection: psycopg.Connection) -> Finding:
    """Count the jobs that should have been taken long ago."""
    count = _count(connection, WAITING, LIMIT)
    problem = f"{_jobs(count)} waiting for more than {LIMIT // 60} minutes"
    return judge("waiting jobs", problem if count else None, WORKER, fatal=False)


def given_up(connection: psycopg.Connection) -> Finding:
    """Count the jobs that failed for a day and are not tried any more."""
    count = _count(connection, GIVEN_UP)
    problem = f"{_jobs(count)} given up after a day of failures: what a customer wrote may have no answer"
    return judge("jobs given up", problem if count else None, LOG, fatal=False)


def untold(connection: psycopg.Connection) -> Finding:
    """Count what somebody should have been told long ago."""
    late = everywhere.count(connection, UNTOLD, LIMIT)
    problem = f"{late} messages to customers have not been sent for more than {LIMIT // 60} minutes"
    return judge("messages to send", problem if late else None, WORKER, fatal=False)


def never_told(connection: psycopg.Connection) -> Finding:
    """Count what nobody could be told, in the last week."""
    count = everywhere.count(connection, NEVER_TOLD, WEEK)
    problem = f"{count} messages to customers of the last week could not be sent"
    return judge("messages not sent", problem if count else None, CALL, fatal=False)


def _count(connection: psycopg.Connection, query: LiteralString, *seconds: int) -> int:
    row = connection.execute(query, seconds).fetchone()
    assert row is not None
    return int(row[0])


def _jobs(count: int) -> str:
    return "1 job is" if count == 1 else f"{count} jobs are"
