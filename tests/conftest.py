"""What every test may ask for. Under xdist the controller starts one PostgreSQL and tells the workers where."""

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresOfTheRun, fresh_database, name_in, on

POSTGRES = pytest.StashKey[PostgresOfTheRun]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[POSTGRES] = PostgresOfTheRun()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell an xdist worker where the server is; `-m unit` runs need none."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    if config.option.markexpr != "unit":
        node.workerinput["template_url"] = config.stash[POSTGRES].template()  # type: ignore[attr-defined]


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


@pytest.fixture
def database(template_url: str, server_url: str) -> Iterator[str]:
    """The URL of a fresh, migrated database of this test's own."""
    with fresh_database(server_url, name_in(template_url)) as url:
        yield url
