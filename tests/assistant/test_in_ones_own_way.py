"""What somebody has themselves is never in their way: what would lie beside it moves it, with what is taken out of it."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_right_after import agreed, standing
from tests.desk import Desk

pytestmark = pytest.mark.anyio
PAIR = {
    "en": "on friday 19 december at 3pm a colour for me with Clara and a haircut for my son Tom with Anna at the same time",
    "de": "am Freitag, 19. Dezember um 15 Uhr Farbe bei Clara für mich und gleichzeitig einen Haarschnitt bei Anna für meinen Sohn Tom",
    "es": "el viernes 19 de diciembre a las 15 un color para mí con Clara y un corte para mi hijo Tom con Anna al mismo tiempo",
    "fr": "vendredi 19 décembre à 15h une couleur avec Clara pour moi et une coupe pour mon fils Tom avec Anna en même temps",
    "it": "venerdì 19 dicembre alle 15 il colore per me con Clara e un taglio per mio figlio Tom alla stessa ora con Anna",
    "nl": "vrijdag 19 december om 15 uur kleuren bij Clara voor mij en tegelijk knippen bij Anna voor mijn zoon Tom",
    "pt": "na sexta 19 de dezembro às 15h cor com a Clara para mim e um corte para o meu filho Tom com a Anna à mesma hora",
}  # fmt: skip
BOTH = ["Colour Clara 12-19 15:00 confirmed", "Haircut Anna 12-19 15:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line", "clock"),
    [
        ("en", "Tom can't come. Take out his haircut and put my colour half an hour later", "15:30"),
        ("de", "Streichen Sie seinen Haarschnitt und verschieben Sie meine Farbe um eine halbe Stunde", "15:30"),
        ("es", "quite el corte de Tom y ponga mi color media horita más tarde", "15:30"),
        ("fr", "enlevez la coupe de Tom et mettez ma couleur une heure plus tard", "16:00"),
        ("it", "uffa, Tom non viene più: togliete solo il suo taglio. E il mio colore spostatelo un'oretta dopo", "16:00"),
        ("nl", "haal zijn knipbeurt eruit en zet mijn kleuring een half uur later", "15:30"),
        ("pt", "o Tom já não vem. tire o corte dele e passe a minha cor para meia hora depois", "15:30"),
    ],
)  # fmt: skip
async def test_a_part_goes_and_the_rest_moves_in_one_read_back(
    desk: Desk, language: str, line: str, clock: str
) -> None:
    chat = await carla(desk)
    await talk(chat, PAIR[language])
    await agreed(chat, language)
    assert await rows(desk) == BOTH
    said = await chat.say(line)
    assert chat.last and chat.last.acts[-1]["kind"] == "read_back", said
    await agreed(chat, language)
    assert await standing(desk) == [f"Colour Clara 12-19 {clock}"]


@pytest.mark.parametrize(
    ("language", "out", "line"),
    [
        ("it", "Tom non viene più: togliete il suo taglio", "sì ma il colore un'ora più tardi, alle 16 insomma"),
        ("en", "Tom can't come, take out his haircut", "yes, but an hour later"),
        ("fr", "enlevez la coupe de Tom", "oui mais une heure plus tard"),
    ],
)
async def test_another_hour_for_what_is_read_back_keeps_what_goes_out_of_it(
    desk: Desk, language: str, out: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, PAIR[language])
    await agreed(chat, language)
    await talk(chat, out, line)
    await agreed(chat, language)
    assert await standing(desk) == ["Colour Clara 12-19 16:00"]


async def test_the_same_beside_what_one_has_moves_it(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a cut and a beard trim with Ben on saturday 6 december at 10:30")
    await agreed(chat, "en")
    said = await chat.say("book me a cut and a beard trim with Ben on saturday 6 december at 11")
    assert chat.last and chat.last.acts[-1]["kind"] == "read_back", said
    assert chat.last.acts[-1]["purpose"] == "move"
    await agreed(chat, "en")
    assert await standing(desk) == ["Haircut Ben 12-06 11:00 + Beard trim Ben 12-06 11:45"]


async def test_no_closing_is_told_where_only_somebody_is_taken(desk: Desk) -> None:
    """Clara works until six, and what takes an hour and a half may begin at half past four."""
    chat = await carla(desk)
    await talk(chat, "a colour with Clara on friday 19 december at 15:30")
    await agreed(chat, "en")
    other = await carla(desk, name="Dora", phone="+436609999999")
    said = await other.say("a colour with Clara on friday 19 december from 16:30 on")
    assert "clos" not in said, said


@pytest.mark.parametrize(
    ("language", "first", "line"),
    [
        ("pt", "corte com o Ben no sábado 6 de dezembro às 10:30", "puts vou acordar tarde dá pra ser meia hora dps disso"),
        ("en", "a haircut with Ben on saturday 6 december at 10:30", "could it be half an hour after that?"),
        ("de", "Haarschnitt bei Ben am Samstag, 6. Dezember um 10:30", "geht auch eine halbe Stunde danach?"),
        ("es", "un corte con Ben el sábado 6 de diciembre a las 10:30", "¿puede ser media horita después de eso?"),
        ("it", "un taglio con Ben sabato 6 dicembre alle 10:30", "ah scusi, una mezz'oretta dopo si può?"),
        ("nl", "knippen bij Ben op zaterdag 6 december om 10:30", "kan het een half uurtje daarna?"),
        ("fr", "une coupe avec Ben samedi 6 décembre à 10h30", "une petite demi-heure après, c'est possible ?"),
        ("en", "a haircut with Ben on saturday 6 december at 10:30", "I had booked 10:30, I wanted 11 instead"),
    ],
)  # fmt: skip
async def test_half_an_hour_after_that_counts_from_its_beginning(
    desk: Desk, language: str, first: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, first)
    await agreed(chat, language)
    said = await chat.say(line)
    assert chat.last and chat.last.acts[-1]["kind"] == "read_back", said
    await agreed(chat, language)
    assert await standing(desk) == ["Haircut Ben 12-06 11:00"]
