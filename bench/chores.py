"""What the clock does among fifty thousand businesses: nothing due, and a thousand holds of as many businesses."""

import asyncio
import time

import psycopg

from bench.figures import Figure, middle
from bench.place import database
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
INSERT INTO appointments (tenant_id, account_id, code, starts_at, ends_at, timezone, customer_name, status,
                          hold_expires_at)
SELECT a, a, translate(to_char(n + %(turn)s * 10000, 'FM000-000'), '01', 'VW'), t, t + interval '30 minutes', 'UTC',
       'Carla', 'held', now() - interval '1 minute'
FROM generate_series(1, %(holds)s) n, LATERAL (SELECT lpad((n * 50)::text, 32, '0')::uuid AS a,
                                                      now() + interval '2 days' AS t) one
"""


def measure(server: Server) -> list[Figure]:
    """Sweep as the worker does, with nothing due and with a thousand, in turn."""
    with database(server) as url, psycopg.connect(url, autocommit=True, options=SESSION) as connection:
        connection.execute(OPEN, {"businesses": BUSINESSES})
        connection.execute("ANALYZE accounts")
        idle, others, busy = asyncio.run(_rounds(url, connection))
    nothing, rest, thousand = middle(idle) * 1000, middle(others) * 1000, middle(busy)
    return [
        Figure(f"a sweep among {BUSINESSES:,} businesses, nothing due", f"{nothing:.1f} ms", "≤ 50 ms", nothing <= 50),
        Figure("· reminders, letters to staff and promises, nothing due", f"{rest:.1f} ms", "≤ 50 ms", rest <= 50),
        Figure(f"· with {HOLDS:,} holds that have run out", f"{thousand:.2f} s", "≤ 1 s", thousand <= 1),
    ]


async def _rounds(url: str, connection: psycopg.Connection) -> tuple[list[float], list[float], list[float]]:
    idle, others, busy = list[float](), list[float](), list[float]()
    async with Database(url) as db:
        await _sweep(db)  # warm
        for turn in range(ROUNDS):
            idle.append(await _sweep(db))
            others.append(await _look(db))
            with connection.transaction():
                connection.execute("SET LOCAL session_replication_role = replica")
                psycopg.ClientCursor(connection).execute(HOLD, {"holds": HOLDS, "turn": turn})
            busy.append(await _sweep(db))
        left = connection.execute("SELECT count(*) FROM appointments WHERE status = 'held'").fetchone()
        if left != (0,):
            raise RuntimeError(f"{left} holds were not given back")
    return idle, others, busy


async def _look(db: Database) -> float:
    """Look for all that the minute's other chores do, where there is nothing of it."""

    async def nobody(scope: Scope) -> None:
        raise RuntimeError(f"something is due for {scope.tenant}")

    begun, now = time.perf_counter(), clock.now()
    await chores.whoever_is_due(db, "bench", dict.fromkeys(OTHERS, now), nobody)
    return time.perf_counter() - begun


async def _sweep(db: Database) -> float:
    begun = time.perf_counter()
    await chores.sweep(db, clock.now())
    return time.perf_counter() - begun
