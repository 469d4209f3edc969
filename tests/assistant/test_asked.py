"""What is asked in other words than the usual ones is answered from the rows: prices, sums, who does it."""

import pytest

from tests.assistant.salon import carla, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "question",
    [
        "a haircut with Anna on friday at 10. what would that cost?",
        "haircut with Anna friday at 10, whit's the damage?",
        "Haarschnitt bei Anna am Freitag um 10, wos kost mi des?",
        "un corte con Anna el viernes a las 10, ¿cuánto me cobran?",
        "une coupe avec Anna vendredi à 10h, ça fait combien ?",
        "un taglio con Anna venerdì alle 10, quanto mi costa?",
        "knippen bij Anna vrijdag om 10 uur, wat moet ik betalen?",
        "um corte com Anna na sexta às 10h, quanto fica?",
        "une coupe avec Anna vendredi à 10h, c gratuit ou pas",
        "Haarschnitt bei Anna am Freitag um 10, ist das kostenlos?",
        "a haircut with Anna on friday at 10, do i have to pay?",
    ],
)
async def test_a_price_is_told_in_whatever_words_it_is_asked(desk: Desk, question: str) -> None:
    first, *rest = (await talk(await carla(desk), question)).split("\n")
    assert "35" in first and rest


@pytest.mark.parametrize(
    "question",
    [
        "a colour and a haircut with Clara on friday morning, what's that altogether?",
        "how much is a colour and a haircut with Clara on friday in total?",
        "Farbe und Haarschnitt bei Clara am Freitag Vormittag, was macht das zusammen?",
        "color y corte con Clara el viernes por la mañana, ¿cuánto es en total?",
        "couleur et coupe avec Clara vendredi matin, ça fait combien en tout ?",
        "colore e taglio con Clara venerdì mattina, quanto viene in tutto?",
        "kleuren en knippen bij Clara vrijdagochtend, wat kost dat bij elkaar?",
        "coloração e corte com Clara na sexta de manhã, quanto fica tudo?",
    ],
)
async def test_the_sum_of_a_visit_is_told(desk: Desk, question: str) -> None:
    first = (await talk(await carla(desk), question)).split("\n")[0]
    assert "114" in first


@pytest.mark.parametrize(
    ("wish", "yes", "question"),
    [
        ("a haircut with Anna every tuesday at 5pm for three weeks", "yes", "cheers, and what's the total?"),
        (
            "Haarschnitt bei Anna jeden Dienstag um 17 Uhr, drei Wochen lang",
            "ja",
            "super, was zahle ich für alle zusammen?",
        ),
    ],
)
async def test_the_sum_of_a_series_is_told_before_and_after_the_yes(
    desk: Desk, wish: str, yes: str, question: str
) -> None:
    chat = await carla(desk)
    await talk(chat, wish)
    assert "105" in (await talk(chat, question)).split("\n")[0]
    await talk(chat, yes)
    assert "105" in await talk(chat, question)


async def test_the_sum_of_what_was_booked_one_by_one_is_told(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna on friday at 10", "yes", "a colour with clara on saturday at 11", "yes")
    await talk(chat, "where are you?")
    assert "2 appointments come to €114 in all" in await talk(chat, "how much is that in total?")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("who does the colour?", "Clara"),
        ("wer macht die Farbe?", "Clara"),
        ("¿quién hace el color?", "Clara"),
        ("qui fait la couleur ?", "Clara"),
        ("chi fa il colore?", "Clara"),
        ("wie doet het kleuren?", "Clara"),
        ("quem faz a coloração?", "Clara"),
    ],
)
async def test_who_does_it_is_told(desk: Desk, question: str, named: str) -> None:
    said = await talk(await carla(desk), question)
    assert named in said and "team" not in said.lower()


async def test_what_is_asked_twice_is_answered_once(desk: Desk) -> None:
    said = await talk(await carla(desk), "until when does Anna work on friday and when is Anna in on friday?")
    assert said.count("Anna 09:00") <= 1
