"""What row-level security costs the question for busy times, at the server; also where there is a long past."""

from datetime import timedelta
from typing import Any

import psycopg

from bench import businesses, yardstick
from bench.businesses import FIRST, SERVICE, identity
from bench.figures import Figure, middle
from bench.place import database
from bench.slots import ACCOUNT_ID, TEAM, fill_a_month
from truebook.booking.diaries import TAKEN, Question
from truebook.db.server import Server

ROUNDS, IN_A_ROUND, PAST = 9, 40, 5000
TYPES = {
    "tenant": "uuid", "resources": "text", "without": "uuid",
    "begin": "timestamptz", "end": "timestamptz", "now": "timestamptz",
}  # fmt: skip
LONG_AGO = """
SET session_replication_role = replica;
WITH at AS (
  SELECT gen_random_uuid() AS id, n, %(first)s - n * interval '2 hours' AS t FROM generate_series(1, %(past)s) n),
added AS (
  INSERT INTO appointments (tenant_id, account_id, id, code, starts_at, ends_at, timezone, customer_name)
  SELECT %(account)s, %(account)s, id, translate(to_char(n, 'FM000"-"000'), '01', 'VW'), t, t + interval '1 hour',
         'Europe/Vienna', 'Carla' FROM at),
parts AS (
  INSERT INTO appointment_segments (tenant_id, appointment_id, position, staff_id, starts_at, ends_at, claims)
  SELECT %(account)s, id, 1, %(staff)s, t, t + interval '1 hour', 1 FROM at)
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
SELECT %(account)s, %(staff)s, t, t + interval '1 hour', id, 1, 1 FROM at
"""


def measure(server: Server) -> list[Figure]:
    """Run the very same prepared statement as the app's role and as one of its kind whom no policy binds, in turn."""
    with database(server) as url:
        businesses.furnish(url)
        fill_a_month(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE ROLE bench_free BYPASSRLS IN ROLE truebook_app")
        short = overhead(url)
        with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
            psycopg.ClientCursor(connection).execute(
                LONG_AGO, {"account": ACCOUNT_ID, "staff": TEAM[0], "past": PAST, "first": FIRST}
            )
            businesses.settle(connection)
        long = overhead(url)
    return [
        _said("the busy query with row-level security", *short),
        _said(f"· where there are {PAST} past appointments", *long),
    ]


def overhead(url: str) -> tuple[float, float, float]:
    """Return the ratio, and the ms with and without row-level security."""
    with _prepared(url, "truebook_app") as bound, _prepared(url, "bench_free") as free:
        rounds = [(_execution(bound), _execution(free)) for _ in range(ROUNDS + 1)][1:]
    return middle([a / b for a, b in rounds]), middle([a for a, _ in rounds]), middle([b for _, b in rounds])


def _prepared(url: str, role: str) -> psycopg.Connection:
    """Return a session of a role in which the query is prepared, with the settings of the app's own sessions."""
    connection = psycopg.connect(
        url, autocommit=True, options=f"{yardstick.SESSION} -c truebook.tenant={ACCOUNT_ID} -c role={role}"
    )
    text = TAKEN
    for number, name in enumerate(TYPES, 1):
        text = text.replace(f"%({name})s", f"${number}")
    connection.execute(f"PREPARE busy ({', '.join(TYPES.values())}) AS {text}")  # type: ignore[call-overload]
    return connection


def _execution(connection: psycopg.Connection) -> float:
    """Return the median of the times, in ms, that the server itself says it took."""
    days = FIRST.date(), FIRST.date() + timedelta(days=30)
    params = Question((identity(SERVICE),), (TEAM[0],), *days, FIRST).params(ACCOUNT_ID, TEAM[:1])
    explain = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE busy (%s, %s, %s, %s, %s, %s)"
    cursor = psycopg.ClientCursor(connection)
    return middle([_told(cursor.execute(explain, [params[name] for name in TYPES])) for _ in range(IN_A_ROUND)])


def _told(cursor: psycopg.Cursor[Any]) -> float:
    row = cursor.fetchone()
    assert row is not None
    return float(row[0][0]["Execution Time"])


def _said(name: str, ratio: float, bound: float, free: float) -> Figure:
    return Figure(name, f"{ratio:.2f} × without ({bound:.3f} and {free:.3f} ms)", "≤ 1.1 ×", ratio <= 1.1)
