"""A business's settings over HTTP: change, versions, clashes, pages, and that they decide what can be booked."""

import asyncio

import pytest

from tests.api.http import API, monday, shop

pytestmark = pytest.mark.anyio


async def test_a_service_is_added_changed_and_deleted(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.alice.post(f"{API}/services", json={"name": " Perm ", "duration_minutes": 60})
        assert (made.status_code, made.json()["name"], made.headers["etag"]) == (201, "Perm", '"1"')
        path = made.headers["location"]
        changed = await desk.bob.patch(path, json={"price_minor": 5000, "description": None})
        assert (changed.json()["price_minor"], changed.json()["name"], changed.headers["etag"]) == (5000, "Perm", '"2"')
        assert (await desk.alice.get(path)).json() == changed.json()
        assert (await desk.alice.delete(path)).status_code == 204
        assert (await desk.alice.get(path)).status_code == 404


async def test_if_match_guards_changes_and_deletions(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/staff/{desk.desk.staff['Anna']}"
        stale = {"If-Match": '"9"'}
        for answer in (
            await desk.alice.patch(path, json={"name": "Annie"}, headers=stale),
            await desk.alice.patch(path, json={}, headers=stale),
            await desk.alice.delete(path, headers=stale),
        ):
            assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (412, "stale", "If-Match")
        seen = (await desk.alice.get(path)).headers["etag"]
        assert (await desk.alice.patch(path, json={"name": "Annie"}, headers={"If-Match": seen})).status_code == 200
        assert (await desk.alice.delete(path, headers={"If-Match": seen})).status_code == 412
        assert (await desk.alice.delete(path, headers={"If-Match": "*"})).status_code == 204


async def test_of_two_changes_from_the_same_version_one_wins(database: str) -> None:
    async with shop(database) as desk:
        path, seen = f"{API}/services/{desk.desk.services['Haircut']}", {"If-Match": '"1"'}
        answers = await asyncio.gather(
            *(desk.alice.patch(path, json={"sort_order": n}, headers=seen) for n in range(8))
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_a_clash_names_the_field(database: str) -> None:
    async with shop(database) as desk:
        await desk.alice.post(f"{API}/customers", json={"phone": "+43 660 7654321"})
        for kind, body, field in (
            ("services", {"name": "haircut", "duration_minutes": 5}, "name"),
            ("staff", {"name": "ANNA"}, "name"),
            ("customers", {"phone": "+436607654321"}, "phone"),
        ):
            answer = await desk.alice.post(f"{API}/{kind}", json=body)
            assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, "conflict", field)


async def test_one_assistant_is_active_at_a_time(database: str) -> None:
    async with shop(database) as desk:
        assert (await desk.alice.post(f"{API}/bots", json={"name": "First"})).status_code == 201
        second = await desk.alice.post(f"{API}/bots", json={"name": "Second"})
        assert (second.status_code, second.json()["field"]) == (409, "is_active")


async def test_pages_hold_every_record_once(database: str) -> None:
    async with shop(database) as desk:
        for number in range(5):
            await desk.alice.post(f"{API}/staff", json={"name": f"Staff {number}"})
        names: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await desk.bob.get(f"{API}/staff", params={"limit": "3", **cursor})).json()
            names += [one["name"] for one in page["items"]]
            if not page["next"]:
                break
            cursor = {"cursor": page["next"]}
        assert names == ["Anna", "Ben", *(f"Staff {number}" for number in range(5))]


async def test_services_of_staff_are_replaced(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/staff/{desk.desk.staff['Ben']}/services"
        colour = str(desk.desk.services["Colour"])
        assert len((await desk.alice.get(path)).json()["service_ids"]) == 2
        assert (await desk.alice.put(path, json={"service_ids": [colour, colour]})).json() == {"service_ids": [colour]}
        refused = await desk.alice.post(f"{API}/appointments", json=desk.wanted(staff_id=str(desk.desk.staff["Ben"])))
        assert (refused.status_code, refused.json()["code"]) == (409, "not_offered")


async def test_hours_overrides_and_days_off_decide(database: str) -> None:
    async with shop(database) as desk:
        anna = str(desk.desk.staff["Anna"])
        query = {
            "service_id": str(desk.desk.services["Haircut"]), "staff_id": anna,
            "from": str(monday()), "to": str(monday()),
        }  # fmt: skip

        async def starts() -> list[str]:
            answer = await desk.alice.get(f"{API}/slots", params=query)
            return [slot["start"][11:16] for slot in answer.json()["items"]]

        own = {"week": [{"weekday": 1, "opens": "18:00", "closes": "19:00"}], "slot_minutes": 5}
        assert (await desk.alice.put(f"{API}/staff/{anna}/hours", json=own)).json()["week"] == own["week"]
        assert await starts() == ["18:00", "18:05", "18:10", "18:15"]
        special = {"date": str(monday()), "intervals": [{"opens": "07:00", "closes": "07:45"}]}
        override = await desk.alice.post(f"{API}/overrides", json=special)
        assert override.json()["intervals"] == special["intervals"]
        assert await starts() == ["07:00"]
        closed = await desk.alice.patch(override.headers["location"], json={"intervals": []})
        assert (closed.json()["intervals"], await starts()) == ([], [])
        await desk.alice.delete(override.headers["location"])
        await desk.alice.delete(f"{API}/staff/{anna}/hours")
        assert (await starts())[0] == "09:00"
        off = {"starts_on": str(monday()), "ends_on": str(monday()), "reason": "Holiday"}
        await desk.alice.post(f"{API}/blackouts", json=off)
        assert await starts() == []
        refused = await desk.alice.post(f"{API}/appointments", json=desk.wanted())
        assert (refused.json()["code"], refused.json()["data"]) == ("blackout", {"reason": "Holiday"})


async def test_times_beyond_the_calendar_have_nearest_free_times_too(database: str) -> None:
    async with shop(database) as desk:
        query = {"service_id": str(desk.desk.services["Haircut"])}
        anna, colour = str(desk.desk.staff["Anna"]), str(desk.desk.services["Colour"])
        for start, code in (("2020-01-01T10:00", "notice"), ("2100-01-01T10:00", "horizon")):
            body = (await desk.alice.get(f"{API}/slots/why", params={**query, "start": start})).json()
            assert (body["code"], len(body["nearest"])) == (code, 3)
        await desk.alice.put(f"{API}/staff/{anna}/services", json={"service_ids": [colour]})
        wanted = {**query, "staff_id": anna, "start": f"{monday()}T10:00"}
        body = (await desk.alice.get(f"{API}/slots/why", params=wanted)).json()
        assert (body["code"], {one["staff"]["name"] for one in body["nearest"]}) == ("not_offered", {"Ben"})


async def test_intervals_that_overlap_are_called_that(database: str) -> None:
    async with shop(database) as desk:
        week = [{"weekday": 1, "opens": opens, "closes": "12:00"} for opens in ("09:00", "10:00")]
        answer = await desk.alice.put(f"{API}/hours", json={"week": week})
        assert (answer.status_code, answer.json()["detail"]) == (422, "two of these overlap")


async def test_why_not_names_the_reason_and_three_times(database: str) -> None:
    async with shop(database) as desk:
        query = {"service_id": str(desk.desk.services["Haircut"]), "staff_id": str(desk.desk.staff["Anna"])}
        await desk.booked("10:00")
        for time, code in (("08:00", "closed"), ("10:15", "booked"), ("12:00", None)):
            answer = await desk.alice.get(f"{API}/slots/why", params={**query, "start": f"{monday()}T{time}"})
            body = answer.json()
            assert (body["free"], body["code"], len(body["nearest"])) == (code is None, code, 3 if code else 0)


async def test_without_staff_there_is_no_time_and_no_mistake(database: str) -> None:
    async with shop(database) as desk:
        for staff_id in desk.desk.staff.values():
            await desk.alice.delete(f"{API}/staff/{staff_id}")
        refused = await desk.alice.post(f"{API}/appointments", json=desk.wanted(staff_id=None))
        assert (refused.status_code, refused.json()["code"]) == (409, "not_offered")
        slots = {"service_id": str(desk.desk.services["Haircut"]), "from": str(monday()), "to": str(monday())}
        assert (await desk.alice.get(f"{API}/slots", params=slots)).json()["items"] == []


async def test_a_members_own_hours_keep_the_businesss_policy_where_they_name_none(database: str) -> None:
    async with shop(database) as desk:
        week = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]
        policy = {"min_notice_minutes": 60, "cancel_notice_minutes": 120, "slot_minutes": 30}
        await desk.alice.put(f"{API}/hours", json={"week": week, **policy})
        path = f"{API}/staff/{desk.desk.staff['Anna']}/hours"
        own = (await desk.alice.put(path, json={"week": week, "slot_minutes": 15})).json()
        assert {name: own[name] for name in policy} == {**policy, "slot_minutes": 15}


WEEK = {"week": [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]}
LATER = {"week": [{"weekday": 1, "opens": "10:00", "closes": "12:00"}]}


async def test_hours_carry_the_version_that_if_match_guards(database: str) -> None:
    async with shop(database) as desk:
        own = f"{API}/staff/{desk.desk.staff['Anna']}/hours"
        assert (await desk.alice.put(own, json=WEEK)).status_code == 201
        for path in (f"{API}/hours", own):
            before = await desk.alice.get(path)
            seen = {"If-Match": before.headers["etag"]}
            assert before.headers["etag"] == f'"{before.json()["version"]}"'
            changed = await desk.bob.put(path, json=WEEK, headers=seen)
            assert (changed.status_code, changed.json()["version"]) == (200, before.json()["version"] + 1)
            after = await desk.alice.get(path)
            assert (after.json(), after.headers["etag"]) == (changed.json(), changed.headers["etag"])
            stale = await desk.alice.put(path, json=LATER, headers=seen)
            assert (stale.status_code, stale.json()["code"], stale.json()["field"]) == (412, "stale", "If-Match")
            assert (await desk.alice.get(path)).json() == after.json()
        stale = await desk.alice.delete(own, headers=seen)
        assert (stale.status_code, stale.json()["code"]) == (412, "stale")
        assert (await desk.alice.delete(own, headers={"If-Match": after.headers["etag"]})).status_code == 204
        assert (await desk.alice.delete(own, headers={"If-Match": after.headers["etag"]})).status_code == 404


async def test_a_version_of_hours_never_comes_back(database: str) -> None:
    async with shop(database) as desk:
        own, versions = f"{API}/staff/{desk.desk.staff['Anna']}/hours", []
        for _ in range(3):
            made = await desk.alice.put(own, json=WEEK)
            versions.append(made.json()["version"])
            assert (made.status_code, (await desk.alice.delete(own)).status_code) == (201, 204)
        assert versions == sorted(set(versions))
        again = await desk.alice.put(own, json=LATER)
        assert again.json()["week"] == LATER["week"]
        for version in versions:
            assert (await desk.bob.put(own, json=WEEK, headers={"If-Match": f'"{version}"'})).status_code == 412
        assert (await desk.alice.get(own)).json() == again.json()


async def test_hours_that_are_not_there_match_nothing(database: str) -> None:
    async with shop(database) as desk:
        own = f"{API}/staff/{desk.desk.staff['Anna']}/hours"
        for tag in ('"1"', "*"):
            refused = await desk.alice.put(own, json=WEEK, headers={"If-Match": tag})
            assert (refused.status_code, refused.json()["code"]) == (412, "stale"), tag
            assert (await desk.alice.get(own)).status_code == 404
        new = {"If-None-Match": "*"}
        assert (await desk.alice.put(own, json=WEEK, headers=new)).status_code == 201
        refused = await desk.bob.put(own, json=LATER, headers=new)
        assert (refused.status_code, refused.json()["field"]) == (412, "If-None-Match")
        assert (await desk.bob.put(own, json=LATER, headers={"If-Match": "*"})).status_code == 200
        odd = await desk.bob.put(own, json=LATER, headers={"If-None-Match": '"1"'})
        assert (odd.status_code, odd.json()["field"]) == (422, "If-None-Match")


@pytest.mark.parametrize("staffed", [True, False], ids=["with staff", "without staff"])
async def test_of_two_weeks_from_the_same_version_one_wins(database: str, staffed: bool) -> None:
    async with shop(database) as desk:
        for staff_id in desk.desk.staff.values() if not staffed else ():
            await desk.alice.delete(f"{API}/staff/{staff_id}")
        path = f"{API}/hours"
        seen = {"If-Match": (await desk.alice.get(path)).headers["etag"]}
        answers = await asyncio.gather(*(desk.alice.put(path, json=WEEK, headers=seen) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_first_hours_that_are_set_twice_at_once_are_set(database: str) -> None:
    async with shop(database) as desk:
        account = {"name": "Studio Dora", "slug": "studio-dora"}
        made = (await desk.operator.post(f"{API}/accounts", json=account)).headers["location"]
        key = (await desk.operator.post(f"{made}/keys", json={"name": "Dora", "may": "manage"})).json()["key"]
        dora = {"Authorization": f"Bearer {key}"}
        path = f"{API}/hours"
        answers = await asyncio.gather(*(desk.nobody.put(path, json=WEEK, headers=dora) for _ in range(6)))
        assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]


async def test_hours_and_their_version_are_read_together(database: str) -> None:
    async with shop(database) as desk:
        path, weeks = f"{API}/hours", {"15": WEEK["week"], "30": LATER["week"]}
        seen: list[tuple[str, object]] = []

        async def change() -> None:
            for number in range(40):
                step = ("15", "30")[number % 2]
                await desk.alice.put(path, json={"week": weeks[step], "slot_minutes": int(step)})

        async def look() -> None:
            while not changing.done():
                body = (await desk.bob.get(path)).json()
                seen.append((str(body["slot_minutes"]), body["week"]))

        await desk.alice.put(path, json={"week": weeks["15"], "slot_minutes": 15})
        changing = asyncio.create_task(change())
        await asyncio.gather(changing, look(), look())
        assert [one for one in seen if one[1] != weeks[one[0]]] == [] and len(seen) > 10


async def test_services_of_staff_carry_the_version_of_the_member(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/staff/{desk.desk.staff['Ben']}"
        colour, haircut = (str(desk.desk.services[name]) for name in ("Colour", "Haircut"))
        before = await desk.alice.get(f"{path}/services")
        assert before.headers["etag"] == (await desk.alice.get(path)).headers["etag"]
        seen = {"If-Match": before.headers["etag"]}
        changed = await desk.alice.put(f"{path}/services", json={"service_ids": [colour]}, headers=seen)
        assert (changed.status_code, changed.headers["etag"] != seen["If-Match"]) == (200, True)
        stale = await desk.bob.put(f"{path}/services", json={"service_ids": [haircut]}, headers=seen)
        assert (stale.status_code, stale.json()["code"], stale.json()["field"]) == (412, "stale", "If-Match")
        after = await desk.bob.get(f"{path}/services")
        assert (after.json(), after.headers["etag"]) == (changed.json(), changed.headers["etag"])
        await desk.alice.delete(f"{API}/services/{colour}")
        gone = await desk.bob.get(f"{path}/services")
        assert (gone.json(), gone.headers["etag"] != after.headers["etag"]) == ({"service_ids": []}, True)


async def test_of_two_sets_of_services_from_the_same_version_one_wins(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/staff/{desk.desk.staff['Ben']}/services"
        seen, none = {"If-Match": (await desk.alice.get(path)).headers["etag"]}, {"service_ids": []}
        answers = await asyncio.gather(*(desk.alice.put(path, json=none, headers=seen) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_a_clash_is_a_clash_whatever_version_was_seen(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/services/{desk.desk.services['Haircut']}"
        seen = {"If-Match": (await desk.alice.get(path)).headers["etag"]}
        clash = await desk.alice.patch(path, json={"name": "Colour"}, headers=seen)
        assert (clash.status_code, clash.json()["code"], clash.json()["field"]) == (409, "conflict", "name")


async def test_a_business_is_closed_only_as_it_was_seen(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/accounts/{desk.desk.account}"
        seen = {"If-Match": (await desk.operator.get(path)).headers["etag"]}
        await desk.alice.patch(f"{API}/account", json={"address": "Main Street 1"})
        stale = await desk.operator.delete(path, headers=seen)
        assert (stale.status_code, stale.json()["code"]) == (412, "stale")
        seen = {"If-Match": (await desk.operator.get(path)).headers["etag"]}
        assert (await desk.operator.delete(path, headers=seen)).status_code == 204
