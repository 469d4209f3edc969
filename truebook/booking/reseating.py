"""A unit that is no longer to be had: who has it is given another of its pool, everybody or nobody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.booking import bits
from truebook.booking.bits import Range
from truebook.booking.errors import TooMuch
from truebook.booking.model import Role, Taken, ticks
from truebook.booking.needs import Ask, Need
from truebook.booking.seating import Patience, groups, seat
from truebook.booking.visits import Resource
from truebook.db import Transaction

HELD = """
SELECT c.appointment_id, c.segment, c.session_id, c.starts_at, c.ends_at FROM claims c
WHERE c.tenant_id = %(tenant)s AND c.resource_id = %(resource)s AND c.block_id IS NULL
  AND EXISTS (SELECT FROM claims w WHERE w.tenant_id = %(tenant)s AND w.resource_id = c.resource_id
    AND (w.appointment_id, w.segment) IS NOT DISTINCT FROM (c.appointment_id, c.segment)
    AND w.session_id IS NOT DISTINCT FROM c.session_id
    AND w.ends_at > %(start)s AND w.starts_at < coalesce(%(end)s::timestamptz, 'infinity'))
ORDER BY c.starts_at LIMIT %(most)s
"""
"""Who has the unit, with all that they have of it: for a role it is one unit throughout."""
OTHERS = """
SELECT r.id, r.name,
  (SELECT json_agg(json_build_array(greatest(c.starts_at, %(first)s), least(c.ends_at, %(last)s))) FROM claims c
    WHERE c.tenant_id = %(tenant)s AND c.resource_id = r.id AND c.starts_at < %(last)s AND c.ends_at > %(first)s)
FROM resources r WHERE r.account_id = %(tenant)s AND r.pool_id = %(pool)s AND r.is_active AND r.id <> %(resource)s
ORDER BY r.unit
"""
CLAIMS = """
UPDATE claims c SET resource_id = w.unit
FROM jsonb_to_recordset(%(moves)s) AS w(appointment uuid, segment smallint, session uuid, unit uuid)
WHERE c.tenant_id = %(tenant)s AND c.resource_id = %(resource)s AND c.block_id IS NULL
  AND (c.appointment_id, c.segment) IS NOT DISTINCT FROM (w.appointment, w.segment)
  AND c.session_id IS NOT DISTINCT FROM w.session
"""
SEGMENTS = """
UPDATE appointment_segments s SET resources =
  (SELECT jsonb_agg(CASE WHEN one ->> 'id' = %(resource)s::uuid::text
                      THEN one || jsonb_build_object('id', w.unit, 'name', w.name) ELSE one END ORDER BY place)
     FROM jsonb_array_elements(s.resources) WITH ORDINALITY AS each(one, place))
FROM jsonb_to_recordset(%(moves)s) AS w(appointment uuid, segment smallint, unit uuid, name text)
WHERE s.tenant_id = %(tenant)s AND s.appointment_id = w.appointment AND s.position = w.segment
"""
# in the order in which everybody locks them
LOCK = """
SELECT FROM appointments WHERE tenant_id = %(tenant)s AND id IN
  (SELECT w.appointment FROM jsonb_to_recordset(%(moves)s) AS w(appointment uuid))
ORDER BY id FOR NO KEY UPDATE
"""
TOUCH = """
UPDATE appointments SET version = version WHERE tenant_id = %(tenant)s AND id IN
  (SELECT w.appointment FROM jsonb_to_recordset(%(moves)s) AS w(appointment uuid))
"""
MOST = 2000
"""Claims that are moved at once."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a unit: a segment of an appointment, or a class."""

    appointment_id: UUID | None
    segment: int | None
    session_id: UUID | None


async def make_way(tx: Transaction, resource_id: UUID, pool_id: UUID, start: datetime, end: datetime | None) -> None:
    """Give everybody who has a unit in a time another of its pool at their own time.

    Where there are not enough for all, nothing is changed: they are in the way as before. The appointments get another
    version, and history keeps the change.
    Whoever calls holds the business's lock alone: nobody takes what was found free.
    """
    params: dict[str, Any] = {
        "tenant": tx.tenant, "resource": resource_id, "pool": pool_id, "start": start, "end": end, "most": MOST + 1,
    }  # fmt: skip
    held = await tx.rows(HELD, params)
    if not held or len(held) > MOST:
        return
    wanted: dict[Holder, list[Range]] = defaultdict(list)
    for appointment_id, segment, session_id, begins, ends in held:
        wanted[Holder(appointment_id, segment, session_id)].append((ticks(begins), ticks(ends)))
    span = {"first": min(row[3] for row in held), "last": max(row[4] for row in held)}
    others = [Resource(row[0], row[1], pool_id, taken=_taken(row[2])) for row in await tx.rows(OTHERS, params | span)]
    chosen = shared_out(wanted, others)
    if chosen is None:
        return
    moves = [
        {
            "appointment": _text(who.appointment_id), "segment": who.segment, "session": _text(who.session_id),
            "unit": str(unit.id), "name": unit.name,
        }
        for who, unit in chosen.items()
    ]  # fmt: skip
    moved = {"tenant": tx.tenant, "resource": resource_id, "moves": Jsonb(moves)}
    for statement in (LOCK, CLAIMS, SEGMENTS, TOUCH):
        await tx.run(statement, moved)


def shared_out(wanted: Mapping[Holder, Sequence[Range]], others: Sequence[Resource]) -> dict[Holder, Resource] | None:
    """Return which of other units each gets, in ticks; None where they do not suffice. One visit keeps to one unit."""
    holders = list(wanted)
    asks = [
        Ask(n, str(who.appointment_id or who.session_id), Role("unit", None, ()), tuple(wanted[who]), ())
        for n, who in enumerate(holders)
    ]
    bare = [Need((ask,), tuple(others), ask.work, ()) for ask in asks]
    needs = [
        replace(
            one,
            rivals=frozenset(
                m for m, other in enumerate(bare) if m != n and others and bits.clash(one.work, other.work)
            ),
        )
        for n, one in enumerate(bare)
    ]
    options = [[unit for unit in others if _is_free(unit.taken, need.work)] for need in needs]
    try:
        seated = seat(needs, groups(needs), options, Patience())
    except TooMuch:
        return None
    return dict(zip(holders, seated, strict=True)) if seated else None


def _is_free(taken: Taken, work: Sequence[Range]) -> bool:
    busy = list(zip(taken.starts, taken.ends, strict=True))
    return not bits.clash(work, busy)


def _taken(spans: Sequence[Sequence[str]] | None) -> Taken:
    starts = tuple(ticks(datetime.fromisoformat(one[0])) for one in spans or ())
    ends = tuple(ticks(datetime.fromisoformat(one[1])) for one in spans or ())
    return Taken(starts, ends, starts, ends)


def _text(one: UUID | None) -> str | None:
    return str(one) if one else None
