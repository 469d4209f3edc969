"""A short run of `make faults`: each fault once, and nothing that was said is untrue."""

import asyncio

import pytest

from tests import faults
from tests.postgres import data_folder


@pytest.mark.slow
def test_nothing_untrue_is_said_while_everything_breaks() -> None:
    with data_folder() as data:
        world = asyncio.run(faults.run(data, 100))
    honest = {"not done: Unavailable", "not done: NotCommitted"}  # anything else would be a mistake of ours
    assert {name for name in world.said if name.startswith("not done: ")} <= honest, world.said
    assert {f"fault: {name}" for name in faults.FAULTS} <= set(world.said) and len(world.booked) > 50, world.said
