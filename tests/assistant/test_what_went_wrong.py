"""What was done badly is told to be sorry for and a person offered, and no time for the next one; who has no code is told
what helps without it, in whatever words."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.chat import chat as opened_chat
from tests.desk import Desk
from truebook.assistant.incoming import inbox
from truebook.language import wording
from truebook.language.languages import LANGUAGES

pytestmark = pytest.mark.anyio
SPOILT = (
    ("en", "the colour I got yesterday looks awful"),
    ("en", "I had a haircut with Ben last week and it's uneven"),
    ("en", "since the colour my scalp is burning"),
    ("de", "mein Haarschnitt ist total schief geworden"),
    ("de", "die Farbe von gestern gefällt mir überhaupt nicht"),
    ("es", "el corte que me hicieron ayer está fatal"),
    ("fr", "ma couleur est ratée"),
    ("fr", "ma coupe d'hier ne va pas du tout, c'est de travers"),
    ("it", "il colore è venuto male"),
    ("nl", "de kleur is helemaal mislukt"),
    ("pt", "a cor ficou horrível"),
)
WISHED = (
    ("en", "my hair is awful, I need a haircut asap"),
    ("en", "I'd like the haircut I had last time"),
    ("de", "meine Haare sind eine Katastrophe, habt ihr morgen was für einen Haarschnitt?"),
    ("es", "mi pelo es un desastre, quiero un corte mañana"),
    ("fr", "une coupe demain, c'est remboursé par l'assurance ?"),
)
NO_CODE = (
    ("I need to move my appointment", "I don't have a code"),
    ("I need to cancel", "never got one"),
    ("I need to cancel", "I can't find the code"),
    ("ich muss absagen", "ich habe keinen Code bekommen"),
    ("quiero cancelar mi cita", "no tengo código"),
    ("je dois annuler mon rendez-vous", "je n'ai pas de code"),
    ("devo disdire", "non ho il codice"),
    ("ik wil afzeggen", "ik heb geen code"),
    ("quero cancelar", "não tenho código"),
)


@pytest.mark.parametrize(("language", "line"), SPOILT)
async def test_what_went_wrong_is_no_wish_for_another(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    assert await chat.say(line) in wording.table(language)["sorry"]


@pytest.mark.parametrize(("language", "line"), WISHED)
async def test_hair_that_looks_awful_before_the_cut_is_no_complaint(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await chat.say(line)
    assert chat.last and chat.last.tools, chat.last


async def test_what_is_wished_for_after_a_complaint_is_heard(desk: Desk) -> None:
    chat = await carla(desk)
    said = await chat.say("The colour came out awful. I would like a haircut on Friday.")
    assert "Friday 5 December" in said and not await rows(desk), said


@pytest.mark.parametrize(("wish", "line"), NO_CODE)
async def test_who_has_no_code_is_passed_on_with_a_name(desk: Desk, wish: str, line: str) -> None:
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    said = await talk(chat, wish, line)
    assert any(said in wording.table(language)["no_code"] for language in LANGUAGES), said
    await chat.say("Peter Lang, 0660 7654321")
    assert await inbox.handed_over(desk.db, desk.scope, chat.conversation), chat.last


@pytest.mark.parametrize("line", ["it's on friday at ten", "the haircut with Ben", "friday, with Anna"])
async def test_an_appointment_that_is_described_is_no_new_wish(desk: Desk, line: str) -> None:
    chat = await opened_chat(desk, name=None, phone=None, now=NOW)
    said = await talk(chat, "I need to cancel", line)
    assert "Without it a person can help you" in said, said
    said = await chat.say("ok, then book a haircut on friday")
    assert "Friday 5 December" in said, said


@pytest.mark.parametrize(
    "lines",
    [
        (
            "habts ihr morgen irgendwas frei",
            "na nur die fransen, also haarschnitt. oder kann man da eh nix mehr machen?",
        ),
        ("do you have anything tomorrow?", "haircut then. is there parking?"),
        ("do you have anything tomorrow?", "what do you charge?", "haircut, I already said"),
    ],
)
async def test_a_service_told_beside_a_question_is_not_asked_again(desk: Desk, lines: tuple[str, ...]) -> None:
    chat = await carla(desk)
    await talk(chat, *lines)
    assert chat.last and "findSlots" in chat.last.tools, chat.last
