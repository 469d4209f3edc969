"""A long conversation: every step of every turn replays it, and yet each message is understood once."""

import pytest

from tests.assistant.salon import carla, salon
from truebook.assistant.offline import understood

pytestmark = pytest.mark.anyio
LINES = (
    "a haircut with anna thursday at 3 pm", "no", "how much is it?", "friday at 11 then", "what are your hours?",
    "can I have ben instead?", "no, anna is fine", "monday the 8th at 2 pm", "not so good", "the day after?",
)  # fmt: skip
REMEMBERED = 30


async def test_a_message_is_understood_once_however_long_the_conversation_is(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk)
        understood.cache_clear()
        counts = []
        for turn in range(4 * len(LINES)):
            before = understood.cache_info().misses
            await chat.say(LINES[turn % len(LINES)])
            counts.append(understood.cache_info().misses - before)
        assert counts[:REMEMBERED] == [1] * REMEMBERED
        later = counts[REMEMBERED:]  # the first turns are forgotten: until it makes no difference, it is heard again
        assert sum(later) / len(later) < 6, later
