"""The PostgreSQL of a test run: one server, one migrated template, and fresh databases copied from it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from truebook.db import migrations, server

SETTINGS = {"autovacuum": "off", "max_connections": "300"}
"""An autovacuum of the template would make the tests wait that copy it."""


def prepare_template(url: str) -> None:
    """Bring the template database to the state every test starts from: migrated."""
    migrations.upgrade(url)


@contextmanager
def data_folder() -> Iterator[Path]:
    """Lend an empty data directory that the server's user can reach, which pytest's tmp_path is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="truebook-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class PostgresOfTheRun:
    """The server of one test run, started when it is first asked for: DATABASE_URL's, else an embedded one."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._template: str | None = None

    def template(self) -> str:
        """Return the URL of the template database, which also tells where the server is."""
        if self._template is None:
            url = os.environ.get("DATABASE_URL") or self._start()
            self._template = self._stack.enter_context(fresh_database(url, "template1"))
            prepare_template(self._template)
        return self._template

    def _start(self) -> str:
        data = self._stack.enter_context(data_folder())
        return self._stack.enter_context(server.start(data, fsync=False, settings=SETTINGS)).url()

    def close(self) -> None:
        """Stop the server, if one was started."""
        self._stack.close()


@contextmanager
def fresh_database(url: str, template: str) -> Iterator[str]:
    """Lend the URL of a new database on the server at url, a copy of template, to which nobody may be connected."""
    name = f"test_{uuid4().hex[:12]}"
    run(url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield on(url, name)
    finally:
        run(url, "DROP DATABASE {} WITH (FORCE)", name)


def on(url: str, database: str) -> str:
    """Return the URL of another database on the server at url."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def name_in(url: str) -> str:
    """Return the name of the database in a URL."""
    return urlsplit(url).path.removeprefix("/")


def run(url: str, statement: LiteralString, *names: str) -> None:
    """Run a statement outside a transaction, with quoted names in its gaps."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
