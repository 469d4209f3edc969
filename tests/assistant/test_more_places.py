"""Whoever has a place in a class and wants one for a friend too gets one more place in it, and no second booking; and
the appointment that is asked about is what "that one" means."""

import pytest

from tests.assistant.salon import talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import BOOK, ONE, booked, yoga
from tests.desk import Desk

pytestmark = pytest.mark.anyio

ADDED = [
    ("en", "can you add my friend Julia to my booking? there'd be two of us"),
    ("en", "same class, just 2 places instead of 1"),
    ("de", "kann meine Freundin Julia noch in meine Buchung dazu? Wir wären dann zu zweit"),
    ("de", "2 Plätze statt 1, bitte"),
    ("es", "pon a mi amiga Julia en mi reserva, somos dos"),
    ("fr", "2 places au lieu de 1, s'il vous plaît"),
    ("nl", "2 plaatsen in plaats van 1 graag"),
]


@pytest.mark.parametrize(("language", "line"), ADDED)
async def test_a_friend_comes_into_the_same_booking(desk: Desk, language: str, line: str) -> None:
    await yoga(desk)
    chat = await booked(desk, language, 1)
    said = await talk(chat, line, BOOK[language][1])
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"], said


@pytest.mark.parametrize(
    ("language", "second", "line"),
    [
        ("en", "2 places in yoga on saturday at 10, a booking of its own", "I don't want to move it, cancel only that"),
        ("es", "quiero dos plazas de yoga el sábado a las 10, otra reserva aparte", "no quiero cambiarla, quiero cancelar solo esa"),
    ],
)  # fmt: skip
async def test_what_is_asked_about_is_what_that_one_means(desk: Desk, language: str, second: str, line: str) -> None:
    await yoga(desk)
    chat = await booked(desk, language, 1)
    code = chat.last.acts[0]["time"]["code"] if chat.last else ""
    await talk(chat, second, BOOK[language][1])
    cancel = {"en": f"cancel the one with the code {code}", "es": f"cancela la del código {code}"}[language]
    said = await talk(chat, cancel, line)
    assert await visits(desk) == [f"confirmed: {ONE}", f"confirmed: {ONE} + {ONE}"], said
    await chat.say(BOOK[language][1])
    assert f"cancelled: {ONE}" in await visits(desk)
