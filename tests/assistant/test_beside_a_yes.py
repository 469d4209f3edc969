"""What is said beside a yes, or beside an offer that is taken: a question, a waiting list, one more service. It is booked
as it was read back, and nothing of the rest is dropped."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.assistant.test_changing_ones_mind import stranger
from tests.assistant.test_meanwhile import ENTRIES, QUESTIONS, asked
from tests.assistant.test_notes import WISH, YES
from tests.chat import chat as opened_chat
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOOKED = ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "Yes. But I'd still like to know whether I can park nearby", "garage"),
        ("en", "yes, and where can i park?", "garage"),
        ("de", "Ja. Aber ich will noch wissen, ob man bei euch parken kann.", "Garage"),
        ("de", "ja passt, wo kann ich parken?", "Garage"),
        ("es", "sí, y dime si hay aparcamiento cerca", "garaje"),
        ("es", "Sí. Una duda: ¿se puede pagar con tarjeta?", "tarjeta"),
        ("fr", "oui. je voulais juste savoir s'il y a un parking", "parking"),
        ("fr", "Oui parfait, est-ce qu'il y a un parking ?", "parking"),
        ("it", "sì, volevo sapere se c'è parcheggio", "garage"),
        ("it", "sì, e dove posso parcheggiare?", "garage"),
        ("nl", "ja. ik wil nog wel weten of ik met pin kan betalen", "kaart"),
        ("nl", "ja graag, waar kan ik parkeren?", "garage"),
        ("pt", "sim. queria só saber se aceitam cartão", "cartão"),
        ("pt", "sim, e dá para estacionar perto?", "garagem"),
    ],
)
async def test_a_question_beside_a_yes_is_answered_and_it_is_booked(
    desk: Desk, language: str, line: str, told: str
) -> None:
    said = await talk(await carla(desk), WISH[language], line)
    assert told in said and await rows(desk) == BOOKED, said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes, but i still want to know if i may eat before"),
        ("de", "Ja. Aber ich will noch wissen, ob ich vorher essen darf."),
        ("es", "sí, y dime si tengo que venir en ayunas"),
        ("fr", "oui, mais je voudrais savoir si je peux manger"),
        ("it", "sì, però vorrei sapere se posso mangiare"),
        ("nl", "ja, maar ik wil nog weten of ik mag eten"),
        ("pt", "sim, mas queria saber se posso comer"),
    ],
)
async def test_what_the_desk_does_not_know_is_passed_on_beside_the_booking(
    desk: Desk, language: str, line: str
) -> None:
    said = await talk(await carla(desk), WISH[language], line)
    assert await rows(desk) == BOOKED, said
    assert await asked(desk, QUESTIONS) == [(line,)]


@pytest.mark.parametrize(
    "line",
    [
        "yes, but tell me if ben is free instead",
        "yes but could we make it later?",
        "ok, what else is there?",
        "yes, is it fine if I pay less?",
        "yes but I want to know if you have something earlier",
    ],
)
async def test_a_question_that_wishes_for_something_else_books_nothing(desk: Desk, line: str) -> None:
    await talk(await carla(desk), WISH["en"], line)
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes please! and if anything earlier comes free could you let me know?"),
        ("de", "ja bitte, und sagen Sie mir Bescheid, wenn früher etwas frei wird"),
        ("es", "sí, y avíseme si se libera algo antes"),
        ("fr", "oui, et prévenez-moi si une place se libère avant"),
        ("it", "sì, e mi avvisi se si libera qualcosa prima"),
        ("nl", "ja graag, en laat me weten als er eerder iets vrijkomt"),
        ("pt", "sim, e avise-me se abrir vaga antes"),
    ],
)
async def test_what_is_waited_for_beside_a_yes_comes_after_the_booking(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert await rows(desk) == BOOKED, said
    assert chat.last and chat.last.acts[-1]["kind"] == "waiting_read_back", said
    await chat.say(YES[language])
    ((windows,),) = await asked(desk, ENTRIES)
    assert "2031-12-04" in windows and "2031-12-05" not in windows, windows  # all that is sooner


async def test_what_is_waited_for_beside_a_choice_is_not_forgotten(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(
        chat, "a haircut with anna on friday morning", "the first please. If anything comes free sooner, tell me."
    )
    said = await chat.say("yes")
    assert "✓" in said and chat.last and chat.last.acts[-1]["kind"] == "waiting_read_back", said


async def test_the_list_instead_of_what_was_read_back_books_nothing(desk: Desk) -> None:
    await talk(await carla(desk), WISH["en"], "yes but put me on the waiting list for thursday instead")
    assert await rows(desk) == []


ALSO = [
    ("a haircut on friday morning", "the first one. could I have a colour as well?", "yes"),
    ("einen Haarschnitt am Freitag Vormittag", "Das erste passt. Könnte ich auch gleich eine Farbe haben?", "ja"),
    ("un corte el viernes por la mañana", "la primera, ¿y puede ser también un color?", "sí"),
    ("une coupe vendredi matin", "la première, et une couleur aussi, c'est possible ?", "oui"),
    ("un taglio venerdì mattina", "va bene il primo, si può fare anche il colore?", "sì"),
    ("knippen vrijdagochtend", "de eerste graag, en kan er ook een kleuring bij?", "ja"),
    ("um corte na sexta de manhã", "o primeiro, e já agora dava para fazer também a coloração?", "sim"),
]


@pytest.mark.parametrize(("wish", "line", "yes"), ALSO)
async def test_one_more_service_beside_an_offer_belongs_to_the_visit(
    desk: Desk, wish: str, line: str, yes: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, wish, line)
    for _ in range(2):  # where one person does not do both, the times are offered once more
        if not await rows(desk):
            await chat.say(yes)
    assert {row.split()[0] for row in await rows(desk)} == {"Haircut", "Colour"}, said


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        ("a colour and a haircut with clara on saturday morning", "no wait, forget the haircut, just the colour"),
        ("Farbe und Haarschnitt bei Clara am Samstag", "halt, vergessen wir den Haarschnitt, nur die Farbe"),
        ("color y corte con Clara el sábado", "espera, olvida el corte, solo el color"),
        ("couleur et coupe avec clara samedi matin", "ah non attends laisse tomber la coupe, juste la couleur"),
        ("colore e taglio con Clara sabato", "aspetti, lasci perdere il taglio, solo il colore"),
        ("kleuren en knippen bij Clara zaterdag", "wacht, laat het knippen zitten, alleen kleuren"),
        ("coloração e corte com a Clara no sábado", "espere, esqueça o corte, só a coloração"),
    ],
)
async def test_what_is_named_before_an_only_is_left_out(desk: Desk, wish: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish, line)
    assert chat.last
    times = [one for act in chat.last.acts for one in (act.get("times") or [act.get("time")]) if one]
    assert times and all(one["service"] == "Colour" and not one["segments"] for one in times), chat.last


@pytest.mark.parametrize(
    ("line", "clock"),
    [("2 works", "10:30"), ("number 3 please", "11:45"), ("2", "10:30"), ("9 is fine", "09:00")],
)
async def test_a_number_is_a_place_or_an_hour_of_what_is_offered(desk: Desk, line: str, clock: str) -> None:
    chat = await carla(desk)
    assert "09:00, 10:30 or 11:45" in await talk(chat, "a haircut with anna on friday morning")
    said = await chat.say(line)
    assert clock in said and chat.last and chat.last.acts[-1]["kind"] == "read_back", said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "oh, work just landed on me. the day after, same time?"),
        ("en", "shove it to the day after, same time?"),
        ("de", "Mist, da hab ich Schicht. Verschieben wir das auf den Tag danach, gleiche Zeit?"),
        ("es", "uy, ese día trabajo. ¿al día siguiente a la misma hora?"),
        ("fr", "zut, je travaille. le lendemain à la même heure ?"),
        ("it", "accidenti, lavoro. il giorno dopo alla stessa ora?"),
        ("nl", "oei, dan werk ik. de dag erna, zelfde tijd?"),
        ("pt", "ai, nesse dia trabalho. no dia seguinte à mesma hora?"),
    ],
)
async def test_the_day_after_at_the_same_time_moves_what_was_just_booked(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert chat.last and chat.last.acts[-1].get("purpose") == "move", said
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-06 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "cancel", "line"),
    [
        ("en", "cancel it please", "yes, sorry for the trouble"),
        ("de", "bitte absagen", "ja, tut mir leid"),
        ("es", "anúlala por favor", "sí, perdona las molestias"),
        ("es", "anúlala por favor", "que sí"),
        ("es", "cancélala", "sí, cancélala"),
        ("fr", "annulez-le", "oui, désolée pour le dérangement"),
        ("it", "la annulli", "sì, scusi il disturbo"),
        ("nl", "zeg hem maar af", "ja, sorry voor de moeite"),
        ("pt", "cancele por favor", "sim, desculpe o incómodo"),
    ],
)
async def test_a_yes_that_says_sorry_is_one(desk: Desk, language: str, cancel: str, line: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], cancel, line)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled"], said


async def test_a_yes_and_the_other_one_books_the_first_and_goes_on(desk: Desk) -> None:
    chat = await stranger(desk)
    await talk(chat, "a haircut with anna on friday at 10 and one on saturday at 11", "Keziah Blount")
    said = await chat.say("yes and the saturday one?")
    assert "✓" in said and "Saturday" in said, said
    await chat.say("yes")
    assert await rows(desk) == [*BOOKED, "Haircut Anna 12-06 11:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "Yes, book it. She doesn't like having her neck touched. Can I park nearby?", ("neck", "garage")),
        ("de", "Ja bitte! Und einen Termin bräuchte ich auch noch für meinen Sohn", ("Nun zum Nächsten", "Farbe")),
        (
            "fr",
            "Oui parfait ! Mon mari voudrait une couleur, c'est combien ?",
            ("Passons au suivant", "votre mari", "€"),
        ),
        ("nl", "Ja graag. En belt u me even over de factuur?", ("gebeld",)),
    ],
)
async def test_what_stands_beside_a_yes_comes_after_the_receipt(
    desk: Desk, language: str, line: str, told: tuple[str, ...]
) -> None:
    said = await talk(await carla(desk), WISH[language], line)
    assert await rows(desk) == BOOKED, said
    assert all(one in said.split("✓")[-1] for one in told), said


async def test_a_fact_is_no_answer_to_another_question(desk: Desk) -> None:
    chat = await opened_chat(desk, name="Carla", now=NOW)
    said = await talk(chat, "a haircut on friday morning", "do you have gluten free shampoo?")
    assert said.startswith("That I do not know"), said
