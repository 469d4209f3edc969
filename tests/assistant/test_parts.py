"""The parts of one visit: each has its own person, all of them stay until they are withdrawn, and a correction changes
what it names and nothing else."""

import pytest

from tests.assistant.salon import carla, take, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import YES
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio

CUT_AND_BEARD = {
    "en": "cut, beard with Ben on friday after 5",
    "de": "Haare schneiden und Bart bei Ben am Freitag ab 17 Uhr",
    "es": "corte y barba con Ben el viernes a partir de las 17",
    "fr": "coupe et barbe avec Ben vendredi après 17h",
    "it": "ciao taglio e barba con ben venerdi dopo le 17 si puo",
    "nl": "knippen en baard bij Ben vrijdag na 17 uur",
    "pt": "corte e barba com o Ben na sexta depois das 17h",
}
AT_ONCE = {
    "en": "colour with Clara on saturday at 9, and can someone cut my daughter's hair while I'm in the chair?",
    "de": "Farbe bei Clara am Samstag um 9, und kann jemand meiner Tochter die Haare schneiden, während ich da sitze?",
    "es": "color con Clara el sábado a las 9 y mientras tanto un corte para mi hija",
    "fr": "couleur avec Clara samedi à 9h, et pendant ce temps une coupe pour ma fille",
    "it": "colore con Clara sabato alle 9, e nel frattempo un taglio per mia figlia",
    "nl": "kleuring bij Clara zaterdag om 9 uur, en ondertussen een knipbeurt voor mijn dochter",
    "pt": "cor com a Clara no sábado às 9h, e entretanto um corte para a minha filha",
}
BY_BEN = {
    "en": "no, my daughter with Ben",
    "de": "nein, die Farbe bei Clara, und den Haarschnitt für meine Tochter macht Ben",
    "es": "no, el corte de mi hija con Ben",
    "fr": "non, ma fille avec Ben",
    "it": "no, mia figlia con Ben",
    "nl": "nee, mijn dochter bij Ben",
    "pt": "não, o corte da minha filha é com o Ben",
}


async def read_back(chat: Chat, *lines: str) -> str:
    """Say lines, then press the first button until a yes is asked for; return that."""
    said = await talk(chat, *lines)
    for _ in range(3):
        assert chat.last
        if chat.last.buttons and chat.last.buttons[0] not in ("Yes", "Ja", "Sí", "Oui", "Sì", "Sim"):
            said = await chat.say(chat.last.buttons[0])
    return said


@pytest.mark.parametrize("language", CUT_AND_BEARD)
async def test_two_services_are_two_whatever_joins_them(desk: Desk, language: str) -> None:
    """Ben closes at six: the last whole hour and five minutes begin at 16:45, and no part of it is offered alone."""
    chat = await carla(desk)
    said = await chat.say(CUT_AND_BEARD[language])
    assert chat.last
    assert list(chat.last.buttons) == ["16:15", "16:30", "16:45"], said
    await read_back(chat)
    await chat.say(YES[language])
    (found,) = await visits(desk)
    assert "Haircut Ben 12-05 16:15" in found and "Beard trim Ben 12-05 17:00" in found, found


@pytest.mark.parametrize("language", AT_ONCE)
async def test_somebody_is_served_meanwhile_and_another_person_does_it(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await read_back(chat, AT_ONCE[language])
    await chat.say(YES[language])
    (found,) = await visits(desk)
    assert "Colour Clara 12-06 09:00" in found and "12-06 09:00" in found.split(" + ")[1], found
    assert "Haircut Clara" not in found


@pytest.mark.parametrize("language", BY_BEN)
async def test_who_does_one_part_is_changed_for_that_part(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    before = await read_back(chat, AT_ONCE[language])
    assert "Anna" in before
    await talk(chat, BY_BEN[language], YES[language])
    (found,) = await visits(desk)
    assert "Colour Clara 12-06 09:00" in found and "Haircut Ben" in found and found.count("+") == 1, found


async def test_each_part_may_be_told_by_its_guests_name(desk: Desk) -> None:
    chat = await carla(desk)
    wish = "my colour with Clara on saturday at 9 and can someone cut my daughter Aoife's hair while I'm in the chair?"
    await read_back(chat, wish, "no, my colour with CLARA. and Ben cuts Aoife's hair at 9, the same time")
    await chat.say("yes")
    (found,) = await visits(desk)
    assert "Colour Clara 12-06 09:00" in found and "Haircut Ben Aoife 12-06 09:00" in found, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "with Clara"),
        ("de", "bei Clara bitte"),
        ("es", "con Clara"),
        ("fr", "avec Clara"),
        ("it", "con Clara"),
        ("nl", "bij Clara"),
        ("pt", "e com a Clara"),
    ],
)
async def test_whoever_is_asked_for_later_does_all_of_it(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language])
    await talk(chat, line, YES[language])
    (found,) = await visits(desk)
    assert "Haircut Clara 12-05 16:15" in found and "Beard trim Clara 12-05 17:00" in found, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "at 10"),
        ("de", "um 10"),
        ("es", "a las 10"),
        ("fr", "à 10h"),
        ("it", "alle 10"),
        ("nl", "om 10 uur"),
        ("pt", "às 10h"),
    ],
)
async def test_another_hour_changes_neither_the_day_nor_the_person(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language])
    await talk(chat, line, YES[language])
    (found,) = await visits(desk)
    assert "Haircut Ben 12-05 10:00" in found and "Beard trim Ben 12-05 10:45" in found, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes but I need the haircut too, both please"),
        ("de", "ja, aber Haarschnitt und Bart, beides"),
        ("es", "sí pero los dos, corte y barba"),
        ("fr", "oui mais les deux, coupe et barbe"),
        ("it", "sì ma ci vuole anche il taglio eh, taglio + barba"),
        ("nl", "ja maar allebei, knippen en baard"),
        ("pt", "sim mas os dois, corte e barba"),
    ],
)
async def test_both_are_the_two_services_and_not_two_people(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language], line)
    await chat.say(YES[language])
    (found,) = await visits(desk)
    assert found.count("+") == 1 and "Haircut Ben 12-05 16:15" in found and "+1" not in found, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "let's start over: saturday at 10, colour with Anna"),
        ("de", "nochmal von vorne: Samstag um 10, Farbe bei Anna"),
        ("es", "empecemos de nuevo: sábado a las 10, color con Anna"),
        ("fr", "recommençons : samedi à 10h, couleur avec Anna"),
        ("it", "ricominciamo: sabato alle 10, colore con Anna"),
        ("nl", "even opnieuw: zaterdag om 10 uur, kleuring bij Anna"),
        ("pt", "vamos recomeçar: sábado às 10h, cor com a Anna"),
    ],
)
async def test_a_wish_from_the_beginning_forgets_the_one_before(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language], line)
    await chat.say(YES[language])
    assert await visits(desk) == ["confirmed: Colour Anna 12-06 10:00"]


@pytest.mark.parametrize(
    ("language", "wish", "parts"),
    [
        ("en", "beard, cut with Ben on friday at 10", "Beard trim Ben 12-05 10:00 + Haircut Ben 12-05 10:20"),
        ("de", "Bart und schneiden bei Ben am Freitag um 10", "Beard trim Ben 12-05 10:00 + Haircut Ben 12-05 10:20"),
        ("it", "taglio, barba con Ben venerdì alle 10", "Haircut Ben 12-05 10:00 + Beard trim Ben 12-05 10:45"),
    ],
)
async def test_a_list_of_two_is_no_third_service(desk: Desk, language: str, wish: str, parts: str) -> None:
    """A "beard cut", a "taglio barba" are names of the beard alone."""
    chat = await carla(desk)
    await read_back(chat, wish)
    await chat.say(YES[language])
    assert await visits(desk) == [f"confirmed: {parts}"]


async def test_where_both_do_not_fit_at_once_that_is_said(desk: Desk) -> None:
    for name in ("Anna", "Ben"):
        for clock in ("09:00", "09:45", "10:30", "11:15", "12:00", "12:45"):
            await take(desk, "Haircut", name, 6, clock)
    chat = await carla(desk)
    said = await chat.say(AT_ONCE["en"])
    assert "Haircut" in said and "Colour" in said
    assert await visits(desk) and "Not at the same time" in said, said


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        ("en", "haircuts for me and my son on friday at 10", "no, I'm coming alone"),
        ("de", "Haarschnitt für mich und meinen Sohn am Freitag um 10", "nein, ich komme allein"),
        ("es", "un corte para mí y para mi hijo el viernes a las 10", "no, vengo solo"),
        ("fr", "une coupe pour moi et mon fils vendredi à 10h", "non, je viens seule"),
        ("it", "un taglio per me e mio figlio venerdì alle 10", "no, sono sola!"),
        ("nl", "knippen voor mij en mijn zoon vrijdag om 10 uur", "nee ik kom alleen"),
        ("pt", "um corte para mim e para o meu filho na sexta às 10h", "não, vou sozinha"),
    ],
)
async def test_whoever_comes_alone_brings_nobody(desk: Desk, language: str, wish: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, wish, line)
    await chat.say(YES[language])
    (found,) = await visits(desk)
    assert "Haircut" in found and "12-05 10:00" in found and "+" not in found, found


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("a haircut with Anna on friday at 10", "could I have two in a row?")),
        ("de", ("Haarschnitt bei Anna am Freitag um 10, zwei hintereinander bitte",)),
        ("es", ("corte con Anna el viernes a las 10, dos seguidos",)),
        ("fr", ("une coupe avec Anna vendredi à 10h, deux de suite",)),
        ("it", ("taglio con Anna venerdì alle 10, due di fila",)),
        ("nl", ("knippen bij Anna vrijdag om 10 uur, twee achter elkaar",)),
        ("pt", ("corte com a Anna na sexta às 10h, dois seguidos",)),
    ],
)
async def test_two_in_a_row_are_two_for_the_same_person(desk: Desk, language: str, lines: tuple[str, ...]) -> None:
    chat = await carla(desk)
    said = await read_back(chat, *lines)
    assert "2 × " in said
    await chat.say(YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00 + Haircut Anna 12-05 10:45"]


async def test_somebody_else_is_served_beside_what_was_read_back(desk: Desk) -> None:
    chat = await carla(desk)
    await read_back(chat, "colour with Clara on saturday at 9")
    await talk(chat, "and can someone cut my daughter's hair at the same time?", "yes")
    assert await visits(desk) == ["confirmed: Colour Clara 12-06 09:00 + Haircut Anna daughter 12-06 09:00"]


async def test_another_service_at_another_hour_replaces_both(desk: Desk) -> None:
    chat = await carla(desk)
    await read_back(chat, "haircut with Anna on friday at 10")
    await talk(chat, "no, colour, at 11", "yes")
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 11:00"]


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "friday, Clara, cut and beard, 10am"),
        ("de", "Freitag, bei Clara, Haarschnitt und Bart um 10"),
        ("es", "el viernes con Clara, corte y barba a las 10"),
        ("fr", "vendredi avec Clara, coupe et barbe à 10h"),
        ("it", "venerdì, Clara, taglio e barba alle 10"),
        ("nl", "vrijdag bij Clara, knippen en baard om 10 uur"),
        ("pt", "sexta com a Clara, corte e barba às 10h"),
    ],
)
async def test_what_stands_around_two_services_is_said_of_both(desk: Desk, language: str, wish: str) -> None:
    chat = await carla(desk)
    await read_back(chat, wish)
    await chat.say(YES[language])
    assert await visits(desk) == ["confirmed: Haircut Clara 12-05 10:00 + Beard trim Clara 12-05 10:45"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "my daughter isn't coming after all"),
        ("de", "meine Tochter kommt doch nicht mit"),
        ("es", "mi hija no viene al final"),
        ("fr", "finalement ma fille ne vient pas"),
        ("it", "mia figlia non viene più"),
        ("nl", "mijn dochter komt toch niet"),
        ("pt", "a minha filha não vem"),
    ],
)
async def test_whoever_stays_away_is_no_part_of_it(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, AT_ONCE[language])
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Colour Clara 12-06 09:00"]


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "a cut and a colour for me and a cut for my son saturday at 9"),
        ("fr", "coupe et couleur pour moi samedi à 9h, et une coupe pour mon fils"),
        ("de", "Haarschnitt und Farbe für mich und ein Haarschnitt für meinen Sohn am Samstag um 9"),
    ],
)
async def test_the_same_for_somebody_else_beside_two_of_ones_own(desk: Desk, language: str, wish: str) -> None:
    """Both begin together, and what one of them has besides comes afterwards."""
    chat = await carla(desk)
    await read_back(chat, wish)
    await chat.say(YES[language])
    (found,) = await visits(desk)
    assert found.startswith("confirmed: Haircut Anna 12-06 09:00 + Haircut Ben "), found
    assert found.endswith(" 12-06 09:00 + Colour Anna 12-06 09:45"), found


@pytest.mark.parametrize(
    ("lines", "count"), [(("wir sind doch drei",), 3), (("wir sind doch drei", "nein nur ich"), 1)]
)
async def test_how_many_come_may_change_more_than_once(desk: Desk, lines: tuple[str, ...], count: int) -> None:
    chat = await carla(desk)
    await read_back(chat, "Haarschnitt für zwei am Samstag um 10", *lines)
    await chat.say("ja")
    (found,) = await visits(desk)
    assert found.count("Haircut") == count and found.count("12-06 10:00") == count, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "the beard rather by Clara"),
        ("de", "Bart lieber bei Clara"),
        ("es", "la barba mejor con Clara"),
        ("fr", "la barbe plutôt avec Clara"),
        ("it", "la barba meglio con Clara"),
        ("nl", "de baard liever bij Clara"),
        ("pt", "a barba de preferência com a Clara"),
    ],
)
async def test_one_of_two_services_by_somebody_else(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language])
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Ben 12-05 16:15 + Beard trim Clara 12-05 17:00"]


@pytest.mark.parametrize(
    ("language", "wish", "adds", "leaves"),
    [
        ("en", "haircut with Anna on friday at 10", "add a colour please", "no, without the colour after all"),
        ("fr", "une coupe vendredi 10h avec Anna", "ajoutez une couleur", "finalement non, sans la couleur"),
        ("it", "taglio venerdì alle 10 con Anna", "aggiunga anche il colore", "no, senza il colore"),
    ],
)
async def test_a_service_is_added_and_left_out_again(
    desk: Desk, language: str, wish: str, adds: str, leaves: str
) -> None:
    chat = await carla(desk)
    before = await read_back(chat, wish)
    more = await chat.say(adds)
    assert "135" in more and "45" in before
    await talk(chat, leaves, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("language", "wish", "line", "parts"),
    [
        (
            "en",
            "haircut for me and a colour for my daughter saturday at 9",
            "no, my daughter just a haircut",
            "Haircut",
        ),
        ("fr", "une coupe pour moi et une couleur pour ma fille samedi à 9h", "non, ma fille une coupe", "Haircut"),
        (
            "de",
            "Haarschnitt für mich und Farbe für meine Tochter am Samstag um 9",
            "nein, Tochter Haarschnitt",
            "Haircut",
        ),
        (
            "fr",
            "une coupe pour moi et une barbe pour mon mari samedi à 9h",
            "mon mari aussi une coupe",
            "Beard trim Haircut",
        ),
        (
            "en",
            "a haircut for me and a beard trim for my husband saturday at 9",
            "my husband a haircut as well please",
            "Beard trim Haircut",
        ),
    ],
)
async def test_what_somebody_else_has_is_changed_for_them(
    desk: Desk, language: str, wish: str, line: str, parts: str
) -> None:
    chat = await carla(desk)
    await read_back(chat, wish, line)
    await chat.say(YES[language])
    (found,) = await visits(desk)
    mine, *theirs = found.removeprefix("confirmed: ").split(" + ")
    assert mine.startswith("Haircut Anna 12-06 09:00") and len(theirs) == parts.count("Haircut") + parts.count("Beard")
    assert all(any(one in part for part in theirs) for one in ("Haircut", *(("Beard",) if "Beard" in parts else ())))


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        (
            "en",
            "a cut for me and my son on friday at 10 with Anna",
            "no, at the same time please, with different people",
        ),
        ("de", "Haarschnitt für mich und meinen Sohn am Freitag um 10 bei Anna", "nein, gleichzeitig bitte"),
        ("pt", "corte para mim e para o meu filho na sexta às 10h com a Anna", "não, ao mesmo tempo"),
    ],
)
async def test_a_no_before_at_the_same_time_denies_what_was_read_back(
    desk: Desk, language: str, wish: str, line: str
) -> None:
    chat = await carla(desk)
    assert "10:45" in await read_back(chat, wish)
    await talk(chat, line, YES[language])
    (found,) = await visits(desk)
    assert found.count("12-05 10:00") == 2, found


async def test_a_service_is_forgotten_where_that_is_asked(desk: Desk) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD["en"])
    await talk(chat, "forget the beard, and make it saturday at 10", "yes")
    assert await visits(desk) == ["confirmed: Haircut Ben 12-06 10:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "rather 5.15 pm"),
        ("de", "lieber um 17:15"),
        ("es", "mejor a las 17:15"),
        ("fr", "plutôt 17h15"),
        ("it", "meglio alle 17.15"),
        ("nl", "liever om 17:15"),
        ("pt", "melhor às 17:15"),
    ],
)
async def test_an_hour_that_does_not_fit_stays_on_the_day_spoken_of(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await read_back(chat, CUT_AND_BEARD[language])
    said = await chat.say(line)
    assert chat.last and list(chat.last.buttons) == ["16:15", "16:30", "16:45"] and "17:15" in said, said


@pytest.mark.parametrize(("language", "line"), [("en", "actually just one"), ("de", "doch nur einer")])
async def test_two_in_a_row_become_one(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    wish = {
        "en": "a haircut with Anna on friday at 10, two in a row",
        "de": "Haarschnitt bei Anna Freitag 10 Uhr, zwei hintereinander",
    }
    assert "2 × " in await read_back(chat, wish[language])
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]
