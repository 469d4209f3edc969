"""Two of something in one message: services, people, dates. None is lost and none doubled, at once or one after the
other, as it was asked."""

import re

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import WISH, YES
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def by_buttons(chat: Chat) -> None:
    """Press the first button until something is booked."""
    for _ in range(3):
        assert chat.last
        if chat.last.buttons:
            await chat.say(chat.last.buttons[0])


async def clocks(desk: Desk) -> list[str]:
    """Return when the parts of what is booked begin."""
    return re.findall(r"12-\d\d (\d\d:\d\d)", " ".join(await visits(desk)))


@pytest.mark.parametrize(
    "wish",
    [
        "my husband and my son both need a haircut on saturday, one after the other please",
        "haircuts for my wife and me on friday afternoon, but not at the same time",
        "mein Mann und mein Sohn brauchen am Samstag einen Haarschnitt, bitte nacheinander",
        "corte para mi marido y mi hijo el sábado, uno después del otro",
        "une coupe pour mon mari et mon fils samedi, l'un après l'autre",
        "un taglio per mio marito e mio figlio sabato, uno dopo l'altro",
        "knippen voor mijn man en mijn zoon zaterdag, na elkaar graag",
        "corte para o meu marido e o meu filho no sábado, um a seguir ao outro",
    ],
)
async def test_one_after_the_other_where_that_is_asked(desk: Desk, wish: str) -> None:
    chat = await carla(desk)
    await chat.say(wish)
    await by_buttons(chat)
    assert len(set(await clocks(desk))) == len(await clocks(desk)) == 2, await visits(desk)


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        ("en", "haircuts for me and my son on friday at 10", "no, one after the other please"),
        ("de", "Haarschnitt für mich und meinen Sohn am Freitag um 10", "nein, nicht gleichzeitig, bitte nacheinander"),
        ("es", "un corte para mí y para mi hijo el viernes a las 10", "no, no a la vez, uno detrás del otro"),
        ("fr", "une coupe pour moi et mon fils vendredi à 10h", "non, pas en même temps, l'un après l'autre"),
        ("it", "un taglio per me e mio figlio venerdì alle 10", "no, non insieme, uno dopo l'altro"),
        ("nl", "knippen voor mij en mijn zoon vrijdag om 10 uur", "nee, niet tegelijk, na elkaar graag"),
        ("pt", "um corte para mim e para o meu filho na sexta às 10h", "não, não ao mesmo tempo, um de cada vez"),
    ],
)
async def test_a_visit_that_was_read_back_comes_one_by_one_instead(
    desk: Desk, language: str, wish: str, line: str
) -> None:
    chat = await carla(desk)
    before = await chat.say(wish)
    said = await chat.say(line)
    assert said != before
    await by_buttons(chat)
    assert await clocks(desk) == ["10:00", "10:45"], await visits(desk)


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        ("a haircut with anna on friday morning", "nine would be lovely. the colour and the cut, right?"),
        ("einen Haarschnitt bei Anna am Freitag Vormittag", "neun Uhr passt. Farbe und Schnitt, gell?"),
        ("un corte con Anna el viernes por la mañana", "a las nueve está bien. Color y corte, ¿verdad?"),
        ("une coupe avec Anna vendredi matin", "neuf heures me va. La couleur et la coupe, n'est-ce pas ?"),
        ("un taglio con Anna venerdì mattina", "alle nove va bene. Colore e taglio, giusto?"),
        ("knippen bij Anna vrijdagochtend", "negen uur is goed. Kleuren en knippen, toch?"),
        ("um corte com a Anna na sexta de manhã", "às nove está bem. Coloração e corte, certo?"),
    ],
)
async def test_an_hour_taken_for_more_services_is_one_visit_of_one_person(desk: Desk, wish: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish, line)
    await by_buttons(chat)
    (found,) = await visits(desk)
    assert "Colour Anna 12-05" in found and "Haircut Anna 12-05" in found and found.count("+") == 1, found
    assert min(await clocks(desk)) == "09:00"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes, and another one on monday at 3pm"),
        ("de", "ja, und noch einen am Montag um 15 Uhr"),
        ("es", "sí, y otro el lunes a las 15:00"),
        ("fr", "oui, et encore une lundi à 15h"),
        ("it", "sì, e ancora uno lunedì alle 15"),
        ("nl", "ja, en nog een maandag om 15 uur"),
        ("pt", "sim, e mais um na segunda às 15h"),
    ],
)
async def test_a_yes_and_one_more_books_the_first_and_goes_on(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], line)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]
    await chat.say(YES[language])
    assert len(await rows(desk)) == 2 and "12-08 15:00" in (await rows(desk))[1]
