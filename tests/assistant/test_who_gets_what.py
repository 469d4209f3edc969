"""Whose is what among several is told in people's own words, at once or as a correction; a guest may be none after all."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
WITH_SOMEBODY_ELSE = {
    "en": "colour for me with Clara on friday at 10 and meanwhile a haircut for my granddaughter Mia with somebody else",
    "de": "Farbe für mich bei Clara am Freitag um 10 und gleichzeitig Haarschnitt für Mia bei jemand anderem",
    "es": "color para mí con Clara el viernes a las 10 y a la vez un corte para mi hija Mia con otra persona",
    "fr": "une couleur pour moi avec Clara vendredi à 10h et en même temps une coupe pour ma fille Mia avec quelqu'un d'autre",
    "it": "colore per me con Clara venerdì alle 10 e intanto un taglio per mia figlia Zoe con qualcun altro",
    "nl": "kleuring voor mij bij Clara vrijdag om 10 uur en tegelijk een knipbeurt voor mijn dochter Mia bij iemand anders",
    "pt": "cor para mim com a Clara na sexta às 10 e ao mesmo tempo um corte para a minha filha Mia com outra pessoa",
}
MINE_IS_THE_COLOUR = {
    "en": ("colour and a cut with Clara on friday at 10", "not both for me! the colour's mine and the cut is for Zoe"),
    "de": ("Farbe und Haarschnitt bei Clara am Freitag um 10", "na, ned beides für mi! I krieg die Farbe, der Haarschnitt ist für die Zoe"),
    "es": ("color y corte con Clara el viernes a las 10", "no, el color es para mí y el corte es para Zoe"),
    "fr": ("couleur et coupe avec Clara vendredi à 10h", "non, la couleur est pour moi et la coupe pour Zoe"),
    "it": ("colore e taglio con Clara venerdì alle 10", "no, il colore è per me e il taglio per Zoe"),
    "nl": ("kleuring en knipbeurt bij Clara vrijdag om 10 uur", "nee, de kleuring is voor mij en de knipbeurt voor Zoe"),
    "pt": ("cor e corte com a Clara na sexta às 10", "não, a cor é para mim e o corte para a Zoe"),
}  # fmt: skip
FOR_NOBODY_ELSE = {
    "en": ("a haircut for Zoe with Ben on friday at 10", "take off Zoe, I'm coming myself"),
    "de": ("Haarschnitt für Mia am Freitag um 10 bei Ben", "nicht für Mia, für mich"),
    "es": ("un corte con Ben el viernes a las 10 para Zoe", "no es para Zoe, es para mí"),
    "fr": ("une coupe avec Ben vendredi à 10h pour Zoe", "non pas pour Zoe, c'est pour moi"),
    "it": ("un taglio con Ben venerdì alle 10 per Zoe", "tolga «per Zoe», ci vengo io"),
    "nl": ("een knipbeurt bij Ben vrijdag om 10 uur voor Zoe", "niet voor Zoe maar voor mij"),
    "pt": ("um corte com o Ben na sexta às 10 para a Zoe", "não é para a Zoe, é para mim"),
}


@pytest.mark.parametrize("language", WITH_SOMEBODY_ELSE)
async def test_somebody_else_does_only_the_part_of_which_it_is_said(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, WITH_SOMEBODY_ELSE[language], YES[language])
    (found,) = await visits(desk)
    assert found.replace("Zoe", "Mia") == "confirmed: Colour Clara 12-05 10:00 + Haircut Anna Mia 12-05 10:00"


@pytest.mark.parametrize("language", MINE_IS_THE_COLOUR)
async def test_whose_each_part_is_is_corrected(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *MINE_IS_THE_COLOUR[language], YES[language])
    (found,) = await visits(desk)
    mine, theirs = found.split(" + ")
    assert mine == "confirmed: Colour Clara 12-05 10:00" and theirs.startswith("Haircut") and " Zoe " in theirs, found


@pytest.mark.parametrize("language", FOR_NOBODY_ELSE)
async def test_a_guest_is_none_after_all(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *FOR_NOBODY_ELSE[language], YES[language])
    assert await visits(desk) == ["confirmed: Haircut Ben 12-05 10:00"]
