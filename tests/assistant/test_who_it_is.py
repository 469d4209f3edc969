"""Who it is for, and who writes: a name told once is never asked again, and no person's name replaces another's.

What is corrected once it is booked stands beside the row, for the team; a wish for a call is said back whole.
"""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.scripted import visits
from tests.assistant.test_changing_ones_mind import named, stranger
from tests.assistant.test_giving_back import yoga
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
NOTES = "SELECT customer_name, notes FROM appointments"


async def noted(desk: Desk) -> list[tuple[str, str | None]]:
    async with desk.db.transaction(desk.scope) as tx:
        return [(name, notes) for name, notes in await tx.rows(NOTES)]


async def test_a_guests_name_comes_late_and_the_customers_own_last(desk: Desk) -> None:
    chat = await stranger(desk)
    await talk(
        chat,
        "colour for me and a haircut for my daughter on saturday morning, with Clara for me please",
        "09:00 with Clara for me, and the girl's haircut, her name is Aoife",
    )
    said = await chat.say("Moira Kelly")
    assert "Aoife" in said and "for Moira Kelly" in said and "daughter" not in said
    await chat.say("yes")
    assert await named(desk) == ["Moira Kelly"]
    (visit,) = await visits(desk)
    assert "Colour Clara 12-06 09:00" in visit and "Aoife" in visit


@pytest.mark.parametrize(
    ("language", "first", "line", "name"),
    [
        ("en", "haircut on friday at 10, moira kely", "it's Kelly with two l", "Moira Kelly"),
        ("de", "Haarschnitt am Freitag um 10, Horst Meier", "nicht Meier, Maier", "Horst Maier"),
        ("it", "un taglio venerdì alle 10, sono Ludo Ansaldi", "il cognome è Ansaldo con la o", "Ludo Ansaldo"),
    ],
)
async def test_a_name_in_a_read_back_is_corrected(desk: Desk, language: str, first: str, line: str, name: str) -> None:
    chat = await stranger(desk)
    await chat.say(first)
    assert name in await chat.say(line)
    await chat.say(YES[language])
    assert await named(desk) == [name]


@pytest.mark.parametrize(
    ("language", "wish", "names", "customer", "guest"),
    [
        ("en", "haircuts for me and my friend on saturday at 10", "I'm Ann and she's Zoe", "Ann", "Zoe"),
        ("fr", "coupe samedi à 10h pour ma fille", "Claire Petit, et ma fille s'appelle Inès", "Claire Petit", "Inès"),
        ("en", "haircuts on friday at 10 for my sons Max and Leo", "Jane Poole", "Jane Poole", "Leo"),
    ],
)
async def test_two_names_in_one_answer(
    desk: Desk, language: str, wish: str, names: str, customer: str, guest: str
) -> None:
    chat = await stranger(desk)
    said = await talk(chat, wish, names)
    assert f" {guest})" in said, said
    await chat.say(YES[language])
    assert await named(desk) == [customer] and f" {guest} " in (await visits(desk))[0]


async def test_a_name_that_is_only_wrong_is_asked_for(desk: Desk) -> None:
    chat = await stranger(desk)
    said = await talk(chat, "haircut on friday at 10, Tom Smit", "my surname is with two t")
    assert "name" in said and await rows(desk) == []
    await talk(chat, "Tom Smitt", "yes")
    assert await named(desk) == ["Tom Smitt"]


@pytest.mark.parametrize(
    ("language", "first", "line"),
    [
        ("en", "haircut on friday at 10, Tom Reed 0660 1112223", "oops wrong number, it's 0660 1112224"),
        ("fr", "une coupe vendredi à 10h, c'est Solène Guivarc", "pardon mon nom c'est Guivarch avec un h à la fin"),
        ("en", "haircut on friday at 10, Tom Smit", "my surname is spelled Smitt"),
        ("de", "Haarschnitt am Freitag um 10, Horst Egger", "sagens der Clara bitte, dass ich ein Foto mitbring"),
        ("it", "un taglio venerdì alle 10, sono Davide Rota", "dica a Clara che porto una foto"),
        ("pt", "corte na sexta às 10, Ana Prates, 912345678", "o meu número mudou, agora é 912345679"),
    ],
)
async def test_what_is_told_after_the_booking_stands_with_it(desk: Desk, language: str, first: str, line: str) -> None:
    chat = await stranger(desk)
    await talk(chat, first, YES[language])
    before = await noted(desk)
    said = await chat.say(line)
    assert line in said, said
    assert await noted(desk) == [(name, line) for name, _ in before] and len(before) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("can a human ring me tomorrow after 4, 0664 5550188", ("+43 664 5550188", "tomorrow after 4")),
        ("kan Clara mij morgen rond 10 uur terugbellen? 0664 5550188", ("+43 664 5550188", "morgen rond 10", "Clara")),
        ("Clara soll mich bitte morgen um 10 zurückrufen, 0664 5550188", ("+43 664 5550188", "morgen um 10", "Clara")),
    ],
)
async def test_a_call_is_said_back_with_number_hour_and_person(desk: Desk, line: str, told: tuple[str, ...]) -> None:
    chat = await stranger(desk)
    said = await chat.say(line)
    assert all(one in said for one in told), said
    assert "?" not in said  # nobody asked for anything to be booked
    async with desk.db.transaction(desk.scope) as tx:
        assert await tx.rows("SELECT question FROM open_questions") == [(line,)]


async def test_a_message_for_somebody_with_nothing_booked_is_written_down(desk: Desk) -> None:
    chat = await stranger(desk)
    line = "please tell Clara that the parcel has come"
    assert await chat.say(line) == "I have written that down for the team."
    async with desk.db.transaction(desk.scope) as tx:
        assert await tx.rows("SELECT topic, question FROM open_questions") == [("note", line)]


async def test_a_relatives_place_is_told_apart_and_takes_their_name(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    said = await talk(chat, "ich bin Torben Wieck, meine Frau möchte am Samstag um 10 einen Platz im Yoga")
    assert "wieck (Frau)" in said.lower() or "Wieck (Frau)" in said, said
    said = await chat.say("ja aber der Platz ist für die Silke, nicht für mich")
    assert "Silke" in said and "Frau" not in said and await rows(desk) == []
    await chat.say("ja")
    assert await named(desk) == ["Silke"]


@pytest.mark.parametrize(
    ("language", "wish", "thanks"),
    [
        ("en", "a haircut on friday please", "Thank you, Moira Kelly."),
        ("de", "einen Haarschnitt am Freitag bitte", "Danke, Moira Kelly."),
        ("es", "un corte el viernes por favor", "Gracias, Moira Kelly."),
        ("fr", "une coupe vendredi s'il vous plaît", "Merci, Moira Kelly."),
        ("it", "un taglio venerdì per favore", "Grazie, Moira Kelly."),
        ("nl", "knippen vrijdag graag", "Dank u, Moira Kelly."),
        ("pt", "um corte na sexta por favor", "Obrigado, Moira Kelly."),
    ],
)
async def test_a_name_told_while_times_are_offered_is_said_back(
    desk: Desk, language: str, wish: str, thanks: str
) -> None:
    chat = await stranger(desk)
    said = await talk(chat, wish, "Moira Kelly")
    assert said.startswith(thanks), said
    assert chat.last and chat.last.acts[-1]["kind"] == "offers"
