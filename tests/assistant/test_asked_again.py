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


async def test_words_that_take_it_back_are_no_yes_at_any_time(desk: Desk) -> None:
    said = await talk(await carla(desk), WISH["en"], *["yes, once you've asked Clara"] * 3)
    assert await rows(desk) == [], said
