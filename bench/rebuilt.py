"""What a rebuild of the guard's index costs: new claims after a REINDEX that sorts, and after one that buffers."""

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from bench import businesses, yardstick
from bench.businesses import ACCOUNT, BUSINESSES, FIRST, PERSON, STAFF
from bench.figures import Figure, middle
from bench.place import database
from truebook.db.migrations.promised import GUARDS
from truebook.db.server import Server

(GUARD,) = GUARDS
ROUNDS, SECONDS, CLIENTS, THERE = 3, 5, 4, 200_000
CLAIM = f"""
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, block_id)
SELECT tenant, person, t, t + interval '30 minutes', block
FROM (SELECT lpad(({ACCOUNT} + n % {BUSINESSES})::text, 32, '0')::uuid AS tenant,
             lpad(({PERSON} + n % {BUSINESSES * STAFF})::text, 32, '0')::uuid AS person,
             lpad((n % {BUSINESSES} + 1)::text, 32, '0')::uuid AS block,
             to_timestamp({int(FIRST.timestamp())}) + (n / {BUSINESSES * STAFF} % 4000) * interval '12 hours'
               + (n / {BUSINESSES * STAFF * 4000}) * interval '45 minutes' AS t FROM {{numbers}}) x
ON CONFLICT DO NOTHING
"""
BLOCKS = f"""
INSERT INTO blocks (tenant_id, id, kind)
SELECT lpad(({ACCOUNT} + n)::text, 32, '0')::uuid, lpad((n + 1)::text, 32, '0')::uuid, 'away'
FROM generate_series(0, {BUSINESSES - 1}) n
"""


def measure(server: Server) -> list[Figure]:
    """Let pgbench claim times at random, without waiting for the disk, as the index grew and rebuilt either way."""
    grown: list[float] = []
    rates: dict[str, list[float]] = {"RESET (buffering)": [], "SET (buffering = on)": []}
    for _ in range(ROUNDS):
        with database(server) as url:
            businesses.furnish(url)
            with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
                connection.execute(BLOCKS)  # type: ignore[call-overload]
                numbers = f"(SELECT (random() * 3e6)::bigint AS n FROM generate_series(1, {THERE})) r"
                connection.execute(CLAIM.format(numbers=numbers))  # type: ignore[call-overload]
                businesses.settle(connection)
            grown.append(_rate(server, url))
            for how, rate in rates.items():
                _rebuild(url, how)
                rate.append(_rate(server, url))
    sorted_, buffered = (middle([a / b for a, b in zip(rate, grown, strict=True)]) for rate in rates.values())
    return [
        Figure("claims after a rebuild of the guard, buffering", f"{buffered:.0%} of grown", "≥ 80 %", buffered >= 0.8),
        Figure("· sorted, which this cures", f"{sorted_:.0%} of grown ({middle(grown):.0f} claims/s)"),
    ]


def _rebuild(url: str, how: str) -> None:
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        connection.execute(SQL("ALTER INDEX {} " + how).format(Identifier(GUARD)))  # type: ignore[arg-type]
        connection.execute(SQL("REINDEX INDEX {}").format(Identifier(GUARD)))
        businesses.settle(connection)


def _rate(server: Server, url: str) -> float:
    """Return how many claims a second there are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "claim.sql")
        file.write_text(
            "\\set n random(0, 3000000)\n" + " ".join(CLAIM.format(numbers="(SELECT :n::bigint AS n) r").split()) + ";"
        )
        done = subprocess.run(
            [
                server.binaries / "pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1", "-T", str(SECONDS),
                "-f", file,
            ],
            env={
                **server.environment(urlsplit(url).path.removeprefix("/")),
                "PGOPTIONS": "-c search_path=truebook -c synchronous_commit=off -c enable_seqscan=off",
            },
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return yardstick.tps(done.stdout)
