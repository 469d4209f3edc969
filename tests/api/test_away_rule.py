"""At most so many away at once: a break claims the person and a token, and the constraint is the rule."""

import asyncio
from typing import Any

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.api.test_visits import made
from tests.server.steps import value

pytestmark = pytest.mark.anyio


async def rule(desk: Shop, count: int = 1, kind: str = "token") -> str:
    """Say how many may be away at once."""
    pool = await made(desk.alice, "/pools", {"name": "Off at once", "kind": kind})
    await made(desk.alice, f"/pools/{pool['id']}/units", {"count": count})
    return str(pool["id"])


def pause(desk: Shop, who: str, pool: str, begin: str = "12:00", end: str = "12:30", **more: Any) -> dict[str, Any]:
    staff = str(desk.desk.staff[who])
    times = {"start": f"{monday()}T{begin}", "end": f"{monday()}T{end}"}
    return {"resource_id": staff, "kind": "break", "token_pool_id": pool, **times, **more}


async def test_one_at_a_time_is_away(database: str) -> None:
    async with shop(database) as desk:
        pool = await rule(desk)
        first = await made(desk.alice, "/blocks", pause(desk, "Anna", pool))
        assert (first["resource"]["name"], first["token"]["name"]) == ("Anna", "Off at once 1")
        refused = await desk.alice.post(f"{API}/blocks", json=pause(desk, "Ben", pool, "12:15", "12:45"))
        assert (refused.status_code, refused.json()["code"]) == (409, "in_the_way")
        assert [one["name"] for one in refused.json()["data"]["away"]] == ["Anna"]
        second = await made(desk.alice, "/blocks", pause(desk, "Ben", pool, "12:30", "13:00"))
        days = {"from": str(monday()), "to": str(monday())}
        listed = (await desk.alice.get(f"{API}/blocks", params=days)).json()["items"]
        assert listed == [first, second]
        assert (await desk.alice.get(f"{API}/blocks/{first['id']}")).json() == first
        await desk.alice.delete(f"{API}/blocks/{first['id']}")
        await desk.alice.delete(f"{API}/blocks/{second['id']}")
        assert value(database, "SELECT count(*) FROM truebook.claims") == 0
        await made(desk.alice, "/blocks", pause(desk, "Ben", pool, "12:15", "12:45"))


async def test_of_two_at_once_one_may_go(database: str) -> None:
    async with shop(database) as desk:
        pool = await rule(desk)
        asked = [desk.alice.post(f"{API}/blocks", json=pause(desk, who, pool)) for who in ("Anna", "Ben")]
        assert sorted(one.status_code for one in await asyncio.gather(*asked)) == [201, 409]
        two = await made(desk.alice, f"/pools/{pool}/units", {"count": 1})
        assert len(two["items"]) == 2
        again = [desk.alice.post(f"{API}/blocks", json=pause(desk, who, pool)) for who in ("Anna", "Ben")]
        assert sorted(one.status_code for one in await asyncio.gather(*again)) == [201, 409]
        assert value(database, "SELECT count(*) FROM truebook.claims") == 4


async def test_what_is_no_rule_is_named(database: str) -> None:
    async with shop(database) as desk:
        rooms = await rule(desk, kind="room")
        wrong = await desk.alice.post(f"{API}/blocks", json=pause(desk, "Anna", rooms))
        assert (wrong.status_code, wrong.json()["field"]) == (422, "token_pool_id")
        units = (await desk.alice.get(f"{API}/pools/{rooms}/units")).json()["items"]
        unit = pause(desk, "Anna", rooms, resource_id=units[0]["id"])
        wrong = await desk.alice.post(f"{API}/blocks", json=unit)
        assert (wrong.status_code, wrong.json()["field"]) == (422, "token_pool_id")
        assert value(database, "SELECT count(*) FROM truebook.blocks") == 0
