"""The waitlist over HTTP: join, be offered what comes free, take it or let it go; and what cannot be waited for."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.api.test_visits import made
from tests.server.steps import value
from tests.test_worker import run_jobs
from truebook import chores
from truebook.kernel import clock

pytestmark = pytest.mark.anyio


def entry(desk: Shop, begin: str = "10:00", end: str = "10:45", **more: Any) -> dict[str, Any]:
    """Return the JSON of somebody who waits for a haircut with Anna on Monday."""
    return {
        "service_id": str(desk.desk.services["Haircut"]),
        "staff_id": str(desk.desk.staff["Anna"]),
        "customer": {"name": "Dora", "phone": "+43 660 7654321"},
        "windows": [{"start": f"{monday()}T{begin}", "end": f"{monday()}T{end}"}],
        **more,
    }


async def at(desk: Shop, path: str) -> dict[str, Any]:
    answer = await desk.alice.get(API + path)
    assert answer.status_code == 200, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


async def test_what_is_cancelled_goes_to_who_waits(database: str) -> None:
    async with shop(database) as desk:
        booked = await desk.booked()
        waits = await made(desk.alice, "/waitlist", entry(desk))
        path = f"/waitlist/{waits['id']}"
        await run_jobs(desk.desk.db)
        assert (await at(desk, path))["status"] == "waiting"
        assert (await desk.alice.post(f"{API}{path}/take")).json()["code"] == "status"
        await made(desk.alice, f"/appointments/{booked['id']}/cancel", {}, 200)
        await run_jobs(desk.desk.db)
        assert (await at(desk, path))["status"] == "waiting"  # it may still be undone
        assert value(database, "SELECT count(*) FROM truebook.jobs_owed WHERE name = 'time_freed'") == 1
        await chores.hand_over_owed(desk.desk.db, clock.now() + timedelta(seconds=11))
        await run_jobs(desk.desk.db)
        offered = await at(desk, path)
        assert offered["status"] == "offered" and (await at(desk, "/waitlist"))["items"] == [offered]
        held = await at(desk, f"/appointments/{offered['appointment_id']}")
        assert (held["status"], held["start"], held["customer"]["name"]) == ("held", booked["start"], "Dora")
        taken = await made(desk.alice, f"{path}/take", {}, 200)
        assert (taken["id"], taken["status"]) == (held["id"], "confirmed")
        assert (await at(desk, path))["status"] == "booked" and (await at(desk, "/waitlist"))["items"] == []
        assert (await at(desk, "/waitlist?status=booked"))["items"] == [await at(desk, path)]


async def test_who_loses_an_offer_because_somebody_is_ill_did_not_let_it_go(database: str) -> None:
    async with shop(database) as desk:
        waits = await made(desk.alice, "/waitlist", entry(desk))
        await run_jobs(desk.desk.db)
        offered = await at(desk, f"/waitlist/{waits['id']}")
        ill = {"resource_id": entry(desk)["staff_id"], "start": f"{monday()}T09:00", "end": f"{monday()}T17:00"}
        choice = {"appointment_id": offered["appointment_id"], "cancel": True}
        await made(desk.alice, "/blocks/resolve", {**ill, "choices": [choice]}, 200)
        again = await at(desk, f"/waitlist/{waits['id']}")
        assert (again["status"], again["passed"], again["windows"]) == ("waiting", 0, offered["windows"])


async def test_what_cannot_be_waited_for_is_named(database: str) -> None:
    async with shop(database) as desk:
        window = entry(desk)["windows"][0]
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"customer": {"name": "Dora"}}, "customer.phone"),
            ({"customer": {"name": " ", "phone": "+43 660 7654321"}}, "customer.name"),
            ({"windows": []}, "windows"),
            ({"windows": [window] * 21}, "windows"),
            ({"windows": [window, {**window, "end": window["start"]}]}, "windows.1.end"),
            ({"windows": [{"start": "2020-01-01T10:00", "end": "2020-01-01T11:00"}]}, "windows.0.end"),
            ({"windows": [{**window, "end": "2199-01-01T11:00"}]}, "windows.0.end"),
            ({"windows": [{**window, "start": "soon"}]}, "windows.0.start"),
            ({"service_id": None}, "service_id"),
            ({"seats": 2}, "seats"),
        ]
        for change, field in wrong:
            answer = await desk.alice.post(f"{API}/waitlist", json=entry(desk, **change))
            assert (answer.status_code, answer.json()["field"]) == (422, field), change
        assert (await at(desk, "/waitlist"))["items"] == []
        assert (await desk.alice.get(f"{API}/waitlist?status=asleep")).json()["field"] == "status"


async def test_the_list_comes_in_pages_in_turn(database: str) -> None:
    async with shop(database) as desk:
        for number in range(5):
            whose = {"name": f"Dora {number}", "phone": f"+43 660 765432{number}"}
            await made(desk.alice, "/waitlist", entry(desk, customer=whose))
        whole = await at(desk, "/waitlist")
        assert [one["customer"]["name"] for one in whole["items"]] == [f"Dora {number}" for number in range(5)]
        assert whole["next"] is None
        seen, cursor = [], ""
        while True:
            page = await at(desk, f"/waitlist?limit=2{cursor}")
            seen += page["items"]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert seen == whole["items"]
        for wrong in ("x", page["items"][0]["id"], "AAAA"):
            assert (await desk.alice.get(f"{API}/waitlist?cursor={wrong}")).status_code == 422
