"""Reminders as rows: planned once for each start and offset, done once, whoever does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from truebook.db import Transaction

State = Literal["sent", "not_needed", "no_way", "missed"]

UNPLANNED = """
SELECT a.id, a.starts_at, a.timezone, greatest(a.created_at, (SELECT max(o.created_at) FROM outbox o
  WHERE o.tenant_id = %(tenant)s AND o.appointment_id = a.id AND o.topic IN ('booked', 'moved')))
FROM appointments a
WHERE a.tenant_id = %(tenant)s AND a.id = ANY(%(ids)s) AND a.status = 'confirmed' AND a.starts_at > %(begin)s
  AND EXISTS (SELECT FROM unnest(%(offsets)s::integer[]) AS o(minutes) WHERE NOT EXISTS (
    SELECT FROM reminders r WHERE r.account_id = %(tenant)s AND r.appointment_id = a.id
      AND r.starts_at = a.starts_at AND r.minutes = o.minutes))
ORDER BY a.starts_at, a.id
"""
PLAN = """
INSERT INTO reminders (account_id, appointment_id, starts_at, minutes, due_at, state, done_at)
SELECT %(tenant)s, p.appointment, p.start, p.minutes, p.due, CASE WHEN p.needed THEN 'waiting' ELSE 'not_needed' END,
  CASE WHEN NOT p.needed THEN clock_timestamp() END
FROM unnest(%(appointments)s::uuid[], %(starts)s::timestamptz[], %(minutes)s::integer[], %(dues)s::timestamptz[],
  %(needed)s::boolean[]) AS p(appointment, start, minutes, due, needed)
ON CONFLICT DO NOTHING
"""
DUE = """
SELECT appointment_id, starts_at, minutes FROM reminders
WHERE account_id = %s AND state = 'waiting' AND due_at <= %s ORDER BY due_at, appointment_id, minutes LIMIT %s
"""
TAKE = """
SELECT EXISTS (SELECT FROM reminders n WHERE n.account_id = %(tenant)s AND n.appointment_id = r.appointment_id
  AND n.starts_at = r.starts_at AND n.minutes < r.minutes AND n.due_at <= %(now)s)
FROM reminders r
WHERE account_id = %(tenant)s AND appointment_id = %(appointment)s AND starts_at = %(start)s AND minutes = %(minutes)s
  AND state = 'waiting' FOR UPDATE SKIP LOCKED
"""
DONE = """
UPDATE reminders SET state = %s, message_id = %s, done_at = now()
WHERE account_id = %s AND appointment_id = %s AND starts_at = %s AND minutes = %s
"""


@dataclass(frozen=True, slots=True)
class Unplanned:
    """An appointment with a reminder that is not planned yet; `told_at`: when its customer last heard of its time."""

    appointment: UUID
    start: datetime
    timezone: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A reminder about to be planned. Where it is not needed, that is noted, so that nobody asks again."""

    appointment: UUID
    start: datetime
    minutes: int
    due: datetime
    needed: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder whose time has come."""

    appointment: UUID
    start: datetime
    minutes: int


async def unplanned(tx: Transaction, offsets: Sequence[int], among: Sequence[UUID], begin: datetime) -> list[Unplanned]:
    """Return those of some appointments that start after a moment and for which some reminder is not planned."""
    params = {"tenant": tx.tenant, "offsets": list(offsets), "ids": list(among), "begin": begin}
    return [Unplanned(*row) for row in await tx.rows(UNPLANNED, params)]


async def plan(tx: Transaction, plans: Sequence[Plan]) -> None:
    """Write plans down; those that stand there already stay."""
    params = {
        "tenant": tx.tenant, "appointments": [one.appointment for one in plans],
        "starts": [one.start for one in plans], "minutes": [one.minutes for one in plans],
        "dues": [one.due for one in plans], "needed": [one.needed for one in plans],
    }  # fmt: skip
    await tx.run(PLAN, params)


async def due(tx: Transaction, now: datetime, *, limit: int) -> list[Reminder]:
    """Return the reminders whose time has come, the longest due first."""
    return [Reminder(*row) for row in await tx.rows(DUE, (tx.tenant, now, limit))]


async def take(tx: Transaction, one: Reminder, now: datetime) -> bool | None:
    """Lock a reminder that waits; return whether a later one is due as well, or None where it is somebody else's."""
    which = {"appointment": one.appointment, "start": one.start, "minutes": one.minutes}
    row = await tx.row(TAKE, {"tenant": tx.tenant, "now": now, **which})
    return bool(row[0]) if row else None


async def done(tx: Transaction, one: Reminder, state: State, message_id: UUID | None = None) -> None:
    """Note what became of a reminder."""
    await tx.run(DONE, (state, message_id, tx.tenant, one.appointment, one.start, one.minutes))
