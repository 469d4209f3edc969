"""One process at a time changes the schema."""

import time
from collections.abc import Callable

import psycopg

from truebook.kernel.errors import Unavailable

LOCK = 0x7472_7565  # "true": the advisory lock under which one process migrates
PATIENCE = 120.0  # seconds to wait for another process that migrates


def take_turn(connection: psycopg.Connection, say: Callable[[str], None]) -> None:
    """Hold the migration lock of this session, waiting for another process if there is one."""
    deadline = time.monotonic() + PATIENCE
    told = False
    while connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone() != (True,):
        if not told:
            say("another process is migrating this database; waiting for it …")
            told = True
        if time.monotonic() > deadline:
            raise Unavailable(f"another process has been migrating this database for more than {PATIENCE:.0f} s")
        time.sleep(0.1)
