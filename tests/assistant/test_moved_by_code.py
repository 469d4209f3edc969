"""A code, or "both of us", with another time is a move: to that time, on its day, with what is said of its parts."""

import re

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.test_right_after import agreed, standing
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
OWN = {
    "en": "haircut and beard trim with ben on friday at 10", "de": "Haarschnitt und Bart bei Ben am Freitag um 10",
    "es": "corte y barba con Ben el viernes a las 10", "fr": "coupe et barbe avec Ben vendredi à 10h",
    "it": "taglio e barba con Ben venerdì alle 10", "nl": "knippen en baard bij Ben vrijdag om 10 uur",
    "pt": "corte e barba com o Ben na sexta às 10h",
}  # fmt: skip
FINNS = {
    "en": "and a haircut for my son Finn with anna, same day same time",
    "de": "und noch einen Haarschnitt für meinen Sohn Finn bei Anna, gleicher Tag, gleiche Zeit",
    "es": "y otro corte para mi hijo Finn con Anna, el mismo día a la misma hora",
    "fr": "et une autre coupe pour mon fils Finn avec Anna, même jour même heure",
    "it": "e un altro taglio per mio figlio Finn con Anna, stesso giorno stessa ora",
    "nl": "en nog een knipbeurt voor mijn zoon Finn bij Anna, zelfde dag zelfde tijd",
    "pt": "e outro corte para o meu filho Finn com a Anna, no mesmo dia à mesma hora",
}
MINE = {
    "en": "now mine, {code}, 11:45 with Ben", "de": "meinen {code} bitte auf 11:45", "es": "el mío, {code}, a las 11:45",
    "fr": "le mien, {code}, à 11h45 avec Ben", "it": "il mio, {code}, alle 11:45", "nl": "de mijne, {code}, om 11:45",
    "pt": "o meu, {code}, às 11h45",
}  # fmt: skip
WITHOUT = {
    "en": "take my {code} from 10 to 11:45 same day, without the beard trim",
    "de": "{code} von 10 Uhr auf 11:45 am selben Tag, ohne den Bart",
    "es": "el {code} páselo de las 10 a las 11:45 el mismo día, sin la barba",
    "fr": "passez le {code} de 10h à 11h45 le même jour, sans la barbe",
    "it": "il {code} dalle 10 alle 11:45 lo stesso giorno, senza la barba",
    "nl": "{code} van 10 uur naar 11:45 op dezelfde dag, zonder de baard",
    "pt": "passe o {code} das 10h para as 11h45 no mesmo dia, sem a barba",
}
BOTH = {
    "en": "can you push us both to quarter to twelve?", "de": "kann man uns beide auf 11:45 verschieben?",
    "es": "páselos los dos a las 11:45", "fr": "on peut nous décaler tous les deux à 11h45 ?",
    "it": "potete spostarci tutti e due alle 11:45?", "nl": "kunnen we allebei naar kwart voor twaalf?",
    "pt": "passe os dois para as 11h45",
}  # fmt: skip
HIS = "Haircut Anna Finn 12-05"


async def two(desk: Desk, language: str) -> tuple[Chat, str]:
    """Book a cut and a beard, and a cut for Finn; return the chat and the code of the first."""
    chat = await carla(desk)
    await chat.say(OWN[language])
    await agreed(chat, language)
    assert chat.last is not None
    (code, *_) = re.findall(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b", chat.last.text)
    await chat.say(FINNS[language])
    await agreed(chat, language)
    assert sorted(await standing(desk)) == [f"{HIS} 10:00", "Haircut Ben 12-05 10:00 + Beard trim Ben 12-05 10:45"]
    return chat, code


@pytest.mark.parametrize("language", MINE)
async def test_a_code_and_an_hour_is_a_move_on_its_day(desk: Desk, language: str) -> None:
    chat, code = await two(desk, language)
    await chat.say(MINE[language].format(code=code))
    await agreed(chat, language)
    assert sorted(await standing(desk)) == [f"{HIS} 10:00", "Haircut Ben 12-05 11:45 + Beard trim Ben 12-05 12:30"]


@pytest.mark.parametrize("language", WITHOUT)
async def test_the_hour_that_is_left_is_not_looked_for_and_a_part_goes_with_the_move(desk: Desk, language: str) -> None:
    chat, code = await two(desk, language)
    await chat.say(WITHOUT[language].format(code=code))
    await agreed(chat, language)
    assert sorted(await standing(desk)) == [f"{HIS} 10:00", "Haircut Ben 12-05 11:45"]


@pytest.mark.parametrize("language", BOTH)
async def test_both_are_moved_one_after_the_other(desk: Desk, language: str) -> None:
    chat, _ = await two(desk, language)
    await chat.say(BOTH[language])
    await agreed(chat, language)
    assert sorted(await standing(desk)) == [f"{HIS} 11:45", "Haircut Ben 12-05 11:45 + Beard trim Ben 12-05 12:30"]


async def test_a_part_is_left_out_beside_the_move_of_both(desk: Desk) -> None:
    chat, _ = await two(desk, "en")
    await chat.say("can ye push the both of us back til quarter to twelve? n bin the beard")
    await agreed(chat, "en")
    assert sorted(await standing(desk)) == [f"{HIS} 11:45", "Haircut Ben 12-05 11:45"]


async def test_after_a_no_nothing_else_is_moved(desk: Desk) -> None:
    chat, _ = await two(desk, "en")
    await talk(chat, BOTH["en"], "no", "move Finn's to 12:15")
    await agreed(chat, "en")
    assert len([one for one in await standing(desk) if "10:00" in one]) == 1, await standing(desk)


async def test_what_was_shown_last_is_meant(desk: Desk) -> None:
    chat, code = await two(desk, "en")
    await talk(chat, code, "aye I know I have it. move it to 11:45 please")
    await agreed(chat, "en")
    assert sorted(await standing(desk)) == [f"{HIS} 10:00", "Haircut Ben 12-05 11:45 + Beard trim Ben 12-05 12:30"]
