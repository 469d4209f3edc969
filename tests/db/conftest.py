"""What is proven of the database is proven on two PostgreSQLs: the one of the run, and the oldest that is supported."""

import os
from collections.abc import Iterator

import pytest

from tests.db.roles import Plain, plain_database
from tests.db.servers import served_by
from tests.postgres import SETTINGS, Copies, prepare_template

OLDEST = 15


@pytest.fixture(scope="session", params=["of-the-run", "oldest"])
def template_url(template_url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of the migrated database that fresh ones are copied from, on each PostgreSQL."""
    if request.param == "oldest":
        yield from oldest()
    else:
        yield template_url


@pytest.fixture
def plain(server_url: str) -> Iterator[Plain]:
    """An empty database whose owner is a plain role, neither superuser nor allowed to make roles."""
    with plain_database(server_url) as made:
        yield made


def oldest() -> Iterator[str]:
    """Yield the template on a server of the oldest version, or skip."""
    if "DATABASE_URL" in os.environ:
        pytest.skip("DATABASE_URL names the one PostgreSQL to test")
    with (
        served_by(OLDEST, SETTINGS) as server,
        Copies(server.url(), "template1") as copies,
        copies.fresh() as url,
    ):
        prepare_template(url)
        yield url
