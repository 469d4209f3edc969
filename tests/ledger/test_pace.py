"""A number never sends more in any one second than its provider takes, however much is waiting."""

import time

import pytest

from tests.desk import furnish, opened
from truebook.kernel import ids
from truebook.ledger import pace
from truebook.ledger.pace import Rate

pytestmark = pytest.mark.anyio
OF_META = 80
"""Messages a second of a number, those that come in included."""


@pytest.mark.parametrize("rate", [pace.NUMBER, pace.NEWS])
async def test_the_first_burst_stays_within_what_the_provider_takes(database: str, rate: Rate) -> None:
    number, granted = ids.uuid7(), []
    async with opened(database) as db, db.transaction((await furnish(db)).scope) as tx:
        begun = time.monotonic()
        while (now := time.monotonic()) < begun + 1:
            if await pace.take(tx, number, rate) is None:
                granted.append(now)
    assert 0 < len(granted) <= OF_META - 5


async def test_answers_go_on_where_news_must_wait(database: str) -> None:
    number = ids.uuid7()
    async with opened(database) as db, db.transaction((await furnish(db)).scope) as tx:
        while await pace.take(tx, number, pace.NEWS) is None:
            pass
        assert await pace.take(tx, number, pace.NUMBER) is None
