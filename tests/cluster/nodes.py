"""A cluster that somebody runs: databases on all of its servers at once, made as copies of one that is spread.

TRUEBOOK_CITUS_URL names a database on the coordinator, as a superuser, in which `citus_add_node` was told the workers;
the same user reaches these. Nothing is changed in that database.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.postgres import on
from truebook.db import migrations, spreading

VARIABLE = "TRUEBOOK_CITUS_URL"
SHARDS = 4
NODES = (
    "SELECT nodename, nodeport, groupid = 0 FROM pg_dist_node WHERE noderole = 'primary' AND isactive ORDER BY groupid"
)
PUT_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
"""


class Nodes:
    """The servers of a cluster: the coordinator's URL, and those of the workers."""

    def __init__(self, url: str) -> None:
        with psycopg.connect(url) as connection:
            nodes = connection.execute(NODES).fetchall()
        at = [(_at(url, name, port), name, port, first) for name, port, first in nodes]
        self.addresses = [(name, port) for _, name, port, first in at if not first]
        self.coordinator_address = next((name, port) for _, name, port, first in at if first)
        self.coordinator = on(url, "postgres")
        self.workers = [on(one, "postgres") for one, _, _, first in at if not first]

    @property
    def urls(self) -> list[str]:
        """The maintenance databases, the coordinator's first."""
        return [self.coordinator, *self.workers]

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Lend a database with nothing in it but Citus, which knows its workers; nothing of it is left."""
        name = f"test_{uuid4().hex[:12]}"
        self.everywhere(f"CREATE DATABASE {name}")
        try:
            for url in self.urls:
                run(on(url, name), "CREATE EXTENSION citus")
            url = on(self.coordinator, name)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("SELECT citus_set_coordinator_host(%s, %s)", self.coordinator_address)
                for address in self.addresses:
                    connection.execute("SELECT citus_add_node(%s, %s)", address)
            yield url
        finally:
            self.drop(name)

    @contextmanager
    def template(self) -> Iterator[str]:
        """Lend a database that is spread, to be copied; nobody can connect to it."""
        with self.empty() as url:
            name = urlsplit(url).path[1:]
            migrations.upgrade(url)
            spreading.distribute(few_shards(url))
            for node in self.urls:
                run(node, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
                _put_out(node, name)
            yield url

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """Lend a copy of a template: the same shards on the same servers, in databases of another name."""
        name = f"test_{uuid4().hex[:12]}"
        self.everywhere(f"CREATE DATABASE {name} TEMPLATE {urlsplit(template).path[1:]} STRATEGY FILE_COPY")
        try:
            yield on(self.coordinator, name)
        finally:
            self.drop(name)

    def drop(self, name: str) -> None:
        self.everywhere(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def everywhere(self, statement: str) -> None:
        for url in self.urls:
            run(url, statement)


class Copies:
    """What `tests.postgres.Copies` does, on all servers of a cluster."""

    def __init__(self, url: str, template: str) -> None:
        self.nodes = Nodes(os.environ[VARIABLE])
        self._template = on(url, template)
        self._stack = ExitStack()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend the URL of a new database."""
        with self.nodes.copy(self._template) as url:
            yield url

    def __enter__(self) -> "Copies":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


def few_shards(url: str) -> str:
    """Return the URL with a setting for few shards: each table is made once for each of them."""
    return f"{url}{'&' if '?' in url else '?'}options={quote(f'-c citus.shard_count={SHARDS}')}"


def run(url: str, statement: str) -> None:
    """Run a statement, in no transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement))  # type: ignore[arg-type]


def _put_out(url: str, name: str) -> None:
    """End every connection to a database, Citus' own among them."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(100):
            if not connection.execute(PUT_OUT, (name,)).fetchall():
                return
            time.sleep(0.05)
    raise AssertionError(f"somebody stays connected to {name}")


def _at(url: str, host: str, port: int) -> str:
    parts = urlsplit(url)
    who = parts.netloc.rpartition("@")[0]
    return parts._replace(netloc=f"{who}@{host}:{port}" if who else f"{host}:{port}", query="").geturl()
