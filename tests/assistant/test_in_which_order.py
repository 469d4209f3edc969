"""The services of a visit come in the order in which people want them: told at once, or turned round at the read-back."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
COLOUR_FIRST = "confirmed: Colour Anna 12-05 10:00 + Haircut Anna 12-05 11:30"
RIGHT_BEFORE = {
    "en": "a colour with Anna on friday at 11 and a beard trim with Ben just before it",
    "de": "Farbe bei Anna am Freitag um 11 und direkt davor Bart bei Ben",
    "es": "color con Anna el viernes a las 11 y justo antes barba con Ben",
    "fr": "une couleur avec Anna vendredi à 11h et la barbe avec Ben juste avant",
    "it": "colore con Anna venerdì alle 11 e subito prima barba con Ben",
    "nl": "kleuring bij Anna vrijdag om 11 uur en vlak daarvoor baard bij Ben",
    "pt": "cor com a Anna na sexta às 11 e logo antes barba com o Ben",
}
TURNED_ROUND = {
    "en": ("cut and colour with Anna on friday at 10", "put the colour first please"),
    "de": ("Haarschnitt und Farbe bei Anna am Freitag um 10", "andersrum bitte"),
    "es": ("corte y color con Anna el viernes a las 10", "al revés, primero el color"),
    "fr": ("coupe et couleur avec Anna vendredi à 10h", "la couleur d'abord s'il vous plaît"),
    "it": ("taglio e colore con Anna venerdì alle 10", "prima il colore"),
    "nl": ("knippen en kleuren bij Anna vrijdag om 10", "andersom graag, eerst de kleuring"),
    "pt": ("corte e cor com a Anna na sexta às 10", "ao contrário, por favor"),
}


@pytest.mark.parametrize("language", RIGHT_BEFORE)
async def test_what_is_right_before_something_is_over_when_that_begins(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    said = await chat.say(RIGHT_BEFORE[language])
    assert chat.last and chat.last.acts, said
    told = chat.last.acts[-1]
    time = told["time"] if told["kind"] == "read_back" else told["times"][0]
    assert [one["service"] for one in time["segments"]] == ["Beard trim", "Colour"], said


@pytest.mark.parametrize("language", TURNED_ROUND)
async def test_what_was_read_back_is_turned_round(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *TURNED_ROUND[language], YES[language])
    assert await visits(desk) == [COLOUR_FIRST]


async def test_what_is_not_to_be_on_one_day_comes_one_after_the_other(desk: Desk) -> None:
    chat = await carla(desk)
    first = await chat.say("a haircut with Anna on friday at 10 and a colour, but not on the same day")
    assert "After that comes: Colour, on another day." in first
    then = await chat.say("yes")
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]
    assert "Now the next one." in then and "Friday 5" not in then.split("Now the next one.")[1]


async def test_who_comes_first_is_told_after_an_offer(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, "a colour and a cut with Clara on friday", "can you do the cut first and the colour after?")
    assert "Haircut and Colour with Clara" in said
