"""A business may want few gaps: then customers are offered starts that leave none, and staff see all of them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.booking.diaries import diary, resource, service, taken
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import actions, free
from truebook.booking.model import Wanted
from truebook.booking.steering import Costs
from truebook.tenants import accounts
from truebook.tenants.requirements import Requirement, put
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
DAY = MONDAY.date()


async def tight(desk: Desk) -> None:
    await accounts.change_account(desk.db, desk.scope, desk.account, {"tight_offers": True})


async def offered(desk: Desk, **more: Any) -> list[str]:
    found = await free.find(
        desk.db, desk.scope, desk.services["Haircut"], desk.staff["Anna"], DAY, DAY, now=NOW, **more
    )
    return [f"{one.start:%H:%M}" for one in found]


async def test_a_start_that_leaves_a_gap_is_not_offered_where_one_is_near_that_leaves_none(database: str) -> None:
    """Open from nine to five; the shortest service takes 45 minutes, and Anna is busy from twelve to a quarter to one."""
    async with opened(database) as db:
        desk = await furnish(db)
        await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(hours=4)), now=NOW)
        every = await offered(desk)
        assert {"09:15", "09:30", "11:00", "13:00"} <= {*every}
        await tight(desk)
        told = await offered(desk)
        assert told == [
            "09:00", "09:45", "10:00", "10:15", "10:30", "11:15",
            "12:45", "13:30", "13:45", "14:00", "14:15", "14:30", "14:45", "15:00", "15:15", "15:30", "16:15",
        ]  # fmt: skip
        assert await offered(desk, every=True) == every
        await actions.book(db, desk.scope, desk.wish(MONDAY + timedelta(hours=1, minutes=15)), now=NOW)  # still can be


async def test_visits_and_services_with_roles_are_offered_so_too(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await put(db, desk.scope, desk.services["Haircut"], [Requirement("stylist", None, ((0, 45),))])
        every = await offered(desk)
        parts = tuple(Wanted(desk.services[one], desk.staff["Anna"]) for one in ("Haircut", "Colour"))
        all_visits = await free.plans(db, desk.scope, parts, DAY, DAY, now=NOW)
        await tight(desk)
        told = await offered(desk)
        assert told[:2] == ["09:00", "09:45"] and {*told} < {*every}
        visits = await free.plans(db, desk.scope, parts, DAY, DAY, now=NOW)
        assert f"{visits[1].start:%H:%M}" == "09:45" and len(visits) < len(all_visits)
        assert len(await free.plans(db, desk.scope, parts, DAY, DAY, now=NOW, every=True)) == len(all_visits)


async def test_a_gap_counts_by_the_shortest_thing_that_somebody_offers(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await SERVICES.add(db, desk.scope, name="Beard", duration_minutes=15)  # nobody offers it
        await tight(desk)
        assert "09:15" not in await offered(desk)
        beard = await SERVICES.add(db, desk.scope, name="Fringe", duration_minutes=15)
        async with db.transaction(desk.scope) as tx:
            await tx.run(
                "INSERT INTO staff_services (account_id, staff_id, service_id) VALUES (%s, %s, %s)",
                (desk.account, desk.staff["Anna"], beard.id),
            )
        assert "09:15" in await offered(desk)


@pytest.mark.unit
def test_a_buffer_beyond_closing_costs_nothing() -> None:
    one = diary(((540, 630),), busy=[taken(MONDAY.replace(hour=9), 15)])
    what = service(30, after=60)
    costs = Costs([resource(one)], [what], DAY, DAY)
    assert costs.lengths == {what.id: 90}
    slot = [MONDAY.replace(hour=10), MONDAY.replace(hour=9, minute=15)]
    found = [costs._cost(one.staff_id, at, [(0, 90)]) for at in slot]
    assert found == [-30, -75]  # nobody could have sold the hour and a quarter that is left anyway


async def test_over_rest_customers_see_few_and_staff_see_all(database: str) -> None:
    async with shop(database) as salon:
        assert (await salon.alice.get(f"{API}/account")).json()["tight_offers"] is False
        every = await listed(salon)
        set_to = {"tight_offers": True, "quiet_from": "22:30", "waitlist_hold_minutes": 45}
        changed = await salon.alice.patch(f"{API}/account", json=set_to)
        assert changed.status_code == 200, changed.text
        assert set_to.items() <= changed.json().items()
        few = await listed(salon)
        assert len(few) < len(every) and all(one in every for one in few)
        assert await listed(salon, every="true") == every
        segments = [{"service_id": str(salon.desk.services["Haircut"])}]
        asked = {"segments": segments, "from": str(monday()), "to": str(monday())}
        visits = [
            (await salon.alice.post(f"{API}/availability", json={**asked, "every": of})).json() for of in (False, True)
        ]
        assert 0 < len(visits[0]["items"]) < len(visits[1]["items"])
        for bad in (
            {"quiet_from": "25:00"},
            {"waitlist_hold_minutes": 4},
            {"waitlist_undo_seconds": -1},
            {"tight_offers": "yes"},
        ):
            refused = await salon.alice.patch(f"{API}/account", json=bad)
            assert (refused.status_code, refused.json()["field"]) == (422, *bad)


async def listed(salon: Shop, **more: str) -> list[Any]:
    asked = {"service_id": str(salon.desk.services["Haircut"]), "from": str(monday()), "to": str(monday()), **more}
    items: list[Any] = (await salon.alice.get(f"{API}/slots", params=asked)).json()["items"]
    return items
