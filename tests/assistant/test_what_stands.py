"""Once something is booked: it is moved in whatever words, days are told from it, and what stays stays beside one more."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_notes import YES
from tests.assistant.test_right_after import agreed, standing
from tests.chat import Chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOOKED = {
    "en": "a haircut with anna on thursday 15 january at 3pm",
    "de": "Haarschnitt bei Anna am Donnerstag, 15. Jänner um 15 Uhr",
    "es": "un corte con Anna el jueves 15 de enero a las 15",
    "fr": "une coupe avec Anna jeudi 15 janvier à 15h",
    "it": "un taglio con Anna giovedì 15 gennaio alle 15",
    "nl": "knippen bij Anna op donderdag 15 januari om 15 uur",
    "pt": "um corte com a Anna na quinta dia 15 de janeiro às 15h",
}


async def booked(desk: Desk, language: str) -> Chat:
    chat = await carla(desk)
    await talk(chat, BOOKED[language])
    await agreed(chat, language)
    assert await rows(desk) == ["Haircut Anna 01-15 15:00 confirmed"]
    return chat


async def settled(chat: Chat, language: str) -> None:
    """Take the first of what is offered, and say yes to what is read back."""
    if chat.last and chat.last.acts and chat.last.acts[-1]["kind"] == "offers":
        await chat.say(chat.last.buttons[0])
    await agreed(chat, language)


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "hm, could it be the 21st instead?", "01-21"),
        ("en", "could it be the 18th of december?", "12-18"),
        ("de", "oje, geht's auch am 20.?", "01-20"),
        ("es", "el 15 no puedo, ¿el 21 a la misma hora?", "01-21"),
        ("fr", "le 22 plutôt, à la même heure", "01-22"),
        ("nl", "kan het ook de 22e, zelfde tijd?", "01-22"),
        ("pt", "pode ser no dia 21, à mesma hora?", "01-21"),
        ("nl", "toch liever de dag ervoor", "01-14"),
        ("it", "si può fare il 21, stessa ora?", "01-21"),
        ("it", "mi sono accorta che il 15 sono via. Il 21 sempre alle 15?", "01-21"),
        ("fr", "le 22 toujours à 15h", "01-22"),
        ("en", "my daughter can't drive me thursday. make it the day after, same time", "01-16"),
        ("de", "da kann ich leider doch nicht, ginge es am Tag davor auch?", "01-14"),
        ("es", "¿y si lo cambiamos al día siguiente por la mañana?", "01-16"),
        ("es", "mejor el viernes", "01-16"),
        ("pt", "ai, na quinta tem natação. quarta à mesma hora?", "01-14"),
        ("fr", "le lendemain plutôt, à la même heure", "01-16"),
    ],
)
async def test_a_day_is_told_from_the_one_that_is_booked(desk: Desk, language: str, line: str, day: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    await settled(chat, language)
    (found,) = await standing(desk)
    assert found.startswith(f"Haircut Anna {day}")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "ugh, I've got a meeting that afternoon. could it be the morning instead?"),
        ("de", "Mist, an dem Nachmittag hab ich Besprechung. Vormittags?"),
        ("es", "uf, esa tarde tengo una reunión. ¿Puede pasarlo a la mañana?"),
        (
            "fr",
            "Zut, on me colle une réunion ce même après-midi. Vous pouvez ramener mon rendez-vous au matin, le 15 ?",
        ),
        ("it", "si può anticipare alla mattina?"),
        ("nl", "ik kom toch liever 's ochtends, zelfde dag"),
        ("pt", "ai, surgiu-me uma reunião a essa hora. Dá para passar para a manhã?"),
    ],
)
async def test_a_part_of_the_day_moves_it_and_why_is_no_wish(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    await settled(chat, language)
    (found,) = await standing(desk)
    assert found.startswith("Haircut Anna 01-15") and found[-5:] < "12:00"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "can I come an hour later?"),
        ("de", "kann ich auch eine Stunde später kommen?"),
        ("es", "¿puedo ir una hora más tarde?"),
        ("fr", "je peux venir une heure plus tard ?"),
        ("it", "posso venire un'ora dopo?"),
        ("nl", "kan ik ook een uurtje later komen?"),
        ("pt", "posso ir uma hora mais tarde?"),
    ],
)
async def test_an_hour_later_that_is_asked_for_is_no_delay(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    await settled(chat, language)
    assert await standing(desk) == ["Haircut Anna 01-15 16:00"]


@pytest.mark.parametrize(
    ("language", "line", "move"),
    [
        ("en", "a haircut with anna on thursday 15 january at 9am", "yes, move it"),
        ("fr", "une coupe, jeudi 15 janvier à 9h avec Anna", "Oui, déplacez-le"),
        ("de", "Haarschnitt bei Anna, Donnerstag 15. Jänner um 9 Uhr", "ja, verschieben Sie ihn"),
        ("es", "un corte con Anna el jueves 15 de enero a las 9", "sí, muévala"),
    ],
)
async def test_a_yes_that_says_move_turns_a_booking_into_a_move(
    desk: Desk, language: str, line: str, move: str
) -> None:
    chat = await booked(desk, language)
    await talk(chat, line, move)
    assert chat.last and chat.last.acts[-1]["purpose"] == "move"
    await agreed(chat, language)
    assert await standing(desk) == ["Haircut Anna 01-15 09:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I need a second appointment, a colour with Anna on friday of that week at 4pm. The first one stays."),
        ("de", "Ich brauch noch einen zweiten Termin: Farbe bei Anna am Freitag in derselben Woche um 16 Uhr. Der erste bleibt."),
        ("es", "Además de esa, quiero otra cita: color con Anna el viernes de la misma semana, día 16, a las 16h"),
        ("fr", "Il me faudrait un second rendez-vous : une couleur chez Anna vendredi 16 à 16h, le premier ne bouge pas"),
        ("it", "Oltre a quello vorrei un colore con Anna venerdì della stessa settimana alle 16; il primo resta com'è"),
        ("nl", "Ik wil ook nog een kleuring bij Anna, vrijdag in diezelfde week om 16 uur. De eerste blijft staan."),
        ("pt", "Uma segunda marcação, cor, com a Anna, sexta da mesma semana, dia 16, às 16h; o corte mantém-se."),
    ],
)  # fmt: skip
async def test_one_more_beside_what_stays(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    await settled(chat, language)
    assert await standing(desk) == ["Haircut Anna 01-15 15:00", "Colour Anna 01-16 16:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Je voudrais réserver aussi une barbe le vendredi à 10h, en plus du jeudi"),
        ("fr", "Et en plus une barbe avec Ben vendredi à 10h, sans toucher à la coupe"),
        ("pt", "Quero também barba com o Ben na sexta dessa semana às 10h. A de quinta mantém-se"),
        ("es", "y barba con Ben el viernes a las 10, la del jueves se queda igual"),
    ],
)
async def test_a_weekday_beside_what_stays_is_of_its_week(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    await settled(chat, language)
    assert await standing(desk) == ["Haircut Anna 01-15 15:00", "Beard trim Ben 01-16 10:00"]


async def test_somebody_instead_of_somebody_is_who_does_it(desk: Desk) -> None:
    chat = await booked(desk, "de")
    assert "Clara" in await chat.say("Könnt ich statt der Anna zur Clara?")
    await settled(chat, "de")
    assert await standing(desk) == ["Haircut Clara 01-15 15:00"]


async def test_what_stays_is_not_cancelled_with_the_other(desk: Desk) -> None:
    chat = await booked(desk, "fr")
    for line in ("une barbe mercredi 14 janvier à 10h", "supprimez celle du 14, l'autre reste"):
        await chat.say(line)
        await settled(chat, "fr")
    assert await standing(desk) == ["Haircut Anna 01-15 15:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "what time was that again?"),
        ("de", "um wie viel Uhr war das nochmal?"),
        ("es", "¿a qué hora era?"),
        ("fr", "c'était à quelle heure déjà ?"),
        ("it", "a che ora era?"),
        ("nl", "hoe laat was het ook alweer?"),
        ("pt", "a que horas era mesmo?"),
    ],
)
async def test_when_it_was_is_told_from_the_row(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    assert "15:00" in await chat.say(line)


async def test_a_note_is_asked_about_while_something_is_moved(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, f"{BOOKED['en']}, please note I'm in a wheelchair", "yes", "can I come an hour later?")
    said = await chat.say("and the wheelchair note's still on there?")
    assert "wheelchair" in said and "16:00" in said
    await chat.say(YES["en"])
    assert await standing(desk) == ["Haircut Anna 01-15 16:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "sorry, rather at four, right?"),
        ("de", "ach, doch lieber um 16 Uhr, gell?"),
        ("es", "mejor a las 16, ¿vale?"),
        ("fr", "plutôt à 16h, ça va ?"),
        ("it", "mettiamo alle 16, va bene?"),
        ("nl", "liever om 16 uur, kan dat?"),
        ("pt", "afinal às 16h, está bem?"),
    ],
)
async def test_a_tag_asks_nothing(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    assert chat.last and [one["kind"] for one in chat.last.acts] == ["listing", "offers", "read_back"]
