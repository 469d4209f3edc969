"""An assistant that is loaded with the first message: once, and again where it could not be."""

import asyncio
from uuid import UUID

import pytest

from truebook.jobs import MessageReceived, OutcomeOpen
from truebook.worker import Asleep, Assistant

pytestmark = pytest.mark.unit
EVENT = MessageReceived(UUID(int=1), UUID(int=2), UUID(int=3))


class Awake:
    """Counts what it is given."""

    def __init__(self) -> None:
        self.answered = 0

    async def answer(self, event: MessageReceived) -> None:
        """Count it."""
        self.answered += 1

    async def settle(self, event: OutcomeOpen) -> None:
        """Never asked here."""

    def forget(self) -> None:
        """Never asked here."""


def test_messages_that_come_at_once_wait_for_one_loading() -> None:
    loaded: list[Awake] = []

    def load() -> Assistant:
        loaded.append(Awake())
        return loaded[-1]

    asleep = Asleep(load)
    assert not loaded

    async def five() -> None:
        await asyncio.gather(*(asleep.answer(EVENT) for _ in range(5)))

    asyncio.run(five())
    assert [one.answered for one in loaded] == [5]


def test_what_could_not_be_loaded_is_tried_again_with_the_next_message() -> None:
    awake, tries = Awake(), iter([MemoryError("no room")])

    def load() -> Assistant:
        for refused in tries:
            raise refused
        return awake

    asleep = Asleep(load)
    with pytest.raises(MemoryError):
        asyncio.run(asleep.answer(EVENT))
    asyncio.run(asleep.answer(EVENT))
    assert awake.answered == 1
