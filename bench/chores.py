"""What the clock does among fifty thousand businesses: nothing due, and a thousand holds of as many businesses."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench.figures import Figure, middle
from bench.place import database
from bench.processes import cpu_seconds
from truebook import chores
from truebook.db import Database, Scope
from truebook.db.server import Server
from truebook.kernel import clock

BUSINESSES, HOLDS, ROUNDS = 50_000, 1_000, 3
OTHERS = ("reminders", "notices", "claims", "promises")
SESSION = "-c search_path=truebook"
OPEN = """
INSERT INTO accounts (id, name, slug) SELECT lpad(n::text, 32, '0')::uuid, 'Salon ' || n, 'salon-' || n
FROM generate_series(1, %(businesses)s) n
"""
HOLD = """
WITH at AS (
  SELECT gen_random_uuid() AS id, n, lpad((n * 50)::text, 32, '0')::uuid AS a, now() + interval '2 days' AS t
  FROM generate_series(1, %(holds)s) n),
added AS (
  INSERT INTO appointments (tenant_id, account_id, id, code, starts_at, ends_at, timezone, customer_name, status,
                            hold_expires_at)
  SELECT a, a, id, translate(to_char(n + %(turn)s * 10000, 'FM000-000'), '01', 'VW'), t, t + interval '30 minutes',
         'UTC', 'Carla', 'held', now() - interval '1 minute' FROM at),
parts AS (
  INSERT INTO appointment_segments (tenant_id, appointment_id, position, starts_at, ends_at, claims)
  SELECT a, id, 1, t, t + interval '30 minutes', 1 FROM at)
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
SELECT a, a, t, t + interval '30 minutes', id, 1, 1 FROM at
"""


@dataclass
class Spent:
    """Seconds that a piece of work took, and the seconds of processor time among them, ours and the server's."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def said(self) -> str:
        """Return the middle of the rounds."""
        wall, processor = middle(self.wall), middle(self.processor)
        return f"{wall * 1000:.0f} ms, {processor * 1000:.0f} of them computing"

    def within(self, seconds: float) -> bool:
        """Tell whether the middle of the rounds took no longer than that."""
        return middle(self.wall) <= seconds


def measure(server: Server) -> list[Figure]:
    """Sweep as the worker does, with nothing due and with a thousand, in turn."""
    with database(server) as url, psycopg.connect(url, autocommit=True, options=SESSION) as connection:
        connection.execute(OPEN, {"businesses": BUSINESSES})
        connection.execute("ANALYZE accounts")
        idle, others, busy = asyncio.run(_rounds(url, connection))
    return [
        Figure(f"a sweep among {BUSINESSES:,} businesses, nothing due", idle.said(), "≤ 50 ms", idle.within(0.05)),
        Figure(
            "· reminders, letters to staff and promises, nothing due", others.said(), "≤ 50 ms", others.within(0.05)
        ),
        Figure(f"· with {HOLDS:,} holds that have run out", busy.said(), "≤ 1 s", busy.within(1)),
    ]


async def _rounds(url: str, connection: psycopg.Connection) -> tuple[Spent, Spent, Spent]:
    """Measure in turn; the first round, in which connections are made and plans, does not count."""
    idle, others, busy = Spent(), Spent(), Spent()
    async with Database(url) as db:
        for turn in range(ROUNDS + 1):
            if turn == 1:
                idle, others, busy = Spent(), Spent(), Spent()
            await _spend(idle, connection, chores.sweep(db, clock.now()))
            await _spend(others, connection, _look(db))
            with connection.transaction():
                connection.execute("SET LOCAL session_replication_role = replica")
                psycopg.ClientCursor(connection).execute(HOLD, {"holds": HOLDS, "turn": turn})
            await _spend(busy, connection, chores.sweep(db, clock.now()))
        left = connection.execute(
            "SELECT (SELECT count(*) FROM appointments WHERE status = 'held'), count(*) FROM claims"
        )
        if (kept := left.fetchone()) != (0, 0):
            raise RuntimeError(f"holds and claims that were not given back: {kept}")
    return idle, others, busy


async def _look(db: Database) -> None:
    """Look for all that the minute's other chores do, where there is nothing of it."""

    async def nobody(scope: Scope) -> None:
        raise RuntimeError(f"something is due for {scope.tenant}")

    await chores.whoever_is_due(db, "bench", dict.fromkeys(OTHERS, clock.now()), nobody)


async def _spend(spent: Spent, connection: psycopg.Connection, work: Coroutine[Any, Any, None]) -> None:
    before, begun, own = _servers(connection), time.perf_counter(), time.process_time()
    await work
    spent.wall.append(time.perf_counter() - begun)
    own = time.process_time() - own
    spent.processor.append(own + sum(used - before.get(pid, 0) for pid, used in _servers(connection).items()))


def _servers(connection: psycopg.Connection) -> dict[int, float]:
    """Return the processor time of each of the server's processes that works for this database."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return {pid: cpu_seconds(pid) for (pid,) in connection.execute(others)}
