"""What is proven of the database is proven on two PostgreSQLs: the one of the run, and the oldest that is supported."""

import os
from collections.abc import Iterator

import pytest

from tests.db.roles import Plain, plain_database
from tests.postgres import SETTINGS, Copies, data_folder, fast_place, prepare_template
from truebook.db import server
from truebook.db.server import binaries, cluster, home

OLDEST = 15


@pytest.fixture(scope="session", params=["of-the-run", "oldest"])
def template_url(template_url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of the migrated database that fresh ones are copied from, on each PostgreSQL."""
    if request.param == "oldest":
        yield from oldest()
    else:
        yield template_url


@pytest.fixture
def empty(server_url: str) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    with Copies(server_url, "template1") as copies, copies.fresh() as url:
        yield url


@pytest.fixture
def plain(server_url: str) -> Iterator[Plain]:
    """An empty database whose owner is a plain role, neither superuser nor allowed to make roles."""
    with plain_database(server_url) as made:
        yield made


def oldest() -> Iterator[str]:
    """Yield the template on a server of the oldest version, or skip."""
    if "DATABASE_URL" in os.environ:
        pytest.skip("DATABASE_URL names the one PostgreSQL to test")
    found = [found for folder in binaries.folders() if (found := binaries.inspect(folder)) and found.major == OLDEST]
    if not found:
        pytest.skip(f"there is no PostgreSQL {OLDEST} on this machine (Debian: apt-get install postgresql-{OLDEST})")
    with data_folder(fast_place()) as data:
        cluster.make(home.cluster_of(data), found[0], home.settle(data), fsync=False)
        with (
            server.start(data, fsync=False, settings=SETTINGS) as running,
            Copies(running.url(), "template1") as copies,
            copies.fresh() as url,
        ):
            prepare_template(url)
            yield url
