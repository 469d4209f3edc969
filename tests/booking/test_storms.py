"""Storms, short: the same by hand for ten minutes each is `python -m bench.storms 600`."""

import pytest

from bench import storms

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.mark.parametrize("name", storms.STORMS)
async def test_no_storm_gives_a_time_twice_or_leaves_half_a_visit(database: str, name: str) -> None:
    count = await storms.rage(database, storms.STORMS[name], 3.0, clients=8)
    assert {what: count[what] for what in storms.AUDIT} == dict.fromkeys(storms.AUDIT, 0), count
    assert count["booked"] + count["moved"] > 5, count
    assert sum(number for what, number in count.items() if what.startswith(("refused", "block in"))) > 0, count
