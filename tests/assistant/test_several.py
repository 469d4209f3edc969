"""Several bookings asked for in one message: a visit where they belong together, else one after the other.

None is made without its own yes.
"""

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from tests.assistant.salon import carla, rows, speaks, take, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio
TWO = "a haircut for me with anna on Friday at 10 and a colour with clara on Saturday at 11"
HAIRCUT, COLOUR = "Haircut Anna 12-05 10:00 confirmed", "Colour Clara 12-06 11:00 confirmed"


async def test_the_first_is_read_back_and_once_it_is_booked_the_second(desk: Desk) -> None:
    chat = await carla(desk)
    first = await chat.say(TWO)
    assert first.startswith(
        "Gladly, one after the other. After that comes: Colour, Saturday 6 December, 11:00. "
        "Haircut with Anna, Friday 5 December, 10:00"
    )
    assert await rows(desk) == []
    booked, following = (await chat.say("yes")).splitlines()
    assert booked.startswith("Booked ✓ Friday 5 December, 10:00 (Europe/Vienna), Haircut with Anna.")
    assert following == (
        "Now the next one. Colour with Clara, Saturday 6 December, 11:00, 90 minutes, €79. Shall I book it?"
    )
    assert await rows(desk) == [HAIRCUT]
    assert (await chat.say("yes")).startswith("Booked ✓ Saturday 6 December, 11:00")
    assert await rows(desk) == [HAIRCUT, COLOUR]
    assert await chat.say("thanks") == "You're welcome."


async def test_in_the_customers_language(desk: Desk) -> None:
    await speaks(desk, "de")
    chat = await carla(desk)
    said = await talk(chat, "einen Haircut bei Anna am Freitag um 10 und Colour bei Clara am Samstag um 11", "ja bitte")
    assert said.splitlines()[-1].startswith("Nun zum Nächsten. Farbe bei Clara, Samstag, 6. Dezember, 11:00 Uhr")
    await chat.say("ja")
    assert await rows(desk) == [HAIRCUT, COLOUR]


async def test_what_has_no_time_of_its_own_is_one_visit(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, "a haircut and a beard trim with ben on thursday at 10", "yes")
    assert said.startswith("Booked ✓ Thursday 4 December, 10:00 (Europe/Vienna), Haircut and Beard trim with Ben.")
    chat = await carla(desk)
    said = await talk(chat, "two haircuts with anna", "wednesday at 14:00", "yes")
    assert "Haircut with Anna (14:00) and Haircut with Anna (+1, 14:45). Code" in said


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (("no", "bye"), []),
        (("no", "at 12:00 then", "yes", "yes"), ["Haircut Anna 12-05 12:00 confirmed", COLOUR]),
        (("how much is it?", "yes", "how much?", "yes"), [HAIRCUT, COLOUR]),
        (("yes", "no"), [HAIRCUT]),
        (("yes", "no", "sunday"), [HAIRCUT]),
        (("yes", "make it 12:00", "yes"), [HAIRCUT, "Colour Clara 12-06 12:00 confirmed"]),
        (("yes", "cancel that"), [HAIRCUT]),
        (("yes", "no", "at 12:00", "yes"), [HAIRCUT, "Colour Clara 12-06 12:00 confirmed"]),
        (("xqzt", "yes", "xqzt", "yes"), [HAIRCUT, COLOUR]),
    ],
)
async def test_each_needs_a_yes_of_its_own(desk: Desk, lines: tuple[str, ...], made: list[str]) -> None:
    await talk(await carla(desk), TWO, *lines)
    assert await rows(desk) == made


async def test_where_the_first_has_gone_the_second_waits_for_another_time(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say(TWO)
    await take(desk, "Haircut", "Anna", 5, "10:00")
    assert (await chat.say("yes")).startswith("10:00 was taken a moment ago; nothing is booked.")
    said = await talk(chat, "10:45", "yes")
    assert "Now the next one. Colour with Clara, Saturday 6 December, 11:00" in said


async def test_where_the_second_is_taken_others_are_offered_and_can_be_picked(desk: Desk) -> None:
    await take(desk, "Colour", "Clara", 6, "11:00")
    chat = await carla(desk)
    said = await talk(chat, TWO, "yes")
    assert "Now the next one. Clara already has an appointment at 11:00 on Saturday 6 December." in said
    assert "11:30 with Clara" in said  # while the other one's colour sets
    await talk(chat, "11:30", "yes")
    assert await rows(desk) == [HAIRCUT, COLOUR, "Colour Clara 12-06 11:30 confirmed"]


async def test_what_is_still_to_be_asked_of_the_second_is_asked(desk: Desk) -> None:
    chat = await carla(desk, name=None, phone=None)
    said = await talk(chat, "a haircut with anna on Friday at 10 and a colour next friday", "I'm Dora", "yes")
    assert said.splitlines()[-1].startswith("Now the next one. Do you mean Friday 5 December or Friday 12 December?")
    assert "Friday 12 December" in await chat.say("the 12th")


async def test_a_yes_that_asks_for_more_is_a_yes(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna friday at 10", "yes, and a colour with clara on saturday at 11")
    assert await rows(desk) == [HAIRCUT]
    await chat.say("yes")
    assert await rows(desk) == [HAIRCUT, COLOUR]


async def test_offers_after_a_cancellation_can_be_picked(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna friday at 10", "yes")
    said = await talk(chat, "cancel my haircut and book a colour with clara on saturday", "yes")
    assert "Now the next one. " in said
    await talk(chat, "the first one", "yes")
    assert [row for row in await rows(desk) if "Colour" in row and row.endswith("confirmed")]


async def test_a_change_after_a_read_back_is_of_what_was_read_back(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna friday at 10", "yes", "also a colour with clara on saturday at 11")
    assert (await chat.say("make it 12:00")).startswith("Colour with Clara, Saturday 6 December, 12:00")


async def test_a_model_may_book_the_second_no_earlier_than_it_was_agreed_to(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say(TWO)

    def greedy(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        """Book the first, and then the second again and again, with the customer's one yes."""
        parts = [part for message in messages for part in message.parts]
        found = [
            p.content["offers"][0]["id"] for p in parts if isinstance(p, ToolReturnPart) and p.tool_name == "findSlots"
        ]
        booked = any(
            isinstance(p, ToolReturnPart) and p.content.get("status") == "booked"
            for p in parts
            if isinstance(getattr(p, "content", None), dict)
        )
        if booked and len(found) < 2:
            search = {"service": "Colour", "staff": "Clara", "day": "2031-12-06", "at": "11:00"}
            return ModelResponse(parts=[ToolCallPart("findSlots", search)])
        return ModelResponse(parts=[ToolCallPart("bookAppointment", {"offer_id": found[-1]})])

    chat.model = FunctionModel(greedy)
    said = await chat.say("yes")
    assert "Booked ✓ Friday 5 December" in said
    assert "Now the next one. Colour with Clara, Saturday 6 December, 11:00" in said
    assert await rows(desk) == [HAIRCUT]
