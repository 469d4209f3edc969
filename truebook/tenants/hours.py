"""Opening hours: the week's, and special ones on single dates; of the whole business or of one member of staff."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from truebook.db import Database, Scope, Transaction
from truebook.kernel import ids
from truebook.kernel.errors import Invalid, NotFound
from truebook.tenants.records import Records, note


@dataclass(frozen=True, slots=True)
class Opening:
    """An interval on a weekday (0 = Sunday .. 6 = Saturday), in minutes since midnight on the business's wall clock."""

    weekday: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A week's opening hours, and how far ahead and on which grid appointments are made in them."""

    staff_id: UUID | None
    slot_minutes: int
    min_notice_minutes: int
    max_advance_days: int
    cancel_notice_minutes: int
    week: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class DateOverride:
    """Opening hours that hold on one date instead of the week's; without intervals the date is closed."""

    id: UUID
    staff_id: UUID | None
    date: date
    intervals: Multirange[int]
    reason: str | None
    version: int


OVERRIDES = Records("date_overrides", DateOverride, noun="date override", decides=True)

CONFIG = """
SELECT id, staff_id, slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes
FROM availability_configs WHERE account_id = %s AND is_active AND staff_id IS NOT DISTINCT FROM %s
"""
RULES = """
SELECT weekday, opens_minute, closes_minute FROM availability_rules
WHERE account_id = %s AND config_id = %s ORDER BY 1, 2
"""
CLEAR = """
DELETE FROM availability_configs
WHERE account_id = %s AND is_active AND staff_id IS NOT DISTINCT FROM %s RETURNING id
"""
ADD_CONFIG = """
INSERT INTO availability_configs
  (account_id, id, staff_id, slot_minutes, min_notice_minutes, max_advance_days, cancel_notice_minutes)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
ADD_RULES = """
INSERT INTO availability_rules (account_id, id, config_id, weekday, opens_minute, closes_minute)
SELECT %s, gen_random_uuid(), %s, * FROM unnest(%s::int[], %s::int[], %s::int[])
"""


async def get(db: Database, scope: Scope, staff_id: UUID | None) -> Hours:
    """Return the hours of the business, or those of one member of staff; raise NotFound where none are set."""
    async with db.reading(scope) as tx:
        config = await tx.row(CONFIG, (tx.tenant, staff_id))
        if config is None:
            raise NotFound("no opening hours are set")
        rules = await tx.rows(RULES, (tx.tenant, config[0]))
        return Hours(config[1], config[2], config[3], config[4], config[5], tuple(Opening(*rule) for rule in rules))


async def inherit(db: Database, scope: Scope, own: Hours, *, given: Collection[str]) -> Hours:
    """Return a member of staff's hours with everything that was not given as the business has it."""
    try:
        business = await get(db, scope, None)
    except NotFound:
        return own
    return replace(own, **{name: getattr(business, name) for name in POLICY if name not in given})


POLICY = ("slot_minutes", "min_notice_minutes", "max_advance_days", "cancel_notice_minutes")


async def put(db: Database, scope: Scope, hours: Hours) -> Hours:
    """Replace the hours of the business, or of one member of staff; bookings wait until it is done."""
    async with OVERRIDES.changing(db, scope) as tx:
        await write(tx, hours)
    return await get(db, scope, hours.staff_id)


async def write(tx: Transaction, hours: Hours) -> None:
    """Replace hours inside a transaction of the caller's."""
    config = ids.uuid7()
    await tx.rows(CLEAR, (tx.tenant, hours.staff_id))
    policy = (hours.slot_minutes, hours.min_notice_minutes, hours.max_advance_days, hours.cancel_notice_minutes)
    await tx.run(ADD_CONFIG, (tx.tenant, config, hours.staff_id, *policy))
    columns = [[getattr(one, name) for one in hours.week] for name in ("weekday", "opens_minute", "closes_minute")]
    await tx.run(ADD_RULES, (tx.tenant, config, *columns))
    await note(tx, "set hours", "hours", hours.staff_id, {"intervals": len(hours.week)})


async def remove(db: Database, scope: Scope, staff_id: UUID) -> None:
    """Take away a member of staff's own hours: the business's hold again."""
    async with OVERRIDES.changing(db, scope) as tx:
        if not await tx.rows(CLEAR, (tx.tenant, staff_id)):
            raise NotFound("no opening hours are set")
        await note(tx, "remove hours", "hours", staff_id, {})


def minutes(intervals: Sequence[tuple[int, int]]) -> Multirange[int]:
    """Return intervals in minutes since midnight as the database keeps them; raise Invalid for an impossible one."""
    for number, (opens, closes) in enumerate(intervals):
        if not 0 <= opens < closes <= 1440:
            raise Invalid(f"intervals.{number}", "an interval begins before it ends, within 0 and 1440 minutes")
    return Multirange(Range(opens, closes) for opens, closes in intervals)
