"""What people send becomes turns: words, taps, pictures, edits; bursts become one; machines are met with silence."""

from datetime import datetime

import pytest

from tests.whatsapp.desk import Salon, salon
from tests.whatsapp.shapes import envelope, message, person, text
from tests.whatsapp.weekdays import next_week
from truebook.assistant.incoming.gathering import MOST

pytestmark = pytest.mark.anyio


async def test_a_burst_is_one_turn(database: str) -> None:
    async with salon(database) as shop:
        for words in ("hi", "do you do haircuts?", "what does it cost"):
            assert await shop.post(envelope(text(words))) == 200
        await shop.work()
        assert len(await shop.said()) == 3
        (answer,) = await shop.said("assistant")
        assert "35" in answer


async def test_a_late_webhook_is_read_in_the_order_of_writing(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("second", timestamp="1600000100"), text("first", timestamp="1600000000"))
        assert await shop.said() == ["first", "second"]
        assert len(await shop.said("assistant")) == 1


async def test_an_edit_counts_until_it_is_answered_and_a_withdrawn_message_is_not(database: str) -> None:
    async with salon(database) as shop:
        first, gone = text("what do you cost"), text("never mind")
        named = [one["messages"][0]["id"] for one in (first, gone)]
        change = {"original_message_id": named[0], "message": {"type": "text", "text": {"body": "where are you?"}}}
        await shop.hear(first, gone, message({"type": "edit", "edit": change}, timestamp="1900000001"))
        assert await shop.said() == ["where are you?", "never mind"]
        late = {**change, "message": {"type": "text", "text": {"body": "and your prices?"}}}
        await shop.hear(message({"type": "edit", "edit": late}, timestamp="1900000002"))
        assert (await shop.said())[-1] == "and your prices?"
        answers = len(await shop.said("assistant"))
        again = text("hello", timestamp="1900000003")
        withdrawn = {"type": "revoke", "revoke": {"original_message_id": again["messages"][0]["id"]}}
        await shop.hear(again, message(withdrawn, timestamp="1900000004"))
        assert len(await shop.said("assistant")) == answers


@pytest.mark.parametrize("kind", ["image", "audio", "location", "sticker", "unsupported"])
async def test_what_is_no_text_gets_the_polite_sentence(database: str, kind: str) -> None:
    async with salon(database) as shop:
        await shop.hear(message({"type": kind, kind: {"id": "1"}}))
        assert await shop.said("assistant") == ["I can only read text here. Please write me what you would like."]


async def test_a_caption_is_the_text(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(message({"type": "image", "image": {"id": "1", "caption": "how much is this?"}}))
        assert await shop.said() == ["how much is this?"]


@pytest.mark.parametrize(
    "tap",
    [
        {"type": "button", "button": {"payload": "p", "text": "15:30"}},
        {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "p", "title": "15:30"}}},
        {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "p", "title": "15:30"}}},
    ],
)
async def test_a_tap_says_what_stood_there(database: str, tap: dict) -> None:
    async with salon(database) as shop:
        await shop.hear(message(tap))
        assert await shop.said() == ["15:30"]


async def test_two_machines_may_meet(database: str) -> None:
    async with salon(database) as shop:
        for number in range(MOST + 5):
            await shop.hear(text(f"hello {number}", timestamp=str(1500000000 + number)))
        assert len(await shop.said("assistant")) == MOST
        await shop.hear(text("hello", person("436607777777", "AT.7", "Eva")))
        assert len(await shop.said("assistant")) == MOST + 1


async def test_offers_are_a_list_of_nine_and_another_time_each_with_its_offer(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("I need a haircut next week"))
        ((metadata,),) = await shop.rows("SELECT metadata FROM messages WHERE role = 'assistant'")
        *offers, other = metadata["choices"]
        assert (len(offers), other["title"]) == (9, "Another time")
        assert all(len(one["title"]) <= 24 for one in offers)
        known = {str(row[0]) for row in await shop.rows("SELECT id FROM offers")}
        assert {one["id"].removeprefix("o.") for one in offers} == known
        assert metadata["opens"]
        await shop.hear(message({"type": "interactive", "interactive": {
            "type": "list_reply", "list_reply": {"id": offers[7]["id"], "title": offers[7]["title"]}}}))  # fmt: skip
        ((kind, read_back),) = await shop.rows(
            "SELECT kind, metadata -> 'acts' -> -1 -> 'time' ->> 'start' FROM messages WHERE kind = 'read_back'"
        )
        (start,) = await shop.rows("SELECT starts_at FROM offers WHERE id = %s", offers[7]["id"].removeprefix("o."))
        assert kind == "read_back"
        assert datetime.fromisoformat(read_back) == start[0]


async def test_a_question_that_has_not_left_yet_is_agreed_to_by_nobody(database: str) -> None:
    """Who asks for the same thing again, since no answer came, has not said yes to what they could not read."""
    async with salon(database) as shop:
        await shop.hear(text("a haircut with Anna next monday at 10:00"))
        await shop.hear(text("yes", timestamp="1900000001"))
        assert (await shop.said("assistant"))[-1].startswith("Booked")
        shop.sends = False
        for second in (2, 3, 4):
            await shop.hear(text("please cancel my appointment", timestamp=f"190000000{second}"))
            assert (await shop.said("assistant"))[-1].endswith("?"), "it is read back once more"
        assert await shop.rows("SELECT status FROM appointments") == [("confirmed",)]
        shop.sends = True
        await shop.hear(text("please cancel my appointment", timestamp="1900000005"))
        await shop.hear(text("yes", timestamp="1900000006"))
        assert await shop.rows("SELECT status FROM appointments") == [("cancelled",)]


def tapped(choice: str, *, timestamp: str) -> dict:
    reply = {"id": choice, "title": "Yes"}
    return message(
        {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}, timestamp=timestamp
    )


async def yes_of(shop: Salon) -> list[str]:
    """Return the ids of the choices that say Yes, the oldest first."""
    found = await shop.rows("SELECT metadata -> 'choices' FROM messages WHERE role = 'assistant' ORDER BY created_at")
    return [one["id"] for (choices,) in found for one in choices or [] if one["title"] == "Yes"]


async def test_a_yes_tapped_under_an_older_question_is_none_to_the_newest(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("a haircut with Anna next monday at 10:00", timestamp="1900000001"))
        await shop.hear(text(f"no, {next_week(1)} at 12:00 instead", timestamp="1900000002"))
        first, second = await yes_of(shop)
        await shop.hear(tapped(first, timestamp="1900000003"))
        assert await shop.rows("SELECT status FROM appointments") == []
        assert (await shop.said("assistant"))[-1].endswith("?"), "it is read back once more"
        await shop.hear(tapped((await yes_of(shop))[-1], timestamp="1900000004"))
        assert await shop.rows("SELECT status FROM appointments") == [("confirmed",)]
        await shop.hear(text("please cancel my appointment", timestamp="1900000005"))
        assert (await shop.said("assistant"))[-1].endswith("?")
        await shop.hear(tapped(second, timestamp="1900000006"))
        assert await shop.rows("SELECT status FROM appointments") == [("confirmed",)]


async def test_a_yes_in_reply_to_an_older_question_is_none_to_the_newest(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("a haircut with Anna next monday at 10:00", timestamp="1900000001"))
        await shop.hear(text(f"no, {next_week(1)} at 12:00 instead", timestamp="1900000002"))
        for n, place in enumerate((0, -1)):
            await shop.rows("UPDATE message_attempts SET provider_message_id = 'wamid.' || message_id RETURNING 1")
            sent = await shop.rows("SELECT provider_message_id FROM message_attempts ORDER BY started_at, message_id")
            said = {"type": "text", "text": {"body": "yes"}, "context": {"id": sent[place][0]}}
            await shop.hear(message(said, timestamp=f"190000000{3 + n}"))
            assert len(await shop.rows("SELECT FROM appointments")) == n
