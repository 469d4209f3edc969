"""How fast may be sent: by a number and to one person, counted in the database so that all processes share it.

GCRA: one moment per key says how much of a burst is used up. Limits: Meta, "Throughput" and "Pair rate limits" (2026).
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from truebook.db import Transaction

TAKE = """
INSERT INTO send_pace AS p (account_id, key, due_at) VALUES (%(tenant)s, %(key)s, clock_timestamp() + %(every)s)
ON CONFLICT (account_id, key) DO UPDATE
SET due_at = greatest((p.due_at AT TIME ZONE 'UTC' + %(every)s) AT TIME ZONE 'UTC', excluded.due_at)
WHERE p.due_at - excluded.due_at <= %(burst)s - %(every)s
RETURNING due_at
"""
"""The clock is read once, where the row is made: what comes after ON CONFLICT must be immutable on a cluster."""
WAIT = "SELECT due_at - %s - clock_timestamp() FROM send_pace WHERE account_id = %s AND key = %s"
PAUSE = """
INSERT INTO send_pace AS p (account_id, key, due_at) VALUES (%s, %s, clock_timestamp() + %s)
ON CONFLICT (account_id, key) DO UPDATE SET due_at = greatest(p.due_at, excluded.due_at)
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """One message every so often; `burst`: how far ahead of that pace one may be."""

    every: timedelta
    burst: timedelta


NUMBER = Rate(timedelta(milliseconds=20), timedelta(milliseconds=400))
"""Of a number's 80 messages a second, incoming ones included, 50 are for sending, and 20 more in the first of them."""
NEWS = Rate(timedelta(milliseconds=20), timedelta(milliseconds=200))
"""The same pace for what nobody waits for: half the burst is left to answers."""
PAIR = Rate(timedelta(seconds=6), timedelta(seconds=6 * 20))
"""One in six seconds to one person; of the burst of 45 that Meta lends, 20, since it must be waited off."""


async def take(tx: Transaction, key: UUID, rate: Rate) -> timedelta | None:
    """Take a turn; return None where it is granted, else how long to wait. Nobody waits for a lock for long."""
    params = {"tenant": tx.tenant, "key": key, "every": rate.every, "burst": rate.burst}
    if await tx.row(TAKE, params) is not None:
        return None
    row = await tx.row(WAIT, (rate.burst, tx.tenant, key))
    return max(row[0], timedelta(milliseconds=50)) if row else None


async def pause(tx: Transaction, key: UUID, rate: Rate, wait: timedelta) -> None:
    """Let nothing be sent for a while: the provider asked for it."""
    await tx.run(PAUSE, (tx.tenant, key, rate.burst + wait))
