"""Classes over HTTP: numbered places that are never given away twice, and a class that changes as a whole."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.api.http import API, Shop, monday, shop
from tests.server.steps import value
from tests.test_worker import run_jobs

pytestmark = pytest.mark.anyio


async def made(client: httpx2.AsyncClient, path: str, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = await client.post(API + path, json=body)
    assert answer.status_code == status, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


async def pool(desk: Shop, kind: str = "seat", count: int = 12) -> str:
    one = await made(desk.alice, "/pools", {"name": kind, "kind": kind})
    if count:
        await made(desk.alice, f"/pools/{one['id']}/units", {"count": count})
    return str(one["id"])


def yoga(desk: Shop, seats_pool_id: str, at: str = "18:00", **more: Any) -> dict[str, Any]:
    return {
        "service_id": str(desk.desk.services["Haircut"]), "staff_id": str(desk.desk.staff["Anna"]),
        "seats_pool_id": seats_pool_id, "start": f"{monday()}T{at}", **more,
    }  # fmt: skip


def places(class_id: str, seats: int = 1, name: str = "Carla", **more: Any) -> dict[str, Any]:
    return {"class_id": class_id, "seats": seats, "customer": {"name": name}, **more}


async def test_places_are_booked_moved_and_given_back(database: str) -> None:
    async with shop(database) as desk:
        mats = await pool(desk)
        one = await made(desk.alice, "/classes", yoga(desk, mats, "10:00", seats=3))
        other = await made(desk.alice, "/classes", yoga(desk, mats, "12:00"))
        assert (one["seats"], one["free"], other["seats"], other["free"]) == (3, 3, 12, 12)
        booked = await made(desk.alice, "/appointments", places(one["id"], 2))
        assert (len(booked["segments"]), booked["segments"][0]["class_id"]) == (2, one["id"])
        assert booked["start"] == one["start"]
        full = await made(desk.alice, "/appointments", places(one["id"], 2), 409)
        assert (full["code"], full["data"]["places"]) == ("booked", 1)
        moved = await made(desk.alice, f"/appointments/{booked['id']}/move", {"class_id": other["id"]}, 200)
        assert moved["start"] == other["start"]
        seen = {
            row["id"]: row["free"] for row in (await desk.alice.get(f"{API}/classes", params=days())).json()["items"]
        }
        assert (seen[one["id"]], seen[other["id"]]) == (3, 10)
        await made(desk.alice, f"/appointments/{booked['id']}/cancel", {}, 200)
        assert (await desk.alice.get(f"{API}/classes/{other['id']}")).json()["free"] == 12
        again = await made(desk.alice, f"/appointments/{booked['id']}/reopen", {}, 409)
        assert "choose another class" in again["detail"]


async def test_some_places_are_given_back_and_more_are_claimed(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk), seats=6))
        booked = await made(desk.alice, "/appointments", places(one["id"], 6))
        path = f"{API}/appointments/{booked['id']}"
        full = await desk.alice.patch(path, json={"seats": 7})
        assert (full.status_code, full.json()["code"], full.json()["data"]["places"]) == (409, "booked", 0)
        assert len((await desk.alice.get(path)).json()["segments"]) == 6
        fewer = await desk.alice.patch(path, json={"seats": 4}, headers={"If-Match": f'"{booked["version"]}"'})
        assert fewer.json()["segments"] == booked["segments"][:4]
        assert (fewer.json()["start"], fewer.json()["code"]) == (booked["start"], booked["code"])
        assert (await desk.alice.get(f"{API}/classes/{one['id']}")).json()["free"] == 2
        stale = await desk.alice.patch(path, json={"seats": 5}, headers={"If-Match": f'"{booked["version"]}"'})
        assert stale.status_code == 412
        assert len((await desk.alice.patch(path, json={"seats": 5})).json()["segments"]) == 5
        assert value(database, "SELECT count(*) FROM truebook.outbox WHERE topic = 'moved'") == 2
        same = await desk.alice.patch(path, json={"seats": 5})
        assert same.status_code == 200
        assert value(database, "SELECT count(*) FROM truebook.outbox WHERE topic = 'moved'") == 2
        history = (await desk.alice.get(f"{path}/history")).json()["items"]
        assert len(history) == 3


async def test_the_price_follows_the_places(database: str) -> None:
    async with shop(database) as desk:
        await desk.alice.patch(f"{API}/services/{desk.desk.services['Haircut']}", json={"price_minor": 1400})
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk)))
        booked = await made(desk.alice, "/appointments", places(one["id"], 2))
        less = await desk.alice.patch(f"{API}/appointments/{booked['id']}", json={"seats": 1})
        assert (booked["price"]["amount_minor"], less.json()["price"]["amount_minor"]) == (2800, 1400)


async def test_what_is_given_back_is_offered_to_whoever_waits(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk), seats=2))
        booked = await made(desk.alice, "/appointments", places(one["id"], 2))
        window = {"start": f"{monday()}T17:00", "end": f"{monday()}T20:00"}
        waits = await made(
            desk.alice, "/waitlist",
            {"service_id": one["service"]["id"], "customer": {"name": "Dora", "phone": "+43 660 7654321"}, "windows": [window]},
        )  # fmt: skip
        await desk.alice.patch(f"{API}/appointments/{booked['id']}", json={"seats": 1})
        soon = "UPDATE truebook.procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'time_freed' RETURNING 1"
        assert value(database, soon) == 1
        await run_jobs(desk.desk.db)
        assert (await desk.alice.get(f"{API}/waitlist/{waits['id']}")).json()["status"] == "offered"


async def test_of_an_appointment_only_places_in_a_class_are_counted(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/appointments/{(await desk.booked())['id']}"
        assert (await desk.alice.patch(path, json={"seats": 2})).status_code == 409
        for body in ({}, {"seats": None}, {"seats": 0}, {"seats": 1, "notes": "x"}, {"seats": "2"}):
            wrong = await desk.alice.patch(path, json=body)
            assert (wrong.status_code, wrong.json()["field"]) == (422, "seats"), body
        assert (await desk.charlie.patch(path, json={"seats": 1})).status_code == 404
        assert (await desk.charlie.patch(path, json={"notes": "x"})).status_code == 404


async def test_notes_are_written_and_taken_away(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/appointments/{(await desk.booked())['id']}"
        assert (await desk.alice.patch(path, json={"notes": "allergic to lavender"})).json()["notes"]
        assert (await desk.alice.get(path)).json()["notes"] == "allergic to lavender"
        assert (await desk.alice.patch(path, json={"notes": None})).json()["notes"] is None
        assert value(database, "SELECT count(*) FROM truebook.outbox WHERE topic = 'moved'") == 0


def days() -> dict[str, str]:
    return {"from": str(monday()), "to": str(monday() + timedelta(days=40))}


async def test_forty_at_once_for_twelve_places(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk)))
        wanted = [places(one["id"], 2 if number % 4 == 0 else 1, f"C{number}") for number in range(40)]
        answers = await asyncio.gather(*(desk.alice.post(f"{API}/appointments", json=body) for body in wanted))
        assert {answer.status_code for answer in answers} == {201, 409}
        assert (await desk.alice.get(f"{API}/classes/{one['id']}")).json()["free"] == 0
        sold = sum(len(answer.json()["segments"]) for answer in answers if answer.status_code == 201)
        assert sold == 12
        assert (
            value(database, "SELECT count(DISTINCT resource_id) FROM truebook.claims WHERE appointment_id IS NOT NULL")
            == 12
        )


async def test_a_class_is_cancelled_with_everybody_in_it_and_each_is_told_once(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk)))
        booked = [await made(desk.alice, "/appointments", places(one["id"], name=name)) for name in ("Carla", "Dora")]
        for _ in range(2):
            gone = await made(desk.alice, f"/classes/{one['id']}/cancel", {}, 200)
            assert gone["cancelled_at"]
        for appointment in booked:
            assert (await desk.alice.get(f"{API}/appointments/{appointment['id']}")).json()["status"] == "cancelled"
        assert value(database, "SELECT count(*) FROM truebook.outbox WHERE topic = 'cancelled'") == 2
        assert value(database, "SELECT count(*) FROM truebook.claims") == 0
        refused = await made(desk.alice, "/appointments", places(one["id"]), 409)
        assert refused["detail"] == "that class was cancelled"
        assert (
            await desk.alice.post(f"{API}/classes/{one['id']}/move", json={"start": f"{monday()}T09:00"})
        ).status_code == 409


async def test_a_class_moves_as_a_whole_or_not_at_all(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk), "10:00"))
        booked = await made(desk.alice, "/appointments", places(one["id"], 3))
        await desk.booked("14:00")
        refused = await made(desk.alice, f"/classes/{one['id']}/move", {"start": f"{monday()}T14:15"}, 409)
        assert refused["code"] == "in_the_way"
        assert (await desk.alice.get(f"{API}/classes/{one['id']}")).json() == {**one, "free": 9}
        moved = await made(desk.alice, f"/classes/{one['id']}/move", {"start": f"{monday()}T10:15"}, 200)
        assert (moved["start"][11:16], moved["free"]) == ("10:15", 9)
        seen = (await desk.alice.get(f"{API}/appointments/{booked['id']}")).json()
        assert {part["start"][11:16] for part in seen["segments"]} == {"10:15"}
        assert value(database, "SELECT count(*) FROM truebook.outbox WHERE topic = 'moved'") == 1


async def test_the_teacher_and_the_room_are_guarded_like_anybody(database: str) -> None:
    async with shop(database) as desk:
        mats, room = await pool(desk), await pool(desk, "room", 1)
        units = (await desk.alice.get(f"{API}/pools/{room}/units")).json()["items"]
        first = await made(desk.alice, "/classes", yoga(desk, mats, "10:00", room_id=units[0]["id"], seats=5))
        assert first["room"]["id"] == units[0]["id"]
        assert first["staff"]["name"] == "Anna"
        assert (await desk.alice.post(f"{API}/appointments", json=desk.wanted("10:15"))).json()["code"] == "booked"
        ben = {"staff_id": str(desk.desk.staff["Ben"]), "room_id": units[0]["id"], "seats": 5}
        assert (await made(desk.alice, "/classes", yoga(desk, mats, "10:30", **ben), 409))["code"] == "in_the_way"
        booked = await desk.booked("15:00")
        named = await made(desk.alice, "/classes", yoga(desk, mats, "15:15"), 409)
        assert [one["code"] for one in named["data"]["appointments"]] == [booked["code"]]


async def test_capacity_never_drops_anybody(database: str) -> None:
    async with shop(database) as desk:
        one = await made(desk.alice, "/classes", yoga(desk, await pool(desk)))
        booked = await made(desk.alice, "/appointments", places(one["id"], 4))
        smaller = await desk.alice.patch(f"{API}/classes/{one['id']}", json={"seats": 4})
        assert (smaller.json()["seats"], smaller.json()["free"]) == (4, 0)
        refused = await desk.alice.patch(f"{API}/classes/{one['id']}", json={"seats": 3})
        assert refused.status_code == 409
        assert booked["code"] in refused.json()["detail"]
        larger = await desk.alice.patch(f"{API}/classes/{one['id']}", json={"seats": 12})
        assert (larger.json()["seats"], larger.json()["free"]) == (12, 8)
        await made(desk.alice, "/appointments", places(one["id"], 8))
        assert len((await desk.alice.get(f"{API}/classes/{one['id']}/appointments")).json()["items"]) == 2


async def test_a_class_on_every_date_of_a_rule(database: str) -> None:
    async with shop(database) as desk:
        mats = await pool(desk)
        taken = await desk.booked("10:00")
        week = {"rrule": "FREQ=DAILY;COUNT=3", "exceptions": [str(monday() + timedelta(days=1))]}
        refused = await made(desk.alice, "/classes/series", yoga(desk, mats, "10:15", **week), 409)
        assert (refused["code"], refused["data"]["date"]) == ("in_the_way", str(monday()))
        assert (await desk.alice.get(f"{API}/classes", params=days())).json()["items"] == []
        done = await made(desk.alice, "/classes/series", yoga(desk, mats, "10:15", as_far_as_possible=True, **week))
        assert [one["start"][:10] for one in done["items"]] == [str(monday() + timedelta(days=2))]
        assert [one["date"] for one in done["refused"]] == [str(monday())]
        assert taken["code"] in done["refused"][0]["detail"]


async def test_what_cannot_be_is_said_with_its_field(database: str) -> None:
    async with shop(database) as desk:
        mats, empty, room = await pool(desk), await pool(desk, "token", 0), await pool(desk, "equipment", 1)
        bare = await made(desk.alice, "/pools", {"name": "bare", "kind": "seat"})
        wrong: list[tuple[dict[str, Any], str]] = [
            (yoga(desk, bare["id"]), "seats"),
            (yoga(desk, mats, seats=13), "seats"),
            (yoga(desk, mats, seats=0), "seats"),
            (yoga(desk, empty), "seats_pool_id"),
            (yoga(desk, str(desk.desk.staff["Anna"])), "seats_pool_id"),
            (yoga(desk, mats, staff_id=str(desk.other.staff["Anna"])), "staff_id"),
            (yoga(desk, mats, service_id=str(desk.other.services["Haircut"])), "service_id"),
            (yoga(desk, mats, room_id=str(desk.desk.staff["Ben"])), "room_id"),
        ]
        for body, field in wrong:
            answer = await desk.alice.post(f"{API}/classes", json=body)
            assert answer.status_code in (404, 422), (field, answer.text)
            problem = answer.json()
            assert field in (problem.get("field"), *(one["field"] for one in problem.get("errors", []))), problem
        units = (await desk.alice.get(f"{API}/pools/{mats}/units")).json()["items"]
        assert (await made(desk.alice, "/classes", yoga(desk, mats, room_id=units[0]["id"]), 422))["field"] == "room_id"
        endless = await made(desk.alice, "/classes/series", yoga(desk, mats, rrule="FREQ=DAILY"), 422)
        assert endless["field"] == "rrule"
        one = await made(desk.alice, "/classes", yoga(desk, mats))
        for more, field in (
            ({"start": f"{monday()}T10:00"}, "start"),
            ({"service_id": one["service"]["id"]}, "service_id"),
        ):
            assert (await made(desk.alice, "/appointments", places(one["id"], **more), 422))["field"] == field
        assert (await made(desk.alice, "/appointments", {**desk.wanted(), "seats": 2}, 422))["field"] == "seats"
        assert (await made(desk.charlie, "/appointments", places(one["id"]), 404))["field"] == "class_id"
        assert room
