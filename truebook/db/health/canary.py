"""The canary: a visit and a seat in a class, booked in a transaction that is rolled back.

It finds a broken insert before a customer does.

The schema is spoken to in plain SQL: this must notice what is wrong however the code above it behaves.
"""

from dataclasses import asdict, dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from truebook.db.database import spread
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
POOL = "INSERT INTO resource_pools (account_id, kind, name) VALUES (%s, 'room', %s) RETURNING id"
ROOM = "INSERT INTO resources (account_id, pool_id, name) VALUES (%s, %s, 'Canary') RETURNING id"
# A visit of two segments, with somebody for both and a room for the second; further ahead than any horizon (730 days),
# so that no real booking ever waits for the canary.
BOOK = """
WITH far AS (SELECT now() + interval '5 years' AS t),
wanted AS (
  SELECT %(staff)s::uuid AS resource, t AS begin, t + interval '30 minutes' AS until, 1 AS segment, 1 AS number FROM far
  UNION ALL SELECT %(staff)s, t + interval '30 minutes', t + interval '60 minutes', 2, 1 FROM far
  UNION ALL SELECT %(room)s, t + interval '30 minutes', t + interval '60 minutes', 2, 2 FROM far),
added AS (
  INSERT INTO appointments (tenant_id, account_id, code, starts_at, ends_at, timezone, customer_name)
  SELECT %(tenant)s, %(tenant)s, %(code)s, t, t + interval '60 minutes', 'UTC', 'Canary' FROM far RETURNING id),
claimed AS (
  INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
  SELECT %(tenant)s, resource, begin, until, id, segment, number FROM wanted, added ORDER BY resource, begin
  ON CONFLICT DO NOTHING RETURNING 1),
parts AS (
  INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, starts_at, ends_at,
                                    claims)
  SELECT %(tenant)s, id, segment, %(service)s, %(staff)s, min(begin), max(until), count(*) FROM wanted, added
  GROUP BY id, segment)
SELECT (SELECT id FROM added), all_or_none((SELECT count(*) FROM wanted), (SELECT count(*) FROM claimed))
"""
SEATS = "INSERT INTO resource_pools (account_id, kind, name) VALUES (%s, 'seat', %s) RETURNING id"
CLASS = """
WITH added AS (
  INSERT INTO class_sessions (tenant_id, service_id, seats_pool_id, starts_at, ends_at)
  SELECT %(tenant)s, %(service)s, %(seats)s, t, t + interval '30 minutes'
  FROM (SELECT now() + interval '5 years 2 hours') AS far (t) RETURNING id, starts_at, ends_at)
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, session_id)
SELECT %(tenant)s, %(staff)s, starts_at, ends_at, id FROM added RETURNING session_id
"""
JOIN = """
WITH class AS (SELECT id, starts_at, ends_at FROM class_sessions WHERE tenant_id = %(tenant)s AND id = %(class)s),
added AS (
  INSERT INTO appointments (tenant_id, account_id, code, starts_at, ends_at, timezone, customer_name)
  SELECT %(tenant)s, %(tenant)s, %(code)s, starts_at, ends_at, 'UTC', 'Canary' FROM class RETURNING id),
claimed AS (
  INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
  SELECT %(tenant)s, %(seat)s, c.starts_at, c.ends_at, a.id, 1, 1 FROM class c, added a
  ON CONFLICT DO NOTHING RETURNING 1),
parts AS (
  INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, session_id, starts_at, ends_at,
                                    claims)
  SELECT %(tenant)s, a.id, 1, %(service)s, c.id, c.starts_at, c.ends_at, 1 FROM class c, added a)
SELECT (SELECT id FROM added), all_or_none(1, (SELECT count(*) FROM claimed))
"""
AT_COMMIT = "SET CONSTRAINTS ALL IMMEDIATE"
"""Does now what waits for COMMIT: the check that the visit is whole, and its history."""
TELL = "INSERT INTO outbox (tenant_id, topic, appointment_id, appointment_version) VALUES (%s, 'booked', %s, 1)"
# a queue nobody works on, were it ever to be committed
JOB = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('canary', 'canary', 0, NULL, NULL, '{}'::jsonb, NULL)
                                         ::procrastinate_job_to_defer_v1])
"""
CANCEL = "UPDATE appointments SET status = 'cancelled' WHERE tenant_id = %s AND id = %s RETURNING version"
CLAIMED = "SELECT count(*) FROM claims WHERE tenant_id = %s AND appointment_id = %s"
HISTORY = (
    "SELECT array_agg(version ORDER BY version) FROM appointment_history WHERE tenant_id = %s AND appointment_id = %s"
)
LEFT = """
SELECT (SELECT count(*) FROM appointments WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s))
     + (SELECT count(*) FROM appointment_history WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(ids)s))
     + (SELECT count(*) FROM appointment_segments WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(ids)s))
     + (SELECT count(*) FROM claims WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(ids)s))
     + (SELECT count(*) FROM outbox WHERE tenant_id = %(tenant)s AND appointment_id = ANY(%(ids)s))
     + (SELECT count(*) FROM class_sessions WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s))
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
    room: UUID
    seats: UUID
    seat: UUID


def canary(connection: psycopg.Connection, account_id: UUID | None = None) -> Finding:
    """Book, tell, cancel and look, for one business or for one made for the purpose; then undo it all."""
    tenant = account_id or ids.uuid7()
    name = "a canary booking" if account_id is None else "a canary booking for this business"
    if spread(connection):  # what waits for COMMIT cannot be hurried there, and so not be looked at and taken back
        return judge(f"{name} (not tried: the database is spread over several servers)", None, "")
    problem = None
    booked: list[UUID] = []
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(SCOPE, (str(tenant),))
            if account_id is None:
                connection.execute(ACCOUNT, (tenant, f"canary-{tenant.hex}"))
            place = settle(connection, tenant)
            booked = [sing(connection, place), *sing_in_a_class(connection, place)]
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
    """Make a member of staff, a service and a room, with the ids the database gives them."""
    name = f"Canary {ids.uuid7().hex}"
    staff, service = _one(connection, STAFF, tenant, name), _one(connection, SERVICE, tenant, name)
    connection.execute(OFFERS, (tenant, staff, service))
    room = _one(connection, ROOM, tenant, _one(connection, POOL, tenant, name))
    seats = _one(connection, SEATS, tenant, f"{name} seats")
    return Place(tenant, staff, service, room, seats, _one(connection, ROOM, tenant, seats))


def sing(connection: psycopg.Connection, place: Place) -> UUID:
    """Book a time, be refused the same time, tell of it, cancel it; raise Dead where something else happens."""
    booked = _book(connection, BOOK, place)
    if booked is None:
        raise Dead("a free time could not be booked")
    if _book(connection, BOOK, place) is not None:
        raise Dead("the same time could be booked twice")
    connection.execute(AT_COMMIT)
    connection.execute(TELL, (place.tenant, booked))
    connection.execute(JOB)
    if _one(connection, CANCEL, place.tenant, booked) != 2:
        raise Dead("a change did not count the version up")
    if _one(connection, CLAIMED, place.tenant, booked) != 0:
        raise Dead("a cancelled visit still keeps its time")
    if (written := _one(connection, HISTORY, place.tenant, booked)) != [1, 2]:
        raise Dead(f"the history of a booking has the versions {written}, and should have 1 and 2")
    return booked


def sing_in_a_class(connection: psycopg.Connection, place: Place) -> list[UUID]:
    """Put a class on the calendar, sell its only seat, cancel it and sell it again; raise Dead for anything else."""
    session = _one_of(connection, CLASS, place)
    if session is None:
        raise Dead("a class could not be put on the calendar")
    first = _book(connection, JOIN, place, session)
    if first is None:
        raise Dead("a free seat in a class could not be booked")
    if _book(connection, JOIN, place, session) is not None:
        raise Dead("the same seat in a class could be sold twice")
    connection.execute(CANCEL, (place.tenant, first))
    second = _book(connection, JOIN, place, session)
    if second is None:
        raise Dead("a seat that was given back could not be booked")
    connection.execute(AT_COMMIT)
    return [session, first, second]


def left(connection: psycopg.Connection, tenant: UUID, booked: list[UUID]) -> bool:
    """Look whether the rollback left anything behind."""
    with connection.transaction(force_rollback=True):
        connection.execute(SCOPE, (str(tenant),))
        row = connection.execute(LEFT, {"tenant": tenant, "ids": booked}).fetchone()
    return row != (0,)


def _book(
    connection: psycopg.Connection, query: LiteralString, place: Place, session: UUID | None = None
) -> UUID | None:
    """Return the id of an appointment that was booked; None where its time is taken."""
    try:
        with connection.transaction():
            return _one_of(connection, query, place, session)
    except psycopg.errors.ExclusionViolation:
        return None


def _one_of(
    connection: psycopg.Connection, query: LiteralString, place: Place, session: UUID | None = None
) -> UUID | None:
    values = {**asdict(place), "code": ids.code(), "class": session}
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None


def _one(connection: psycopg.Connection, query: LiteralString, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
