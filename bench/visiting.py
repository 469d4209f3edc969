"""Visits over HTTP against plain bookings, in turn: three segments and eight claims each, against one of both.

A colour (the stylist is free while it sets), a cut, and a laser that needs a room: on chairs, lasers and rooms of the
business, ten of each, with one of ten people throughout.
"""

from datetime import UTC, datetime, time, timedelta

import psycopg

from bench import booking, businesses, load
from bench.businesses import ACCOUNT, BUSINESSES, PERSON, PHONE, STAFF, identity, key
from bench.figures import Figure, middle, percentile
from bench.load import Answers
from bench.place import database
from bench.serving import App, serving
from truebook.db.server import Server

CLIENTS, SECONDS, ROUNDS = 32, 4, 5
VISITS_OF_A_ROUND = 10_000
CLAIMS = 8
FIRST = datetime.combine(businesses.FIRST.date(), time(8), UTC)
COLOUR, CUT, LASER, POOL = (kind * 10**15 for kind in (11, 12, 13, 14))
A_DAY = 5
"""Visits of one person on a day: each takes 130 minutes."""
SQL = f"""
CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;
INSERT INTO services (account_id, id, name, duration_minutes)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id(kind + b), name, minutes
    FROM generate_series(0, {BUSINESSES - 1}) b,
         (VALUES ({COLOUR}, 'Colour', 80), ({CUT}, 'Cut', 30), ({LASER}, 'Laser', 20)) AS v(kind, name, minutes);
INSERT INTO staff_services (account_id, staff_id, service_id)
  SELECT pg_temp.id({ACCOUNT} + p % {BUSINESSES}), pg_temp.id({PERSON} + p), pg_temp.id(kind + p % {BUSINESSES})
    FROM generate_series(0, {BUSINESSES * STAFF - 1}) p, unnest(ARRAY[{COLOUR}, {CUT}, {LASER}]) kind;
INSERT INTO resource_pools (account_id, id, kind, name)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id({POOL} + b * 10 + k), 'equipment', 'Pool ' || k
    FROM generate_series(0, {BUSINESSES - 1}) b, generate_series(0, 2) k;
INSERT INTO resources (account_id, pool_id, unit, name)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id({POOL} + b * 10 + k), u, 'Unit ' || u
    FROM generate_series(0, {BUSINESSES - 1}) b, generate_series(0, 2) k, generate_series(1, {STAFF}) u;
INSERT INTO service_requirements (account_id, service_id, role, position, pool_id, busy)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id(kind + b), role, position,
         CASE WHEN k IS NOT NULL THEN pg_temp.id({POOL} + b * 10 + k) END, busy::int4multirange
    FROM generate_series(0, {BUSINESSES - 1}) b, (VALUES
      ({COLOUR}, 'stylist', 1, NULL, '{{[0,30),[60,80)}}'), ({COLOUR}, 'chair', 2, 0, '{{[0,80)}}'),
      ({CUT}, 'stylist', 1, NULL, '{{[0,30)}}'), ({CUT}, 'chair', 2, 0, '{{[0,30)}}'),
      ({LASER}, 'stylist', 1, NULL, '{{[0,20)}}'), ({LASER}, 'laser', 2, 1, '{{[0,20)}}'),
      ({LASER}, 'room', 3, 2, '{{[0,20)}}')) AS r(kind, role, position, k, busy);
"""


def measure(server: Server) -> list[Figure]:
    """Let plain bookings and visits take turns over one app, on two databases of the same businesses."""
    plain: list[Answers] = []
    visits: list[Answers] = []
    with database(server) as one, database(server) as other:
        for url in (one, other):
            businesses.furnish(url)
        equip(other)
        with serving(one) as booked, serving(other) as visited:
            booking.book(booked, 0, 2)  # warm
            visit(visited, 0, 2)
            for turn in range(1, ROUNDS + 1):
                plain.append(booking.book(booked, turn, SECONDS))
                visits.append(visit(visited, turn, SECONDS))
        judge(other, sum(answers.count(201) for answers in visits))
    share = middle([b.per_second(201) / a.per_second(201) for a, b in zip(plain, visits, strict=True)])
    lost = sum(answers.count(409) for answers in visits)
    latencies = [ms for answers in visits for ms in answers.latencies["201"]]
    rates = [middle([answers.per_second(201) for answers in kind]) for kind in (plain, visits)]
    return [
        Figure("a visit of three segments and eight claims (HTTP)", f"{share:.2f} × a booking", "≥ .50", share >= 0.5),
        Figure(
            "· in numbers",
            f"{rates[1]:.0f}/s against {rates[0]:.0f}/s (p50 {percentile(latencies, 50):.0f} ms,"
            f" p99 {percentile(latencies, 99):.0f} ms); {lost} refused",
        ),
    ]


def equip(url: str) -> None:
    """Give the businesses what visits need."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        connection.execute(SQL)  # type: ignore[call-overload]
        businesses.settle(connection)


def visit(app: App, turn: int, seconds: float) -> Answers:
    """Book visits for one round; raise where one is neither booked nor refused since the last unit went meanwhile."""
    first = turn * VISITS_OF_A_ROUND
    wishes = [wish(first + n) for n in range(VISITS_OF_A_ROUND)]
    answers = load.send(app.port, wishes, clients=CLIENTS, seconds=seconds)
    if not {"201"} <= set(answers.latencies) <= {"201", "409"}:
        raise RuntimeError(f"not every visit was booked: {answers.bodies}")
    return answers


def wish(number: int) -> str:
    """Return the request that books a visit; no two of a person's overlap."""
    person, turn = number % (BUSINESSES * STAFF), number // (BUSINESSES * STAFF)
    business = person % BUSINESSES
    start = FIRST + timedelta(days=turn // A_DAY, minutes=turn % A_DAY * 135)
    segments = [
        {"service_id": str(identity(kind + business)), "staff_id": str(identity(PERSON + person))}
        for kind in (COLOUR, CUT, LASER)
    ]
    customer = {"name": "Carla", "phone": f"+{PHONE + number % 10_000}"}
    body = {"segments": segments, "start": start.isoformat(), "customer": customer}
    return load.request("POST", "/api/v1/appointments", key(business), body)


def judge(url: str, booked: int) -> None:
    """Raise unless every visit that was answered for stands there, with all its claims."""
    with psycopg.connect(url, options="-c search_path=truebook") as connection:
        found = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE n = %s) FROM"
            " (SELECT count(*) AS n FROM claims GROUP BY tenant_id, appointment_id) AS c",
            (CLAIMS,),
        ).fetchone()
    assert found is not None
    if found[0] != found[1] or found[0] < booked:
        raise RuntimeError(f"{booked} visits were answered for; {found[0]} hold claims, {found[1]} of them all")
