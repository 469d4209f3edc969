"""Of two appointments of the same person one is moved or cancelled, whatever it is named by; or both are; and two people
of one message have an hour each."""

import pytest

from tests.assistant.salon import carla
from tests.assistant.test_right_after import agreed, standing
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
TWO = {
    "en": ("a haircut with anna on thursday at 10", "and a colour with clara on friday at 11"),
    "de": ("Haarschnitt bei Anna am Donnerstag um 10", "und Farbe bei Clara am Freitag um 11"),
    "es": ("un corte con Anna el jueves a las 10", "y un color con Clara el viernes a las 11"),
    "fr": ("une coupe avec Anna jeudi à 10h", "et une couleur avec Clara vendredi à 11h"),
    "it": ("un taglio con Anna giovedì alle 10", "e un colore con Clara venerdì alle 11"),
    "nl": ("knippen bij Anna donderdag om 10 uur", "en een kleuring bij Clara vrijdag om 11 uur"),
    "pt": ("um corte com a Anna na quinta às 10h", "e uma cor com a Clara na sexta às 11h"),
}
CUT, COLOUR = "Haircut Anna 12-04 10:00", "Colour Clara 12-05 11:00"


async def said(chat: Chat, language: str, *lines: str) -> None:
    """Say lines, and yes wherever that is asked for."""
    for line in lines:
        await chat.say(line)
        await agreed(chat, language)


@pytest.mark.parametrize(
    ("language", "line", "left"),
    [
        ("en", "cancel the thursday one", [COLOUR]),
        ("en", "I want to cancel the one with clara", [CUT]),
        ("en", "cancel the other one, not the haircut", [CUT]),
        ("en", "cancel everything but the haircut", [CUT]),
        ("en", "I have to drop the thursday one after all", [COLOUR]),
        ("en", "cancel the colour, but keep the haircut", [CUT]),
        ("de", "Farbe absagen, den Haarschnitt behalte ich", [CUT]),
        ("es", "cancela el color, pero mantén el corte", [CUT]),
        ("fr", "annulez la couleur, mais gardez la coupe", [CUT]),
        ("it", "annulla il colore, il taglio invece lo tengo", [CUT]),
        ("nl", "de kleuring afzeggen, de knipbeurt blijft staan", [CUT]),
        ("pt", "cancela a cor, mas mantém o corte", [CUT]),
        ("de", "alles absagen bitte", []),
        ("de", "den am Donnerstag bitte absagen", [COLOUR]),
        ("es", "el del jueves lo quiero cancelar", [COLOUR]),
        ("fr", "annulez tout s'il vous plaît", []),
        ("it", "cancella non il taglio, l'altro", [CUT]),
        ("nl", "de kleuring afzeggen graag", [CUT]),
        ("pt", "cancele o da Clara", [CUT]),
    ],
)
async def test_the_one_that_is_named_is_cancelled(desk: Desk, language: str, line: str, left: list[str]) -> None:
    chat = await carla(desk)
    await said(chat, language, *TWO[language], line)
    assert await standing(desk) == left


@pytest.mark.parametrize(
    ("language", "line", "left"),
    [
        ("en", "move the other one to saturday at 10, not the haircut", [CUT, "Colour Clara 12-06 10:00"]),
        ("en", "move the thursday one to saturday at 10", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("de", "den bei Anna bitte auf Samstag um 10 verschieben", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("es", "mueve el del jueves al sábado a las 10", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("fr", "décalez celui de jeudi à samedi 10h", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("it", "vorrei spostare quello di giovedì a sabato alle 10", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("nl", "verzet die bij Anna naar zaterdag 10 uur", [COLOUR, "Haircut Anna 12-06 10:00"]),
        ("pt", "mude o da Anna para sábado às 10h", [COLOUR, "Haircut Anna 12-06 10:00"]),
    ],
)
async def test_the_one_that_is_named_is_moved(desk: Desk, language: str, line: str, left: list[str]) -> None:
    chat = await carla(desk)
    await said(chat, language, *TWO[language], line)
    assert await standing(desk) == left


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "cancel that and book me a colour with clara on friday at 11 instead"),
        ("de", "bitte absagen und dafür Farbe bei Clara am Freitag um 11 eintragen"),
        ("es", "anula esa y ponme un color con Clara el viernes a las 11"),
        ("fr", "annulez ça et mettez-moi une couleur avec Clara vendredi à 11h"),
        ("it", "annulla quello e prenota un colore con Clara venerdì alle 11"),
        ("nl", "annuleer die en boek een kleuring bij Clara vrijdag om 11 uur"),
        ("nl", "zeg die maar af en zet me voor een kleuring bij Clara vrijdag om 11 uur"),
        ("pt", "cancele esse e marque uma cor com a Clara na sexta às 11h"),
    ],
)
async def test_one_is_cancelled_and_another_booked_in_one_message(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await said(chat, language, TWO[language][0], line)
    assert await standing(desk) == [COLOUR]


@pytest.mark.parametrize(
    ("language", "lines", "made"),
    [
        (
            "en",
            ["haircuts for my two kids on friday, 4pm for the big one, 5pm for the little one"],
            ["big one 12-05 16:00", "little one 12-05 17:00"],
        ),
        (
            "en",
            ["a haircut on friday", "the first for me and the last for my friend"],
            ["12-05 09:00", "friend 12-05 17:15"],
        ),
        (
            "de",
            ["Haarschnitt für mich um 10 bei Anna und für meinen Sohn um 11 bei Ben, am Freitag"],
            ["Anna 12-05 10:00", "Ben Sohn 12-05 11:00"],
        ),
        (
            "es",
            ["dos cortes el viernes: a las 10 para mí y a las 12 para mi hija"],
            ["12-05 10:00", "hija 12-05 12:00"],
        ),
        ("fr", ["vendredi une coupe à 10h pour moi et à 11h pour mon fils"], ["12-05 10:00", "fils 12-05 11:00"]),
        (
            "it",
            ["taglio per me con Anna e per mio marito con Ben, venerdì alle 10"],
            ["Haircut Anna 12-05 10:00 + Haircut Ben marito 12-05 10:00"],
        ),
        ("nl", ["knippen vrijdag om 10 uur voor mij en om 11 uur voor mijn zoon"], ["12-05 10:00", "zoon 12-05 11:00"]),
        ("pt", ["corte na sexta às 10h para mim e às 11h para o meu filho"], ["12-05 10:00", "filho 12-05 11:00"]),
    ],
)
async def test_each_gets_the_hour_that_was_said_for_them(
    desk: Desk, language: str, lines: list[str], made: list[str]
) -> None:
    chat = await carla(desk)
    await said(chat, language, *lines)
    found = await standing(desk)
    assert len(found) == len(made) and all(one.endswith(end) for one, end in zip(found, made, strict=True)), found
