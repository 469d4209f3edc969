"""A thousand clients race for one time; and 32 clients hammer the same few times at the database."""

import asyncio
import re

import psycopg

from bench import booking, businesses, load, yardstick
from bench.businesses import Seat
from bench.figures import Figure, middle, percentile
from bench.load import Answers
from bench.place import database
from bench.serving import serving
from bench.yardstick import SEAT
from truebook.db.server import Server

RACERS, CLIENTS, SECONDS, ROUNDS = 1000, 32, 3, 3
TIMES = 10
NUMBERS = 100_000
"""For one run of pgbench's."""
END = re.compile(r"all_or_none\((.*), (\(SELECT count\(\*\) FROM claimed\))\);")
"""What the statement that adds an appointment ends with: all its claims, or an error that would end the run."""
WON = r"\1 = \2 AS added \\gset"
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
    """Race over HTTP; then, in turn, hammer with pgbench and have as many clients book a time of their own each."""
    with database(server) as url:
        businesses.furnish(url)
        answers = race(url)
        hammered, alone, deadlocks = hammer(server, url)
    won, refused = answers.count(201), answers.count(409)
    clean = (won, refused, deadlocks) == (1, RACERS - 1, 0)
    told = percentile(answers.latencies.get("409", [0.0]), 99)
    slow, usual = percentile([ms for run in hammered for ms in run.latencies], 99), middle(alone)
    statuses = ", ".join(f"{len(each)} × {status}" for status, each in sorted(answers.latencies.items()))
    return [
        Figure("1,000 clients race for one time", statuses, "1 × 201, 999 × 409", clean),
        Figure(
            "· p99 of the refusals, nearest times included", f"{told / 1000:.1f} s ({RACERS / answers.seconds:.0f}/s)"
        ),
        Figure(
            f"{CLIENTS} clients hammer ten times, at the database",
            f"{deadlocks} deadlocks, p99 {slow / usual:.1f} × the median where each has a time of its own",
            "0, ≤ 5 ×",
            deadlocks == 0 and slow <= 5 * usual,
        ),
        Figure(
            "· in numbers",
            f"p99 {slow:.0f} ms, median {usual:.0f} ms; {middle([run.tps for run in hammered]):.0f} tps",
        ),
    ]


def race(url: str) -> Answers:
    """Have everybody ask for the same time at once."""
    with serving(url, TRUEBOOK_RATE="1000") as app:  # for all come with one key
        load.send(app.port, [booking.wish(Seat(n)) for n in range(100, 300)], clients=CLIENTS)
        return load.send(app.port, [booking.wish(Seat(7))] * RACERS, clients=RACERS)


def hammer(server: Server, url: str) -> tuple[list[yardstick.Run], list[float], int]:
    """Book and give back the same ten times of one person, and in turn a time for each who books.

    Returns the runs of the first, the latencies of the second in ms, and the deadlocks that the server counted.
    """
    log = asyncio.run(yardstick.record(url))
    same = f"{SEAT.number} + random(0, {TIMES - 1}) * {businesses.BUSINESSES * businesses.STAFF}"
    numbers, pipeline, statements = yardstick.script(log, seat=same).partition("\\startpipeline")
    ending = END.search(statements)
    assert ending is not None, "the statement that books ends in another way now"
    adding, telling = statements[: ending.start()], statements[ending.end() :]
    text = f"""{numbers}
\\if random(1, 10) = 1
{CANCEL}
\\endif
{pipeline}{adding}{ending.expand(WON)}
\\if :added
{telling}
\\else
ROLLBACK;
\\endif
"""
    hammered: list[yardstick.Run] = []
    alone: list[float] = []
    for turn in range(1, ROUNDS + 1):
        one, other = (
            yardstick.pgbench(server, url, script, clients=CLIENTS, seconds=SECONDS, first=first, logged=True)
            for script, first in ((text, 2 * turn * NUMBERS), (yardstick.script(log), (2 * turn + 1) * NUMBERS))
        )
        hammered.append(one)
        alone += other.latencies
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert row is not None
    return hammered, alone, int(row[0])
