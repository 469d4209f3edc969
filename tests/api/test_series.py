"""Series over HTTP: preview, all or as far as possible, going on after a crash, and changes of one and all that follow."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.api.http import API, Shop, monday, shop
from tests.api.test_visits import made
from tests.server.steps import value
from truebook.booking import series

pytestmark = pytest.mark.anyio


def weekly(desk: Shop, count: int = 4, **more: Any) -> dict[str, Any]:
    """Return the JSON of a haircut with Anna, every Monday at ten."""
    who = {"service_id": str(desk.desk.services["Haircut"]), "staff_id": str(desk.desk.staff["Anna"])}
    return {**who, "rrule": f"FREQ=WEEKLY;COUNT={count}", "starts_on": str(monday()), "time": "10:00", **more}


def booking(desk: Shop, mode: str = "possible", **more: Any) -> dict[str, Any]:
    return weekly(desk, **{"customer": {"name": "Carla", "phone": "+43 660 1234567"}, "book": mode, **more})


def week(n: int) -> str:
    return str(monday() + timedelta(days=7 * n))


def day(n: int, further: int) -> str:
    return str(monday() + timedelta(days=7 * n + further))


async def take(desk: Shop, n: int) -> dict[str, Any]:
    """Give the time of one date to somebody else."""
    return await made(desk.alice, "/appointments", desk.wanted(start=f"{week(n)}T10:00", customer={"name": "Dora"}))


def states(report: dict[str, Any]) -> list[str]:
    return [one["status"] for one in report["items"]]


async def test_a_preview_says_which_dates_are_free_and_changes_nothing(database: str) -> None:
    async with shop(database) as desk:
        await take(desk, 1)
        asked = weekly(desk, exceptions=[week(2)])
        found = await made(desk.alice, "/series/preview", asked, 200)
        assert (found["free"], states(found)) == (2, ["free", "refused", "exception", "free"])
        refused = found["items"][1]
        assert refused["refusal"]["code"] == "booked" and refused["nearest"]["start"][:16] == f"{week(1)}T09:15"
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 1
        assert value(database, "SELECT count(*) FROM truebook.appointment_series") == 0


async def test_as_far_as_possible_is_reported_date_by_date_and_tried_again(database: str) -> None:
    async with shop(database) as desk:
        taken = await take(desk, 1)
        repeat = {"Idempotency-Key": "series-1"}
        first = await desk.alice.post(f"{API}/series", json=booking(desk, exceptions=[week(3)]), headers=repeat)
        report = first.json()
        assert (first.status_code, states(report)) == (201, ["booked", "refused", "booked", "exception"])
        assert report["items"][1]["refusal"]["code"] == "booked"
        again = await desk.alice.post(f"{API}/series", json=booking(desk, exceptions=[week(3)]), headers=repeat)
        assert again.json() == report
        other = await desk.alice.post(f"{API}/series", json=booking(desk), headers=repeat)
        assert (other.status_code, other.json()["code"]) == (422, "key_reused")
        path = f"/series/{report['id']}"
        assert (await desk.alice.get(API + path)).json() == report
        booked = report["items"][0]["appointment"]
        assert (await desk.alice.get(f"{API}/appointments/{booked['id']}")).json()["code"] == booked["code"]
        await made(desk.alice, f"/appointments/{taken['id']}/cancel", {}, 200)
        assert states(await made(desk.alice, f"{path}/resume", {}, 200)) == states(report)
        retried = await made(desk.alice, f"{path}/resume", {"retry": True}, 200)
        assert states(retried) == ["booked", "booked", "booked", "exception"]
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 4


async def test_all_or_none_keeps_nothing_where_one_date_cannot_be_had(database: str) -> None:
    async with shop(database) as desk:
        await take(desk, 2)
        refused = await desk.alice.post(f"{API}/series", json=booking(desk, "all"))
        assert (refused.status_code, refused.json()["code"], refused.json()["data"]["date"]) == (409, "booked", week(2))
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 1
        assert value(database, "SELECT count(*) FROM truebook.appointment_series") == 0
        done = await made(desk.alice, "/series", booking(desk, "all", exceptions=[week(2)]))
        assert states(done) == ["booked", "booked", "exception", "booked"]


async def test_what_was_interrupted_is_gone_on_with_and_nothing_twice(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop(database) as desk:
        real, done = series._book_date, []

        async def crash(*args: Any) -> Any:
            if len(done) == 2:
                raise asyncio.CancelledError
            done.append(args)
            return await real(*args)

        monkeypatch.setattr(series, "_book_date", crash)
        with pytest.raises(asyncio.CancelledError):
            await desk.alice.post(f"{API}/series", json=booking(desk), headers={"Idempotency-Key": "k"})
        monkeypatch.setattr(series, "_book_date", real)
        (found,) = await rows(desk)
        assert states((await desk.alice.get(f"{API}/series/{found}")).json()) == [
            "booked",
            "booked",
            "wanted",
            "wanted",
        ]
        goes_on = [
            desk.alice.post(f"{API}/series", json=booking(desk), headers={"Idempotency-Key": "k"}),
            *(desk.alice.post(f"{API}/series/{found}/resume", json={}) for _ in range(3)),
        ]
        for answer in await asyncio.gather(*goes_on):
            assert answer.status_code in (200, 201) and answer.json()["id"] == found
        assert states((await desk.alice.get(f"{API}/series/{found}")).json()) == ["booked"] * 4
        assert value(database, "SELECT count(*) FROM truebook.appointments") == 4


async def rows(desk: Shop) -> list[str]:
    async with desk.desk.db.reading(desk.desk.scope) as tx:
        return [str(row[0]) for row in await tx.rows("SELECT id FROM appointment_series")]


async def test_one_and_those_that_follow_are_moved_and_cancelled(database: str) -> None:
    async with shop(database) as desk:
        path = f"/series/{(await made(desk.alice, '/series', booking(desk)))['id']}"
        await made(desk.alice, "/appointments", desk.wanted(start=f"{week(2)}T15:00", customer={"name": "Dora"}))
        moved = await made(desk.alice, f"{path}/move", {"from": week(1), "time": "15:00"}, 200)
        assert list(moved["refused"]) == [week(2)] and moved["refused"][week(2)]["code"] == "booked"
        clocks = [one["appointment"]["start"][11:16] for one in moved["series"]["items"]]
        assert clocks == ["10:00", "15:00", "10:00", "15:00"]
        ended = await made(desk.alice, f"{path}/cancel", {"from": week(2)}, 200)
        status = [one["appointment"]["status"] for one in ended["items"]]
        assert status == ["confirmed", "confirmed", "cancelled", "cancelled"]
        ended = await made(desk.alice, f"{path}/cancel", {}, 200)
        assert [one["appointment"]["status"] for one in ended["items"]] == ["cancelled"] * 4


async def test_a_series_moves_to_another_weekday(database: str) -> None:
    async with shop(database) as desk:
        path = f"/series/{(await made(desk.alice, '/series', booking(desk)))['id']}"
        await made(desk.alice, "/appointments", desk.wanted(start=f"{day(2, 3)}T10:00", customer={"name": "Dora"}))
        for _ in range(2):  # done again, nothing else happens
            moved = await made(desk.alice, f"{path}/move", {"from": week(1), "weekday": 4}, 200)
            assert (list(moved["refused"]), moved["refused"][week(2)]["code"]) == ([week(2)], "booked")
            starts = [one["appointment"]["start"][:16] for one in moved["series"]["items"]]
            expected = (week(0), day(1, 3), week(2), day(3, 3))
            assert starts == [f"{on}T10:00" for on in expected]
        moved = await made(desk.alice, f"{path}/move", {"weekday": 5, "time": "09:00"}, 200)
        assert [one["appointment"]["start"][:16] for one in moved["series"]["items"]] == [
            f"{day(n, 4)}T09:00" for n in range(4)
        ]
        sunday = await made(desk.alice, f"{path}/move", {"weekday": 0, "from": week(3)}, 200)
        assert sunday["refused"][week(3)]["code"] == "closed"
        twice = await made(desk.alice, "/series", booking(desk, rrule="FREQ=WEEKLY;COUNT=4;BYDAY=TU,WE"))
        for wrong, field in (({"weekday": 4}, "weekday"), ({"weekday": 7}, "weekday"), ({}, "time")):
            refused = await desk.alice.post(f"{API}/series/{twice['id']}/move", json=wrong)
            assert (refused.status_code, refused.json()["field"]) == (422, field)


async def test_series_are_listed_by_pages_and_by_customer(database: str) -> None:
    async with shop(database) as desk:
        await take(desk, 1)
        first = await made(desk.alice, "/series", booking(desk, exceptions=[week(2)]))
        dora = {"name": "Dora", "phone": "+43 660 7654321"}
        second = await made(desk.alice, "/series", booking(desk, customer=dora, time="12:00", count=2))
        page = (await desk.alice.get(f"{API}/series", params={"limit": 1})).json()
        (one,) = page["items"]
        assert (one["id"], one["customer"]["name"], one["time"]) == (first["id"], "Carla", "10:00")
        assert [one[name] for name in ("wanted", "booked", "refused", "exceptions")] == [0, 2, 1, 1]
        rest = (await desk.alice.get(f"{API}/series", params={"limit": 1, "cursor": page["next"]})).json()
        assert ([other["id"] for other in rest["items"]], rest["next"]) == ([second["id"]], None)
        mine = await desk.alice.get(f"{API}/series", params={"customer_id": rest["items"][0]["customer"]["id"]})
        assert [other["id"] for other in mine.json()["items"]] == [second["id"]]
        assert (await desk.charlie.get(f"{API}/series")).json()["items"] == []


async def test_staff_may_go_beyond_the_horizon(database: str) -> None:
    async with shop(database) as desk:
        year = booking(desk, rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1MO", starts_on=str(monday() + timedelta(days=28)))
        short = await made(desk.alice, "/series", year)
        assert states(short).count("refused") > 8 and short["items"][-1]["refusal"]["code"] == "horizon"
        await made(desk.alice, f"/series/{short['id']}/cancel", {}, 200)
        long = await made(desk.alice, "/series", {**year, "override": ["horizon"]})
        assert states(long) == ["booked"] * 12


async def test_what_is_no_series_is_named(database: str) -> None:
    async with shop(database) as desk:
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"rrule": "FREQ=WEEKLY"}, "rrule"),
            ({"rrule": "FREQ=DAILY;COUNT=61"}, "rrule"),
            ({"rrule": "every Tuesday"}, "rrule"),
            ({"rrule": "x" * 501}, "rrule"),
            ({"starts_on": "tomorrow"}, "starts_on"),
            ({"time": "24:00"}, "time"),
            ({"time": "ten"}, "time"),
            ({"exceptions": ["2031-01-01"]}, "exceptions"),
            ({"book": "some"}, "book"),
            ({"override": ["claims"]}, "override"),
            ({"customer": None}, "customer"),
            ({"segments": []}, "segments"),
            ({"service_id": None}, "service_id"),
        ]
        for change, field in wrong:
            answer = await desk.alice.post(f"{API}/series", json=booking(desk, **change))
            assert (answer.status_code, answer.json()["field"]) == (422, field), change
        assert await rows(desk) == []
