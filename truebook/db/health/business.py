"""One business: can anything be booked with it at all? What is missing is a warning: a new one has nothing yet."""

from typing import LiteralString
from uuid import UUID

import psycopg

from truebook.db.health.canary import SCOPE
from truebook.db.health.finding import Finding, judge

UNOFFERED = """
SELECT v.name FROM services v WHERE v.account_id = %(tenant)s AND v.is_active AND NOT EXISTS (
  SELECT FROM staff_services o JOIN staff s ON (s.account_id, s.id) = (o.account_id, o.staff_id)
   WHERE o.account_id = %(tenant)s AND o.service_id = v.id AND s.is_active)
ORDER BY 1
"""
CLOSED = """
SELECT s.name FROM staff s WHERE s.account_id = %(tenant)s AND s.is_active AND NOT EXISTS (
  SELECT FROM availability_configs c JOIN availability_rules r ON (r.account_id, r.config_id) = (c.account_id, c.id)
   WHERE c.account_id = %(tenant)s AND c.is_active AND (c.staff_id = s.id OR c.staff_id IS NULL))
  AND NOT EXISTS (SELECT FROM date_overrides d WHERE d.account_id = %(tenant)s AND d.date >= current_date
                     AND (d.staff_id = s.id OR d.staff_id IS NULL) AND NOT isempty(d.intervals))
ORDER BY 1
"""


def services(connection: psycopg.Connection, tenant: UUID) -> Finding:
    """Look whether there are services, and somebody for each of them."""
    count = len(_names(connection, tenant, "SELECT name FROM services WHERE account_id = %(tenant)s AND is_active"))
    unoffered = _names(connection, tenant, UNOFFERED)
    nobody = f"nobody offers: {', '.join(unoffered)}" if unoffered else None
    problem = nobody if count else "there is no service that could be booked"
    return judge("services", problem, "Add services, and say who of the staff offers them.", fatal=False)


def opening_hours(connection: psycopg.Connection, tenant: UUID) -> Finding:
    """Look whether everybody of the staff works some time."""
    closed = _names(connection, tenant, CLOSED)
    problem = f"there are no opening hours for: {', '.join(closed)}" if closed else None
    return judge("opening hours", problem, "Set the weekly hours of the business, or of these people.", fatal=False)


def _names(connection: psycopg.Connection, tenant: UUID, query: LiteralString) -> list[str]:
    with connection.transaction(force_rollback=True):
        connection.execute(SCOPE, (str(tenant),))
        return [str(row[0]) for row in connection.execute(query, {"tenant": tenant})]
