"""Once something is booked times are offered to whoever wishes for more, or for a change; a change may be said in two."""

import pytest

from tests.assistant.salon import carla, rows, speaks, take, talk
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
FRIDAY = "a haircut with anna friday at 15:00"
WISHES = {
    "en": FRIDAY,
    "de": "einen Haircut bei Anna am Freitag um 15 Uhr",
    "es": "un Haircut con Anna el viernes a las 15",
    "fr": "un Haircut avec Anna vendredi à 15h",
    "it": "un Haircut con Anna venerdì alle 15",
    "nl": "een Haircut bij Anna vrijdag om 15 uur",
    "pt": "um Haircut com a Anna na sexta às 15h",
}
BOOKED = "Haircut Anna 12-05 15:00 confirmed"
BOTH = ("a haircut with anna and one for my son Luca with ben at the same time friday at 15:00", "yes")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("see you friday then! till when can I cancel?", "no, I don't need anything else, it's all booked")),
        ("en", ("oh, and should I keep out of the sun before the treatment?",)),
        ("de", ("super, bis zum 5.! Bis wann könnte ich absagen?", "nein, ich brauche nichts mehr, alles gebucht")),
        ("es", ("Genial, nos vemos el viernes! Si me surge algo puedo cancelar hasta cuando?", "nada más, gracias")),
        ("fr", ("Super, à vendredi ! Jusqu'à quand puis-je annuler ?", "non, plus besoin de rien, tout est réservé")),
        ("it", ("Ottimo, a venerdì! Fino a quando posso disdire?", "no, è tutto prenotato, grazie")),
        ("nl", ("Fijn, dank je wel Anna, tot de 5e!", "Nee hoor, ik heb niets meer nodig, alles is geboekt.")),
        ("pt", ("Ah, e já agora, tenho de evitar o sol antes do tratamento?", "não preciso de mais nada, obrigada")),
    ],
)
async def test_thanks_and_questions_are_followed_by_no_offer(desk: Desk, language: str, lines: tuple[str, ...]) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    await talk(chat, WISHES[language], YES[language])
    for line in lines:
        answer = await chat.say(line)
        assert chat.last and not chat.last.buttons, answer
        assert "09:00" not in answer
    assert await rows(desk) == [BOOKED]


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("yes. actually can u push the thurs one half an hr later, just got a meeting", "10:30"),
        ("yes please, and move the colour to 11", "11:00"),
        ("sounds good, book it. but the colour on thursday at 11:30 instead please", "11:30"),
    ],
)
async def test_a_yes_with_a_change_of_another_booking(desk: Desk, line: str, moved: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a colour with clara thursday at 10:00", "yes", FRIDAY)
    answer = await chat.say(line)
    assert answer.startswith("Booked ✓ Friday 5 December, 15:00")
    assert f"I would move Colour with Clara from Thursday 4 December, 10:00 to Thursday 4 December, {moved}" in answer
    await chat.say("yes")
    assert await rows(desk) == [f"Colour Clara 12-04 {moved} confirmed", BOOKED]


@pytest.mark.parametrize(
    "line", ["no, not a new one. move the colour on thursday to 11", "move the thursday one to 11"]
)
async def test_of_two_the_one_that_is_named_moves(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    answer = await talk(chat, "a colour with clara thursday at 10:00", "yes", FRIDAY, "yes", line)
    assert answer.startswith(
        "I would move Colour with Clara from Thursday 4 December, 10:00 to Thursday 4 December, 11:00"
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("move me to saturday at 11 and drop the friday one",)),
        ("en", ("do you have anything on saturday?", "saturday at 11 then, and so cancel friday")),
        ("en", ("cancel it please", "no, don't just cancel it, move it to saturday at 11")),
        ("es", ("páseme al sábado a las 11, y quite lo del viernes",)),
        ("es", ("cancele lo del viernes", "Pero no me la cancele sin más, pásela al sábado a las 11")),
        ("de", ("bitte auf Samstag um 11 verschieben und den Freitag streichen",)),
        ("fr", ("11h samedi, et donc annulez vendredi évidemment",)),
        ("it", ("mi sposti a sabato alle 11 e tolga venerdì",)),
        ("nl", ("zet me op zaterdag om 11 uur en schrap vrijdag",)),
        ("pt", ("passe-me para sábado às 11h e tire a de sexta",)),
    ],
)
async def test_two_halves_of_a_change_are_one_move(desk: Desk, language: str, lines: tuple[str, ...]) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    answer = await talk(chat, WISHES[language], YES[language], *lines, YES[language])
    assert await rows(desk) == ["Haircut Anna 12-06 11:00 confirmed"], answer


async def test_it_stays_where_it_cannot_be_moved(desk: Desk) -> None:
    await take(desk, "Haircut", "Anna", 5, "16:00")
    line = "is 4 o'clock really gone? if it's free I'd rather have that, otherwise leave it at 3"
    chat = await carla(desk)
    answer = await talk(chat, FRIDAY, "yes", line)
    assert answer.startswith("Anna is not free then.")
    assert chat.last and not chat.last.buttons
    assert "Which" not in answer
    await chat.say("ok")
    assert BOOKED in await rows(desk)


@pytest.mark.parametrize(
    "line",
    [
        "only Luca moves to saturday at 9, mine stays",
        "Luca has a match. I'm staying, can he come saturday at 9 instead?",
    ],
)
async def test_one_of_two_goes_to_another_day(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    answer = await talk(chat, *BOTH, line)
    assert (
        "After that comes: Haircut, for Luca, Saturday 6 December, 09:00. Friday 5 December, 15:00: I would" in answer
    )
    answer = await chat.say("yes")
    assert "(for Luca)" in answer
    assert "Saturday 6 December" in answer
    assert await rows(desk) == [BOOKED]


async def test_one_of_two_is_cancelled(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, *BOTH, "please cancel only Luca's haircut on friday, mine with Anna stays", "yes")
    assert await rows(desk) == [BOOKED]
