"""A database that the tests of one module share."""

from collections.abc import Iterator

import pytest

from tests.postgres import fresh_database, name_in


@pytest.fixture(scope="module")
def module_database(template_url: str, server_url: str) -> Iterator[str]:
    """The URL of a fresh, migrated database of this module's own."""
    with fresh_database(server_url, name_in(template_url)) as url:
        yield url
