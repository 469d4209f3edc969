"""The calendar as its pages: what is booked, moved and refused; who sees what; hostile names."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.api.http import monday
from tests.desk import Desk, opened
from tests.web.people import house
from truebook.booking import actions, views
from truebook.booking.model import Appointment, Customer
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants.staff import STAFF

pytestmark = pytest.mark.anyio
HOSTILE = "<script>alert(1)</script>\" onload=x '&{{7*7}} \u202e"
DAY = monday()


async def booked(db: Database, desk: Desk, hour: int = 10, staff: str = "Anna", name: str = "Carla") -> Appointment:
    start = datetime.combine(DAY, time(hour - 1), UTC)  # Vienna's winter
    wish = desk.wish(start, staff=staff, customer=Customer(name, "+436601234567"))
    return await actions.book(db, desk.scope, wish, now=clock.now())


def version(text: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text)
    assert found is not None
    return found[1]


async def test_a_day_shows_who_works_and_what_is_booked(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        shown = (await here.alice.page.get(f"/desk?day={DAY}")).text
        assert 'data-at="600" data-for="45"' in shown
        assert "10:00 to 10:45, Carla, Haircut with Anna" in shown
        assert shown.count('class="column') == 2
        week = (await here.alice.page.get(f"/desk?day={DAY}&view=week")).text
        assert week.count('class="column') == 7 and f'id="ap-{one.id}"' in week
        month = (await here.alice.page.get(f"/desk?day={DAY}&view=month")).text
        assert "1 appointment" in month
        panel = (await here.alice.page.get(f"/desk/appointments/{one.id}")).text
        assert one.code in panel and "+436601234567" in panel and "Was the customer told?" in panel


async def test_an_appointment_moves_and_moves_back(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        fields = {"version": one.version, "start": f"{DAY}T14:30", "staff": str(here.desk.staff["Ben"])}
        moved = await here.alice.send(f"/desk/appointments/{one.id}/move?day={DAY}", **fields)
        assert moved.status_code == 200
        after = await views.appointment(db, here.desk.scope, one.id)
        assert (after.staff_name, after.start) == ("Ben", datetime.combine(DAY, time(13, 30), UTC))
        undo = re.search(r'name="start" value="([^"]+)"><input type="hidden" name="staff" value="([^"]+)"', moved.text)
        assert undo is not None
        back = {"version": version(moved.text), "start": undo[1], "staff": undo[2]}
        assert (await here.alice.send(f"/desk/appointments/{one.id}/move", **back)).status_code == 200
        again = await views.appointment(db, here.desk.scope, one.id)
        assert (again.staff_name, again.start) == (one.staff_name, one.start)
        stale = await here.alice.send(f"/desk/appointments/{one.id}/move", **back)
        assert (stale.status_code, "Somebody else changed this" in stale.text) == (409, True)


async def test_a_move_that_cannot_be_says_why_and_what_is_free(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        await booked(db, here.desk, 11)
        for start, why in (("T11:15", "already taken"), ("T03:00", "not open"), ("T10:00", None)):
            fields = {"version": one.version, "start": f"{DAY}{start}"}
            answer = await here.alice.send(f"/desk/appointments/{one.id}/move?day={DAY}", **fields)
            if why is None:
                assert answer.status_code == 200
                continue
            assert answer.status_code == 409
            assert f"{why}" in answer.text and "Nothing was changed." in answer.text
            assert answer.text.count('class="btn">Mon') >= 1, "the nearest times are offered"
            unchanged = await views.appointment(db, here.desk.scope, one.id)
            assert (unchanged.start, unchanged.version) == (one.start, one.version)
        wrong = await here.alice.send(f"/desk/appointments/{one.id}/move", version=one.version, start="soon")
        assert wrong.status_code == 422


async def test_a_new_appointment_is_written_in_once_however_often_it_is_sent(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        form = (await here.alice.page.get(f"/desk/new?day={DAY}&time=09:00")).text
        key = form.partition('name="key" value="')[2].partition('"')[0]
        fields = {
            "service": str(here.desk.services["Haircut"]), "staff": "", "day": str(DAY), "time": "09:00",
            "name": HOSTILE, "phone": "0660 7654321", "notes": HOSTILE, "key": key,
        }  # fmt: skip
        for _ in range(2):
            made = await here.alice.send(f"/desk/appointments?day={DAY}", **fields)
            assert made.status_code == 200, made.text
            assert "<script>alert" not in made.text and "&lt;script&gt;alert" in made.text
        day = clock.at(DAY, 0, clock.zone("Europe/Vienna"))
        found = await views.listing(db, here.desk.scope, day, day + timedelta(days=1))
        assert [(one.customer.name, one.customer.phone, one.source) for one in found] == [
            (HOSTILE.strip(), "+436607654321", "staff")
        ]


async def test_what_was_typed_stays_when_it_cannot_be_booked(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await booked(db, here.desk)
        fields = {
            "service": str(here.desk.services["Haircut"]), "staff": str(here.desk.staff["Anna"]), "day": str(DAY),
            "time": "10:15", "name": "Nora", "phone": "", "email": "nora@example.org", "notes": "", "key": "k",
        }  # fmt: skip
        refused = await here.alice.send("/desk/appointments", **fields)
        assert (refused.status_code, "already taken" in refused.text) == (409, True)
        assert 'value="Nora"' in refused.text and 'value="nora@example.org"' in refused.text
        take = refused.text.partition('name="take" value="')[2].partition('"')[0]
        key = refused.text.partition('name="key" value="')[2].partition('"')[0]
        assert (await here.alice.send("/desk/appointments", **{**fields, "take": take, "key": key})).status_code == 200
        for field, value in (("phone", "12"), ("email", "nora"), ("name", ""), ("time", "later"), ("service", "x")):
            wrong = await here.alice.send("/desk/appointments", **{**fields, field: value, "key": field})
            assert wrong.status_code == 422, field
            assert 'class="error"' in wrong.text and (field == "name" or 'value="Nora"' in wrong.text)


async def test_a_request_is_confirmed_declined_and_said_so(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        async with db.transaction(here.desk.scope) as tx:
            await tx.run("UPDATE services SET needs_approval = true")
        for path, status in (("confirm", "confirmed"), ("cancel", "cancelled")):
            one = await booked(db, here.desk, 10 if path == "confirm" else 13)
            assert one.status == "pending"
            page = (await here.alice.page.get(f"/desk?day={DAY}")).text
            assert "1 request waits for you" in page
            done = await here.alice.send(f"/desk/appointments/{one.id}/{path}", version=one.version)
            assert done.status_code == 200
            assert (await views.appointment(db, here.desk.scope, one.id)).status == status
        early = await here.alice.send(f"/desk/appointments/{one.id}/complete", version="")
        assert early.status_code == 409


async def test_staff_see_and_change_only_their_own(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        own, bens = await booked(db, here.desk, name="Hers"), await booked(db, here.desk, 11, "Ben", name="Bens")
        for view in ("day", "week", "month"):
            page = (await here.anna.page.get(f"/desk?day={DAY}&view={view}&staff={here.desk.staff['Ben']}")).text
            assert "Bens" not in page
        assert "Hers" in (await here.anna.page.get(f"/desk?day={DAY}")).text
        assert (await here.anna.page.get(f"/desk/appointments/{own.id}")).status_code == 200
        assert (await here.anna.page.get(f"/desk/appointments/{bens.id}")).status_code == 404
        for path in ("move", "confirm", "cancel", "complete", "no-show"):
            answer = await here.anna.send(f"/desk/appointments/{bens.id}/{path}", start=f"{DAY}T14:00")
            assert answer.status_code == 404, path
        away = {"version": own.version, "start": f"{DAY}T14:00", "staff": str(here.desk.staff["Ben"])}
        assert (await here.anna.send(f"/desk/appointments/{own.id}/move", **away)).status_code == 404
        assert await views.appointment(db, here.desk.scope, bens.id) == bens
        await STAFF.change(db, here.desk.scope, here.desk.staff["Anna"], {"user_id": None})
        assert (await here.anna.page.get("/desk")).status_code == 403


async def test_a_stranger_finds_nothing(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        assert (await here.charlie.page.get(f"/desk/appointments/{one.id}")).status_code == 404
        for path in ("move", "confirm", "cancel", "complete", "no-show"):
            answer = await here.charlie.send(f"/desk/appointments/{one.id}/{path}", start=f"{DAY}T14:00")
            assert answer.status_code == 404, path
        shown = await here.charlie.page.get(f"/desk?day={DAY}&staff={here.desk.staff['Anna']}")
        assert "Carla" not in shown.text
        assert await views.appointment(db, here.desk.scope, one.id) == one


async def test_odd_addresses_are_todays(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        for query in ("day=never", "day=0001-01-01", "day=9999-12-31", "view=x&staff=y", "view=month&day=2200-01-01"):
            assert (await here.alice.page.get(f"/desk?{query}")).status_code == 200, query
