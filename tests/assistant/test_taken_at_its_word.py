"""A name is one where it is given as one, an hour is the one that is meant, and what was told is not lost."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.test_giving_back import yoga
from tests.assistant.test_questions import HAIRCUT
from tests.chat import Chat
from tests.chat import chat as opened_chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def stranger(desk: Desk) -> Chat:
    return await opened_chat(desk, now=NOW, name=None, phone=None)


SURNAME_FIRST = [
    ("en", "haircut with Anna tomorrow at 10, Okonjo, Tessa", "Tessa Okonjo"),
    ("de", "haarschnitt bei anna morgen um 10 brandt, holger", "Holger Brandt"),
    ("de", "Haarschnitt bei Anna morgen um 10. Hartwig-Pok, Ilse.", "Ilse Hartwig-Pok"),
    ("es", "corte con Anna mañana a las 10. Olabarri, Maite", "Maite Olabarri"),
    ("fr", "Coupe avec Anna demain à 10h, Kerbrat, Solène", "Solène Kerbrat"),
    ("it", "taglio con Anna domani alle 10, Ferrero, Gianni", "Gianni Ferrero"),
    ("nl", "knippen bij Anna morgen om 10 uur, Dijkman, Wietske", "Wietske Dijkman"),
    ("pt", "corte com a Anna amanhã às 10h, Bessa, Joaquim", "Joaquim Bessa"),
]


@pytest.mark.parametrize(("language", "line", "name"), SURNAME_FIRST)
async def test_a_surname_may_come_first_beside_a_time(desk: Desk, language: str, line: str, name: str) -> None:
    said = await talk(await stranger(desk), line)
    assert name in said, said


NOBODY = [
    "haircut with Anna tomorrow at 10, keratin, balayage",
    "haircut with Anna tomorrow at 10, im lowkey panicking about it",
    "can i get a haircut with Anna tomorrow at 10 im totally knackered lol",
]


@pytest.mark.parametrize("line", NOBODY)
async def test_how_somebody_feels_is_no_name(desk: Desk, line: str) -> None:
    assert "name" in await talk(await stranger(desk), line)


KISS = [
    ("en", "haha the x is just a kiss, not my name. otherwise yess"),
    ("en", "lol that's a typo not my name"),
]


@pytest.mark.parametrize(("language", "line"), KISS)
async def test_what_only_says_that_something_is_no_name_is_none(desk: Desk, language: str, line: str) -> None:
    said = await talk(await stranger(desk), "haircut with Anna tomorrow at 10, Priyanka Vasudev", line)
    assert "kiss" not in said and "typo" not in said, said


SURNAMES = [("pt", "corte com a Anna amanhã às 10h, Rui Pinto", "Rui Pinto")]


@pytest.mark.parametrize(("language", "line", "name"), SURNAMES)
async def test_a_surname_is_no_service(desk: Desk, language: str, line: str, name: str) -> None:
    said = await talk(await stranger(desk), line)
    assert name in said and "Cor " not in said, said


SISTER = [
    ("en", "Nina Petrow, my sister is Olga Petrow"),
    ("de", "Nina Petrow, meine Schwester ist Olga Petrow"),
    ("es", "Marta Petrow, mi hermana se llama Olga Petrow"),
    ("fr", "Nina Petrow, ma sœur est Olga Petrow"),
    ("it", "Nina Petrow, mia sorella è Olga Petrow"),
    ("nl", "Nina Petrow, mijn zus is Olga Petrow"),
    ("pt", "Nina Petrow, a minha irmã é Olga Petrow"),
]
TWO = {
    "en": "haircuts for me and my sister tomorrow at 10",
    "de": "Haarschnitt für mich und meine Schwester morgen um 10 Uhr",
    "es": "cortes para mí y mi hermana mañana a las 10",
    "fr": "des coupes pour moi et ma sœur demain à 10h",
    "it": "taglio per me e mia sorella domani alle 10",
    "nl": "knippen voor mij en mijn zus morgen om 10 uur",
    "pt": "corte para mim e para a minha irmã amanhã às 10h",
}
UNDER = {
    "en": "for Nina", "de": "auf den Namen Nina", "es": "a nombre de Marta", "fr": "au nom de Nina",
    "it": "a nome di Nina", "nl": "op naam van Nina", "pt": "em nome de Nina",
}  # fmt: skip


@pytest.mark.parametrize(("language", "line"), SISTER)
async def test_who_tells_a_sisters_name_books_under_their_own(desk: Desk, language: str, line: str) -> None:
    said = await talk(await stranger(desk), TWO[language], line)
    assert UNDER[language] in said, said


RATHER = [
    ("en", "at 10 on the dot it will be tight, rather 10:30?"),
    ("de", "um 10 wird es knapp, lieber 10:30?"),
    ("es", "a las 10 voy justa, mejor a las 10:30"),
    ("fr", "À 10h pile ça va être juste... plutôt 10h30 ?"),
    ("it", "alle 10 mi viene stretto, meglio le 10:30"),
    ("nl", "10 uur is wat krap, liever 10:30"),
    ("pt", "às 10h fica apertado, melhor às 10:30"),
]


@pytest.mark.parametrize(("language", "line"), RATHER)
async def test_the_hour_that_is_rather_wanted_is_read_back(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), HAIRCUT[language][0], line)
    assert "10:30" in said and "10:00" not in said, said


INSTEAD = [
    ("en", "not ten, eleven"),
    ("de", "zehn nein, elf"),
    ("es", "diez no, once"),
    ("fr", "pas dix, onze"),
    ("it", "dieci no, undici"),
    ("nl", "niet tien, elf"),
    ("pt", "dez não, onze"),
]


@pytest.mark.parametrize(("language", "line"), INSTEAD)
async def test_an_hour_that_is_denied_gives_way_to_the_one_behind_it(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), HAIRCUT[language][0], line)
    assert "11:00" in said and "10:00" not in said, said


EARLIEST = [
    ("en", "a haircut on friday with Anna, ten at the earliest", "in the morning please"),
    ("de", "Haarschnitt am Freitag bei Anna, frühestens um zehn", "vormittags bitte"),
    ("es", "un corte el viernes con Anna, a partir de las diez", "por la mañana"),
    ("fr", "une coupe vendredi avec Anna, pas avant dix heures", "le matin"),
    ("it", "un taglio venerdì con Anna, non prima delle dieci", "di mattina"),
    ("nl", "knippen vrijdag bij Anna, op zijn vroegst om tien uur", "in de ochtend graag"),
    ("pt", "um corte na sexta com a Anna, a partir das dez", "de manhã"),
]


@pytest.mark.parametrize(("language", "first", "then"), EARLIEST)
async def test_a_part_of_the_day_does_not_lose_the_hour_told_before(
    desk: Desk, language: str, first: str, then: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, first, then)
    assert "10:" in said and "09:" not in said and "13:" not in said, said


PRAISED = [
    ("en", "10:30 would be perfect, I get out of school at 10:00"),
    ("de", "10:30 wäre perfekt, um 10 Uhr komme ich raus"),
    ("fr", "10h30 ce serait parfait, il sort à 10h"),
    ("it", "le 10:30 è perfetto, alle 10 esco"),
]
BETWEEN = {
    "en": "haircut with Anna tomorrow between 10 and 11:30",
    "de": "Haarschnitt bei Anna morgen zwischen 10 und 11:30 Uhr",
    "fr": "une coupe avec Anna demain entre 10h et 11h30",
    "it": "un taglio con Anna domani tra le 10 e le 11:30",
}


@pytest.mark.parametrize(("language", "line"), PRAISED)
async def test_the_offer_that_is_praised_is_taken_whatever_hour_tells_why(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, BETWEEN[language], line)
    assert chat.last and len(chat.last.buttons) == 2 and "10:30" in said, said


KEPT = [
    ("en", "did you get my phone number down?"),
    ("de", "habt ihr meine Nummer notiert?"),
    ("es", "¿tenéis mi número apuntado?"),
    ("fr", "vous avez bien noté mon numéro ?"),
    ("it", "avete segnato il mio numero?"),
    ("nl", "heeft u mijn nummer genoteerd?"),
    ("pt", "ficaram com o meu número?"),
]


@pytest.mark.parametrize(("language", "line"), KEPT)
async def test_whether_a_number_is_kept_is_told_from_what_stands(desk: Desk, language: str, line: str) -> None:
    wish, yes = HAIRCUT[language]
    chat = await carla(desk)
    assert "+43 660 1234567" in await talk(chat, wish, yes, line)
    none = await stranger(desk)
    said = await talk(none, line)
    assert "+43" not in said and said, said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


SORRY = [
    (
        "en",
        "last time I waited fifty minutes and nobody said a word. anyway I need a haircut with Anna tomorrow at 10",
        "sorry",
    ),
    (
        "de",
        "Letztes Mal hab ich eine Stunde gewartet, das war nicht schön. Ich bräuchte einen Haarschnitt bei Anna morgen um 10",
        "tut mir leid",
    ),
    ("es", "la última vez me dejaron el pelo fatal. bueno, quería un corte con Anna mañana a las 10", "siento"),
]


@pytest.mark.parametrize(("language", "line", "word"), SORRY)
async def test_a_complaint_beside_a_wish_has_a_word_of_regret(desk: Desk, language: str, line: str, word: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, line)
    assert word in said and "10:00" in said, said


RING = [
    ("de", "Ja genau. Und bitte rufts mich wegen meiner Allergie zurück, 0664 5550142"),
    ("en", "yes please. and ring me about my allergy, 0664 5550142"),
]


@pytest.mark.parametrize(("language", "line"), RING)
async def test_who_wants_to_be_called_is_told_at_which_number(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, HAIRCUT[language][0], line)
    assert "+43 664 5550142" in said, said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


THREE = [
    ("en", "three haircuts with Anna on the 9th, 16th and 19th at 10"),
    ("es", "tres cortes con Anna el 9, el 16 y el 19 de diciembre a las 10"),
    ("fr", "trois coupes avec Anna les 9, 16 et 19 décembre à 10h"),
    ("it", "tre tagli con Anna il 9, il 16 e il 19 dicembre alle 10"),
    ("nl", "drie knipbeurten bij Anna op 9, 16 en 19 december om 10 uur"),
    ("pt", "três cortes com a Anna nos dias 9, 16 e 19 de dezembro às 10h"),
]


@pytest.mark.parametrize(("language", "line"), THREE)
async def test_three_of_a_service_on_three_dates_are_three_appointments(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, line)
    assert chat.last and "bookSeries" in chat.last.tools and "3" in said, said


async def test_las_dos_beside_a_day_is_an_hour(desk: Desk) -> None:
    said = await talk(await carla(desk), "para el viernes 5, las dos, un corte con Anna")
    assert "14:00" in said, said


async def test_a_place_in_a_class_for_two_is_under_the_name_of_who_books(desk: Desk) -> None:
    await yoga(desk)
    chat = await stranger(desk)
    said = await talk(chat, "yoga on saturday for me and my sister Olga", "Nina Petrow, my sister is Olga Petrow")
    assert "for Nina Petrow" in said and "(" not in said, said
