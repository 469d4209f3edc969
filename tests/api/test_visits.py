"""Visits over HTTP: several services and people, rooms and processing time, all or none, and what can be changed of them."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.api.http import API, Shop, monday, shop
from tests.server.steps import value

pytestmark = pytest.mark.anyio
APPOINTMENTS = f"{API}/appointments"


async def made(client: httpx2.AsyncClient, path: str, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = await client.post(API + path, json=body)
    assert answer.status_code == status, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


async def put(client: httpx2.AsyncClient, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = await client.put(API + path, json=body)
    assert answer.status_code == status, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


async def chairs(desk: Shop, count: int = 2) -> str:
    """Give the salon chairs, on which hair is coloured: the stylist is free while it sets."""
    pool = await made(desk.alice, "/pools", {"name": "Chair", "kind": "equipment"})
    await made(desk.alice, f"/pools/{pool['id']}/units", {"count": count})
    roles = [
        {"role": "stylist", "busy": [[0, 30], [60, 90]]},
        {"role": "chair", "pool_id": pool["id"], "busy": [[0, 90]]},
    ]
    await put(desk.alice, f"/services/{desk.desk.services['Colour']}/requirements", {"roles": roles})
    return str(pool["id"])


def visit(desk: Shop, *segments: dict[str, Any], at: str = "10:00", **more: Any) -> dict[str, Any]:
    parts = [{**one, "service_id": str(desk.desk.services[one["service_id"]])} for one in segments]
    return {"segments": parts, "start": f"{monday()}T{at}", "customer": {"name": "Carla"}, **more}


COLOUR, CUT = {"service_id": "Colour"}, {"service_id": "Haircut"}
MIA = {"service_id": "Haircut", "guest_name": "Mia", "together": True}


def times(appointment: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["start"][11:16], one["end"][11:16]) for one in appointment["segments"]]


async def test_a_visit_of_colour_cut_and_a_daughter_is_one_appointment(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        booked = await made(desk.alice, "/appointments", visit(desk, COLOUR, CUT, MIA))
        assert times(booked) == [("10:00", "11:30"), ("11:30", "12:15"), ("11:30", "12:15")]
        assert (booked["start"][11:16], booked["end"][11:16]) == ("10:00", "12:15")
        colour, cut, mias = booked["segments"]
        assert colour["staff"] == cut["staff"] != mias["staff"]
        assert [one["name"] for one in colour["resources"]] == ["Chair 1"] and cut["resources"] == []
        assert (cut["guest_name"], mias["guest_name"]) == (None, "Mia")
        assert booked["price"]["amount_minor"] == 3 * 3500
        assert value(database, "SELECT count(*) FROM truebook.claims") == 5
        seen = await desk.alice.get(f"{APPOINTMENTS}/{booked['id']}")
        assert seen.json() == booked


async def test_while_the_colour_sets_the_stylist_cuts_somebody_elses_hair(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        anna = {"staff_id": str(desk.desk.staff["Anna"])}
        await made(desk.alice, "/appointments", visit(desk, {**COLOUR, **anna}))
        short = await made(desk.alice, "/services", {"name": "Fringe", "duration_minutes": 30})
        await put(desk.alice, f"/staff/{desk.desk.staff['Anna']}/services", {"service_ids": [short["id"]]})
        between = {"service_id": short["id"], **anna, "start": f"{monday()}T10:30", "customer": {"name": "Dora"}}
        await made(desk.alice, "/appointments", between)
        refused = await desk.alice.post(APPOINTMENTS, json={**between, "start": f"{monday()}T11:00"})
        assert (refused.status_code, refused.json()["code"]) == (409, "booked")


async def test_what_cannot_be_had_as_a_whole_is_refused_by_segment_and_role(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk, 1)
        await made(desk.alice, "/appointments", visit(desk, COLOUR, at="12:00"))
        refused = await desk.alice.post(APPOINTMENTS, json=visit(desk, CUT, COLOUR, at="11:00"))
        assert (refused.status_code, refused.json()["code"]) == (409, "booked")
        assert refused.json()["data"] == {"segment": 2, "role": "chair"}
        assert refused.json()["nearest"]
        asked = {**visit(desk, CUT, COLOUR, at="11:00")}
        del asked["customer"]
        why = await made(desk.alice, "/availability/why", asked, 200)
        assert (why["free"], why["code"], why["segment"], why["role"]) == (False, "booked", 2, "chair")
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 1


async def test_the_times_of_a_visit_can_all_be_booked(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk, 1)
        asked = visit(desk, COLOUR, CUT, MIA)
        days = {"from": str(monday()), "to": str(monday()), "limit": 100}
        found = await made(desk.alice, "/availability", {"segments": asked["segments"], **days}, 200)
        starts = [one["start"] for one in found["items"]]
        assert starts[0][11:16] == "09:00" and len(starts) > 10
        while starts:
            await made(desk.alice, "/appointments", {**asked, "start": starts[-1]})
            left = await made(desk.alice, "/availability", {"segments": asked["segments"], **days}, 200)
            assert {one["start"] for one in left["items"]} < set(starts)
            starts = [one["start"] for one in left["items"]]


async def test_a_visit_is_moved_and_cancelled_as_a_whole(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        booked = await made(desk.alice, "/appointments", visit(desk, COLOUR, CUT))
        path = f"/appointments/{booked['id']}"
        moved = await made(desk.alice, f"{path}/move", {"start": f"{monday()}T10:15"}, 200)
        assert times(moved) == [("10:15", "11:45"), ("11:45", "12:30")]
        assert [one["staff"] for one in moved["segments"]] == [one["staff"] for one in booked["segments"]]
        late = await desk.alice.post(f"{API}{path}/move", json={"start": f"{monday()}T16:00"})
        assert (late.status_code, late.json()["code"]) == (409, "closed")
        cancelled = await made(desk.alice, f"{path}/cancel", {}, 200)
        assert times(cancelled) == times(moved) and cancelled["segments"][0]["resources"]
        assert value(database, "SELECT count(*) FROM truebook.claims") == 0


async def test_segments_come_go_change_and_last_longer(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        booked = await made(desk.alice, "/appointments", visit(desk, CUT))
        path = f"/appointments/{booked['id']}/segments"
        colour = {"service_id": str(desk.desk.services["Colour"])}
        added = await made(desk.alice, path, {**colour, "position": 1}, 200)
        assert times(added) == [("10:00", "11:30"), ("11:30", "12:15")]
        longer = (await desk.alice.patch(f"{API}{path}/1", json={"duration_minutes": 105})).json()
        assert times(longer) == [("10:00", "11:45"), ("11:45", "12:30")]
        stylists = (
            "SELECT extract(epoch FROM sum(c.ends_at - c.starts_at))::int / 60 FROM truebook.claims c"
            " JOIN truebook.staff s ON s.id = c.resource_id WHERE c.segment = 1"
        )
        assert value(database, stylists) == 75  # 30 minutes, and of the last range 30 and the 15 that came
        replaced = (await desk.alice.patch(f"{API}{path}/2", json=colour)).json()
        assert times(replaced) == [("10:00", "11:45"), ("11:45", "13:15")]
        dropped = (await desk.alice.request("DELETE", f"{API}{path}/1")).json()
        assert times(dropped) == [("10:00", "11:30")]
        last = await desk.alice.request("DELETE", f"{API}{path}/1")
        assert (last.status_code, last.json()["field"]) == (422, "position")
        assert (await desk.alice.get(f"{APPOINTMENTS}/{booked['id']}")).json()["version"] == 5


async def test_what_was_cancelled_stands_again_or_is_an_honest_no(database: str) -> None:
    async with shop(database) as desk:
        first = await desk.booked()
        await made(desk.alice, f"/appointments/{first['id']}/cancel", {}, 200)
        again = await made(desk.alice, f"/appointments/{first['id']}/reopen", {}, 200)
        assert (again["status"], again["start"], again["code"]) == ("confirmed", first["start"], first["code"])
        await made(desk.alice, f"/appointments/{first['id']}/cancel", {}, 200)
        await desk.booked()
        refused = await desk.alice.post(f"{APPOINTMENTS}/{first['id']}/reopen")
        assert (refused.status_code, refused.json()["code"]) == (409, "booked")


async def test_staff_go_beyond_what_they_name_and_history_keeps_it(database: str) -> None:
    async with shop(database) as desk:
        late = desk.wanted("20:00")
        refused = await desk.alice.post(APPOINTMENTS, json=late)
        assert (refused.status_code, refused.json()["code"]) == (409, "closed")
        unknown = await desk.alice.post(APPOINTMENTS, json={**late, "override": ["claims"]})
        assert (unknown.status_code, unknown.json()["field"]) == (422, "override")
        booked = await made(desk.alice, "/appointments", {**late, "override": ["hours"]})
        assert booked["overrides"] == ["hours"]
        twice = await desk.alice.post(APPOINTMENTS, json={**late, "override": ["hours", "notice", "horizon", "grid"]})
        assert (twice.status_code, twice.json()["code"]) == (409, "booked")
        far = desk.wanted(start=f"{monday() + timedelta(days=140)}T10:00")
        assert (await desk.alice.post(APPOINTMENTS, json=far)).json()["code"] == "horizon"
        await made(desk.alice, "/appointments", {**far, "override": ["horizon"]})
        history = (await desk.alice.get(f"{APPOINTMENTS}/{booked['id']}/history")).json()["items"]
        assert history[0]["row"]["overrides"] == ["hours"] and history[0]["row"]["claims"]


async def test_a_block_over_appointments_is_refused_and_names_them(database: str) -> None:
    async with shop(database) as desk:
        booked = await desk.booked()
        away = {
            "resource_id": str(desk.desk.staff["Anna"]), "start": f"{monday()}T09:00", "end": f"{monday()}T12:00",
        }  # fmt: skip
        refused = await desk.alice.post(f"{API}/blocks", json=away)
        assert (refused.status_code, refused.json()["code"]) == (409, "in_the_way")
        assert [one["code"] for one in refused.json()["data"]["appointments"]] == [booked["code"]]
        block = await made(desk.alice, "/blocks", {**away, "start": f"{monday()}T12:00", "end": f"{monday()}T13:00"})
        taken = await desk.alice.post(APPOINTMENTS, json=desk.wanted("12:30"))
        assert (taken.status_code, taken.json()["code"]) == (409, "booked")
        assert (await desk.alice.request("DELETE", f"{API}/blocks/{block['id']}")).status_code == 204
        await desk.booked("12:30")


async def test_a_unit_is_closed_for_good_and_given_back(database: str) -> None:
    async with shop(database) as desk:
        pool = await chairs(desk, 2)
        booked = await made(desk.alice, "/appointments", visit(desk, COLOUR))
        number = int(booked["segments"][0]["resources"][0]["name"].split()[1])
        units = (await desk.alice.request("DELETE", f"{API}/pools/{pool}/units/{3 - number}")).json()["items"]
        closed = units[2 - number]
        assert closed["closed_by"] and units[number - 1]["closed_by"] is None
        refused = await desk.alice.request("DELETE", f"{API}/pools/{pool}/units/{number}")
        assert (refused.status_code, refused.json()["code"]) == (409, "in_the_way")
        assert [one["code"] for one in refused.json()["data"]["appointments"]] == [booked["code"]]
        both = [COLOUR, {**COLOUR, "guest_name": "Mia", "together": True}]
        assert (await desk.alice.post(APPOINTMENTS, json=visit(desk, *both, at="13:00"))).json()["code"] == "booked"
        await desk.alice.request("DELETE", f"{API}/blocks/{closed['closed_by']}")
        await made(desk.alice, "/appointments", visit(desk, *both, at="13:00"))
        in_use = await desk.alice.request("DELETE", f"{API}/pools/{pool}")
        assert (in_use.status_code, in_use.json()["code"]) == (409, "conflict")


async def test_who_has_a_unit_that_closes_is_given_another_at_the_same_time(database: str) -> None:
    async with shop(database) as desk:
        pool = await chairs(desk, 2)
        both = [COLOUR, {**COLOUR, "guest_name": "Mia", "together": True}]
        pair = await made(desk.alice, "/appointments", visit(desk, *both, at="13:00"))
        alone = await made(desk.alice, "/appointments", visit(desk, COLOUR))
        await made(desk.alice, f"/pools/{pool}/units", {"count": 1})
        for number in (1, 2):
            unit = (await desk.alice.get(f"{API}/pools/{pool}/units")).json()["items"][number - 1]
            answer = await desk.alice.request("DELETE", f"{API}/pools/{pool}/units/{number}")
            if number == 2:  # two sit side by side, and only one chair would be left
                assert (answer.status_code, answer.json()["code"]) == (409, "in_the_way")
                assert pair["code"] in [one["code"] for one in answer.json()["data"]["appointments"]]
                break
            assert answer.status_code == 200
            seen = [(await desk.alice.get(f"{APPOINTMENTS}/{one['id']}")).json() for one in (pair, alone)]
            chairs_now = [part["resources"][0]["id"] for one in seen for part in one["segments"]]
            assert unit["id"] not in chairs_now and len({*chairs_now[:2]}) == 2
            for before, after in zip((pair, alone), seen, strict=True):
                assert [part["start"] for part in after["segments"]] == [part["start"] for part in before["segments"]]
                moved = before["segments"] != after["segments"]
                assert after["version"] == before["version"] + moved
                history = (await desk.alice.get(f"{APPOINTMENTS}/{after['id']}/history")).json()["items"]
                held = {claim["resource_id"] for claim in history[-1]["row"]["claims"]}
                assert {part["resources"][0]["id"] for part in after["segments"]} < held


async def test_whoever_is_there_is_noted_once(database: str) -> None:
    async with shop(database) as desk:
        booked = await desk.booked()
        first = await made(desk.alice, f"/appointments/{booked['id']}/arrive", {}, 200)
        again = await made(desk.alice, f"/appointments/{booked['id']}/arrive", {}, 200)
        assert first["arrived_at"] and again == first


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"segments": []}, "segments"),
        ({"segments": [{}]}, "segments.0.service_id"),
        ({"segments": [{"service_id": "Haircut", "together": True}]}, "segments.0.together"),
        ({"segments": [CUT] * 51}, "segments"),
        ({"segments": [CUT], "service_id": "Haircut"}, "segments"),
        ({}, "service_id"),
        ({"segments": [CUT, {"service_id": "00000000-0000-4000-8000-000000000000"}]}, "segments.1.service_id"),
        ({"segments": [{**CUT, "staff_id": "00000000-0000-4000-8000-000000000000"}]}, "segments.0.staff_id"),
        ({"segments": [{**CUT, "guest_name": " "}]}, "segments.0.guest_name"),
        ({"segments": [CUT], "override": ["everything"]}, "override"),
        ({"segments": [CUT], "hold": True, "arrived": True}, "arrived"),
    ],
)
async def test_what_cannot_be_meant_is_named_and_nothing_is_kept(
    database: str, body: dict[str, Any], field: str
) -> None:
    async with shop(database) as desk:

        def known(one: dict[str, Any]) -> dict[str, Any]:
            service = one.get("service_id")
            return {**one, "service_id": str(desk.desk.services.get(service, service))} if service else one

        sent = {**known(body), "start": f"{monday()}T10:00", "customer": {"name": "Carla"}}
        if "segments" in body:
            sent["segments"] = [known(one) for one in body["segments"]]
        refused = await desk.alice.post(APPOINTMENTS, json=sent)
        assert refused.status_code in (404, 422), refused.text
        assert refused.json()["field"] == field
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 0


@pytest.mark.parametrize(
    ("roles", "field"),
    [
        ([{"role": "a", "busy": [[0, 30], [20, 40]]}], "roles.0.busy"),
        ([{"role": "a", "busy": [[30, 30]]}], "roles.0.busy"),
        ([{"role": "a", "busy": []}], "roles.0.busy"),
        ([{"role": "a", "busy": [[-481, 30]]}], "roles.0.busy"),
        ([{"role": "a", "busy": [[0, 30]]}, {"role": "a", "busy": [[0, 30]]}], "roles.1.role"),
        ([{"role": "a", "busy": [[0, 30]], "pool_id": "00000000-0000-4000-8000-000000000000"}], "roles.0.pool_id"),
        ([{"role": "a", "busy": [[0, 30]], "pool_id": "empty"}], "roles.0.pool_id"),
        ([{"role": " ", "busy": [[0, 30]]}], "roles.0.role"),
    ],
)
async def test_a_role_that_cannot_be_is_refused_by_its_field(
    database: str, roles: list[dict[str, Any]], field: str
) -> None:
    async with shop(database) as desk:
        empty = (await made(desk.alice, "/pools", {"name": "Room", "kind": "room"}))["id"]
        sent = [{**one, **({"pool_id": empty} if one.get("pool_id") == "empty" else {})} for one in roles]
        path = f"/services/{desk.desk.services['Haircut']}/requirements"
        refused = await put(
            desk.alice, path, {"roles": sent}, 404 if field.endswith("pool_id") and "-" in str(roles) else 422
        )
        assert refused["field"] == field
        assert (await desk.alice.get(API + path)).json() == {"roles": []}
