"""What else stands in the calendar: classes with who sits there, rooms, processing time, who waits, and walk-ins."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.desk import Desk, opened
from tests.web.people import house
from tests.web.test_desk import DAY, HOSTILE, booked
from truebook.booking import blocks, classes, timetable, views, waitlist
from truebook.booking.model import Customer, Role, Service, Span
from truebook.booking.sheets import pauses
from truebook.booking.timetable import Course
from truebook.booking.waitlist import Waiting
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants.hours import OVERRIDES, minutes
from truebook.tenants.pools import POOLS

pytestmark = pytest.mark.anyio
ZONE = clock.zone("Europe/Vienna")
ROLE = """
INSERT INTO service_requirements (account_id, service_id, role, position, pool_id, busy)
VALUES (%s, %s, %s, %s, %s, %s)
"""
UNITS = """
INSERT INTO resources (account_id, pool_id, unit, name) SELECT %s, %s, n, %s || ' ' || n FROM generate_series(1, %s) n
"""


async def pool(db: Database, desk: Desk, kind: str, name: str, count: int) -> UUID:
    made = await POOLS.add(db, desk.scope, name=name, kind=kind)
    async with db.transaction(desk.scope) as tx:
        await tx.run(UNITS, (tx.tenant, made.id, name, count))
    return UUID(str(made.id))


async def test_a_class_stands_in_its_column_with_who_sits_there(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        desk = here.desk
        mats = await pool(db, desk, "seat", "Mat", 4)
        start = clock.at(DAY, 12 * 60, ZONE)
        course = await timetable.add(
            db, desk.scope, Course(desk.services["Haircut"], desk.staff["Ben"], mats, 3), start, now=clock.now()
        )
        await classes.book(db, desk.scope, course.id, Customer(HOSTILE, "+436601234567"), now=clock.now())
        day = (await here.alice.page.get(f"/desk?day={DAY}")).text
        assert f'href="/desk/classes/{course.id}' in day and "1 of 3 places" in day
        assert day.count('class="at ap') == 1, "a place is no appointment of its own in the grid"
        shown = (await here.alice.page.get(f"/desk/classes/{course.id}")).text
        assert "&lt;script&gt;alert" in shown and "<script>alert" not in shown and "Mat " in shown
        assert (await here.charlie.page.get(f"/desk/classes/{course.id}")).status_code == 404
        assert (await here.anna.page.get(f"/desk/classes/{course.id}")).status_code == 404, "it is Ben's"
        assert "places" not in (await here.anna.page.get(f"/desk?day={DAY}")).text


async def test_colours_stand_for_services_or_for_people_as_was_chosen_last(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await booked(db, here.desk, 10, "Anna", "Carla")
        await booked(db, here.desk, 10, "Ben", "Dora")

        async def hues(path: str) -> list[str]:
            return re.findall(r'class="at ap [^"]*(hue-\d+)', (await here.alice.page.get(path)).text)

        plain = await hues(f"/desk?day={DAY}")
        assert len(plain) == 2 and len({*plain}) == 1, "both have the same haircut"
        by_person = await hues(f"/desk?day={DAY}&colours=staff")
        assert len({*by_person}) == 2
        assert await hues(f"/desk?day={DAY}&view=week") == by_person, "and so it stays"
        faces = re.findall(r'class="face (hue-\d+)"', (await here.alice.page.get(f"/desk?day={DAY}")).text)
        assert faces[-2:] == by_person, "the colour of somebody's face"
        assert await hues(f"/desk?day={DAY}&colours=service") == plain


async def test_rooms_are_columns_and_processing_time_is_nobodys(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        desk = here.desk
        cabin = await pool(db, desk, "room", "Cabin", 2)
        async with db.transaction(desk.scope) as tx:
            await tx.run(ROLE, (tx.tenant, desk.services["Haircut"], "stylist", 1, None, "{[0,15),[30,45)}"))
            await tx.run(ROLE, (tx.tenant, desk.services["Haircut"], "room", 2, cabin, "{[0,45)}"))
        one = await booked(db, desk, 10)
        by_staff = (await here.alice.page.get(f"/desk?day={DAY}")).text
        assert 'class="at pause" aria-hidden="true" data-at="615" data-for="15"' in by_staff and "By room" in by_staff
        by_room = (await here.alice.page.get(f"/desk?day={DAY}&by=room")).text
        assert re.findall(r'class="column[^>]*aria-label="([^"]+)"', by_room) == ["Cabin 1", "Cabin 2"]
        assert f'id="ap-{one.id}"' in by_room and "pause" not in by_room
        assert "Cabin 1" not in (await here.anna.page.get(f"/desk?day={DAY}&by=room")).text


async def test_who_waits_stands_beside_the_day(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        desk, who = here.desk, Customer(HOSTILE, "+436601234567")
        at = clock.at(DAY, 10 * 60, ZONE)
        for person in ("Anna", "Ben"):
            await blocks.add(
                db, desk.scope, desk.staff[person], at, at + timedelta(hours=1), kind="away", now=clock.now()
            )
        window = Waiting(desk.services["Haircut"], desk.staff["Ben"], (Span(at, at + timedelta(hours=1)),))
        await waitlist.join(db, desk.scope, who, window, now=clock.now())
        shown = (await here.alice.page.get(f"/desk?day={DAY}")).text
        assert "1 person waits for a time here" in shown and "<script>alert" not in shown
        assert "waits for a time" not in (await here.alice.page.get(f"/desk?day={DAY + timedelta(days=1)}")).text
        assert "waits for a time" not in (await here.anna.page.get(f"/desk?day={DAY}")).text, "it is Ben's"


async def test_a_walk_in_is_booked_now_and_is_here(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        today = clock.now().astimezone(ZONE).date()
        await OVERRIDES.add(db, here.desk.scope, date=today, intervals=minutes([(0, 1440)]))
        if clock.now().astimezone(ZONE).hour == 23:
            pytest.skip("a haircut that begins now ends tomorrow")
        form = (await here.alice.page.get(f"/desk/new?here=1&with={here.desk.staff['Ben']}")).text
        assert "Walk-in" in form
        sent = dict(re.findall(r'name="(day|time|key|here)" [^>]*?value="([^"]*)"', form))
        sent |= dict(re.findall(r'name="(day|time)" type="\w+" value="([^"]*)"', form))
        fields = {"service": str(here.desk.services["Haircut"]), "staff": str(here.desk.staff["Ben"]), "name": "Walter"}
        assert (await here.alice.send("/desk/appointments", **sent, **fields)).status_code == 200
        day = clock.at(today, 0, ZONE)
        (made,) = await views.listing(db, here.desk.scope, day, day + timedelta(days=1))
        assert made.arrived_at is not None and made.start <= clock.now() and made.customer.name == "Walter"


@pytest.mark.unit
def test_pauses_lie_between_what_keeps_whoever_leads() -> None:
    service = Service(UUID(int=1), "Perm", 90)
    roles = (Role("room", UUID(int=2), ((0, 90),)), Role("stylist", None, ((-5, 30), (60, 70), (80, 100))))
    assert pauses(service) == ()
    assert pauses(replace(service, roles=roles)) == ((30, 60), (70, 80))
