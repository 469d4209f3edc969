"""How long a business keeps what it knows of people: some months after they were last there, then they are erased."""

import calendar
from datetime import datetime
from uuid import UUID

from truebook.db import Database, Scope
from truebook.people import erasing, quarantine

AT_ONCE = 200
"""Customers that are erased between two looks; each is a transaction of its own."""
MONTHS = "SELECT retention_months FROM accounts WHERE id = %(tenant)s"
OLD = """
SELECT c.id FROM customers c WHERE c.account_id = %(tenant)s AND c.created_at < %(before)s
  AND NOT EXISTS (SELECT FROM appointments a
                  WHERE a.tenant_id = %(tenant)s AND a.customer_id = c.id AND a.ends_at >= %(before)s)
  AND NOT EXISTS (SELECT FROM conversations v
                  WHERE v.account_id = %(tenant)s AND v.customer_id = c.id AND v.last_activity_at >= %(before)s)
  AND NOT EXISTS (SELECT FROM waitlist_entries w
                  WHERE w.tenant_id = %(tenant)s AND w.customer_id = c.id AND w.joined_at >= %(before)s)
ORDER BY c.id LIMIT %(limit)s
"""


def back(now: datetime, months: int) -> datetime:
    """Return the moment so many months ago, on the month's last day where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, calendar.monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


async def keep_to(db: Database, scope: Scope, *, now: datetime) -> int:
    """Erase everybody who was not there for as long as the business says; return how many that were."""
    row = await db.glance(scope, MONTHS, {"tenant": scope.tenant})
    if row is None or row[0] is None:
        return 0
    before, erased = back(now, row[0]), 0
    while old := await _old(db, scope, before):
        for customer_id in old:
            await erasing.erase(db, scope, customer_id)
        erased += len(old)
    while gone := await erasing.unname(db, scope, before):
        erased += gone
    async with db.transaction(scope) as tx:
        await quarantine.forget_old(tx, before)
    return erased


async def _old(db: Database, scope: Scope, before: datetime) -> list[UUID]:
    params = {"tenant": scope.tenant, "before": before, "limit": AT_ONCE}
    return [row[0] for row in await db.rows(scope, OLD, params)]
