"""The demo salon, in which most talks are held."""

from collections.abc import AsyncIterator

import pytest

from tests.assistant.salon import salon
from tests.desk import Desk


@pytest.fixture
def database(furnished_database: str) -> str:
    """A database of the test's own in which the salon stands already."""
    return furnished_database


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    """Lend the demo salon in a database of the test's own."""
    async with salon(database) as made:
        yield made
