"""What staff do in a day: arrived, done, undone; longer, beyond the hours, blocked time, visits of several parts."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.desk import opened
from tests.web.people import house
from tests.web.test_desk import DAY, booked, version
from truebook.booking import actions, blocks, views
from truebook.booking.model import Customer, Wanted, Wish
from truebook.kernel import clock

pytestmark = pytest.mark.anyio


async def test_what_was_cancelled_stands_again_with_one_click(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        gone = await here.alice.send(f"/desk/appointments/{one.id}/cancel", version=one.version)
        assert 'id="undo"' in gone.text and "Carla: Cancelled" in gone.text
        back = await here.alice.send(f"/desk/appointments/{one.id}/reopen", version=version(gone.text))
        assert back.status_code == 200
        assert (await views.appointment(db, here.desk.scope, one.id)).status == "confirmed"
        await here.alice.send(f"/desk/appointments/{one.id}/cancel")
        await booked(db, here.desk, name="Dora")
        taken = await here.alice.send(f"/desk/appointments/{one.id}/reopen")
        assert taken.status_code == 409 and "already taken" in taken.text


async def test_every_change_of_status_is_undone_with_one_click(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        ways = (
            ("arrive", "Carla: is here", "unarrive"), ("unarrive", "Carla: Booked", "arrive"),
            ("cancel", "Carla: Cancelled", "reopen"), ("reopen", "Carla: Booked", "cancel"),
        )  # fmt: skip
        at = one.version
        for path, told, back in ways:
            before = await views.appointment(db, here.desk.scope, one.id)
            done = await here.alice.send(f"/desk/appointments/{one.id}/{path}", version=at)
            notice = done.text.partition('id="notice"')[2]
            assert told in notice and f'action="/desk/appointments/{one.id}/{back}?' in notice, path
            undone = await here.alice.send(f"/desk/appointments/{one.id}/{back}", version=version(notice))
            assert undone.status_code == 200
            after = await views.appointment(db, here.desk.scope, one.id)
            assert (after.status, bool(after.arrived_at)) == (before.status, bool(before.arrived_at)), path
            again = await here.alice.send(f"/desk/appointments/{one.id}/{path}", version=after.version)
            at = (await views.appointment(db, here.desk.scope, one.id)).version
            assert again.status_code == 200
        history = (await here.alice.page.get(f"/desk/appointments/{one.id}")).text.partition("History")[2]
        assert "is here" in history and "is not here after all" in history


async def test_an_appointment_gets_longer_but_never_into_the_next(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        await booked(db, here.desk, 12)
        fields = {"part": 1, "minutes": 75, "version": one.version}
        longer = await here.alice.send(f"/desk/appointments/{one.id}/length?day={DAY}", **fields)
        assert longer.status_code == 200 and 'data-at="600" data-for="75"' in longer.text
        after = await views.appointment(db, here.desk.scope, one.id)
        assert after.end - after.start == timedelta(minutes=75)
        undo = longer.text.partition('id="notice"')[2].partition('id="undo"')[0]
        assert "Carla: 75 min" in undo and 'name="minutes" value="45"' in undo and 'name="part" value="1"' in undo
        back = {"part": 1, "minutes": 45, "version": version(undo)}
        assert (await here.alice.send(f"/desk/appointments/{one.id}/length", **back)).status_code == 200
        after = await views.appointment(db, here.desk.scope, one.id)
        assert after.end - after.start == timedelta(minutes=45)
        too_long = {"part": 1, "minutes": 150, "version": after.version}
        assert (await here.alice.send(f"/desk/appointments/{one.id}/length", **too_long)).status_code == 409
        for field, value in (("minutes", "0"), ("minutes", "x"), ("part", "99"), ("part", "")):
            assert (
                await here.alice.send(f"/desk/appointments/{one.id}/length", **{**fields, field: value})
            ).status_code in (409, 422)
        assert await views.appointment(db, here.desk.scope, one.id) == after


async def test_beyond_the_hours_only_after_a_question_and_never_over_another(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        fields = {"version": one.version, "start": f"{DAY}T19:00"}
        asked = await here.alice.send(f"/desk/appointments/{one.id}/move?day={DAY}", **fields)
        assert asked.status_code == 409 and "Do it all the same" in asked.text
        rule = asked.text.partition('name="anyway" value="')[2].partition('"')[0]
        done = await here.alice.send(f"/desk/appointments/{one.id}/move?day={DAY}", **fields, anyway=rule)
        assert done.status_code == 200
        after = await views.appointment(db, here.desk.scope, one.id)
        assert after.start == datetime.combine(DAY, time(18), UTC) and "hours" in after.overrides
        await booked(db, here.desk, 11)
        onto = {"version": after.version, "start": f"{DAY}T11:00", "anyway": rule}
        assert (await here.alice.send(f"/desk/appointments/{one.id}/move", **onto)).status_code == 409


async def test_time_is_blocked_and_freed_by_those_whose_it_is(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await booked(db, here.desk)
        anna, ben = (str(here.desk.staff[name]) for name in ("Anna", "Ben"))
        fields = {"day": str(DAY), "time": "13:00", "until": "14:00", "reason": "dentist <b>", "staff": anna}
        kept = await here.anna.send(f"/desk/blocks?day={DAY}", **fields)
        assert (
            kept.status_code == 200 and "dentist &lt;b&gt;" in kept.text and 'data-at="780" data-for="60"' in kept.text
        )
        assert (await here.anna.send("/desk/blocks", **{**fields, "staff": ben})).status_code == 404
        assert (await here.charlie.send("/desk/blocks", **fields)).status_code == 404
        over = await here.alice.send("/desk/blocks", **{**fields, "time": "10:15", "until": "10:30"})
        assert over.status_code == 409 and "Carla" in over.text
        for wrong in ({"until": "12:00"}, {"time": ""}, {"staff": "x"}):
            assert (await here.alice.send("/desk/blocks", **{**fields, **wrong})).status_code == 422
        begin = datetime.combine(DAY, time(), UTC)
        (one,) = await blocks.listing(db, here.desk.scope, begin, begin + timedelta(days=1))
        assert (await here.charlie.send(f"/desk/blocks/{one.id}/remove")).status_code == 404
        freed = await here.anna.send(f"/desk/blocks/{one.id}/remove?day={DAY}")
        assert freed.status_code == 200 and "dentist" not in freed.text
        assert await blocks.listing(db, here.desk.scope, begin, begin + timedelta(days=1)) == []


async def test_a_visit_of_several_parts_stands_in_every_column_it_needs(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        desk, start = here.desk, datetime.combine(DAY, time(9), UTC)
        parts = (
            Wanted(desk.services["Colour"], desk.staff["Anna"]),
            Wanted(desk.services["Haircut"], desk.staff["Ben"]),
        )
        wish = Wish(
            desk.services["Colour"], start, Customer("Carla", "+436601234567"), segments=parts, same_staff=False
        )
        one = await actions.book(db, desk.scope, wish, now=clock.now())
        shown = (await here.alice.page.get(f"/desk?day={DAY}")).text
        assert 'data-at="600" data-for="90"' in shown and 'data-at="690" data-for="45"' in shown
        assert f'id="ap-{one.id}"' in shown and f'id="ap-{one.id}-2"' in shown
        assert "Carla" in (await here.anna.page.get(f"/desk?day={DAY}")).text
        path, longer = f"/desk/appointments/{one.id}/length", {"part": 2, "minutes": 60, "version": one.version}
        assert (await here.anna.send(path, **longer)).status_code == 404, "that part is Ben's"
        assert (await views.appointment(db, desk.scope, one.id)).version == one.version
        panel = (await here.alice.page.get(f"/desk/appointments/{one.id}")).text
        assert len(re.findall(r"(Colour with Anna|Haircut with Ben)", panel.partition('id="panel"')[2])) >= 2
        fields = {"version": one.version, "part": 2, "start": f"{DAY}T11:00", "staff": str(desk.staff["Anna"])}
        moved = (await here.alice.send(f"/desk/appointments/{one.id}/move?day={DAY}", **fields)).text

        async def who_and_when() -> list[tuple[str | None, int]]:
            after = await views.appointment(db, desk.scope, one.id)
            return [(part.staff_name, part.start.hour) for part in after.segments]

        assert await who_and_when() == [("Anna", 10), ("Anna", 11)], "all of it moves, one part changes hands"
        back = dict(re.findall(r'name="(version|start|staff|part)" value="([^"]*)"', moved.partition('id="notice"')[2]))
        assert (await here.alice.send(f"/desk/appointments/{one.id}/move", **back)).status_code == 200
        assert await who_and_when() == [("Anna", 9), ("Ben", 10)]
        assert (await here.alice.send(f"/desk/appointments/{one.id}/move", **{**fields, "part": 3})).status_code == 422
