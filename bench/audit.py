"""Auditing a hundred tables and a million rows: seconds and megabytes. `python -m bench.audit`."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from truebook.audit import audit
from truebook.db import server

TABLES = 99
ROWS = 1_000_000
SECONDS = 30
MEGABYTES = 150


def fill(url: str) -> None:
    """Make a hundred tables that refer to each other, one of them with a million rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE accounts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text)")
        connection.execute("INSERT INTO accounts (name) SELECT 'account ' || i FROM generate_series(1, 1000) i")
        for number in range(1, TABLES):
            connection.execute(
                f"CREATE TABLE things_{number} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), account_id uuid, "
                "name text NOT NULL, status text NOT NULL DEFAULT 'open', email text, starts_at timestamptz, "
                f"ends_at timestamptz, duration integer, parent_id uuid, thing_id uuid, code_{number} text)".encode()
            )
            connection.execute(
                f"INSERT INTO things_{number} (account_id, name, email) "
                f"SELECT id, name, name || '@example.test' FROM accounts LIMIT 500".encode()
            )
        connection.execute(
            "CREATE TABLE visits (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), account_id uuid, "
            "customer text NOT NULL, phone text, status text NOT NULL DEFAULT 'open', starts_at timestamptz NOT NULL, "
            "duration integer NOT NULL)"
        )
        connection.execute(
            "INSERT INTO visits (account_id, customer, phone, starts_at, duration) "
            "SELECT a.id, 'customer ' || i, '+43660' || 1000000 + i, now() + i * interval '1 minute', i % 90 "
            f"FROM generate_series(1, {ROWS // 1000}) i, accounts a".encode()
        )
        connection.execute("ANALYZE")


def measure(url: str) -> None:
    """Audit once in this process and print what it took."""
    started = time.monotonic()
    report = audit(url)
    seconds = time.monotonic() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"audit of {report.tables} tables, {report.rows:,} rows, {len(report.findings)} findings:")
    print(f"  {seconds:6.1f} s   (promised: under {SECONDS})")
    print(f"  {megabytes:6.0f} MB  (promised: under {MEGABYTES})")
    if seconds >= SECONDS or megabytes >= MEGABYTES:
        sys.exit(1)


def main() -> None:
    """Fill a database of its own and measure the audit in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory(prefix="truebook-bench-") as folder:
        Path(folder).chmod(0o755)
        with server.start(Path(folder) / "data", fsync=False) as running:
            fill(running.url())
            subprocess.run([sys.executable, "-m", "bench.audit", running.url()], check=True)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
