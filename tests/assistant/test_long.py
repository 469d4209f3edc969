"""A long conversation: each turn goes on from where the last one ended, and is what it would be from the beginning."""

import gc
from collections.abc import Sequence
from typing import cast

import pytest
from pydantic_ai.messages import ModelMessage, ModelRequest, ToolReturnPart, UserPromptPart

from tests.assistant.salon import carla, salon
from tests.chat import LINKS
from truebook.assistant.conversation import Assistant
from truebook.assistant.offline import model as offline
from truebook.assistant.offline.message import understood
from truebook.assistant.offline.model import Heard, listen
from truebook.assistant.offline.points import Point, Points
from truebook.assistant.offline.step import Step
from truebook.assistant.past.history import STRIDE, TURNS
from truebook.language import remembering
from truebook.language.state import State

pytestmark = pytest.mark.anyio
LINES = (
    "a haircut with anna thursday at 3 pm", "no", "how much is it?", "friday at 11 then", "what are your hours?",
    "can I have ben instead?", "no, anna is fine", "monday the 8th at 2 pm", "not so good", "the day after?",
)  # fmt: skip


async def test_a_message_is_understood_once_however_long_the_conversation_is(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk)
        understood.cache_clear()
        counts = []
        for turn in range(TURNS + STRIDE + 8):  # a chat may say sixty things in a row
            before = understood.cache_info().misses
            await chat.say(LINES[turn % len(LINES)])
            counts.append(understood.cache_info().misses - before)
        first = TURNS - TURNS % STRIDE + STRIDE
        assert counts[:first] == [1] * first
        again = [one for one in counts[first:] if one > 1]  # some were forgotten: what follows is heard once more
        assert len(again) <= len(counts[first:]) / STRIDE + 1, counts
        assert all(one <= TURNS + 1 for one in again), counts


def test_no_more_is_kept_than_was_said() -> None:
    points, told = Points(100), ToolReturnPart("listServices", {}, tool_call_id="1")
    histories = [[ModelRequest(parts=[told]) for _ in range(10)] for _ in range(50)]
    state, step = cast("State", object()), Step()
    for messages in histories:
        for end in (8, 9, 10):
            points.keep(Point(tuple(messages[:end]), told, state, step), last=end == 10)
    kept = [found for messages in histories if (found := points.latest(messages, told))]
    assert [len(one.messages) for one in kept] == [10] * 5, "two points of ten messages each, for five conversations"
    assert points.latest(histories[-1][:9], told) is not None
    assert points.latest(histories[-1], ToolReturnPart("listServices", {}, tool_call_id="2")) is None


async def test_what_is_gone_on_from_is_what_the_beginning_leads_to(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[list[ModelMessage], Heard]] = []

    def remembered(messages: Sequence[ModelMessage]) -> Heard:
        heard.append((list(messages), listen(messages)))
        return heard[-1][1]

    monkeypatch.setattr(offline, "listen", remembered)
    async with salon(database) as desk:
        chat = await carla(desk)
        for turn in range(TURNS + STRIDE):
            await chat.say(LINES[turn % len(LINES)])
    assert len(heard) > 2 * (TURNS + STRIDE)
    monkeypatch.setattr(offline, "POINTS", Points(1))
    for messages, came_to in heard[:: len(heard) // 20]:
        monkeypatch.setattr(offline, "POINTS", Points(1))
        assert listen(messages) == came_to


async def test_what_is_forgotten_is_in_no_memory_of_the_process(database: str) -> None:
    """Neither a message, nor what it was understood as: whoever said it may have been erased."""
    secret = "Xanthippe Quoblowitz"

    def remembered() -> int:
        gc.collect()
        kept = [one for one in gc.get_objects() if type(one) in (UserPromptPart, State, Point)]
        return sum(secret in repr(one) for one in kept)

    async with salon(database) as desk:
        chat = await carla(desk)
        await chat.say(f"a haircut with anna thursday at 3 pm, my name is {secret}")
        await chat.say("friday at 11 then")
        assert remembered() > 0
        Assistant(desk.db, offline.Offline(), LINKS).forget()
        assert remembered() == 0
        assert remembering.remembered() == 0
        assert "11:00" in await chat.say("yes"), "what it goes on from is in the rows"
