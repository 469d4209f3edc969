"""Dates that are listed, added, left out or moved within a series keep all their members, and their price is the sum."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_notes import YES
from tests.assistant.test_right_after import standing
from tests.desk import Desk

pytestmark = pytest.mark.anyio
FOUR = [f"Haircut Anna {day} 15:00 confirmed" for day in ("12-04", "12-11", "12-18", "01-08")]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "a haircut with Anna, thursdays at 3pm: this Thursday the 4th, the 11th, the 18th, and the 8th of January"),
        ("de", "Haarschnitt bei Anna an vier Donnerstagen um 15 Uhr: 4., 11., 18. Dezember und 8. Jänner"),
        ("es", "un corte con Anna los jueves a las 15: el 4, el 11 y el 18 de diciembre y el 8 de enero"),
        ("fr", "une coupe avec Anna les 4, 11, 18 décembre et le 8 janvier, 15h"),
        ("it", "un taglio con Anna il 4, 11 e 18 dicembre e l'8 gennaio alle 15"),
        ("nl", "knippen bij Anna op 4, 11 en 18 december en 8 januari om 15 uur"),
        ("pt", "um corte com a Anna nos dias 4, 11 e 18 de dezembro e 8 de janeiro às 15h"),
    ],
)  # fmt: skip
async def test_a_list_is_booked_whole(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, line)
    assert chat.last and chat.last.acts[-1]["kind"] == "series_read_back", said
    said = await chat.say(YES[language])
    assert await rows(desk) == FOUR
    assert chat.last and chat.last.acts[-1]["kind"] == "series_receipt", said  # and nothing comes next


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "une coupe avec Anna tous les jeudis à 15h, 3 séances à partir de ce jeudi. Attention le 18 on est partis, "
               "donc pas de coupe ce jour-là, vous décalez au 25"),
        ("nl", "knippen bij Anna elke donderdag om 15 uur, drie keer vanaf deze donderdag, de 18e niet, die schuift naar de 25e"),
        ("es", "un corte con Anna todos los jueves a las 15, tres citas empezando este jueves, pero la del 18 no"),
        ("de", "Haarschnitt bei Anna jeden Donnerstag um 15 Uhr, drei Termine ab diesem Donnerstag, am 18. nicht, "
               "den verschieben wir auf den 25."),
    ],
)  # fmt: skip
async def test_a_date_that_is_left_out_moves_to_another(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    assert await standing(desk) == [f"Haircut Anna 12-{day} 15:00" for day in ("04", "11", "25")]


@pytest.mark.parametrize(
    ("language", "first", "more"),
    [
        ("fr", "une coupe avec Anna à 15h le 18 décembre et le 8 janvier", "Oui. Et ajoutez le 4 et le 11 décembre."),
        ("fr", "une coupe avec Anna à 15h le 4 et le 11 décembre", "Oui, mais avec le 18 décembre et le 8 janvier aussi."),
        ("en", "a haircut with Anna at 3pm on the 4th and the 11th of december", "both, and the 18th and 8 january too"),
        ("pt", "um corte com a Anna às 15h nos dias 4 e 11 de dezembro", "sim, e acrescente o dia 18 de dezembro e o 8 de janeiro"),
    ],
)  # fmt: skip
async def test_more_dates_come_to_those_read_back(desk: Desk, language: str, first: str, more: str) -> None:
    chat = await carla(desk)
    await talk(chat, first, more, YES[language])
    assert await rows(desk) == FOUR


@pytest.mark.parametrize(
    ("language", "line", "price"),
    [
        ("es", "¿Y las cuatro en total cuánto es?", "140"),
        ("fr", "Ça fait combien les quatre ?", "140"),
        ("nl", "wat kosten ze alle vier?", "140"),
        ("de", "was kosten die vier zusammen?", "140"),
        ("en", "so that's 140, right?", "140"),
        ("it", "quanto costano le quattro?", "140"),
        ("pt", "e quanto fica tudo?", "140"),
    ],
)
async def test_the_price_of_a_series_is_the_sum(desk: Desk, language: str, line: str, price: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with Anna at 3pm on 4, 11 and 18 December and 8 January", "yes")
    said = await chat.say(line)
    assert price in said, said


async def test_a_sum_is_told_beside_the_yes(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "un corte con Anna a las 15 el 4, 11 y 18 de diciembre y el 8 de enero")
    said = await chat.say("Sí, eso. ¿Y las cuatro en total cuánto es?")
    assert "140" in said and await rows(desk) == FOUR, said


async def test_what_one_has_already_is_not_said_to_be_taken(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with Anna on 4 December at 3pm", "yes")
    said = await chat.say("haircuts with Anna at 3pm on 4, 11 and 18 December and 8 January please")
    assert "taken" not in said, said
