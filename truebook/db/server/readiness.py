"""Waiting for a server that was just started, by asking it."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from truebook.db.server import journal
from truebook.db.server.address import DATABASE
from truebook.db.server.server import Server
from truebook.kernel.errors import Unavailable

WORRY = 2.0
"""Seconds after which people are told that they wait for the server."""
PATIENCE = 300.0
"""Seconds a server may take to answer: after a crash it first replays its log."""


def wait_until_ready(server: Server, log: Path, say: Callable[[str], None]) -> None:
    """Wait until the server answers and has our database; raise Unavailable with its last words if it ends."""
    if becomes_ready(server, log, WORRY):
        return
    say("waiting for PostgreSQL, which may be recovering …")
    if not becomes_ready(server, log, PATIENCE):
        raise Unavailable(f"PostgreSQL does not answer after {PATIENCE:.0f} s. Its log: {log}")


def becomes_ready(server: Server, log: Path, seconds: float) -> bool:
    """Tell whether the server answers within some seconds; raise Unavailable if it ends."""
    deadline = time.monotonic() + seconds
    pause = 0.005
    while not answers(server):
        if server.ends_within(pause):
            raise Unavailable(f"PostgreSQL did not start. Its log {log} ends with:\n{journal.tail(log)}")
        if time.monotonic() > deadline:
            return False
        pause = min(pause * 1.3, 0.1)
    return True


def answers(server: Server) -> bool:
    """Tell whether the server answers; if so, see to it that our database is there."""
    if not server.address.socket.exists():
        return False
    try:
        connection = psycopg.connect(server.url("postgres"), autocommit=True)
    except psycopg.OperationalError:  # it is starting up
        return False
    with connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    return True
