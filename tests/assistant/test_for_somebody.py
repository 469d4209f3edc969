"""Somebody else who comes, or comes too: told beside an offer, in a read-back, or right after a receipt, they stand in
what is read back, and in the row."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.scripted import visits
from tests.assistant.test_changing_ones_mind import named, stranger
from tests.assistant.test_giving_back import yoga
from tests.assistant.test_meanwhile import MORNING
from tests.assistant.test_notes import WISH, YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
YOGA = {
    "en": "a place in yoga on saturday at 10, I am Ann Lee",
    "es": "una plaza de yoga el sábado a las 10, soy Ann Lee",
    "fr": "une place au yoga samedi à 10h, je suis Ann Lee",
    "nl": "een plaats bij yoga zaterdag om 10 uur, ik ben Ann Lee",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "sorry should have said its for my daughter Emily not me"),
        ("es", "perdona, es para mi hija Emily, no para mí"),
        ("fr", "oui, mais la place est pour ma fille, Emily"),
        ("nl", "sorry, het is voor mijn dochter Emily, niet voor mij"),
    ],
)
async def test_a_place_is_under_the_name_of_whom_it_is_for(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await stranger(desk)
    said = await talk(chat, YOGA[language], line)
    assert "Emily" in said, said
    await chat.say(YES[language])
    assert await named(desk) == ["Emily"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "great, can you also book my friend Sarah in the same day"),
        ("es", "y para mi amiga Sarah también, después de mí"),
        ("fr", "et mon amie Sarah voudrait venir juste après moi"),
        ("nl", "voor mijn vriendin Sarah graag hetzelfde, zelfde dag"),
    ],
)
async def test_somebody_else_after_a_receipt_gets_a_visit_of_their_own(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(line)
    assert "Sarah" in said or (chat.last and chat.last.acts[-1]["kind"] == "offers"), said
    for _ in range(2):
        if len(await rows(desk)) == 1:
            await chat.say(YES[language])
    assert any("Sarah" in visit and "12-05" in visit for visit in await visits(desk)), said


async def test_who_comes_right_after_is_read_back_beside_the_choice(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(
        chat, MORNING["en"], "the first is perfect, and could you squeeze my husband Raj in straight after?"
    )
    assert "Raj" in said, said
    await chat.say("yes")
    if not await rows(desk):
        await chat.say("yes")
    assert any("Raj" in visit for visit in await visits(desk)), said


async def test_a_child_with_its_age_comes_along(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("une coupe pour mon fils 5 ans et moi vendredi à 10h l'un après l'autre")
    assert chat.last
    times = [one for act in chat.last.acts for one in (act.get("times") or [act.get("time")]) if one]
    assert times and all(len(one["segments"]) == 2 for one in times), chat.last
