"""Storms, short: the same by hand for ten minutes each is `python -m bench.storms 600`."""

from collections import Counter

import pytest

from bench import storms

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

MANY = 120
"""What has to happen in a storm, however long a busy machine takes over it."""


def fierce(count: Counter[str]) -> bool:
    """Tell whether a storm has to go on: until much was tried, something done and something refused."""
    done = count["booked"] + count["moved"] > 5
    refused = any(what.startswith(("refused", "block in")) for what in count)
    return count.total() < MANY or not (done and refused)


@pytest.mark.parametrize("name", storms.STORMS)
async def test_no_storm_gives_a_time_twice_or_leaves_half_a_visit(database: str, name: str) -> None:
    count = await storms.rage(database, storms.STORMS[name], fierce, clients=8)
    assert {what: count[what] for what in storms.AUDIT} == dict.fromkeys(storms.AUDIT, 0), count
