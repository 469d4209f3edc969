"""What the owner told about the business is answered in the customer's language; what nobody knows is kept for them."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.desk import Desk
from truebook.tenants.questions import QUESTIONS

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("question", "answer"),
    [("do you have parking?", "There is a garage"), ("Haben Sie einen Parkplatz?", "Gegenüber ist eine Garage")],
)
async def test_a_fact_is_told_in_the_customers_language(desk: Desk, question: str, answer: str) -> None:
    assert answer in await talk(await carla(desk), question)


async def test_an_unknown_thing_is_said_to_be_unknown_kept_for_the_owner_and_the_thread_goes_on(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, "a haircut with anna tomorrow at 10", "can I bring my dog?")
    assert "I do not know" in said
    assert said.endswith("May I book it?")
    [kept] = await QUESTIONS.page(desk.db, desk.scope)
    assert (kept.topic, kept.question) == ("animals", "can I bring my dog?")
    await chat.say("yes")
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("what does a haircut cost, and do you have wifi?", "“do you have wifi”"),
        ("Was kostet ein Haarschnitt, und habt ihr WLAN?", "„habt ihr WLAN“"),
    ],
)
async def test_beside_what_is_known_it_is_said_what_is_not(desk: Desk, question: str, named: str) -> None:
    said = await talk(await carla(desk), question)
    assert said.index("35") < said.index(named)


async def test_the_earliest_of_a_day_is_read_back_and_later_ones_are_offered_where_that_is_too_early(
    desk: Desk,
) -> None:
    chat = await carla(desk)
    assert "Haircut with Anna, Wednesday 3 December, 09:00" in await talk(
        chat, "a haircut tomorrow as early as possible"
    )
    await chat.say("a bit later please")
    assert chat.last and len(chat.last.acts[-1]["times"]) > 1


async def test_what_is_asked_again_is_told_in_full_and_then_passed_on(desk: Desk) -> None:
    chat = await carla(desk)
    once, again, third = [await chat.say(line) for line in ("how much is a haircut?", "and the price?", "the price?")]
    assert "Colour" not in once and "Colour" in again, (once, again)
    assert "That is all I know" in third and "€" not in third
    assert [one.topic for one in await QUESTIONS.page(desk.db, desk.scope)] == ["price"]
