"""One part of a visit, or one of those who come, is taken out in people's own words; the other stays as it is."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.test_notes import YES
from tests.assistant.test_right_after import agreed, standing
from tests.desk import Desk

pytestmark = pytest.mark.anyio
PAIR = {
    "en": "a haircut for my son Finn with anna and a beard trim for me with ben, at the same time, friday at 4pm",
    "de": "einen Haarschnitt für meinen Sohn Finn bei Anna und Bart für mich bei Ben, gleichzeitig, Freitag um 16 Uhr",
    "es": "un corte para mi hijo Finn con Anna y la barba para mí con Ben, a la vez, el viernes a las 16",
    "fr": "une coupe pour mon fils Finn avec Anna et la barbe pour moi avec Ben, en même temps, vendredi à 16h",
    "it": "un taglio per mio figlio Finn con Anna e la barba per me con Ben, insieme, venerdì alle 16",
    "nl": "knippen voor mijn zoon Finn bij Anna en baard voor mij bij Ben, tegelijk, vrijdag om 16 uur",
    "pt": "um corte para o meu filho Finn com a Anna e barba para mim com o Ben, ao mesmo tempo, sexta às 16h",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "actually scrap my beard, Finn's cut stays"),
        ("en", "it's the beard that has to go, keep Finn's haircut"),
        ("de", "der Bart fällt weg, Finns Haarschnitt bleibt"),
        ("es", "quite mi barba, el corte de Finn se queda"),
        ("fr", "Finalement ma femme me rase elle-même, donc annulez ma barbe, mais la coupe de Finn reste vendredi à 16h"),
        ("fr", "L'inverse ! On garde la coupe de Finn avec Anna, c'est la barbe avec Ben qui saute"),
        ("fr", "Sur le rendez-vous de vendredi, supprimez seulement la barbe, s'il vous plaît"),
        ("fr", "C'est moi qui ne viens plus pour la barbe"),
        ("it", "la barba non serve più, il taglio di Finn resta"),
        ("nl", "doe mijn baard maar weg, het knippen van Finn blijft"),
        ("pt", "tire a minha barba, fica só o corte do Finn"),
    ],
)  # fmt: skip
async def test_ones_own_part_goes_and_the_guests_stays(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await chat.say(PAIR[language])
    await agreed(chat, language)
    await chat.say(line)
    await agreed(chat, language)
    assert await standing(desk) == ["Haircut Anna Finn 12-05 16:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Finn can't make it, he's poorly. I'll still come"),
        ("de", "Finn fällt aus, ich komm allein"),
        ("es", "Finn no puede, yo sí voy"),
        ("fr", "Finn ne vient plus, juste moi"),
        ("it", "Finn non viene più, solo io"),
        ("nl", "Finn kan niet, ik kom alleen"),
        ("pt", "o Finn não vai, vou só eu"),
    ],
)
async def test_whoever_is_called_by_name_stays_away(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await chat.say(PAIR[language])
    await agreed(chat, language)
    await chat.say(line)
    await agreed(chat, language)
    assert await standing(desk) == ["Beard trim Ben 12-05 16:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "haircut and beard for me with Ben, and a cut for Rory (9) at the same time, anybody can do him. friday at 4pm"),
        ("de", "Haarschnitt und Bart für mich beim Ben und gleichzeitig ein Schnitt für Rory, Freitag um 16 Uhr"),
        ("de", "Schnitt und Bart für mich beim Ben, und für meinen Zwerg Rory nur ein Schnitt, Freitag um 16 Uhr gleichzeitig"),
        ("fr", "une coupe et la barbe pour moi avec Ben, et une coupe pour Rory en même temps, vendredi à 16h"),
        ("it", "taglio e barba per me con Ben, e un taglio per Rory nello stesso momento, venerdì alle 16"),
        ("pt", "corte e barba para mim com o Ben, e um corte para o Rory ao mesmo tempo, sexta às 16h"),
    ],
)  # fmt: skip
async def test_the_same_service_for_somebody_named_later_is_theirs(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    (found,) = await standing(desk)
    assert sorted(found.split(" + ")) == [
        "Beard trim Ben 12-05 16:45", "Haircut Anna Rory 12-05 16:00", "Haircut Ben 12-05 16:00",
    ], found  # fmt: skip


async def test_a_list_of_who_has_what_with_whom_is_taken_as_it_stands(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(
        chat,
        "haircut with Anna friday at 4pm",
        "no, cut and beard is for ME with Ben at 4pm. my boy Rory gets the cut with Anna at 4pm",
    )
    await agreed(chat, "en")
    (found,) = await standing(desk)
    assert sorted(found.split(" + ")) == [
        "Beard trim Ben 12-05 16:45", "Haircut Anna Rory 12-05 16:00", "Haircut Ben 12-05 16:00",
    ], found  # fmt: skip


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("a haircut with Anna and a beard trim with Ben on friday at 4pm", "Ben's doing the haircut AND the beard, not Anna")),
        ("fr", ("une coupe avec Anna et la barbe avec Ben vendredi à 16h", "c'est Ben qui fait la coupe et la barbe, pas Anna")),
        ("nl", ("knippen bij Anna en baard bij Ben vrijdag om 16 uur", "nee, Ben doet het knippen EN de baard, niet Anna")),
    ],
)  # fmt: skip
async def test_whoever_is_said_to_do_both_does_both(desk: Desk, language: str, lines: tuple[str, str]) -> None:
    chat = await carla(desk)
    await talk(chat, *lines)
    await agreed(chat, language)
    assert await standing(desk) == ["Haircut Ben 12-05 16:00 + Beard trim Ben 12-05 16:45"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("a haircut with Anna on friday at 4pm", "and a beard trim with Ben straight afterwards")),
        ("de", ("Haarschnitt bei Anna am Freitag um 16 Uhr", "und gleich danach den Bart bei Ben")),
        ("nl", ("knippen bij Anna vrijdag om 16 uur", "en baard bij Ben meteen daarna graag")),
    ],
)
async def test_what_comes_right_after_what_was_read_back_is_one_more_part(
    desk: Desk, language: str, lines: tuple[str, str]
) -> None:
    chat = await carla(desk)
    await talk(chat, *lines)
    await agreed(chat, language)
    assert await standing(desk) == ["Haircut Anna 12-05 16:00 + Beard trim Ben 12-05 16:45"]
