"""The PostgreSQL of a test run: one server, one migrated template, and fresh databases copied from it."""

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from truebook.db import migrations, server

SETTINGS = {"autovacuum": "off", "max_connections": "300", "max_wal_size": "128MB"}
"""An autovacuum of the template would make the tests wait that copy it; the WAL may lie in memory."""
MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that must be free there: a database takes 8 MB, and a few live at a time."""


def prepare_template(url: str) -> None:
    """Bring the template database to the state every test starts from: migrated."""
    migrations.upgrade(url)


class PostgresOfTheRun:
    """The server of one test run, started when it is first asked for: DATABASE_URL's, else an embedded one."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._template: str | None = None

    def template(self) -> str:
        """Return the URL of the template database, which also tells where the server is."""
        if self._template is None:
            url = os.environ.get("DATABASE_URL") or self._start()
            copies = self._stack.enter_context(Copies(url, "template1"))
            self._template = self._stack.enter_context(copies.fresh())
            prepare_template(self._template)
        return self._template

    def _start(self) -> str:
        data = self._stack.enter_context(data_folder())
        return self._stack.enter_context(server.start(data, fsync=False, settings=SETTINGS)).url()

    def close(self) -> None:
        """Stop the server, if one was started."""
        self._stack.close()


class Copies:
    """Makes databases that are copies of a template, to which nobody may be connected, and drops them after use."""

    def __init__(self, url: str, template: str) -> None:
        self._url = url
        self._template = template
        self._connection = psycopg.connect(url, autocommit=True)
        self._used: deque[str] = deque()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend the URL of a new database."""
        name = f"test_{uuid4().hex[:12]}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, self._template)
        try:
            yield on(self._url, name)
        finally:
            self._used.append(name)
            self._drop(keep=1)

    def _drop(self, keep: int) -> None:
        """Drop used databases but the last: its connections have just closed, and PostgreSQL would wait 100 ms."""
        while len(self._used) > keep:
            self._run("DROP DATABASE {} WITH (FORCE)", self._used.popleft())

    def _run(self, statement: LiteralString, *names: str) -> None:
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def __enter__(self) -> "Copies":
        return self

    def __exit__(self, *error: object) -> None:
        self._drop(keep=0)
        self._connection.close()


@contextmanager
def fresh_database(url: str, template: str) -> Iterator[str]:
    """Lend the URL of one new database, a copy of template, on the server at url."""
    with Copies(url, template) as copies, copies.fresh() as made:
        yield made


@contextmanager
def data_folder(place: Path | None = None) -> Iterator[Path]:
    """Lend an empty data directory that the server's user can reach, which pytest's tmp_path is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="truebook-test-", dir=place or fast_place()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def fast_place() -> str:
    """Return a folder in memory if there is room: on a busy disk a fresh database takes 130 ms instead of 16."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if in_memory else tempfile.gettempdir()


def on(url: str, database: str) -> str:
    """Return the URL of another database on the server at url."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def name_in(url: str) -> str:
    """Return the name of the database in a URL."""
    return urlsplit(url).path.removeprefix("/")
