"""A thousand clients race for one time; and 32 clients hammer the same few times at the database."""

import asyncio

import psycopg

from bench import booking, businesses, load, yardstick
from bench.businesses import Seat
from bench.figures import Figure, percentile
from bench.load import Answers
from bench.place import database
from bench.serving import serving
from bench.yardstick import PER_CLIENT, SEAT
from truebook.db.server import Server

RACERS, CLIENTS, SECONDS = 1000, 32, 5
TIMES = 10
END = "all_or_none((SELECT count(*) FROM wanted), (SELECT count(*) FROM claimed))"
"""What the statement that adds an appointment ends with: all its claims, or an error that would end the run."""
WON = "(SELECT count(*) FROM wanted) = (SELECT count(*) FROM claimed) AS added"
CANCEL = """
BEGIN;
SELECT set_config('truebook.tenant', lpad(:account, 32, '0')::uuid::text, true);
UPDATE appointments SET status = 'cancelled' WHERE tenant_id = lpad(:account, 32, '0')::uuid AND id = (
  SELECT appointment_id FROM claims
   WHERE tenant_id = lpad(:account, 32, '0')::uuid AND resource_id = lpad(:person, 32, '0')::uuid
     AND starts_at = to_timestamp(:start) LIMIT 1);
COMMIT;
"""
"""So that there is something to win: a tenth of the transactions give a time back first."""


def measure(server: Server) -> list[Figure]:
    """Race over HTTP, then hammer with pgbench, in one database."""
    with database(server) as url:
        businesses.furnish(url)
        answers = race(url)
        hammered, deadlocks = hammer(server, url)
    won, refused = answers.count(201), answers.count(409)
    clean = (won, refused, deadlocks) == (1, RACERS - 1, 0)
    told = percentile(answers.latencies.get("409", [0.0]), 99)
    slow = percentile(hammered.latencies, 99)
    statuses = ", ".join(f"{len(each)} × {status}" for status, each in sorted(answers.latencies.items()))
    return [
        Figure("1,000 clients race for one time", statuses, "1 × 201, 999 × 409", clean),
        Figure(
            "· p99 of the refusals, nearest times included", f"{told / 1000:.1f} s ({RACERS / answers.seconds:.0f}/s)"
        ),
        Figure(
            "32 clients hammer ten times for 5 s, at the database",
            f"{deadlocks} deadlocks, p99 {slow:.0f} ms ({hammered.tps:.0f} tps)",
            "0, ≤ 50 ms",
            deadlocks == 0 and slow <= 50,
        ),
    ]


def race(url: str) -> Answers:
    """Have everybody ask for the same time at once."""
    with serving(url, TRUEBOOK_RATE="1000") as app:  # for all come with one key
        load.send(app.port, [booking.wish(Seat(n)) for n in range(100, 300)], clients=CLIENTS)
        return load.send(app.port, [booking.wish(Seat(7))] * RACERS, clients=RACERS)


def hammer(server: Server, url: str) -> tuple[yardstick.Run, int]:
    """Book and give back the same ten times of one person; return the run and the deadlocks the server counted."""
    log = asyncio.run(yardstick.record(url))
    same = f"{SEAT.number} + random(0, {TIMES - 1}) * {businesses.BUSINESSES * businesses.STAFF}"
    numbers, pipeline, statements = yardstick.script(log, seat=same).partition("\\startpipeline")
    adding, _, telling = statements.partition(f"{END};")
    text = f"""{numbers}
\\if random(1, 10) = 1
{CANCEL}
\\endif
{pipeline}{adding}{WON} \\gset
\\if :added
{telling}
\\else
ROLLBACK;
\\endif
"""
    run = yardstick.pgbench(
        server, url, text, clients=CLIENTS, seconds=SECONDS, first=CLIENTS * PER_CLIENT, logged=True
    )
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert row is not None
    return run, int(row[0])
