"""Appointments over HTTP, on a real PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest

from tests.api.http import API, Shop, monday, shop

pytestmark = pytest.mark.anyio
APPOINTMENTS = f"{API}/appointments"


async def test_a_booking_answers_with_the_row(database: str) -> None:
    async with shop(database) as desk:
        answer = await desk.alice.post(APPOINTMENTS, json=desk.wanted())
        assert answer.status_code == 201
        made = answer.json()
        assert (made["status"], made["service"]["name"], made["staff"]["name"]) == ("confirmed", "Haircut", "Anna")
        assert made["start"] in (f"{monday()}T10:00:00+01:00", f"{monday()}T10:00:00+02:00")
        assert made["customer"]["phone"] == "+436601234567"
        assert made["price"] == {"amount_minor": 3500, "currency": "EUR"}
        assert answer.headers["location"] == f"{APPOINTMENTS}/{made['id']}"
        assert answer.headers["etag"] == '"1"'
        assert (await desk.bob.get(answer.headers["location"])).json() == made
        assert (await desk.bob.get(f"{API}/codes/{made['code'].lower()}")).json() == made


async def test_an_offset_and_the_wall_clock_mean_the_same(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.booked("10:00")
        again = await desk.alice.post(APPOINTMENTS, json=desk.wanted(start=made["start"]))
        assert (again.status_code, again.json()["code"]) == (409, "booked")


async def test_a_refusal_names_its_code_and_the_nearest_times(database: str) -> None:
    async with shop(database) as desk:
        await desk.booked("10:00")
        refused = await desk.alice.post(APPOINTMENTS, json=desk.wanted("10:00"))
        assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
        problem = refused.json()
        assert (problem["code"], problem["status"], problem["type"]) == ("booked", 409, "urn:truebook:problem:booked")
        assert [slot["start"][11:16] for slot in problem["nearest"]] == ["09:00", "09:15", "10:45"]
        for slot in problem["nearest"]:
            assert slot["staff"]["name"] == "Anna"


async def test_one_key_has_one_outcome(database: str) -> None:
    async with shop(database) as desk:
        key = {"Idempotency-Key": "order 42"}
        first = await desk.alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)
        again = await desk.alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)
        assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
        other = await desk.alice.post(APPOINTMENTS, json=desk.wanted("12:00"), headers=key)
        assert (other.status_code, other.json()["code"], other.json()["field"]) == (
            422, "key_reused", "Idempotency-Key",
        )  # fmt: skip
        stranger = await desk.bob.post(APPOINTMENTS, json=desk.wanted(), headers=key)
        assert stranger.json()["code"] == "key_reused"


async def test_a_refused_key_stays_refused(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.booked()
        key = {"Idempotency-Key": "k"}
        assert (await desk.alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)).status_code == 409
        assert (await desk.alice.post(f"{APPOINTMENTS}/{made['id']}/cancel")).status_code == 200
        assert (await desk.alice.post(APPOINTMENTS, json=desk.wanted(), headers=key)).status_code == 409


async def test_a_cancellation_repeated_with_its_key_says_the_same(database: str) -> None:
    async with shop(database) as desk:
        path = f"{APPOINTMENTS}/{(await desk.booked())['id']}/cancel"
        key = {"Idempotency-Key": "bye"}
        first, again = [await desk.alice.post(path, headers=key) for _ in range(2)]
        assert (first.status_code, first.json()["status"], again.json()) == (200, "cancelled", first.json())
        assert (await desk.alice.post(path)).json()["code"] == "status"


async def test_a_move_takes_the_new_time_and_frees_the_old(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.booked("10:00")
        moved = await desk.alice.post(f"{APPOINTMENTS}/{made['id']}/move", json={"start": f"{monday()}T14:00"})
        assert (moved.status_code, moved.json()["start"][11:16], moved.headers["etag"]) == (200, "14:00", '"2"')
        await desk.booked("10:00")


async def test_if_match_guards_every_change(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.booked()
        path = f"{APPOINTMENTS}/{made['id']}"
        stale = {"If-Match": '"7"'}
        for change, body in (("move", {"start": f"{monday()}T14:00"}), ("cancel", {}), ("confirm", {})):
            refused = await desk.alice.post(f"{path}/{change}", json=body, headers=stale)
            assert (refused.status_code, refused.json()["code"]) == (412, "stale"), change
        fresh = await desk.alice.post(f"{path}/cancel", headers={"If-Match": '"1"'})
        assert fresh.status_code == 200
        odd = await desk.alice.post(f"{path}/cancel", headers={"If-Match": "seven"})
        assert (odd.status_code, odd.json()["field"]) == (422, "If-Match")


async def test_what_cannot_be_moved_as_it_is_seen_is_no_question_of_versions(database: str) -> None:
    async with shop(database) as desk:
        path = f"{APPOINTMENTS}/{(await desk.booked())['id']}"
        await desk.alice.delete(f"{API}/services/{desk.desk.services['Haircut']}")
        for seen, status in (((await desk.alice.get(path)).headers["etag"], 409), ("*", 409), ('"1"', 412)):
            to = {"start": f"{monday()}T14:00"}
            refused = await desk.alice.post(f"{path}/move", json=to, headers={"If-Match": seen})
            assert (refused.status_code, refused.json()["code"]) == (status, "stale"), seen


async def test_a_hold_is_confirmed(database: str) -> None:
    async with shop(database) as desk:
        held = await desk.booked(hold=True)
        assert (held["status"], held["hold_expires_at"] is None) == ("held", False)
        confirmed = await desk.alice.post(f"{APPOINTMENTS}/{held['id']}/confirm")
        assert (confirmed.json()["status"], confirmed.json()["hold_expires_at"]) == ("confirmed", None)


async def test_what_has_not_begun_is_neither_completed_nor_missed(database: str) -> None:
    async with shop(database) as desk:
        path = f"{APPOINTMENTS}/{(await desk.booked())['id']}"
        for change in ("complete", "no-show"):
            refused = await desk.alice.post(f"{path}/{change}")
            assert (refused.status_code, refused.json()["code"]) == (409, "status")


async def test_the_history_tells_who_did_what(database: str) -> None:
    async with shop(database) as desk:
        path = f"{APPOINTMENTS}/{(await desk.booked())['id']}"
        await desk.bob.post(f"{path}/cancel")
        changes = (await desk.alice.get(f"{path}/history")).json()["items"]
        assert [(one["op"], one["version"], one["row"]["status"]) for one in changes] == [
            ("INSERT", 1, "confirmed"),
            ("UPDATE", 2, "cancelled"),
        ]
        assert changes[0]["actor"] != changes[1]["actor"]
        assert changes[1]["cause"] == "POST /api/v1/appointments/{id}/cancel"


async def listed(desk: Shop, **query: str) -> list[str]:
    """Return the starts on every page, two a page."""
    starts: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await desk.alice.get(APPOINTMENTS, params={"limit": "2", **query, **cursor})).json()
        assert len(page["items"]) <= 2
        starts += [one["start"][11:16] for one in page["items"]]
        if page["next"] is None:
            return starts
        cursor = {"cursor": page["next"]}


async def test_pages_hold_every_appointment_once(database: str) -> None:
    async with shop(database) as desk:
        for time in ("09:00", "10:00", "11:00", "12:00", "13:00"):
            await desk.booked(time)
        day = {"from": str(monday()), "to": str(monday())}
        assert await listed(desk, **day) == ["09:00", "10:00", "11:00", "12:00", "13:00"]
        assert await listed(desk, **day, staff_id=str(desk.desk.staff["Ben"])) == []
        assert await listed(desk, **day, status="cancelled") == []
        before = {"from": str(monday() - timedelta(days=3)), "to": str(monday() - timedelta(days=1))}
        assert await listed(desk, **before) == []


async def test_a_race_for_one_time_has_one_winner(database: str) -> None:
    async with shop(database) as desk:
        answers = await asyncio.gather(*(desk.alice.post(APPOINTMENTS, json=desk.wanted()) for _ in range(24)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 23
