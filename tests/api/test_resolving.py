"""Somebody is ill, over HTTP: who is hit, what each could have instead, and all that is chosen in one go."""

from typing import Any

import httpx2
import pytest

from tests.api.http import API, Shop, monday, shop
from tests.api.test_visits import COLOUR, CUT, chairs, made, visit
from tests.server.steps import value

pytestmark = pytest.mark.anyio


def ill(desk: Shop, who: str = "Anna", begin: str = "09:00", end: str = "17:00", **more: Any) -> dict[str, Any]:
    """Return the JSON of a day on which somebody is not to be had."""
    staff = str(desk.desk.staff[who])
    return {"resource_id": staff, "start": f"{monday()}T{begin}", "end": f"{monday()}T{end}", "reason": "ill", **more}


async def resolved(desk: Shop, body: dict[str, Any]) -> dict[str, Any]:
    return await made(desk.alice, "/blocks/resolve", body, 200)


async def refused(desk: Shop, body: dict[str, Any], status: int = 409) -> dict[str, Any]:
    answer: httpx2.Response = await desk.alice.post(f"{API}/blocks/resolve", json=body)
    assert answer.status_code == status, answer.text
    problem: dict[str, Any] = answer.json()
    return problem


def first_proposals(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the choices that take the first proposal of every appointment."""
    choices = []
    for one in found["items"]:
        proposal = one["proposals"][0]
        staff = {"staff_id": proposal["staff"]["id"]} if proposal["staff"] else {}
        choices.append({"appointment_id": one["appointment"]["id"], "start": proposal["start"], **staff})
    return choices


async def test_the_first_proposals_of_everybody_can_be_chosen_together(database: str) -> None:
    async with shop(database) as desk:
        await chairs(desk)
        for at in ("09:00", "10:30", "15:00"):
            await made(desk.alice, "/appointments", desk.wanted(at))
        ben = {"staff_id": str(desk.desk.staff["Ben"])}
        await made(desk.alice, "/appointments", desk.wanted("10:30", **ben))
        await made(
            desk.alice, "/appointments", visit(desk, {**COLOUR, "staff_id": desk.wanted()["staff_id"]}, CUT, at="12:00")
        )
        found = await resolved(desk, ill(desk))
        assert [one["appointment"]["start"][11:16] for one in found["items"]] == ["09:00", "10:30", "12:00", "15:00"]
        assert found["blocks"] == [] and value(database, "SELECT count(*) FROM truebook.blocks") == 0
        same = [one["proposals"][0]["start"] == one["appointment"]["start"] for one in found["items"]]
        assert same == [True, False, True, True]  # Ben is busy at half past ten
        done = await resolved(desk, ill(desk, choices=first_proposals(found)))
        assert {part["staff"]["name"] for one in done["items"] for part in one["appointment"]["segments"]} == {"Ben"}
        assert [(one["start"][11:16], one["end"][11:16]) for one in done["blocks"]] == [("09:00", "17:00")]
        seen = [
            (await desk.alice.get(f"{API}/appointments/{one['appointment']['id']}")).json() for one in done["items"]
        ]
        assert seen == [one["appointment"] for one in done["items"]]
        told = "SELECT count(*) FROM truebook.outbox WHERE topic = 'moved'"
        assert value(database, told) == 4
        assert (await refused(desk, ill(desk, choices=first_proposals(found)), 404))[
            "field"
        ] == "choices.0.appointment_id"
        assert value(database, told) == 4


async def test_who_is_forgotten_is_named_and_nothing_happens(database: str) -> None:
    async with shop(database) as desk:
        first, second = [await desk.booked(at) for at in ("09:00", "11:00")]
        choice = {"appointment_id": first["id"], "cancel": True}
        problem = await refused(desk, ill(desk, choices=[choice]))
        assert (problem["code"], [one["code"] for one in problem["data"]["appointments"]]) == (
            "in_the_way",
            [second["code"]],
        )
        assert (await desk.alice.get(f"{API}/appointments/{first['id']}")).json()["status"] == "confirmed"
        done = await resolved(desk, ill(desk, choices=[choice, {"appointment_id": second["id"]}]))
        assert [one["appointment"]["status"] for one in done["items"]] == ["cancelled", "confirmed"]
        topics = "SELECT string_agg(topic, ' ' ORDER BY topic) FROM truebook.outbox WHERE topic <> 'booked'"
        assert value(database, topics) == "cancelled moved"


async def test_one_choice_that_cannot_be_had_undoes_all(database: str) -> None:
    async with shop(database) as desk:
        first, second = [await desk.booked(at) for at in ("09:00", "11:00")]
        ben = str(desk.desk.staff["Ben"])
        both = [
            {"appointment_id": first["id"], "start": f"{monday()}T11:15", "staff_id": ben},
            {"appointment_id": second["id"], "staff_id": ben},
        ]
        problem = await refused(desk, ill(desk, choices=both))
        assert (problem["code"], problem["data"]["appointment_id"]) == ("booked", second["id"])
        back = [
            {"appointment_id": first["id"], "start": f"{monday()}T16:00", "staff_id": first["staff"]["id"]},
            both[1],
        ]
        problem = await refused(desk, ill(desk, choices=back))
        assert (problem["code"], problem["data"]["appointment_id"]) == ("booked", first["id"])
        for one in (first, second):
            assert (await desk.alice.get(f"{API}/appointments/{one['id']}")).json() == one
        assert value(database, "SELECT count(*) FROM truebook.blocks") == 0
        stale = [{"appointment_id": first["id"], "version": 7}, both[1]]
        assert (await refused(desk, ill(desk, choices=stale)))["code"] == "stale"


async def test_a_break_within_it_stays_what_it_is(database: str) -> None:
    async with shop(database) as desk:
        pause = {key: ill(desk, begin="12:00", end="13:00")[key] for key in ("resource_id", "start", "end")}
        await made(desk.alice, "/blocks", {**pause, "kind": "break"})
        done = await resolved(desk, ill(desk, choices=[]))
        assert [(one["start"][11:16], one["end"][11:16]) for one in done["blocks"]] == [
            ("09:00", "12:00"),
            ("13:00", "17:00"),
        ]
        assert (await resolved(desk, ill(desk, choices=[])))["blocks"] == []


async def test_a_broken_chair_is_left_for_another_and_nobody_changes_hands(database: str) -> None:
    async with shop(database) as desk:
        pool = await chairs(desk, 2)
        booked = await made(desk.alice, "/appointments", visit(desk, COLOUR))
        chair = booked["segments"][0]["resources"][0]
        broken = ill(desk, kind="out_of_service", resource_id=chair["id"])
        found = await resolved(desk, broken)
        assert found["items"][0]["proposals"][0] == {"start": booked["start"], "end": booked["end"], "staff": None}
        done = await resolved(desk, {**broken, "choices": first_proposals(found)})
        part = done["items"][0]["appointment"]["segments"][0]
        assert part["staff"] == booked["staff"] and part["resources"][0]["id"] != chair["id"]
        units = (await desk.alice.get(f"{API}/pools/{pool}/units")).json()["items"]
        assert part["resources"][0]["id"] in [one["id"] for one in units]


async def test_what_makes_no_sense_is_named(database: str) -> None:
    async with shop(database) as desk:
        one = await desk.booked()
        chosen = {"appointment_id": one["id"]}
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"end": f"{monday()}T08:00"}, "end"),
            ({"start": "2020-01-01T08:00", "end": "2020-01-02T08:00"}, "end"),
            ({"end": "2199-01-01T08:00"}, "end"),
            ({"end": None}, "end"),
            ({"kind": "holiday"}, "kind"),
            ({"choices": [chosen, chosen]}, "choices"),
            ({"choices": [{**chosen, "cancel": True, "start": f"{monday()}T12:00"}]}, "choices.0.cancel"),
            ({"choices": [{**chosen, "start": f"{monday()}T12:00:30"}]}, "choices.0.start"),
            ({"choices": [{**chosen, "override": ["claims"]}]}, "override"),
            ({"choices": [{**chosen, "version": 0}]}, "choices.0.version"),
        ]
        for change, field in wrong:
            assert (await refused(desk, ill(desk) | change, 422))["field"] == field, change
        assert (await desk.alice.get(f"{API}/appointments/{one['id']}")).json() == one
