"""Right after a receipt: what only confirms books nothing, what changes it changes that very booking, and whoever comes
too gets a visit of their own. A guest is forgotten with the booking that was theirs."""

import re

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import WISH, YES
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOTH = {
    "en": "a haircut and a beard trim on friday at 10",
    "de": "einen Haarschnitt mit Bart am Freitag um 10 Uhr",
    "es": "corte y barba el viernes a las 10",
    "fr": "une coupe et la barbe vendredi à 10h",
    "it": "taglio e barba venerdì alle 10",
    "nl": "knippen en baard vrijdag om 10 uur",
    "pt": "corte e barba na sexta às 10h",
}


async def agreed(chat: Chat, language: str) -> None:
    """Say yes as long as a yes is asked for."""
    for _ in range(3):
        if chat.last and chat.last.acts and chat.last.acts[-1]["kind"] == "read_back":
            await chat.say(YES[language])


async def standing(desk: Desk) -> list[str]:
    """Return every appointment that is not cancelled."""
    return [one.removeprefix("confirmed: ") for one in await visits(desk) if one.startswith("confirmed")]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "and the beard trim is in there as well?"),
        ("de", "und der Bart ist auch dabei, oder?"),
        ("es", "¿y la barba también está incluida?"),
        ("fr", "et la barbe est bien dedans aussi ?"),
        ("it", "e la barba c'è anche, vero?"),
        ("nl", "en de baard zit er ook bij?"),
        ("pt", "e a barba também está incluída?"),
    ],
)
async def test_a_question_for_a_part_of_it_books_no_other(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await chat.say(BOTH[language])
    await agreed(chat, language)
    before = await standing(desk)
    await chat.say(line)
    assert chat.last and not [one for one in chat.last.acts if one["kind"] in ("read_back", "offers", "free_days")]
    assert await standing(desk) == before and len(before) == 1


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "so that's Friday, right?", "Friday 5 December"),
        ("de", "also am Freitag, stimmt's?", "5. Dezember"),
        ("es", "entonces es el viernes, ¿verdad?", "5 de diciembre"),
        ("fr", "c'est bien vendredi, n'est-ce pas ?", "5 décembre"),
        ("it", "quindi è per venerdì, giusto?", "5 dicembre"),
        ("nl", "dus dat is met Anna, toch?", "Anna"),
        ("pt", "é na sexta, certo?", "5 de dezembro"),
    ],
)
async def test_what_is_booked_is_told_from_the_row(desk: Desk, language: str, line: str, told: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert told in said and await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "make it a colour instead"),
        ("de", "ach, doch lieber Farbe statt Schnitt"),
        ("es", "en vez de corte mejor tinte"),
        ("fr", "finalement plutôt une couleur à la place"),
        ("it", "anzi facciamo il colore invece del taglio"),
        ("nl", "toch liever een kleuring in plaats van knippen"),
        ("pt", "afinal prefiro cor em vez de corte"),
    ],
)
async def test_another_service_takes_the_place_of_what_was_booked(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], line)
    await agreed(chat, language)
    assert await standing(desk) == ["Colour Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("language", "line", "guest"),
    [
        ("en", "actually my husband needs one too", "husband"),
        ("de", "meine Tochter braucht auch einen", "Tochter"),
        ("es", "mi marido también quiere uno", "marido"),
        ("fr", "mon mari en voudrait une aussi", "mari"),
        ("it", "anche mio marito ne vorrebbe uno", "marito"),
        ("nl", "mijn man heeft er ook een nodig", "man"),
        ("pt", "o meu marido também quer um", "marido"),
        ("en", "oh wait, can my son come too?", "son"),
        ("de", "Ah Moment, kann mein Sohn auch mit?", "Sohn"),
        ("fr", "Oh attendez, mon fils peut venir aussi ?", "fils"),
        ("nl", "Oh wacht, kan mijn zoon ook mee?", "zoon"),
    ],
)
async def test_whoever_needs_one_too_comes_at_once_if_that_can_be(
    desk: Desk, language: str, line: str, guest: str
) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], line)
    await agreed(chat, language)
    own, theirs = sorted(await standing(desk))
    assert own == "Haircut Anna 12-05 10:00" and re.fullmatch(rf"Haircut \w+ {guest} 12-05 10:00", theirs), theirs


async def test_one_for_me_at_the_same_time_is_at_that_time(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut for my son with anna on friday at 10", "yes", "and one for me at the same time")
    await agreed(chat, "en")
    assert len(found := await standing(desk)) == 2 and all("12-05 10:00" in one for one in found), found


@pytest.mark.parametrize(
    ("language", "first", "cancel", "then"),
    [
        ("en", "a haircut for me and my daughter on friday at 10", "cancel that", "I'd like a colour on friday at 10"),
        ("de", "Haarschnitt für mich und meine Tochter am Freitag um 10", "bitte stornieren", "Farbe am Freitag um 10"),
        ("es", "un corte para mí y mi hija el viernes a las 10", "cancélalo", "quiero un color el viernes a las 10"),
        ("fr", "une coupe pour moi et ma fille vendredi à 10h", "annulez ça", "une couleur vendredi à 10h"),
        ("it", "un taglio per me e mia figlia venerdì alle 10", "annulla", "un colore venerdì alle 10"),
        (
            "nl",
            "knippen voor mij en mijn dochter vrijdag om 10 uur",
            "annuleren graag",
            "een kleuring vrijdag om 10 uur",
        ),
        ("pt", "corte para mim e para a minha filha na sexta às 10h", "cancele isso", "uma cor na sexta às 10h"),
    ],
)
async def test_a_guest_is_forgotten_with_what_was_cancelled(
    desk: Desk, language: str, first: str, cancel: str, then: str
) -> None:
    chat = await carla(desk)
    for line in (first, cancel, then):
        await chat.say(line)
        await agreed(chat, language)
    (found,) = await standing(desk)
    assert re.fullmatch(r"Colour \w+ 12-05 10:00", found), found


async def test_a_guest_is_forgotten_with_what_was_booked(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut for me and my daughter on friday at 10", "yes", "and a colour on saturday at 11")
    await agreed(chat, "en")
    assert (await standing(desk))[1] == "Colour Anna 12-06 11:00"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["haircut with anna thursday or friday at 10", "the thursday one", "hmm, the other day then"]),
        ("de", ["Haarschnitt bei Anna Donnerstag oder Freitag um 10", "am Donnerstag", "doch lieber den anderen Tag"]),
        ("es", ["un corte con Anna el jueves o el viernes a las 10", "el jueves", "mejor el otro día"]),
        ("fr", ["une coupe avec Anna jeudi ou vendredi à 10h", "jeudi", "finalement l'autre jour"]),
        ("it", ["un taglio con Anna giovedì o venerdì alle 10", "giovedì", "anzi meglio l'altro giorno"]),
        ("nl", ["knippen bij Anna donderdag of vrijdag om 10 uur", "donderdag", "toch liever de andere dag"]),
        ("pt", ["corte com a Anna na quinta ou na sexta às 10h", "na quinta", "afinal prefiro o outro dia"]),
    ],
)
async def test_the_other_day_is_the_other_one_that_was_offered(desk: Desk, language: str, lines: list[str]) -> None:
    chat = await carla(desk)
    for line in lines:
        await chat.say(line)
        await agreed(chat, language)
    assert await standing(desk) == ["Haircut Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I might be 10 minutes late, is that ok?"),
        ("de", "Ich komme vielleicht 10 Minuten später, ist das schlimm?"),
        ("es", "puede que llegue 10 minutos tarde, ¿pasa algo?"),
        ("fr", "j'aurai peut-être 10 minutes de retard, c'est grave ?"),
        ("it", "forse faccio 10 minuti di ritardo, è un problema?"),
        ("nl", "Ik kom misschien 10 minuten later, is dat erg?"),
    ],
)
async def test_who_may_be_a_little_late_is_offered_no_other_times(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert chat.last and not chat.last.acts, said
    assert await standing(desk) == ["Haircut Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        ("en", "a beard trim and a haircut on friday at 10", "actually just the haircut, no beard"),
        ("de", "Bart und Haarschnitt am Freitag um 10 Uhr", "doch nur der Haarschnitt, ohne Bart"),
        ("fr", "la barbe et une coupe vendredi à 10h", "En fait juste la coupe, pas la barbe"),
        ("nl", "baard en knippen vrijdag om 10 uur", "toch alleen knippen, geen baard"),
    ],
)
async def test_the_first_of_two_is_left_out_again(desk: Desk, language: str, wish: str, line: str) -> None:
    chat = await carla(desk)
    await chat.say(wish)
    await agreed(chat, language)
    await chat.say(line)
    await agreed(chat, language)
    (left,) = await standing(desk)
    assert re.fullmatch(r"Haircut \w+ 12-05 10:\d\d", left), left
