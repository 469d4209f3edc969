"""What is open is changed: another name, another hour, another day, none of these. A change is the open plan with some of
it replaced: the same read-back never comes back as it was, and nothing that was not named changes with it."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.test_meanwhile import MORNING
from tests.assistant.test_notes import WISH, YES
from tests.chat import Chat
from tests.chat import chat as opened_chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
NAMES = "SELECT customer_name FROM appointments"
NAMED = {
    "en": "the name is Paul Ebner",
    "de": "mein Name ist Paul Ebner",
    "es": "me llamo Paul Ebner",
    "fr": "je m'appelle Paul Ebner",
    "it": "mi chiamo Paul Ebner",
    "nl": "mijn naam is Paul Ebner",
    "pt": "o meu nome é Paul Ebner",
}
OTHER = [
    ("en", "yes please, but put it under the name Maria Huber"),
    ("de", "ja bitte, aber auf den Namen Maria Huber"),
    ("es", "sí, pero a nombre de Maria Huber"),
    ("fr", "oui, mais au nom de Maria Huber"),
    ("it", "sì, ma a nome di Maria Huber"),
    ("nl", "ja graag, maar op naam van Maria Huber"),
    ("pt", "sim, mas em nome de Maria Huber"),
]


async def stranger(desk: Desk) -> Chat:
    """Begin a conversation as somebody whom no channel knows."""
    return await opened_chat(desk, name=None, phone=None, now=NOW)


async def named(desk: Desk) -> list[str]:
    async with desk.db.transaction(desk.scope) as tx:
        return [row[0] for row in await tx.rows(NAMES)]


@pytest.mark.parametrize(("language", "line"), OTHER)
async def test_another_name_is_read_back_and_booked(desk: Desk, language: str, line: str) -> None:
    chat = await stranger(desk)
    assert "Paul Ebner" in await talk(chat, WISH[language], NAMED[language])
    said = await chat.say(line)
    assert "Maria Huber" in said and "Paul" not in said and await named(desk) == []
    await chat.say(YES[language])
    assert await named(desk) == ["Maria Huber"], said


@pytest.mark.parametrize(("language", "line"), OTHER)
async def test_whoever_is_known_may_book_under_another_name(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert "Maria Huber" in said
    await chat.say(YES[language])
    assert await named(desk) == ["Maria Huber"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "could we make it half an hour later?"),
        ("en", "hm, rather 10:30"),
        ("de", "geht auch eine halbe Stunde später?"),
        ("de", "lieber um halb elf"),
        ("es", "mejor media hora más tarde"),
        ("es", "no, a las 10:30"),
        ("fr", "une demi-heure plus tard plutôt"),
        ("fr", "nn 10h30 pas 10h"),
        ("it", "meglio mezz'ora più tardi"),
        ("it", "anzi, alle 10:30"),
        ("nl", "kan het een half uur later?"),
        ("nl", "toch liever half elf"),
        ("pt", "meia hora mais tarde, pode ser?"),
        ("pt", "afinal antes às 10:30"),
    ],
)
async def test_half_an_hour_later_is_read_back(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], line)
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:30 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "ah no, friday i am at the dentist. same but thursday?"),
        ("en", "same on thursday please"),
        ("de", "ach nein, am Freitag bin ich beim Zahnarzt, das Gleiche am Donnerstag?"),
        ("es", "uy no, el viernes no puedo; lo mismo pero el jueves"),
        ("fr", "ah non, vendredi je ne peux pas, pareil mais jeudi ?"),
        ("it", "ah no, venerdì non posso, uguale ma giovedì?"),
        ("nl", "o nee, vrijdag kan ik niet, hetzelfde maar dan donderdag?"),
        ("pt", "ai não, sexta não posso, o mesmo mas quinta?"),
    ],
)
async def test_only_the_day_changes(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], line)
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-04 10:00 confirmed"]


@pytest.mark.parametrize(
    ("wish", "line", "clock"),
    [
        ("a haircut with anna on friday morning", "something later, like 12?", "12:00"),
        ("einen Haarschnitt bei Anna am Freitag Vormittag", "etwas später, so um 12?", "12:00"),
        ("un corte con Anna el viernes por la mañana", "algo más tarde, ¿como a las 12?", "12:00"),
        ("une coupe avec Anna vendredi matin", "un peu plus tard, vers midi ?", "12:00"),
        ("un taglio con Anna venerdì mattina", "un po' più tardi, tipo alle 12?", "12:00"),
        ("knippen bij Anna vrijdagochtend", "iets later, rond 12 uur?", "12:00"),
        ("um corte com a Anna na sexta de manhã", "um pouco mais tarde, tipo 12?", "12:00"),
    ],
)
async def test_a_later_hour_that_is_named_is_the_one(desk: Desk, wish: str, line: str, clock: str) -> None:
    said = await talk(await carla(desk), wish, line)
    assert clock in said and "Anna" in said, said


@pytest.mark.parametrize(
    ("language", "no"),
    [
        ("en", "no, that doesn't suit me. what else is there?"),
        ("de", "nein, das passt mir nicht. was gibt es sonst?"),
        ("es", "no, esa hora no me va. ¿qué más hay?"),
        ("fr", "non, ça ne me va pas. quoi d'autre ?"),
        ("it", "no, non mi va bene. che altro c'è?"),
        ("nl", "nee, dat komt me niet uit. wat is er nog meer?"),
        ("pt", "não, essa hora não dá. o que mais há?"),
    ],
)
async def test_what_was_declined_is_not_offered_again(desk: Desk, language: str, no: str) -> None:
    chat = await carla(desk)
    before = await talk(chat, WISH[language])
    for _ in range(2):
        said = await chat.say(no)
        assert said != before and "10:00" not in said and "10h00" not in said, said
        before = said
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "second", "name"),
    [
        ("en", "the second one. is there parking?", "yes, Rose Hill"),
        ("de", "das zweite bitte", "ja, Rosa Huber"),
        ("es", "la segunda", "sí, Rosa Huber"),
        ("fr", "la deuxième", "oui, Rose Huber"),
        ("it", "la seconda", "sì, Rosa Huber"),
        ("nl", "de tweede", "ja, Rosa Huber"),
        ("pt", "a segunda", "sim, Rosa Huber"),
    ],
)
async def test_a_yes_beside_the_name_takes_no_other_offer(desk: Desk, language: str, second: str, name: str) -> None:
    chat = await stranger(desk)
    await chat.say(MORNING[language])
    assert chat.last
    clock = chat.last.buttons[1].split()[0]
    await talk(chat, second)
    said = await chat.say(name)
    assert clock in said and name.split(", ")[1] in said, said
    await chat.say(YES[language])
    assert clock in (await rows(desk))[0]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes but something about it should be otherwise"),
        ("de", "ja, aber irgendwas stimmt da noch nicht ganz"),
        ("fr", "oui mais il y a encore un petit truc"),
        ("nl", "ja maar er klopt nog iets niet"),
    ],
)
async def test_a_yes_with_a_but_is_asked_what_to_change(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    before = await talk(chat, WISH[language])
    said = await chat.say(line)
    assert before.rsplit(". ", 1)[0] not in said and "?" in said, said
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "line", "clock"),
    [
        ("en", "Can you make the appointment for quarter to 3 in the afternoon instead?", "14:45"),
        ("en", "No, the appointment needs to be at 3 pm.", "15:00"),
        ("de", "Können Sie das auf Viertel vor drei am Nachmittag verschieben?", "14:45"),
        ("es", "¿puede cambiarla a las tres menos cuarto de la tarde?", "14:45"),
        ("nl", "kan het naar kwart voor drie 's middags?", "14:45"),
    ],
)
async def test_an_hour_told_by_another_hour_is_the_one(desk: Desk, language: str, line: str, clock: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], line, YES[language])
    assert await rows(desk) == [f"Haircut Anna 12-05 {clock} confirmed"]
