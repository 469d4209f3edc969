"""What keeps an SQLite file of somebody else's from taking all the time or memory there is."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 64 * 1024 * 1024
"""Bytes one value or row may have: a default of 400 MB is not computed."""
MEMORY = 512 * 1024 * 1024
"""Bytes SQLite may use in this process. Source: https://sqlite.org/pragma.html#pragma_hard_heap_limit"""
OFTEN = 10_000
"""Instructions of SQLite's machine between two looks at the clock."""


def guard(connection: sqlite3.Connection) -> None:
    """Have SQLite trust nothing that the file brings, and bound what it may use."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.execute(f"PRAGMA hard_heap_limit = {MEMORY}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


class Watch:
    """Ends statements that take too long, those inside triggers too."""

    def __init__(self) -> None:
        self._deadline = float("inf")

    def over(self, connection: sqlite3.Connection) -> None:
        """Watch a connection from now on."""
        connection.set_progress_handler(lambda: time.monotonic() > self._deadline, OFTEN)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give what runs inside the block so long."""
        self._deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            self._deadline = float("inf")
