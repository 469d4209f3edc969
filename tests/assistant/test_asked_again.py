"""Whoever is asked a second time has read that nothing is booked yet: an answer that begins with a yes is believed then."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_notes import WISH
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOOKED = ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Yes, that suits her, thank you"),
        ("de", "ja schnell bitte"),
        ("es", "Sí, hija, fenómeno"),
        ("fr", "oui, au poil"),
        ("it", "sì, una favola"),
        ("nl", "ja, helemaal jofel"),
        ("pt", "Sim senhor, fico muito agradecido"),
    ],
)
async def test_the_second_time_it_is_booked(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), WISH[language], line, line)
    assert await rows(desk) == BOOKED, said


@pytest.mark.parametrize(
    ("language", "line", "how"),
    [
        ("en", "tickety boo and no mistake", "a plain “yes” is enough"),
        ("de", "des is a gaudi", "ein einfaches „Ja“ genügt"),
        ("es", "pues menuda fiesta", "basta con un «sí»"),
        ("fr", "ouille ouille patati", "un simple « oui » suffit"),
        ("it", "ammazza che roba", "basta un «sì»"),
        ("nl", "nou nou tjonge", "een simpel “ja” is genoeg"),
        ("pt", "que festa pá", "basta um «sim»"),
    ],
)
async def test_the_second_asking_says_how_and_there_is_no_third(desk: Desk, language: str, line: str, how: str) -> None:
    chat = await carla(desk)
    first = await talk(chat, WISH[language])
    second, third = await chat.say(line), await chat.say(line)
    assert how in second and how not in first
    assert "10:00" not in third and how not in third
    assert await rows(desk) == []


async def test_words_that_take_it_back_are_no_yes_at_any_time(desk: Desk) -> None:
    said = await talk(await carla(desk), WISH["en"], *["yes, once you've asked Clara"] * 3)
    assert await rows(desk) == [], said
