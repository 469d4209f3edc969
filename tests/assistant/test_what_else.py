"""What else there is: other times than those shown, on the same day, and nothing that was declined a second time."""

import pytest

from tests.assistant.salon import carla, speaks, talk
from tests.assistant.test_what_is_offered import clocks
from tests.desk import Desk

pytestmark = pytest.mark.anyio

ASKED = (
    ("en", "a haircut on friday at 11 with ben", "hm, what else is there on friday?"),
    ("de", "Haarschnitt bei Ben am Freitag um 11", "äh, was gäbe es denn sonst noch?"),
    ("es", "un corte con Ben el viernes a las 11", "¿y qué otros huecos quedan el viernes?"),
    ("fr", "une coupe avec Ben vendredi à 11h", "euh, il y a quoi d'autre vendredi ?"),
    ("it", "un taglio con Ben venerdì alle 11", "e che altri orari ci sarebbero?"),
    ("nl", "knippen bij Ben vrijdag om 11 uur", "hm, wat heb je vrijdag nog meer?"),
    ("pt", "um corte com o Ben na sexta às 11", "e que outros horários há na sexta?"),
)


@pytest.mark.parametrize(("language", "wish", "asks"), ASKED)
async def test_other_times_of_the_day_that_was_read_back(desk: Desk, language: str, wish: str, asks: str) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    assert clocks(await chat.say(wish)) == ["11:00"]
    others = await chat.say(asks)
    assert len(clocks(others)) == 3 and "11:00" not in clocks(others)
    assert "Ben" in others and "Anna" not in others


async def test_what_was_offered_is_not_offered_again(desk: Desk) -> None:
    chat = await carla(desk)
    first = clocks(await chat.say("a haircut with anna on friday"))
    second = clocks(await chat.say("anything else?"))
    third = clocks(await chat.say("what other times do you have on friday?"))
    assert len({*first, *second, *third}) == 9


async def test_what_was_declined_is_offered_where_a_time_is_told_that_it_meets(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna on friday at 17:15", "what else is there?", "anything else?")
    late = clocks(await chat.say("and what about after 5?"))
    assert late and min(late) >= "17:00"


async def test_other_times_for_what_is_to_be_moved(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with ben on friday at 11", "yes", "can I move it to saturday?")
    others = await chat.say("hm, what else is there on saturday?")
    assert "Saturday" in others and len(clocks(others)) == 3 and "shall I move it" not in others
