"""Whoever is brought along to a class has a place of their own in it, whether that is told or asked."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import BOOK, ONE, yoga
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BRINGS = [
    ("en", "can I bring a friend?"),
    ("en", "can I come with my sister?"),
    ("de", "kann ich eine Freundin mitbringen?"),
    ("de", "darf meine Schwester mitkommen?"),
    ("es", "¿puedo llevar a una amiga?"),
    ("es", "¿puedo ir con mi hermana?"),
    ("fr", "je peux venir avec une amie ?"),
    ("it", "posso venire con un'amica?"),
    ("it", "posso portare mia sorella?"),
    ("nl", "mag ik een vriendin meenemen?"),
    ("pt", "posso levar uma amiga?"),
    ("pt", "posso ir com a minha irmã?"),
]

ELSEWHERE = [("es", "¿puedo llevar a una amiga?"), ("pt", "posso ir com a minha irmã?")]
"""Once it is booked the team is asked, or she has a booking of her own."""


@pytest.mark.parametrize(("language", "line"), BRINGS)
async def test_a_friend_who_is_brought_has_a_place(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    said = await talk(chat, BOOK[language][0].format(1), line)
    assert "28" in said, said
    await chat.say(YES[language])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"], chat.last


@pytest.mark.parametrize(("language", "line"), [one for one in BRINGS if one not in ELSEWHERE])
async def test_a_friend_who_is_brought_to_what_is_booked_has_one_too(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, BOOK[language][0].format(1), YES[language], line, YES[language])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"], chat.last


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "can I come the saturday after too?"),
        ("de", "kann ich am Samstag danach auch kommen?"),
        ("es", "¿puedo ir también el sábado siguiente?"),
        ("fr", "je peux venir le samedi d'après aussi ?"),
        ("it", "posso venire anche il sabato dopo?"),
        ("nl", "kan ik de zaterdag erna ook komen?"),
        ("pt", "posso ir também no sábado seguinte?"),
    ],
)
async def test_whoever_also_comes_on_another_day_moves_no_place(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, BOOK[language][0].format(1), YES[language], line, YES[language])
    assert f"confirmed: {ONE}" in await visits(desk), chat.last
