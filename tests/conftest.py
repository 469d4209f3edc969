"""What every test may ask for. Under xdist the controller starts one PostgreSQL and tells the workers where."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.db.pooler import pooled
from tests.desk import opened
from tests.postgres import Copies, PostgresOfTheRun, name_in, on
from truebook import demos
from truebook.db import Database
from truebook.kernel import log

hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=3000)
hypothesis.settings.load_profile("steady")  # the same examples in every run; --hypothesis-profile deep looks further

POSTGRES = pytest.StashKey[PostgresOfTheRun]()


def pytest_configure(config: pytest.Config) -> None:
    log.configure(level="WARNING")  # else structlog prints every local variable of a traceback, which takes minutes
    config.stash[POSTGRES] = PostgresOfTheRun()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the server is; `-m unit` runs need none."""
    if node.config.option.markexpr != "unit":
        node.workerinput["template_url"] = node.config.stash[POSTGRES].template()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[POSTGRES].close()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def template_url(request: pytest.FixtureRequest) -> str:
    """The URL of the migrated database that fresh ones are copied from; never connect to it."""
    told: dict[str, str] = getattr(request.config, "workerinput", {})
    return told.get("template_url") or request.config.stash[POSTGRES].template()


@pytest.fixture(scope="session")
def server_url(template_url: str) -> str:
    """The URL of the server's maintenance database, as a superuser (or whoever DATABASE_URL names)."""
    return on(template_url, "postgres")


@pytest.fixture(scope="session", autouse=bool(os.environ.get("TRUEBOOK_POOLED")))
def behind_a_pooler(server_url: str) -> Iterator[None]:
    """With TRUEBOOK_POOLED set: whatever the desk does goes through PgBouncer, four connections to each database.

    Tests that put a wire of their own in between, to cut it, keep that.
    """
    with pooled(server_url) as url, pytest.MonkeyPatch.context() as patched:
        begin = Database.__init__

        def through(self: Database, own: str, *, direct: str | None = None, **more: Any) -> None:
            straight = "://" in own and on(own, "postgres") == on(server_url, "postgres")
            begin(self, on(url, name_in(own)) if straight else own, direct=direct or own, **more)

        patched.setattr(Database, "__init__", through)
        yield


@pytest.fixture(scope="session")
def copies(template_url: str, server_url: str) -> Iterator[Copies]:
    """What makes fresh databases, for tests that need several."""
    with Copies(server_url, name_in(template_url)) as made:
        yield made


@pytest.fixture
def database(copies: Copies) -> Iterator[str]:
    """The URL of a fresh, migrated database of this test's own."""
    with copies.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def furnished_copies(copies: Copies, server_url: str) -> Iterator[Copies]:
    """What makes fresh databases in which the demo salon stands: it is set up once, which takes longer than a talk."""
    with copies.fresh() as url:
        asyncio.run(furnished(url))
        with Copies(server_url, name_in(url)) as made:
            yield made


async def furnished(url: str) -> None:
    async with opened(url) as db:
        await demos.furnish(db)


@pytest.fixture
def furnished_database(furnished_copies: Copies) -> Iterator[str]:
    """The URL of a fresh database of this test's own in which the demo salon stands."""
    with furnished_copies.fresh() as url:
        yield url


@pytest.fixture
def empty(server_url: str) -> Iterator[str]:
    """The URL of a fresh database with nothing in it."""
    with Copies(server_url, "template1") as copies, copies.fresh() as url:
        yield url
