"""Any conversation can be finished by pressing buttons alone; nothing is said twice in the same words."""

import random
from itertools import pairwise

import pytest

from tests.assistant.salon import carla, rows, speaks
from tests.desk import Desk

pytestmark = pytest.mark.anyio
HELLO = {"en": "hello", "de": "hallo", "es": "hola", "pt": "olá", "fr": "bonjour", "it": "ciao", "nl": "hallo"}
TALK = (
    "haircut", "tomorrow", "yes", "no", "hm", "what?", "10:00", "with anna", "not monday", "next week", "later", "blah",
    "how much?", "friday at 11", "cancel it", "move it to monday", "thanks", "bye", "the second one", "maybe",
)  # fmt: skip


@pytest.mark.parametrize("language", HELLO)
async def test_pressing_the_first_button_each_time_ends_in_a_booking(desk: Desk, language: str) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    await chat.say(HELLO[language])
    for _ in range(7):
        assert chat.last is not None
        if await rows(desk):
            break
        assert chat.last.buttons, chat.last.text
        await chat.say(chat.last.buttons[0])
    assert len(await rows(desk)) == 1


async def test_another_time_leads_on_to_other_buttons(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("a haircut with anna tomorrow at 10")
    for _ in range(3):
        assert chat.last is not None
        await chat.say(chat.last.buttons[-1])
        assert chat.last.buttons, chat.last.text


@pytest.mark.parametrize("seed", range(6))
async def test_no_two_answers_in_a_row_are_the_same_words_and_no_question_comes_a_third_time(
    desk: Desk, seed: int
) -> None:
    dice = random.Random(seed)
    chat = await carla(desk)
    said: list[str] = []
    for _ in range(14):
        said.append(await chat.say(dice.choice(TALK)))
        assert chat.last is not None
        alone = any("person" in button for button in chat.last.buttons) and len(chat.last.buttons) == 1
        if alone or "pass you on" in said[-1]:
            break
    assert all(first != then for first, then in pairwise(said)), said


@pytest.mark.parametrize("line", ["hm", "blah fnord"])
async def test_the_same_question_comes_twice_and_then_a_person(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    said = [await chat.say("a haircut")]
    said += [await chat.say(line) for _ in range(3)]
    assert len({*said}) == len(said)
    assert chat.last is not None
    assert any("person" in button.lower() for button in chat.last.buttons)
