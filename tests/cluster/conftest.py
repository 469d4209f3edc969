"""What is proven on a cluster needs one: without TRUEBOOK_CITUS_URL these tests are skipped, and say so."""

import os
from collections.abc import Iterator

import pytest

from tests.cluster.nodes import VARIABLE, Nodes


@pytest.fixture(scope="session")
def nodes() -> Nodes:
    """The servers of the cluster."""
    if VARIABLE not in os.environ:
        pytest.skip(f"{VARIABLE} names no coordinator of a Citus cluster")
    return Nodes(os.environ[VARIABLE])


@pytest.fixture(scope="session")
def spread_template(nodes: Nodes) -> Iterator[str]:
    """A database whose businesses are spread, to be copied."""
    with nodes.template() as url:
        yield url


@pytest.fixture
def database(nodes: Nodes, spread_template: str) -> Iterator[str]:
    """The URL of a fresh database of this test's own, spread over the servers."""
    with nodes.copy(spread_template) as url:
        yield url
