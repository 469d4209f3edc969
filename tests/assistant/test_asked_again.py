"""Whoever is asked a second time has read that nothing is booked yet: an answer that begins with a yes is believed then."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_notes import WISH
from tests.desk import Desk

pytestmark = pytest.mark.anyio
BOOKED = ["Haircut Anna 12-05 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Yes, that suits her, thank you"),
        ("de", "ja schnell bitte"),
        ("es", "Sí, hija, fenómeno"),
        ("fr", "oui, au poil"),
        ("it", "sì, una favola"),
        ("nl", "ja, helemaal jofel"),
        ("pt", "Sim senhor, fico muito agradecido"),
    ],
)
async def test_the_second_time_it_is_booked(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), WISH[language], line, line)
    assert await rows(desk) == BOOKED, said


@pytest.mark.parametrize(
    ("language", "line", "how"),
    [
        ("en", "tickety boo and no mistake", "a plain “yes” is enough"),
        ("de", "des is a gaudi", "ein einfaches „Ja“ genügt"),
        ("es", "pues menuda fiesta", "basta con un «sí»"),
        ("fr", "ouille ouille patati", "un simple « oui » suffit"),
        ("it", "ammazza che roba", "basta un «sì»"),
        ("nl", "nou nou tjonge", "een simpel “ja” is genoeg"),
        ("pt", "que festa pá", "basta um «sim»"),
    ],
)
async def test_the_second_asking_says_how_and_there_is_no_third(desk: Desk, language: str, line: str, how: str) -> None:
    chat = await carla(desk)
    first = await talk(chat, WISH[language])
    second, third = await chat.say(line), await chat.say(line)
    assert how in second and how not in first
    assert "10:00" not in third and how not in third
    assert await rows(desk) == []


async def test_words_that_take_it_back_are_no_yes_at_any_time(desk: Desk) -> None:
    said = await talk(await carla(desk), WISH["en"], *["yes, once you've asked Clara"] * 3)
    assert await rows(desk) == [], said


async def test_what_was_read_back_is_not_read_back_for_ever_to_whoever_only_repeats_it(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"])
    second, third = await chat.say("with Anna, as soon as possible"), await chat.say("friday, as soon as possible")
    assert "10:00" in second and "10:00" not in third and "a person" in third, (second, third)
    assert await rows(desk) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes, right away please"),
        ("de", "ja, bitte sofort"),
        ("es", "sí, ya mismo"),
        ("fr", "oui, tout de suite"),
        ("it", "ecco sì, subito"),
        ("nl", "ja, meteen"),
        ("pt", "sim, agora mesmo"),
    ],
)
async def test_who_wants_it_at_once_has_said_yes(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), WISH[language], line)
    assert await rows(desk) == BOOKED, said


@pytest.mark.parametrize("line", ["yes, but not right now", "not now", "right now?"])
async def test_who_does_not_want_it_now_has_not(desk: Desk, line: str) -> None:
    said = await talk(await carla(desk), WISH["en"], line)
    assert await rows(desk) == [], said


@pytest.mark.parametrize("line", ["friday or saturday, either is fine", "10:00 please"])
async def test_who_leaves_the_day_open_is_read_back_the_first(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    await chat.say("a haircut with Anna on friday or saturday at 10:00")
    asked, said = await chat.say("10:00"), await chat.say(line)
    assert "Do you mean" in asked and "Friday 5 December, 10:00" in said and "Shall I book it?" in said, (asked, said)
