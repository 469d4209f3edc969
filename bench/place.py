"""Where everything is measured: an embedded server as `truebook up` starts it (fsync on, on disk), its databases."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from truebook.db import migrations, server
from truebook.db.server import Server


@contextmanager
def data_folder() -> Iterator[Path]:
    """Lend an empty data directory on disk."""
    folder = Path(tempfile.mkdtemp(prefix="truebook-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[Server]:
    """Lend a server with its production settings."""
    with data_folder() as folder, server.start(folder) as running:
        yield running


@contextmanager
def database(running: Server) -> Iterator[str]:
    """Lend the URL of a fresh, migrated database; the URL's role is a superuser."""
    name = f"bench_{uuid4().hex[:8]}"
    _run(running, "CREATE DATABASE {}", name)
    try:
        migrations.upgrade(running.url(name))
        yield running.url(name)
    finally:
        _run(running, "DROP DATABASE {} WITH (FORCE)", name)


def _run(running: Server, statement: str, name: str) -> None:
    with psycopg.connect(running.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]
