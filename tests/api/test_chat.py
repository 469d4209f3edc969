"""The test chat's transcript over HTTP; the conversations themselves are in tests/assistant."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.api.http import API, monday, shop
from tests.db.roles import run
from tests.test_worker import working
from truebook.channels.api import chat

pytestmark = pytest.mark.anyio
SAID = [f"message {number}" for number in range(7)]


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "all in one moment"])
async def test_pages_of_a_transcript_hold_every_message_once(
    database: str, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    async with shop(database) as desk:
        place = (await desk.alice.post(f"{API}/chat/sessions", json={})).headers["location"]
        for text in SAID:
            said = await desk.alice.post(place, json={"text": text})
            assert (said.status_code, said.headers["location"]) == (202, place)
        if at_once:
            run(database, "UPDATE truebook.messages SET created_at = '2026-12-02 15:30:00.123456+00'")
        texts: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await desk.bob.get(place, params={"limit": "3", **cursor})).json()
            assert len(page["items"]) <= 3
            texts += [one["text"] for one in page["items"]]
            if not page["next"]:
                break
            cursor = {"cursor": page["next"]}
        assert texts == SAID
        assert set(page["items"][0]) == {"id", "role", "text", "at"}
        whole = (await desk.alice.get(place)).json()
        assert ([one["text"] for one in whole["items"]], whole["next"]) == (SAID, None)
        exact = (await desk.alice.get(place, params={"limit": len(SAID)})).json()
        assert (len(exact["items"]), exact["next"]) == (len(SAID), None)


async def test_a_cursor_from_elsewhere_is_refused(database: str) -> None:
    async with shop(database) as desk:
        place = (await desk.alice.post(f"{API}/chat/sessions", json={})).headers["location"]
        stray = (await desk.alice.get(f"{API}/staff", params={"limit": 1})).json()["next"]
        for query in ({"cursor": stray}, {"cursor": "x"}, {"limit": 0}, {"limit": 201}):
            refused = await desk.alice.get(place, params=query)
            assert (refused.status_code, refused.json()["field"]) == (422, next(iter(query)))


async def test_a_yes_is_to_the_answer_that_it_names(database: str) -> None:
    async with shop(database) as desk, working(desk.desk.db):
        booked = await desk.booked()
        stands = f"{API}/appointments/{booked['id']}"
        who = {"name": "Carla", "phone": "+43 660 1234567"}
        places = [(await desk.alice.post(f"{API}/chat/sessions", json=who)).headers["location"] for _ in range(2)]
        cancel = f"cancel my appointment on {monday()} at 10:00"

        async def say(place: str, text: str, **more: str) -> dict[str, Any]:
            answer = await desk.alice.post(place, json={"text": text, **more})
            assert answer.status_code == 200, answer.text
            return dict(answer.json())

        one, two = await say(places[0], "hello"), await say(places[0], cancel)
        assert "shall I cancel it?" in two["text"]
        items = (await desk.alice.get(places[0])).json()["items"]
        assert [said["id"] for said in items if said["role"] == "assistant"] == [one["answer_id"], two["answer_id"]]
        for stray in (two["message_id"], booked["id"]):
            refused = await desk.alice.post(places[0], json={"text": "yes", "reply_to": stray})
            assert (refused.status_code, refused.json()["field"]) == (422, "reply_to")
        await say(places[0], "yes", reply_to=one["answer_id"])
        assert (await desk.alice.get(stands)).json()["status"] == "confirmed"
        asked = await say(places[1], cancel)
        await say(places[1], "yes", reply_to=asked["answer_id"])
        assert (await desk.alice.get(stands)).json()["status"] == "cancelled"


async def test_a_yes_that_names_no_answer_is_to_the_last_question(database: str) -> None:
    async with shop(database) as desk, working(desk.desk.db):
        booked = await desk.booked()
        who = {"name": "Carla", "phone": "+43 660 1234567"}
        place = (await desk.alice.post(f"{API}/chat/sessions", json=who)).headers["location"]
        for text in (f"cancel my appointment on {monday()} at 10:00", "yes"):
            assert (await desk.alice.post(place, json={"text": text})).status_code == 200
        assert (await desk.alice.get(f"{API}/appointments/{booked['id']}")).json()["status"] == "cancelled"


async def test_a_series_is_also_told_as_the_single_appointments_that_it_is(database: str) -> None:
    """A client that shows one read-back and one receipt books and cancels a series, and counts its dates."""
    async with shop(database) as desk, working(desk.desk.db):
        who = {"name": "Carla", "phone": "+43 660 1234567"}
        place = (await desk.alice.post(f"{API}/chat/sessions", json=who)).headers["location"]

        async def say(text: str) -> list[dict[str, Any]]:
            answer = await desk.alice.post(place, json={"text": text})
            assert answer.status_code == 200, answer.text
            return list(answer.json()["acts"])

        days = [monday() + timedelta(days=7 * n) for n in range(3)]
        single, series = await say(f"haircut with Anna every monday from {days[0]} at 10:00, three times")
        assert (single["kind"], single["purpose"]) == ("read_back", series["purpose"])
        assert single["time"] == series["time"] == single["times"][0]
        assert [one["start"] for one in single["times"]] == [_ten(day) for day in days]
        *receipts, series = await say("yes")
        assert (series["kind"], [one["kind"] for one in receipts]) == ("series_receipt", ["receipt"] * 3)
        for one, day in zip(receipts, days, strict=True):
            row = (await desk.alice.get(f"{API}/appointments/{one['time']['id']}")).json()
            assert (row["code"], row["version"], row["status"]) == (one["code"], one["version"], "confirmed")
            assert (one["topic"], one["time"]["start"], one["time"]["staff"]) == ("booked", _ten(day), "Anna")
        *_, single, _ = await say("cancel the whole series")
        assert (single["kind"], single["purpose"], len(single["times"])) == ("read_back", "cancel_series", 3)
        *receipts, _ = await say("yes")
        assert [one["topic"] for one in receipts] == ["cancelled"] * 3


def _ten(day: date) -> str:
    moment = datetime.combine(day, time(10), ZoneInfo("Europe/Madrid")).astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")
