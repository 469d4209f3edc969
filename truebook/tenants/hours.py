"""Opening hours: the week's, and special ones on single dates; of the whole business or of one member of staff."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.tenants.records import Records, note


@dataclass(frozen=True, slots=True)
class Opening:
    """An interval on a weekday (0 = Sunday .. 6 = Saturday), in minutes since midnight on the business's wall clock."""

    weekday: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A week's opening hours, and how far ahead and on which grid appointments are made in them.

    Version 0: not written yet.
    """

    staff_id: UUID | None
    slot_minutes: int
    min_notice_minutes: int
    max_advance_days: int
    cancel_notice_minutes: int
    week: tuple[Opening, ...]
    version: int = 0


@dataclass(frozen=True, slots=True)
class DateOverride:
    """Opening hours that hold on one date instead of the week's; without intervals the date is closed."""

    id: UUID
    staff_id: UUID | None
    date: date
    intervals: Multirange[int]
    reason: str | None
    version: int


OVERRIDES = Records("date_overrides", DateOverride, noun="date override", decides=True, most=("date", 1000))

# one statement, so that the intervals are those of the version
HOURS = """
SELECT staff_id, slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes,
       ARRAY(SELECT ARRAY[weekday, opens_minute, closes_minute] FROM availability_rules r
              WHERE (r.account_id, r.config_id) = (c.account_id, c.id) ORDER BY weekday, opens_minute), version
FROM availability_configs c WHERE account_id = %s AND is_active AND staff_id IS NOT DISTINCT FROM %s
"""
LATEST = """
SELECT id, version, is_active FROM availability_configs WHERE account_id = %s AND staff_id IS NOT DISTINCT FROM %s
ORDER BY is_active DESC, version DESC LIMIT 1
"""
SET_CONFIG = """
INSERT INTO availability_configs
  (account_id, id, staff_id, slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (account_id, id) DO UPDATE SET is_active = true, slot_minutes = excluded.slot_minutes,
  min_notice_minutes = excluded.min_notice_minutes, max_advance_days = excluded.max_advance_days,
  cancel_notice_minutes = excluded.cancel_notice_minutes
"""
PUT_OUT_OF_USE = "UPDATE availability_configs SET is_active = false WHERE account_id = %s AND id = %s"
CLEAR_RULES = "DELETE FROM availability_rules WHERE account_id = %s AND config_id = %s"
ADD_RULES = """
INSERT INTO availability_rules (account_id, id, config_id, weekday, opens_minute, closes_minute)
SELECT %s, gen_random_uuid(), %s, * FROM unnest(%s::int[], %s::int[], %s::int[]) RETURNING 1
"""


async def get(db: Database, scope: Scope, staff_id: UUID | None) -> Hours:
    """Return the hours of the business, or those of one member of staff; raise NotFound where none are set."""
    async with db.reading(scope) as tx:
        return await _read(tx, staff_id)


async def inherit(db: Database, scope: Scope, own: Hours, *, given: Collection[str]) -> Hours:
    """Return a member of staff's hours with everything that was not given as the business has it."""
    try:
        business = await get(db, scope, None)
    except NotFound:
        return own
    return replace(own, **{name: getattr(business, name) for name in POLICY if name not in given})


A_DAY = 48
"""Intervals of one day."""
POLICY = ("slot_minutes", "min_notice_minutes", "max_advance_days", "cancel_notice_minutes")


async def put(
    db: Database, scope: Scope, hours: Hours, *, version: int | None = None, exists: bool | None = None
) -> tuple[Hours, bool]:
    """Set the hours of the business, or of one member of staff, and tell whether there were none; bookings wait.

    Raises Conflict where the caller has seen another version, or is wrong about whether there are any.
    """
    async with OVERRIDES.changing(db, scope) as tx:
        made = await write(tx, hours, version=version, exists=exists)
        return await _read(tx, hours.staff_id), made


async def write(tx: Transaction, hours: Hours, *, version: int | None = None, exists: bool | None = None) -> bool:
    """Set hours inside a transaction of the caller's; tell whether there were none.

    The row stays when hours are replaced and even when they are taken away, so a version never comes back. Raises
    Invalid for too many intervals on one day.
    """
    if max(Counter(one.weekday for one in hours.week).values(), default=0) > A_DAY:
        raise Invalid("week", f"a day has at most {A_DAY} intervals", limit=A_DAY)
    latest, current = await _latest(tx, hours.staff_id)
    _expect(current, version, exists)
    config = latest or ids.uuid7()
    policy = (hours.slot_minutes, hours.min_notice_minutes, hours.max_advance_days, hours.cancel_notice_minutes)
    await tx.run(SET_CONFIG, (tx.tenant, config, hours.staff_id, *policy))
    await tx.run(CLEAR_RULES, (tx.tenant, config))
    columns = [[getattr(one, name) for one in hours.week] for name in ("weekday", "opens_minute", "closes_minute")]
    await tx.run(ADD_RULES, (tx.tenant, config, *columns))
    await note(tx, "set hours", "hours", hours.staff_id, {"intervals": len(hours.week)})
    return current is None


async def remove(db: Database, scope: Scope, staff_id: UUID, *, version: int | None = None) -> None:
    """Take away a member of staff's own hours: the business's hold again.

    Raises NotFound where there are none, Conflict where the caller has seen another version.
    """
    async with OVERRIDES.changing(db, scope) as tx:
        await take_away(tx, staff_id, version=version)


async def take_away(tx: Transaction, staff_id: UUID, *, version: int | None = None) -> None:
    """Take a member of staff's own hours away inside a transaction of the caller's."""
    config, current = await _latest(tx, staff_id)
    if current is None:
        raise NotFound("no opening hours are set")
    _expect(current, version)
    await tx.run(PUT_OUT_OF_USE, (tx.tenant, config))
    await tx.run(CLEAR_RULES, (tx.tenant, config))
    await note(tx, "remove hours", "hours", staff_id, {})


async def _read(tx: Transaction, staff_id: UUID | None) -> Hours:
    row = await tx.row(HOURS, (tx.tenant, staff_id))
    if row is None:
        raise NotFound("no opening hours are set")
    week = tuple(Opening(*one) for one in row[5])
    return Hours(row[0], row[1], row[2], row[3], row[4], week, row[6])


async def _latest(tx: Transaction, staff_id: UUID | None) -> tuple[UUID | None, int | None]:
    """Return the row that hours are in, or were in, and their version while there are any."""
    row = await tx.row(LATEST, (tx.tenant, staff_id))
    return (row[0], row[1] if row[2] else None) if row else (None, None)


def _expect(current: int | None, version: int | None, exists: bool | None = None) -> None:
    if exists is False and current is not None:
        raise Conflict("there are opening hours already", field="If-None-Match")
    if version not in (None, current) or (exists and current is None):
        raise Conflict("the opening hours were changed meanwhile", field="If-Match")


def minutes(intervals: Sequence[tuple[int, int]]) -> Multirange[int]:
    """Return intervals in minutes since midnight as the database keeps them; raise Invalid for an impossible one."""
    if len(intervals) > A_DAY:
        raise Invalid("intervals", f"a day has at most {A_DAY} intervals", limit=A_DAY)
    for number, (opens, closes) in enumerate(intervals):
        if not 0 <= opens < closes <= 1440:
            raise Invalid(f"intervals.{number}", "an interval begins before it ends, within 0 and 1440 minutes")
    return Multirange(Range(opens, closes) for opens, closes in intervals)
