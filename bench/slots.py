"""The free times of a month, against an endpoint that answers nothing; and what row-level security costs.

Five people, open eight hours a day, two fifths of it booked; a service of an hour, which may begin every half hour.
"""

from datetime import timedelta

import psycopg

from bench import businesses, load
from bench.businesses import ACCOUNT, FIRST, PERSON, SERVICE, identity, key
from bench.figures import Figure, middle, percentile
from bench.place import database
from bench.serving import serving
from truebook.db.server import Server

ROUNDS, IN_A_ROUND = 7, 60
CUT, WASH = 12 * 10**15, 13 * 10**15
MONTH = """
SET session_replication_role = replica;
DELETE FROM staff_services WHERE account_id = %(account)s AND NOT staff_id = ANY(%(staff)s);
DELETE FROM staff WHERE account_id = %(account)s AND NOT id = ANY(%(staff)s);
UPDATE services SET duration_minutes = 60 WHERE account_id = %(account)s;
UPDATE availability_configs SET slot_minutes = 30 WHERE account_id = %(account)s;
UPDATE availability_rules SET opens_minute = 600, closes_minute = 1080 WHERE account_id = %(account)s;
DELETE FROM resources WHERE account_id = %(account)s AND NOT id = ANY(%(staff)s);
INSERT INTO services (account_id, id, name, duration_minutes)
SELECT %(account)s, id, 'Another ' || n, 30 FROM unnest(%(others)s::uuid[]) WITH ORDINALITY AS o(id, n);
INSERT INTO staff_services (account_id, staff_id, service_id)
SELECT %(account)s, staff, id FROM unnest(%(staff)s) staff, unnest(%(others)s::uuid[]) id;
CREATE TEMP TABLE month AS
SELECT gen_random_uuid() AS id, row_number() OVER () AS n, staff,
       %(first)s + day * interval '1 day' + hour * interval '1 hour' AS t
FROM unnest(%(staff)s) staff, generate_series(0, 30) day, generate_series(0, 7) hour
WHERE hour IN (1, 3, 6) OR hour = 4 AND day %% 5 = 0;
INSERT INTO appointments (tenant_id, account_id, id, code, starts_at, ends_at, timezone, customer_name)
SELECT %(account)s, %(account)s, id, translate(to_char(n, 'FM000"-"000'), '01', 'XY'), t, t + interval '1 hour',
       'Europe/Vienna', 'Carla' FROM month;
INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, starts_at, ends_at, claims)
SELECT %(account)s, id, 1, %(service)s, staff, t, t + interval '1 hour', 1 FROM month;
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
SELECT %(account)s, staff, t, t + interval '1 hour', id, 1, 1 FROM month;
"""
ACCOUNT_ID, SERVICE_ID = identity(ACCOUNT), identity(SERVICE)
TEAM = [identity(PERSON + businesses.BUSINESSES * n) for n in range(5)]
"""The five members of staff that business 0 is left with."""


def measure(server: Server) -> list[Figure]:
    """Ask for nothing, for one provider's month and for five people's month in turn, over one connection."""
    with database(server) as url:
        businesses.furnish(url)
        fill_a_month(url)
        with serving(url) as app:
            rounds = [[_p50(app.port, wanted) for wanted in requests()] for _ in range(ROUNDS + 1)][1:]
            anew = [
                middle([_after_a_change(url, app.port, wanted) for _ in range(ROUNDS)]) for wanted in requests()[1:]
            ]
    one, five, visit = (middle([found[n] / found[0] for found in rounds]) for n in (1, 2, 3))
    numbers = "/healthz {:.2f} ms, one {:.2f} ms, five {:.2f} ms, a visit {:.2f} ms"
    return [
        Figure("slots, one provider, 31 days, 40 % booked", f"{one:.1f} × /healthz", "≤ 4 ×", one <= 4),
        Figure("slots, five staff", f"{five:.1f} × /healthz", "≤ 6 ×", five <= 6),
        Figure("a visit of three segments, anyone, 31 days, first 20", f"{visit:.1f} × /healthz", "≤ 8 ×", visit <= 8),
        Figure("· in numbers (p50)", numbers.format(*(middle([found[n] for found in rounds]) for n in range(4)))),
        Figure(
            "· the first request after a change of settings",
            f"one {anew[0]:.2f} ms, five {anew[1]:.2f} ms, a visit {anew[2]:.2f} ms",
        ),
    ]


def requests() -> list[str]:
    """Return the requests that are compared: nothing, one provider's month, five people's, a visit's with anyone."""
    month = f"service_id={SERVICE_ID}&from={FIRST.date()}&to={FIRST.date() + timedelta(days=30)}"
    paths = ("/healthz", f"/api/v1/slots?{month}&staff_id={TEAM[0]}", f"/api/v1/slots?{month}")
    asked = {
        "segments": [{"service_id": str(identity(one))} for one in (SERVICE, CUT, WASH)],
        "from": str(FIRST.date()), "to": str(FIRST.date() + timedelta(days=30)), "limit": 20,
    }  # fmt: skip
    visit = load.request("POST", "/api/v1/availability", key(0), asked)
    return [*(load.request("GET", path, key(0)) for path in paths), visit]


def fill_a_month(url: str) -> None:
    """Leave business 0 five people and book two fifths of 31 days with them."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        with connection.transaction():
            psycopg.ClientCursor(connection).execute(
                MONTH,
                {
                    "account": ACCOUNT_ID, "service": SERVICE_ID, "staff": TEAM, "first": FIRST,
                    "others": [identity(CUT), identity(WASH)],
                },
            )  # fmt: skip
        businesses.settle(connection)


def _after_a_change(url: str, port: int, wanted: str) -> float:
    """Return the ms of a request when all that was remembered of the settings is out of date."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        connection.execute("UPDATE services SET sort_order = sort_order + 1 WHERE account_id = %s", (ACCOUNT_ID,))
    return load.send(port, [wanted], clients=1).latencies["200"][0]


def _p50(port: int, wanted: str) -> float:
    answers = load.send(port, [wanted] * IN_A_ROUND, clients=1)
    if set(answers.latencies) != {"200"}:
        raise RuntimeError(f"not every request was answered: {answers.bodies}")
    return percentile(answers.latencies["200"], 50)
