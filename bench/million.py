"""Booking with ten thousand claims in the table, and with a million."""

import asyncio

import psycopg

from bench import booking, businesses, yardstick
from bench.businesses import ACCOUNT, BUSINESSES, FIRST, PERSON, SERVICE, STAFF
from bench.figures import Figure, middle
from bench.place import database
from bench.serving import serving
from truebook.db.server import Server

FEW, MANY = 10_000, 1_000_000
"""Claims; a tenth as many appointments again were cancelled."""
SECONDS, ROUNDS = 4, 5
LONG_AGO = f"""
to_timestamp({int(FIRST.timestamp())}) - (10 + n / {BUSINESSES * STAFF * 16}) * interval '1 day'
  + (n / {BUSINESSES * STAFF} %% 16) * interval '30 minutes'
"""
BOOKED = f"""
SET session_replication_role = replica;  -- the past may be written, and history would only be bulk
CREATE TEMP TABLE booked AS
SELECT lpad(({ACCOUNT} + n %% {BUSINESSES})::text, 32, '0')::uuid AS tenant,
       lpad((9 * 10^15 + n)::bigint::text, 32, '0')::uuid AS id,
       translate(to_char(n / {BUSINESSES}, 'FM000"-"000'), '01', 'XY') AS code,
       lpad(({SERVICE} + n %% {BUSINESSES})::text, 32, '0')::uuid AS service,
       lpad(({PERSON} + n %% {BUSINESSES * STAFF})::text, 32, '0')::uuid AS staff,
       {{when}} AS t,
       CASE WHEN n %% 10 = 0 THEN 'cancelled' ELSE 'completed' END AS status
FROM generate_series(0, %s - 1) n;
INSERT INTO appointments (tenant_id, account_id, id, code, starts_at, ends_at, timezone, status, customer_name,
                          created_at)
SELECT tenant, tenant, id, code, t, t + interval '30 minutes', 'Europe/Vienna', status, 'Carla', t FROM booked;
INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, starts_at, ends_at, claims,
                                  service_name, staff_name)
SELECT tenant, id, 1, service, staff, t, t + interval '30 minutes', 1, 'Haircut', 'Anna' FROM booked;
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
SELECT tenant, staff, t, t + interval '30 minutes', id, 1, 1 FROM booked WHERE status = 'completed';
"""


def measure(server: Server) -> list[Figure]:
    """Let the same businesses with a short and with a long past take turns, over HTTP and with pgbench."""
    http: list[float] = []
    yards: list[float] = []
    with database(server) as small, database(server) as large:
        for url, claims in ((small, FEW), (large, MANY)):
            businesses.furnish(url)
            fill(url, claims * 10 // 9)
        text = [yardstick.script(asyncio.run(yardstick.record(url))) for url in (small, large)]
        with serving(small) as few, serving(large) as many:
            for app in (few, many):
                booking.book(app, 0, 2)
            for turn in range(1, ROUNDS + 1):
                tps = [
                    booking.pgbench(server, url, script, turn).tps
                    for url, script in zip((small, large), text, strict=True)
                ]
                done = [booking.book(app, turn, SECONDS).per_second(201) for app in (few, many)]
                yards.append(tps[1] / tps[0])
                http.append(done[1] / done[0])
    ours, theirs = middle(http), middle(yards)
    return [
        Figure("booking with 1,000,000 claims (HTTP)", f"{ours:.0%} of 10,000", "≥ 85 %", ours >= 0.85),
        Figure("· the same with pgbench", f"{theirs:.0%} of 10,000", "≥ 85 %", theirs >= 0.85),
    ]


def fill(url: str, appointments: int, when: str = LONG_AGO) -> None:
    """Give the businesses so many appointments, a tenth of them cancelled, at the time of an expression of `n`."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        with connection.transaction():
            psycopg.ClientCursor(connection).execute(BOOKED.format(when=when), [appointments])  # type: ignore[arg-type]
        businesses.settle(connection)
