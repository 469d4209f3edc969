"""What a rebuild of the guard's index costs: bookings after a REINDEX that sorts, and after one that buffers."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
from psycopg.sql import SQL, Identifier

from bench import booking, businesses, million, yardstick
from bench.businesses import BUSINESSES, DAYS, FIRST, STAFF
from bench.figures import Figure, middle
from bench.place import database
from truebook.db.migrations.promised import GUARDS
from truebook.db.server import Server

(GUARD,) = GUARDS
ROUNDS, SECONDS, THERE = 5, 4, 200_000
BESIDE = f"""
to_timestamp({int(FIRST.timestamp())}) + (n / {BUSINESSES * STAFF} %% {DAYS}) * interval '1 day'
  + n / {BUSINESSES * STAFF * DAYS} * interval '30 minutes'
"""
"""Where the seats with the lowest numbers are: every new booking comes right after one that is there."""
HOW = (None, "RESET (buffering)", "SET (buffering = on)")
"""As it grew, by inserts; rebuilt as PostgreSQL does by itself, which sorts from 18 on; and as the guard asks for."""


def measure(server: Server) -> list[Figure]:
    """Let pgbench book in turn, without waiting for the disk, where the index grew and where it was built anew."""
    with ExitStack() as stack:
        urls = [stack.enter_context(_filled(server, how)) for how in HOW]
        scripts = [yardstick.script(asyncio.run(yardstick.record(url))) for url in urls]
        rounds = list(_rounds(server, urls, scripts))
    grown = middle([tps[0] for tps in rounds])
    sorted_, buffered = (middle([tps[n] / tps[0] for tps in rounds]) for n in (1, 2))
    return [
        Figure(
            "bookings after a rebuild of the guard, buffering", f"{buffered:.0%} of grown", "≥ 90 %", buffered >= 0.9
        ),
        Figure("· sorted, which this cures", f"{sorted_:.0%} of grown ({grown:.0f} tps)"),
    ]


@contextmanager
def _filled(server: Server, how: str | None) -> Iterator[str]:
    """Lend a database whose guard holds many claims, as it grew or rebuilt."""
    with database(server) as url:
        businesses.furnish(url)
        million.fill(url, THERE, BESIDE)
        if how:
            with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
                connection.execute(SQL("ALTER INDEX {} " + how).format(Identifier(GUARD)))  # type: ignore[arg-type]
                connection.execute(SQL("REINDEX INDEX {}").format(Identifier(GUARD)))
                businesses.settle(connection)
        yield url


def _rounds(server: Server, urls: list[str], scripts: list[str]) -> Iterator[list[float]]:
    for turn in range(1, ROUNDS + 1):
        first = booking.first_of_pgbench(turn)
        yield [
            yardstick.pgbench(
                server, url, text, clients=booking.CLIENTS, seconds=SECONDS, first=first, durable=False
            ).tps
            for url, text in zip(urls, scripts, strict=True)
        ]
