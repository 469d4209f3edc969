"""The canary: a whole booking in a transaction that is rolled back, to find a broken insert before a customer does.

The schema is spoken to in plain SQL: this must notice what is wrong however the code above it behaves.
"""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from truebook.db.health.finding import Finding, judge
from truebook.kernel import ids
from truebook.kernel.errors import NotFound

SCOPE = """
SELECT set_config('truebook.tenant', %s, true), set_config('truebook.scope', 'operator', true),
       set_config('truebook.actor', 'canary', true), set_config('truebook.cause', 'health check', true)
"""
ACCOUNT = "INSERT INTO accounts (id, name, slug) VALUES (%s, 'Canary', %s)"
STAFF = "INSERT INTO staff (account_id, name) VALUES (%s, %s) RETURNING id"
SERVICE = "INSERT INTO services (account_id, name, duration_minutes) VALUES (%s, %s, 30) RETURNING id"
OFFERS = "INSERT INTO staff_services (account_id, staff_id, service_id) VALUES (%s, %s, %s)"
# further ahead than any horizon (730 days), so that no real booking ever waits for the canary
BOOK = """
INSERT INTO appointments (tenant_id, account_id, service_id, staff_id, code, starts_at, ends_at, blocked_from,
                          blocked_until, timezone, customer_name)
SELECT %(tenant)s, %(tenant)s, %(service)s, %(staff)s, %(code)s, t, t + interval '30 minutes', t,
       t + interval '30 minutes', 'UTC', 'Canary' FROM (SELECT now() + interval '5 years' AS t) AS far
ON CONFLICT ON CONSTRAINT appointments_no_double_booking DO NOTHING RETURNING id
"""
TELL = "INSERT INTO outbox (tenant_id, topic, appointment_id, appointment_version) VALUES (%s, 'booked', %s, 1)"
# a queue nobody works on, were it ever to be committed
JOB = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('canary', 'canary', 0, NULL, NULL, '{}'::jsonb, NULL)
                                         ::procrastinate_job_to_defer_v1])
"""
CANCEL = "UPDATE appointments SET status = 'cancelled' WHERE tenant_id = %s AND id = %s RETURNING version"
HISTORY = (
    "SELECT array_agg(version ORDER BY version) FROM appointment_history WHERE tenant_id = %s AND appointment_id = %s"
)
LEFT = """
SELECT (SELECT count(*) FROM appointments WHERE tenant_id = %(tenant)s AND id = %(id)s)
     + (SELECT count(*) FROM appointment_history WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s)
     + (SELECT count(*) FROM outbox WHERE tenant_id = %(tenant)s AND appointment_id = %(id)s)
     + (SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'canary')
"""


class Dead(Exception):
    """The canary did not survive: a step did something else than it should."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the canary books."""

    tenant: UUID
    staff: UUID
    service: UUID


def canary(connection: psycopg.Connection, account_id: UUID | None = None) -> Finding:
    """Book, tell, cancel and look, for one business or for one made for the purpose; then undo it all."""
    tenant = account_id or ids.uuid7()
    name = "a canary booking" if account_id is None else "a canary booking for this business"
    problem = None
    booked = None
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(SCOPE, (str(tenant),))
            if account_id is None:
                connection.execute(ACCOUNT, (tenant, f"canary-{tenant.hex}"))
            booked = sing(connection, settle(connection, tenant))
        if left(connection, tenant, booked):
            problem = "the canary booking was rolled back, and yet something of it is still there"
    except psycopg.Error as error:
        problem = f"a booking cannot be written: {error.diag.message_primary or error}"
    except Dead as error:
        problem = str(error)
    return judge(name, problem, "Look at the other findings; if there are none: truebook migrate --check")


def account(connection: psycopg.Connection, slug: str) -> UUID:
    """Return the id of the business with a slug; raise NotFound where there is none."""
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT set_config('truebook.scope', 'operator', true)")
        row = connection.execute("SELECT id FROM accounts WHERE slug = %s", (slug,)).fetchone()
    if row is None:
        raise NotFound(f"There is no business called {slug}.")
    found: UUID = row[0]
    return found


def settle(connection: psycopg.Connection, tenant: UUID) -> Place:
    """Make a member of staff and a service, with the ids the database gives them."""
    name = f"Canary {ids.uuid7().hex}"
    staff, service = _one(connection, STAFF, tenant, name), _one(connection, SERVICE, tenant, name)
    connection.execute(OFFERS, (tenant, staff, service))
    return Place(tenant, staff, service)


def sing(connection: psycopg.Connection, place: Place) -> UUID:
    """Book a time, be refused the same time, tell of it, cancel it; raise Dead where something else happens."""
    booked = _book(connection, place)
    if booked is None:
        raise Dead("a free time could not be booked")
    if _book(connection, place) is not None:
        raise Dead("the same time could be booked twice")
    connection.execute(TELL, (place.tenant, booked))
    connection.execute(JOB)
    if _one(connection, CANCEL, place.tenant, booked) != 2:
        raise Dead("a change did not count the version up")
    if (written := _one(connection, HISTORY, place.tenant, booked)) != [1, 2]:
        raise Dead(f"the history of a booking has the versions {written}, and should have 1 and 2")
    return booked


def left(connection: psycopg.Connection, tenant: UUID, booked: UUID) -> bool:
    """Look whether the rollback left anything behind."""
    with connection.transaction(force_rollback=True):
        connection.execute(SCOPE, (str(tenant),))
        row = connection.execute(LEFT, {"tenant": tenant, "id": booked}).fetchone()
    return row != (0,)


def _book(connection: psycopg.Connection, place: Place) -> UUID | None:
    values = {"tenant": place.tenant, "service": place.service, "staff": place.staff, "code": ids.code()}
    row = connection.execute(BOOK, values).fetchone()
    return row[0] if row else None


def _one(connection: psycopg.Connection, query: LiteralString, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
