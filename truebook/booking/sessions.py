"""Class sessions as rows: who teaches, in which room, how many places there are, and who sits on them.

A session claims its teacher and its room; seats that are not to be given away it claims as well. Who comes claims one
of the others. So what is left is what nothing claims, and nobody ever counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.errors import ExclusionViolation, UniqueViolation
from pydantic_core import to_json

from truebook.booking.model import Service
from truebook.booking.visits import Claim, Plan, Seat, Segment
from truebook.db import Steps, Transaction
from truebook.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Taking:
    """A person or a room that a class keeps; `pool_id` is None for a member of staff."""

    id: UUID
    name: str
    pool_id: UUID | None


@dataclass(frozen=True, slots=True)
class Session:
    """A class on a date. `seats` may be given away in all, `free` of them are left; no one keeps a cancelled one."""

    id: UUID
    service_id: UUID
    service_name: str
    seats_pool_id: UUID
    start: datetime
    end: datetime
    cancelled_at: datetime | None
    version: int
    takings: tuple[Taking, ...]
    seats: int
    free: int
    updated_at: datetime

    @property
    def teacher(self) -> Taking | None:
        """Who gives it; None where it was cancelled."""
        return next((one for one in self.takings if one.pool_id is None), None)

    @property
    def room(self) -> Taking | None:
        """Where it takes place, where a room was said."""
        return next((one for one in self.takings if one.pool_id not in (None, self.seats_pool_id)), None)


@dataclass(frozen=True, slots=True)
class New:
    """A session about to be written: `closed` are the seats that are not to be given away."""

    id: UUID
    service: Service
    seats_pool_id: UUID
    start: datetime
    end: datetime
    claims: tuple[Claim, ...]
    closed: tuple[UUID, ...]


OPEN_UNITS = """
SELECT r.id, r.name FROM resources r
WHERE r.account_id = %(tenant)s AND r.pool_id = %(pool)s AND r.is_active
  AND NOT EXISTS (SELECT FROM claims b WHERE b.tenant_id = %(tenant)s AND b.resource_id = r.id
                    AND b.block_id IS NOT NULL AND b.starts_at < %(end)s AND b.ends_at > %(start)s)
"""
"""The seats of a pool that no block keeps during a time."""
UNCLAIMED = """
 AND NOT EXISTS (SELECT FROM claims c WHERE c.tenant_id = %(tenant)s AND c.resource_id = r.id
                   AND c.starts_at < %(end)s AND c.ends_at > %(start)s)
"""
SEATS = """
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE NOT x.blocked AND NOT x.closed) AS seats,
         count(*) FILTER (WHERE NOT x.blocked AND NOT x.closed AND NOT x.taken) AS free
  FROM (SELECT coalesce(bool_or(c.block_id IS NOT NULL), false) AS blocked,
               coalesce(bool_or(c.session_id = s.id), false) AS closed, count(c.resource_id) > 0 AS taken
        FROM resources r LEFT JOIN claims c ON c.tenant_id = %(tenant)s AND c.resource_id = r.id
             AND c.starts_at < s.ends_at AND c.ends_at > s.starts_at
        WHERE r.account_id = %(tenant)s AND r.pool_id = s.seats_pool_id AND r.is_active GROUP BY r.id) x) n
"""
SESSION = f"""
SELECT s.id, s.service_id, v.name, s.seats_pool_id, s.starts_at, s.ends_at, s.cancelled_at, s.version,
  (SELECT json_agg(json_build_array(r.id, r.name, r.pool_id) ORDER BY r.name) FROM resources r
    WHERE r.account_id = %(tenant)s AND r.pool_id IS DISTINCT FROM s.seats_pool_id
      AND EXISTS (SELECT FROM claims c WHERE c.tenant_id = %(tenant)s AND c.session_id = s.id
                    AND c.resource_id = r.id)),
  n.seats, n.free, s.updated_at
FROM class_sessions s JOIN services v ON (v.account_id, v.id) = (s.tenant_id, s.service_id) {SEATS}
WHERE s.tenant_id = %(tenant)s
"""
ADD = """
INSERT INTO class_sessions (tenant_id, id, service_id, seats_pool_id, starts_at, ends_at)
VALUES (%(tenant)s, %(id)s, %(service)s, %(pool)s, %(start)s, %(end)s)
"""
CLAIM = Steps(
    "all_or_none(cardinality(%(resources)s::uuid[]), {claimed})",
    claimed="""
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, session_id)
SELECT %(tenant)s, resource_id, starts_at, ends_at, %(id)s
FROM unnest(%(resources)s::uuid[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
  AS w(resource_id, starts_at, ends_at)
ORDER BY resource_id, starts_at ON CONFLICT DO NOTHING RETURNING 1
""",
)
UNCLAIM = "DELETE FROM claims WHERE tenant_id = %(tenant)s AND session_id = %(id)s AND resource_id = ANY(%(resources)s)"
CLOSED = """
SELECT c.resource_id FROM claims c JOIN resources r ON (r.account_id, r.id) = (c.tenant_id, c.resource_id)
WHERE c.tenant_id = %(tenant)s AND c.session_id = %(id)s AND r.pool_id = %(pool)s ORDER BY r.unit
"""
GIVE_BACK = "DELETE FROM claims WHERE tenant_id = %(tenant)s AND session_id = %(id)s"
CANCEL = """
UPDATE class_sessions SET cancelled_at = %(now)s WHERE tenant_id = %(tenant)s AND id = %(id)s
"""
TOUCH = "UPDATE class_sessions SET version = version WHERE tenant_id = %(tenant)s AND id = %(id)s"
COMING = """
SELECT a.id, a.status FROM appointments a
WHERE a.tenant_id = %(tenant)s AND a.status IN ('held', 'pending', 'confirmed')
  AND a.id IN (SELECT g.appointment_id FROM appointment_segments g
                WHERE g.tenant_id = %(tenant)s AND g.session_id = %(id)s)
ORDER BY a.id
"""
WHO_COMES = """
SELECT DISTINCT a.id FROM appointment_segments g
JOIN appointments a ON (a.tenant_id, a.id) = (g.tenant_id, g.appointment_id)
WHERE g.tenant_id = %(tenant)s AND a.tenant_id = %(tenant)s AND g.session_id = %(id)s
  AND a.status IN ('held', 'pending', 'confirmed')
"""
# what is given up goes first: neither the class nor anybody in it is in the way of where they move to
GIVE_UP = f"""
DELETE FROM claims WHERE tenant_id = %(tenant)s AND (session_id = %(id)s OR appointment_id IN ({WHO_COMES}))
RETURNING resource_id, starts_at, ends_at, appointment_id, segment, number, session_id
"""
PARTS = f"""
SELECT appointment_id, position, starts_at, ends_at FROM appointment_segments
WHERE tenant_id = %(tenant)s AND appointment_id IN ({WHO_COMES})
"""
COMING_AT = f"SELECT id, starts_at, ends_at FROM appointments WHERE tenant_id = %(tenant)s AND id IN ({WHO_COMES})"
SHIFT = Steps(
    "all_or_none(jsonb_array_length(%(claims)s::jsonb), {claimed})",
    parts="""
UPDATE appointment_segments s SET starts_at = w.starts_at, ends_at = w.ends_at
FROM jsonb_to_recordset(%(parts)s::jsonb)
  AS w(appointment_id uuid, position smallint, starts_at timestamptz, ends_at timestamptz)
WHERE s.tenant_id = %(tenant)s AND s.appointment_id = w.appointment_id AND s.position = w.position
""",
    visits="""
UPDATE appointments a SET starts_at = w.starts_at, ends_at = w.ends_at
FROM jsonb_to_recordset(%(visits)s::jsonb) AS w(id uuid, starts_at timestamptz, ends_at timestamptz)
WHERE a.tenant_id = %(tenant)s AND a.id = w.id
""",
    itself="""
UPDATE class_sessions SET starts_at = %(start)s, ends_at = %(end)s WHERE tenant_id = %(tenant)s AND id = %(id)s
""",
    claimed="""
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number, session_id)
SELECT %(tenant)s, resource_id, starts_at, ends_at, appointment_id, segment, number, session_id
FROM jsonb_to_recordset(%(claims)s::jsonb)
  AS w(resource_id uuid, starts_at timestamptz, ends_at timestamptz, appointment_id uuid, segment smallint,
       number smallint, session_id uuid)
ORDER BY resource_id, starts_at ON CONFLICT DO NOTHING RETURNING 1
""",
)
GIVEN_UP = ("resource_id", "starts_at", "ends_at", "appointment_id", "segment", "number", "session_id")


async def read(tx: Transaction, session_id: UUID, field: str = "id") -> Session:
    """Return one session; raise NotFound, which names the field, where there is none."""
    row = await tx.row(SESSION + " AND s.id = %(id)s", {"tenant": tx.tenant, "id": session_id})
    if row is None:
        raise NotFound("there is no such class", field=field)
    return _session(row)


async def listing(
    tx: Transaction, begin: datetime, end: datetime, service_id: UUID | None, limit: int
) -> list[Session]:
    """Return the sessions that begin in [begin, end), by start, at most limit."""
    rows = await tx.rows(
        SESSION
        + " AND s.starts_at >= %(begin)s AND s.starts_at < %(end)s"
        + " AND (%(service)s::uuid IS NULL OR s.service_id = %(service)s) ORDER BY s.starts_at, s.id LIMIT %(limit)s",
        {"tenant": tx.tenant, "begin": begin, "end": end, "service": service_id, "limit": limit},
    )
    return [_session(row) for row in rows]


def _session(row: Sequence[Any]) -> Session:
    takings = tuple(Taking(UUID(one[0]), one[1], UUID(one[2]) if one[2] else None) for one in row[8] or ())
    return Session(
        id=row[0], service_id=row[1], service_name=row[2], seats_pool_id=row[3], start=row[4], end=row[5],
        cancelled_at=row[6], version=row[7], takings=takings, seats=row[9], free=row[10], updated_at=row[11],
    )  # fmt: skip


async def units(
    tx: Transaction, pool_id: UUID, start: datetime, end: datetime, *, free: bool
) -> list[tuple[UUID, str]]:
    """Return seats of a pool, in no order, that no block keeps during a time; with `free` only those nothing claims."""
    params = {"tenant": tx.tenant, "pool": pool_id, "start": start, "end": end}
    rows = await tx.rows(OPEN_UNITS + (UNCLAIMED if free else "") + " ORDER BY random()", params)
    return [(row[0], row[1]) for row in rows]


async def add(tx: Transaction, new: New) -> None:
    """Write a session with all it claims; a claim that is lost ends the transaction with `Lost`."""
    await tx.run(
        ADD,
        {
            "tenant": tx.tenant, "id": new.id, "service": new.service.id, "pool": new.seats_pool_id,
            "start": new.start, "end": new.end,
        },
    )  # fmt: skip
    seats = tuple(Claim(one, new.start, new.end, "seat") for one in new.closed)
    await claim(tx, new.id, (*new.claims, *seats))


async def claim(tx: Transaction, session_id: UUID, claims: Sequence[Claim]) -> None:
    """Have a session claim more; raises what `Lost` names where somebody else has it."""
    await CLAIM.run(
        tx,
        {
            "tenant": tx.tenant, "id": session_id, "resources": [one.resource_id for one in claims],
            "begins": [one.start for one in claims], "ends": [one.end for one in claims],
        },
    )  # fmt: skip


async def give_back(tx: Transaction, session_id: UUID, resources: Sequence[UUID]) -> None:
    """Have a session claim some resources no longer."""
    await tx.run(UNCLAIM, {"tenant": tx.tenant, "id": session_id, "resources": list(resources)})


async def closed(tx: Transaction, session: Session) -> list[UUID]:
    """Return the seats that a session keeps from being given away."""
    rows = await tx.rows(CLOSED, {"tenant": tx.tenant, "id": session.id, "pool": session.seats_pool_id})
    return [row[0] for row in rows]


async def touch(tx: Transaction, session_id: UUID) -> None:
    """Give a session another version: what it claims has changed."""
    await tx.run(TOUCH, {"tenant": tx.tenant, "id": session_id})


async def cancel(tx: Transaction, session_id: UUID, now: datetime) -> None:
    """Note that a session does not take place, and give back what it claims."""
    params = {"tenant": tx.tenant, "id": session_id, "now": now}
    await tx.run(GIVE_BACK, params)
    await tx.run(CANCEL, params)


async def shift(tx: Transaction, session: Session, by: timedelta) -> None:
    """Move a session, and everybody in it, by some time: all of it, or `Lost` ends the transaction."""
    params: dict[str, Any] = {"tenant": tx.tenant, "id": session.id}
    parts = _moved(("appointment_id", "position", "starts_at", "ends_at"), await tx.rows(PARTS, params), by)
    visits = _moved(("id", "starts_at", "ends_at"), await tx.rows(COMING_AT, params), by)
    claims = _moved(GIVEN_UP, await tx.rows(GIVE_UP, params), by)
    moved = {"start": session.start + by, "end": session.end + by, "parts": parts, "visits": visits, "claims": claims}
    await SHIFT.run(tx, {**params, **moved})


def _moved(names: Sequence[str], rows: Sequence[Sequence[Any]], by: timedelta) -> str:
    """Return rows as JSON, with their times moved: a server that has some of them reckons with no intervals."""
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return to_json(
        [one | {"starts_at": one["starts_at"] + by, "ends_at": one["ends_at"] + by} for one in found]
    ).decode()


async def coming(tx: Transaction, session_id: UUID, *, to_change: bool = False) -> list[tuple[UUID, str]]:
    """Return who has a place in a session: the appointments' ids and statuses.

    Those that are about to change are locked first, before any claim: whoever cancels one goes in the same order.
    """
    rows = await tx.rows(COMING + ("FOR UPDATE" if to_change else ""), {"tenant": tx.tenant, "id": session_id})
    return [(row[0], row[1]) for row in rows]


def places(session: Session, service: Service, seats: Sequence[tuple[UUID, str]]) -> Plan:
    """Return the plan of a visit that takes some seats of a session, a segment each."""
    teacher = session.teacher
    leads = Seat("staff", None, teacher.id, teacher.name) if teacher else None
    return Plan(
        tuple(
            Segment(
                service=service,
                start=session.start,
                end=session.end,
                guest_name=None,
                staff=leads,
                seats=(Seat("seat", session.seats_pool_id, unit, name),),
                claims=(Claim(unit, session.start, session.end, "seat"),),
                session_id=session.id,
            )
            for unit, name in seats
        )
    )


Lost = (ExclusionViolation, UniqueViolation)
"""What ends a transaction in which a claim was lost."""
