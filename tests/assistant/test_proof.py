"""Who is it? What is typed proves nothing; the code of an appointment does, and guesses are counted."""

import pytest

from tests.assistant.salon import NOW, carla, rows, talk
from tests.chat import Chat, chat
from tests.desk import Desk
from truebook.assistant import proof
from truebook.assistant.incoming import inbox

pytestmark = pytest.mark.anyio


async def test_a_number_typed_into_a_chat_gives_nobody_an_appointment_of_it(desk: Desk) -> None:
    typed = await chat(desk, name=None, phone=None, now=NOW)
    await talk(typed, "a haircut with anna tomorrow at 10", "Eve, 0660 1234567", "yes")
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]
    owner_of_the_number = await carla(desk)
    assert "no appointment ahead" in await owner_of_the_number.say("what do I have booked?")
    await talk(owner_of_the_number, "cancel my appointment", "yes")
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


async def test_the_code_opens_that_appointment_and_no_other(desk: Desk) -> None:
    first = await carla(desk)
    await talk(first, "a haircut with anna tomorrow at 10", "yes", "colour with clara saturday at 9", "yes")
    code = (await talk(first, "a beard trim with ben friday at 11", "yes")).split("Code ")[1][:7]
    stranger = await chat(desk, name=None, phone=None, now=NOW)
    assert "cannot see from here which appointment is yours" in await stranger.say("what do I have booked?")
    assert "Beard trim with Ben" in await stranger.say(f"my code is {code}")
    await talk(stranger, "cancel it", "yes")
    kept = ["Haircut Anna 12-03 10:00 confirmed", "Colour Clara 12-06 09:00 confirmed"]
    assert [row for row in await rows(desk) if row.endswith("confirmed")] == kept


async def test_codes_cannot_be_tried_for_ever(desk: Desk) -> None:
    first = await carla(desk)
    code = (await talk(first, "a haircut with anna tomorrow at 10", "yes")).split("Code ")[1][:7]
    stranger = await chat(desk, name=None, phone=None, now=NOW)
    for guess in ("AAA-222", "AAA-223", "AAA-224", "AAA-225", "AAA-226"):
        assert "code" in await stranger.say(guess)
    assert "too many codes" in (await stranger.say(code)).lower()


async def test_nobody_with_the_right_code_is_kept_from_it_by_others_who_guess(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "GUESSES_IN_ALL", 2)
    first = await carla(desk)
    code = (await talk(first, "a haircut with anna tomorrow at 10", "yes")).split("Code ")[1][:7]
    guessing = await chat(desk, name=None, phone=None, now=NOW)
    for guess in ("AAA-222", "AAA-223"):
        await guessing.say(guess)
    assert "too many codes" in (await guessing.say(code)).lower()
    stranger = await chat(desk, name=None, phone=None, now=NOW)
    assert "Haircut with Anna" in await stranger.say(f"my code is {code}")


async def test_guesses_are_counted_by_the_line_they_come_from(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever begins one chat after the other shuts the door on their own line, and on nobody else's."""
    monkeypatch.setattr(proof, "GUESSES_OF_A_LINE", 3)
    monkeypatch.setattr(proof, "GUESSES_IN_ALL", 4)
    first = await carla(desk)
    code = (await talk(first, "a haircut with anna tomorrow at 10", "yes")).split("Code ")[1][:7]

    async def visitor(number: int, line: str) -> Chat:
        opened = await inbox.open_conversation(
            desk.db, desk.scope, "web", address=f"visitor {number}", name=None, phone=None, line=line
        )
        return Chat(desk, opened, now=NOW)

    for number, guess in enumerate(("AAA-222", "AAA-223", "AAA-224")):
        assert "code" in await (await visitor(number, "here")).say(guess)
    assert "too many codes" in (await (await visitor(3, "here")).say(code)).lower()
    assert "Haircut with Anna" in await (await visitor(4, "there")).say(f"my code is {code}")


async def test_a_number_that_cannot_be_stored_is_left_out(desk: Desk) -> None:
    typed = await chat(desk, name="Eve", phone=None, now=NOW)
    await talk(typed, "a haircut with anna tomorrow at 10, my number is 0000 12345678901234", "yes")
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


async def test_whoever_begins_with_a_name_and_a_number_is_booked_and_not_passed_on(desk: Desk) -> None:
    leo = await chat(desk, name=None, phone=None, now=NOW)
    await talk(leo, "Leo here, 0664 555 01 23, would like a beard trim friday morning", "the first one", "yes")
    assert [row.split()[0] for row in await rows(desk)] == ["Beard"]
