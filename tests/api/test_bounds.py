"""Answers and settings have bounds: what is longer comes by pages, what is more is refused by the field."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.http import API, Shop, monday, shop

pytestmark = pytest.mark.anyio


@pytest.fixture
async def salon(database: str) -> AsyncIterator[Shop]:
    async with shop(database) as salon:
        yield salon


def days(shop: Shop, **more: Any) -> dict[str, str]:
    asked = {"from": monday(), "to": monday() + timedelta(days=8), "service_id": shop.desk.services["Haircut"]}
    return {name: str(value) for name, value in {**asked, **more}.items()}


async def pages(salon: Shop, limit: int, **more: Any) -> list[list[Any]]:
    """Read slots page by page."""
    found, cursor = [], {}
    while True:
        answer = await salon.alice.get(f"{API}/slots", params={**days(salon, limit=limit, **more), **cursor})
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["items"])
        cursor = {"cursor": answer.json()["next"]}
        if cursor["cursor"] is None:
            return found


async def needs_a_chair(salon: Shop) -> None:
    pool = (await salon.alice.post(f"{API}/pools", json={"name": "Chair", "kind": "equipment"})).json()["id"]
    await salon.alice.post(f"{API}/pools/{pool}/units", json={"count": 1})
    roles = [{"role": "stylist", "busy": [[0, 45]]}, {"role": "chair", "pool_id": pool, "busy": [[0, 45]]}]
    path = f"{API}/services/{salon.desk.services['Haircut']}/requirements"
    assert (await salon.alice.put(path, json={"roles": roles})).status_code == 200


async def test_slots_come_by_pages_and_none_is_lost_or_told_twice(salon: Shop) -> None:
    for needs in (None, needs_a_chair):
        if needs:
            await needs(salon)
        (whole,) = await pages(salon, 5000)
        assert {one["staff"]["name"] for one in whole} == {"Anna", "Ben"}
        for limit in (7, len(whole) // 2, len(whole)):
            found = await pages(salon, limit)
            assert [one for page in found for one in page] == whole
            assert all(len(page) <= limit for page in found)
        alone = await pages(salon, 10, staff_id=salon.desk.staff["Ben"])
        assert [one for page in alone for one in page] == [one for one in whole if one["staff"]["name"] == "Ben"]
    for field, value in {"limit": 5001, "cursor": "nonsense"}.items():
        refused = await salon.alice.get(f"{API}/slots", params=days(salon, **{field: value}))
        assert (refused.status_code, refused.json()["field"]) == (422, field)


async def test_times_of_visits_come_by_pages(salon: Shop) -> None:
    haircut, colour = (str(salon.desk.services[name]) for name in ("Haircut", "Colour"))
    asked = {
        "segments": [{"service_id": colour}, {"service_id": haircut}],
        "from": str(monday()), "to": str(monday() + timedelta(days=3)),
    }  # fmt: skip
    whole = (await salon.alice.post(f"{API}/availability", json=asked)).json()
    found, cursor, size = [], None, 13
    while cursor or not found:
        more = {"cursor": cursor} if cursor else {}
        page = (await salon.alice.post(f"{API}/availability", json={**asked, "limit": size, **more})).json()
        assert len(page["items"]) <= size
        found, cursor = [*found, *page["items"]], page["next"]
    assert whole["next"] is None
    assert found == whole["items"]
    other = {**asked, "cursor": (await pages_cursor(salon))}
    refused = await salon.alice.post(f"{API}/availability", json=other)
    assert (refused.status_code, refused.json()["field"]) == (422, "cursor")


async def pages_cursor(salon: Shop) -> str:
    """Return the cursor of another list."""
    cursor: str = (await salon.alice.get(f"{API}/slots", params=days(salon, limit=3))).json()["next"]
    return cursor


async def test_a_page_of_long_visits_is_shorter(salon: Shop) -> None:
    segments = [{"service_id": str(salon.desk.services["Haircut"])}] * 10
    asked = {"segments": segments, "from": str(monday()), "to": str(monday() + timedelta(days=60)), "limit": 5000}
    page = await salon.alice.post(f"{API}/availability", json=asked)
    assert page.status_code == 200
    assert len(page.json()["items"]) <= 500


@pytest.mark.parametrize(
    ("table", "columns", "path", "body", "field", "most"),
    [
        ("blackout_dates", "starts_on, ends_on, is_recurring", "blackouts", {"starts_on": "2031-01-01", "ends_on": "2031-01-01", "is_recurring": True}, "starts_on", 1000),
        ("date_overrides", "date", "overrides", {"date": "2020-01-01"}, "date", 1000),
        ("staff", "name", "staff", {"name": "One more"}, "name", 200),
        ("services", "name, duration_minutes", "services", {"name": "One more", "duration_minutes": 5}, "name", 500),
        ("resource_pools", "name, kind", "pools", {"name": "One more", "kind": "room"}, "name", 100),
    ],
)  # fmt: skip
async def test_settings_are_bounded(
    salon: Shop, table: str, columns: str, path: str, body: dict[str, Any], field: str, most: int
) -> None:
    made = {
        "starts_on": "date '2030-01-01' + n", "ends_on": "date '2030-01-01' + n", "is_recurring": "true",
        "date": "date '2030-01-01' + n", "name": "'Number ' || n", "duration_minutes": "30", "kind": "'room'",
    }  # fmt: skip
    values = ", ".join(made[one] for one in columns.split(", "))
    async with salon.desk.db.transaction(salon.desk.scope) as tx:
        there = await tx.row(f"SELECT count(*) FROM {table} WHERE account_id = %s", (salon.desk.account,))
        assert there is not None
        await tx.run(
            f"INSERT INTO {table} (account_id, {columns}) SELECT %s, {values} FROM generate_series(1, %s) n",
            (salon.desk.account, most - 1 - there[0]),
        )
    last = await salon.alice.post(f"{API}/{path}", json=body)
    assert last.status_code == 201, last.text
    refused = await salon.alice.post(f"{API}/{path}", json={**body, "name": "Another"} if "name" in body else body)
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert refused.json()["data"] == {"limit": most}
    gone = await salon.alice.delete(f"{API}/{path}/{last.json()['id']}")
    assert gone.status_code == 204
    assert (await salon.alice.post(f"{API}/{path}", json=body)).status_code == 201


async def test_a_day_has_so_many_intervals_and_a_business_so_many_units(salon: Shop) -> None:
    minutes = [f"{n // 60:02}:{n % 60:02}" for n in range(120)]
    intervals = [{"opens": minutes[n], "closes": minutes[n + 1]} for n in range(0, 98, 2)]
    week = [{"weekday": 1, **one} for one in intervals]
    refused = await salon.alice.put(f"{API}/hours", json={"week": week})
    assert (refused.status_code, refused.json()["field"]) == (422, "week")
    refused = await salon.alice.post(f"{API}/overrides", json={"date": "2030-01-01", "intervals": intervals})
    assert (refused.status_code, refused.json()["field"]) == (422, "intervals")
    for number in range(3):
        pool = await salon.alice.post(f"{API}/pools", json={"name": f"Seats {number}", "kind": "seat"})
        made = await salon.alice.post(f"{API}/pools/{pool.json()['id']}/units", json={"count": 1000})
        assert made.status_code == 201
    pool = await salon.alice.post(f"{API}/pools", json={"name": "More", "kind": "seat"})
    refused = await salon.alice.post(f"{API}/pools/{pool.json()['id']}/units", json={"count": 1})
    assert (refused.status_code, refused.json()["field"]) == (422, "units")


async def test_history_comes_by_pages(salon: Shop) -> None:
    booked = await salon.booked()
    for clock_time in ("11:00", "12:00", "13:00"):
        path = f"{API}/appointments/{booked['id']}/move"
        assert (await salon.alice.post(path, json={"start": f"{monday()}T{clock_time}"})).status_code == 200
    path = f"{API}/appointments/{booked['id']}/history"
    whole = (await salon.alice.get(path)).json()
    assert (len(whole["items"]), whole["next"]) == (4, None)
    first = (await salon.alice.get(path, params={"limit": 3})).json()
    assert first["items"] == whole["items"][:3]
    rest = (await salon.alice.get(path, params={"limit": 3, "cursor": first["next"]})).json()
    assert (rest["items"], rest["next"]) == (whole["items"][3:], None)
