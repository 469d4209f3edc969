"""Two appointments of different kinds, or several of one: what is said of the second while the first stands is kept."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def test_the_second_is_told_of_while_the_first_waits_for_a_yes(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("a haircut with anna on Friday at 10 and a colour with clara next week")
    told = await chat.say("the colour should be on Thursday the 11th at 11")
    assert "After that comes: Colour, Thursday 11 December, 11:00." in told
    assert "Haircut with Anna, Friday 5 December, 10:00" in told
    assert "Colour with Clara, Thursday 11 December, 11:00" in await chat.say("yes")
    await chat.say("yes")
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed", "Colour Clara 12-11 11:00 confirmed"]


async def test_further_days_of_the_same_come_after_it(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("a haircut with anna on Friday at 10")
    told = await chat.say("and then the 9th at 11 and the 11th at 12 as well")
    assert "Haircut with Anna, Friday 5 December, 10:00" in told
    await talk(chat, "yes", "yes", "yes")
    assert await rows(desk) == [
        "Haircut Anna 12-05 10:00 confirmed",
        "Haircut Anna 12-09 11:00 confirmed",
        "Haircut Anna 12-11 12:00 confirmed",
    ]


async def test_not_only_the_cut_is_one_visit_with_the_beard(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, "a haircut with ben on thursday at 10", "not just the cut, the beard as well", "yes")
    assert said.startswith("Booked ✓ Thursday 4 December, 10:00 (Europe/Vienna), Haircut and Beard trim with Ben.")
