"""Businesses over HTTP: the operator opens and closes them, owners change their own; keys open one business."""

import pytest

from tests.api.http import API, monday, shop

pytestmark = pytest.mark.anyio
NEW = {"name": "Studio Dora", "slug": "studio-dora", "timezone": "Europe/Vienna", "languages": ["de", "en"]}


async def test_an_operator_opens_a_business_and_gives_its_owner_a_key(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.operator.post(f"{API}/accounts", json=NEW)
        assert (made.status_code, made.json()["slug"], made.headers["etag"]) == (201, "studio-dora", '"1"')
        issued = await desk.operator.post(f"{made.headers['location']}/keys", json={"name": "Dora"})
        assert (issued.status_code, issued.json()["key"][:3]) == (201, "tb_")
        headers = {"Authorization": f"Bearer {issued.json()['key']}"}
        own = await desk.nobody.get(f"{API}/account", headers=headers)
        assert own.json() == made.json()


async def test_a_slug_is_taken_once(database: str) -> None:
    async with shop(database) as desk:
        await desk.operator.post(f"{API}/accounts", json=NEW)
        again = await desk.operator.post(f"{API}/accounts", json=NEW)
        assert (again.status_code, again.json()["field"]) == (409, "slug")


async def test_the_directory_is_paged(database: str) -> None:
    async with shop(database) as desk:
        first = (await desk.operator.get(f"{API}/accounts", params={"limit": 1})).json()
        rest = (await desk.operator.get(f"{API}/accounts", params={"cursor": first["next"]})).json()
        assert [one["slug"] for one in first["items"] + rest["items"]] == ["salon-alice", "praxis-charlie"]
        assert rest["next"] is None


async def test_a_suspended_business_is_locked_out(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/accounts/{desk.desk.account}"
        assert (await desk.alice.get(f"{API}/account")).status_code == 200
        assert (await desk.operator.patch(path, json={"status": "suspended"})).status_code == 200
        assert (await desk.alice.get(f"{API}/account")).status_code == 401
        assert (await desk.charlie.get(f"{API}/account")).status_code == 200


async def test_a_closed_business_is_gone_and_nobody_sees_its_appointments(database: str) -> None:
    async with shop(database) as desk:
        booked = await desk.booked()
        path = f"{API}/accounts/{desk.desk.account}"
        assert (await desk.operator.delete(path)).status_code == 204
        assert (await desk.operator.delete(path)).status_code == 404
        assert (await desk.operator.post(f"{path}/keys", json={"name": "Late"})).status_code == 404
        assert (await desk.alice.get(f"{API}/appointments/{booked['id']}")).status_code == 401


async def test_a_new_zone_is_the_clock_from_then_on(database: str) -> None:
    async with shop(database) as desk:
        await desk.alice.get(f"{API}/account")
        changed = await desk.alice.patch(f"{API}/account", json={"timezone": "America/New_York"})
        assert changed.json()["timezone"] == "America/New_York"
        made = await desk.booked("10:00")
        assert made["start"] in (f"{monday()}T10:00:00-05:00", f"{monday()}T10:00:00-04:00")


async def test_unknown_businesses_are_not_found(database: str) -> None:
    async with shop(database) as desk:
        unknown = f"{API}/accounts/{desk.desk.services['Haircut']}"
        for answer in (
            await desk.operator.get(unknown),
            await desk.operator.patch(unknown, json={"name": "X"}),
            await desk.operator.delete(unknown),
            await desk.operator.post(f"{unknown}/keys", json={"name": "X"}),
        ):
            assert answer.status_code == 404
