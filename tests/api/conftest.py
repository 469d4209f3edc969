"""A database that the tests of one module share."""

from collections.abc import Iterator

import pytest

from tests.postgres import Copies


@pytest.fixture(scope="module")
def module_database(copies: Copies) -> Iterator[str]:
    """The URL of a fresh, migrated database of this module's own."""
    with copies.fresh() as url:
        yield url
