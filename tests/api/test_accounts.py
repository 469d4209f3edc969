"""Businesses over HTTP: the operator opens and closes them, owners change their own; keys open one business."""

import pytest

from tests.api.http import API, monday, shop
from tests.api.test_classes import places, pool, yoga
from tests.api.test_foreign_ids import window
from tests.api.test_series import booking
from tests.api.test_visits import COLOUR, CUT, chairs, made, visit
from tests.server.steps import value

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


async def test_a_business_ends_with_all_that_is_upcoming_and_its_appointments_stay(database: str) -> None:
    """A visit with a chair, a place in a class, a series, somebody away, and somebody who waits (I19)."""
    async with shop(database) as desk:
        await chairs(desk)
        mats, ben = await pool(desk), {"staff_id": str(desk.desk.staff["Ben"])}
        both = await made(desk.alice, "/appointments", visit(desk, COLOUR, CUT))
        lesson = await made(desk.alice, "/classes", yoga(desk, mats, "15:00", **ben))
        seat = await made(desk.alice, "/appointments", places(lesson["id"], 2))
        await made(desk.alice, "/series", booking(desk, time="14:00"))
        away = {"resource_id": ben["staff_id"], "start": f"{monday()}T09:00", "end": f"{monday()}T11:00"}
        await made(desk.alice, "/blocks", away)
        waits = {"name": "Carla", "phone": "+43 660 1234567"}
        wanted = {"service_id": str(desk.desk.services["Haircut"]), "customer": waits, "windows": [window()]}
        await made(desk.alice, "/waitlist", wanted)
        theirs = {"service_id": str(desk.other.services["Haircut"]), "customer": {"name": "Dora"}}
        other = await made(desk.charlie, "/appointments", {**theirs, "start": f"{monday()}T12:00"})
        counted = value(database, "SELECT count(*) FROM truebook.appointments")
        assert (await desk.operator.delete(f"{API}/accounts/{desk.desk.account}")).status_code == 204
        assert value(database, "SELECT count(*) FROM truebook.appointments") == counted
        assert value(database, "SELECT count(*) FROM truebook.appointments WHERE account_id IS NULL") == counted - 1
        left = "SELECT count(*) FROM truebook.{} WHERE {} <> (SELECT id FROM truebook.accounts WHERE slug = 'praxis-charlie')"
        for table in ("claims", "blocks", "waitlist_entries", "appointment_series", "class_sessions"):
            assert value(database, left.format(table, "tenant_id")) == 0, table
        for table in ("resources", "resource_pools", "staff", "services", "customers"):
            assert value(database, left.format(table, "account_id")) == 0, table
        agreed = (
            "SELECT count(*) FROM truebook.appointment_segments WHERE service_id IS NULL AND service_name IS NOT NULL"
        )
        assert value(database, agreed) == len(both["segments"]) + len(seat["segments"]) + 4
        assert (await desk.charlie.get(f"{API}/appointments/{other['id']}")).json() == other
