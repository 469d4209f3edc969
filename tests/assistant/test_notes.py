"""What the team is to know is written into the appointment's row, and said back; whoever asks is answered from it."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_giving_back import yoga
from tests.desk import Desk
from truebook.language.meaning.noting import noted

pytestmark = pytest.mark.anyio
NOTES = "SELECT notes FROM appointments WHERE status = 'confirmed' ORDER BY starts_at"
WISH = {
    "en": "a haircut with anna on friday at 10",
    "de": "einen Haarschnitt bei Anna am Freitag um 10 Uhr",
    "es": "un corte con Anna el viernes a las 10",
    "fr": "une coupe avec Anna vendredi à 10h",
    "it": "un taglio con Anna venerdì alle 10",
    "nl": "knippen bij Anna vrijdag om 10 uur",
    "pt": "um corte com a Anna na sexta às 10h",
}
YES = {"en": "yes", "de": "ja", "es": "sí", "fr": "oui", "it": "sì", "nl": "ja", "pt": "sim"}


async def notes(desk: Desk) -> list[str | None]:
    async with desk.db.transaction(desk.scope) as tx:
        return [row[0] for row in await tx.rows(NOTES)]


SAID = [
    ("en", "please note that I'm allergic to lavender", "I'm allergic to lavender"),
    ("de", "bitte dazuschreiben dass ich gegen Ammoniak allergisch bin", "ich gegen Ammoniak allergisch bin"),
    ("es", "apunte que mi cuero cabelludo es muy sensible", "mi cuero cabelludo es muy sensible"),
    ("fr", "notez que je viens en fauteuil roulant", "je viens en fauteuil roulant"),
    ("it", "scriva che vengo in sedia a rotelle", "vengo in sedia a rotelle"),
    ("nl", "noteer dat ik slechthorend ben", "ik slechthorend ben"),
    ("pt", "anote que tenho alergia a amoníaco", "tenho alergia a amoníaco"),
]


@pytest.mark.parametrize(("language", "line", "kept"), SAID)
async def test_a_yes_with_a_note_books_and_keeps_the_note(desk: Desk, language: str, line: str, kept: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], f"{YES[language]}. {line}")
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"], said
    assert await notes(desk) == [kept] and kept in said


@pytest.mark.parametrize(("language", "line", "kept"), SAID)
async def test_a_note_with_the_wish_is_read_back_and_kept(desk: Desk, language: str, line: str, kept: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, f"{WISH[language]}. {line}")
    assert kept in said and await rows(desk) == []
    await chat.say(YES[language])
    assert await notes(desk) == [kept]


@pytest.mark.parametrize(("language", "line", "kept"), SAID)
async def test_a_note_after_the_booking_is_written_to_its_row(desk: Desk, language: str, line: str, kept: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line)
    assert await notes(desk) == [kept] and kept in said, said


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "did you note my allergy?"),
        ("de", "haben Sie das mit der Allergie notiert?"),
        ("es", "¿han anotado lo del cuero cabelludo?"),
        ("fr", "vous avez noté pour le fauteuil ?"),
        ("it", "avete segnato la sedia a rotelle?"),
        ("nl", "is dat van mijn gehoor genoteerd?"),
        ("pt", "anotaram a alergia?"),
    ],
)
async def test_whether_it_was_noted_is_answered_from_the_row(desk: Desk, language: str, question: str) -> None:
    line, kept = next((line, kept) for known, line, kept in SAID if known == language)
    chat = await carla(desk)
    said = await talk(chat, WISH[language], YES[language], line, question)
    assert kept in said and await notes(desk) == [kept]


@pytest.mark.parametrize(
    ("language", "line", "kept"),
    [
        ("en", "yes, I'll be 5 min late", "I'll be 5 min late"),
        ("de", "ja, und bitte eine Rechnung", "bitte eine Rechnung"),
        ("de", "ja, bin aber vielleicht 5 min zu spät", "bin aber vielleicht 5 min zu spät"),
        ("es", "sí, llegaré 5 minutos tarde", "llegaré 5 minutos tarde"),
        ("fr", "oui, j'aurai 5 minutes de retard", "j'aurai 5 minutes de retard"),
        ("it", "sì grazie, e mi servirebbe la fattura", "mi servirebbe la fattura"),
        ("nl", "ja graag, en ik wil graag een factuur", "ik wil graag een factuur"),
        ("pt", "sim e queria também receber um lembrete no dia", "queria também receber um lembrete no dia"),
    ],
)
async def test_what_is_told_along_with_a_yes_is_kept(desk: Desk, language: str, line: str, kept: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"], said
    assert kept in (await notes(desk))[0], said


async def test_what_was_never_noted_is_noted_when_it_is_asked_for(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["fr"], "oui")
    said = await chat.say("Et mon allergie au latex, l'équipe est au courant ?")
    assert "C’est noté" in said
    assert await notes(desk) == ["Et mon allergie au latex, l'équipe est au courant"]


async def test_a_note_alone_leaves_the_read_back_open(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH["en"], "please note that I have a wheelchair")
    assert "I will note for the team: “I have a wheelchair”." in said and said.endswith("?")
    await chat.say("yes")
    assert await notes(desk) == ["I have a wheelchair"]


async def test_a_note_with_a_move_is_kept_with_it(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"], "yes", "can you move it to 11, and please note that i use crutches", "yes")
    assert await rows(desk) == ["Haircut Anna 12-05 11:00 confirmed"]
    assert await notes(desk) == ["i use crutches"]


async def test_places_in_a_class_keep_a_note_too(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, "a place in the yoga class on saturday at 10", "yes, please note that i am pregnant")
    assert await notes(desk) == ["i am pregnant"]


@pytest.mark.parametrize(
    "line",
    ["yes, but note that i can't come on friday", "yes and write down that it must be saturday at 11"],
)
async def test_a_note_that_takes_something_back_leaves_no_yes(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"], line)
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "is there wheelchair access?"),
        ("de", "kann man mit dem Rollstuhl rein?"),
        ("fr", "oui"),
        ("en", "cancel it"),
    ],
)
def test_what_is_only_asked_is_no_note(language: str, line: str) -> None:
    assert noted(line, language) is None


@pytest.mark.parametrize(
    ("language", "line", "kept"),
    [
        ("en", "please tell Anna my son is scared of clippers, scissors only", "scissors only"),
        ("de", "Sagen Sie Anna bitte, dass der Kleine Angst vor der Maschine hat, nur mit der Schere", "nur mit der Schere"),
        ("es", "dígale a Anna que mi hijo tiene miedo a la maquinilla, solo tijera", "solo tijera"),
        ("fr", "Dites à Anna que le petit a peur de la tondeuse, ciseaux seulement", "ciseaux seulement"),
        ("it", "dica a Anna che ho la cute sensibile, niente macchinetta", "niente macchinetta"),
        ("nl", "zeg tegen Anna dat mijn zoon bang is voor de tondeuse, alleen schaar", "alleen schaar"),
        ("pt", "diga à Anna que o meu filho tem medo da máquina, só tesoura", "só tesoura"),
    ],
)  # fmt: skip
async def test_what_is_only_added_to_a_note_belongs_to_it(desk: Desk, language: str, line: str, kept: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], line, YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]
    assert ((await notes(desk))[0] or "").endswith(kept)


async def test_what_is_told_with_and_before_the_yes_stands_in_the_row(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH["en"], "i had a bad reaction last time so i want her to know")
    assert "i had a bad reaction last time" in said and "not booked yet" not in said
    said = await chat.say("yes, and did you note the isotretinoin + the reaction for anna?")
    assert said.startswith("Booked") and "isotretinoin" in said
    assert await notes(desk) == ["i had a bad reaction last time\nisotretinoin + the reaction for anna"]


async def test_writing_will_do_where_a_call_is_spoken_of(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(
        chat, WISH["en"], "yes", "can someone call me back about the dye?", "0664 3382190, but a text is fine"
    )
    assert "+43 664 3382190" in said and said.endswith("Writing to you here will do as well; that is passed on, too.")
