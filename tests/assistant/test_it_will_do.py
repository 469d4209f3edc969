"""Once something is booked, a second one that was proposed is dropped kindly, and what is booked is told, not offered."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_right_after import standing
from tests.assistant.test_what_stands import BOOKED, booked
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("language", "asks", "proposed", "enough", "no"),
    [
        ("en", "that's the cut, isn't it?", "and a colour on friday 16 january at 10?",
         "I don't want a second one, leave it, the one on thursday will do", "no"),
        ("de", "des am Donnerstag is eh der Haarschnitt, gell?", "und Farbe am Freitag, 16. Jänner um 10?",
         "nein, ich brauch keinen zweiten Termin, der am Donnerstag reicht mir", "nein"),
        ("es", "digo la que ya tengo reservada, si es de color", "¿y un tinte el viernes 16 de enero a las 10?",
         "que no quiero otra, déjelo. con la del jueves me vale", "no"),
        ("fr", "c'est bien une coupe, non ?", "et une couleur vendredi 16 janvier à 10h ?",
         "je n'en veux pas d'autre, celui de jeudi me suffit", "non"),
    ],
)  # fmt: skip
async def test_what_was_proposed_is_dropped(
    desk: Desk, language: str, asks: str, proposed: str, enough: str, no: str
) -> None:
    chat = await booked(desk, language)
    told = await chat.say(asks)
    assert "Anna" in told and not chat.last.buttons
    await chat.say(proposed)
    assert chat.last.buttons
    for line in (enough, no):
        answer = await chat.say(line)
        assert not chat.last.buttons and "?" not in answer, answer
    assert await rows(desk) == ["Haircut Anna 01-15 15:00 confirmed"]


async def test_what_is_not_to_be_forgotten_is_booked_along(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, BOOKED["de"], "und d'Farb ned vergessn bitte!", "ja")
    assert await standing(desk) == ["Haircut Anna 01-15 15:00 + Colour Anna 01-15 15:45"]
