"""A short run of `make faults`: each fault once, and nothing that was said is untrue."""

import asyncio

import pytest

from tests import faults


@pytest.mark.slow
def test_nothing_untrue_is_said_while_everything_breaks() -> None:
    with faults.small_disk() as data:
        world = asyncio.run(faults.run(data, 100))
        filled = faults.can_be_filled(data)
    honest = {"not done: Unavailable", "not done: NotCommitted"}  # anything else would be a mistake of ours
    assert {name for name in world.said if name.startswith("not done: ")} <= honest, world.said
    assert {f"fault: {name}" for name in faults.FAULTS} <= set(world.said) and len(world.booked) > 50, world.said
    assert not filled or world.said["disk: full"], world.said
