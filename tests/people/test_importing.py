"""Customers and appointments from another system: every row is taken or given back, however often it is sent."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.api.http import API, monday, shop
from tests.desk import MONDAY, NOW, furnish, opened
from tests.web.people import house
from truebook.booking import views
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.people import finding, importing
from truebook.tenants import catalogue

pytestmark = pytest.mark.anyio
DAY = MONDAY.date()
FILE = f"""\ufeffKunde;Telefon;E-Mail;Notiz;Datum;Uhrzeit;Leistung;Mitarbeiter
Carla;+43 660 1234567;;likes tea;{DAY:%d.%m.%Y};10:00;haircut;Anna
Dora;;dora@x.example;"two; lines
of notes";{DAY};22:30;Colour;
Nora;+43 660 7654321;;;;;;
;;;only notes;;;;
Otto;12;;;;;;
Pia;;pia;;;;;
Rosa;;;;{DAY:%d/%m/%Y};10:15;Haircut;Anna
Sia;;;;{DAY};11;Massage;
Tom;;;;{DAY};12:00;Haircut;Zoe
Uwe;;;;soon;12:00;Haircut;
Vera;;;;2020-01-01;12:00;Haircut;
"""
PROBLEMS = [None, None, None, "nobody", "phone", "email", "taken", "service", "staff", "date", "past"]


async def test_every_row_is_taken_once_or_given_back(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        read = importing.read(FILE, await catalogue.read(db, desk.scope), zone=clock.zone("UTC"), now=NOW)
        foreseen = await importing.foresee(db, desk.scope, read, now=NOW)
        only_later = (
            PROBLEMS[:6] + [None] + PROBLEMS[7:]
        )  # that rows stand in each other's way is known once one is taken
        assert [row.problem for row in foreseen.rows] == only_later
        assert [row.beyond for row in foreseen.rows][:2] == [False, True], "half past ten at night"
        assert await finding.find(db, desk.scope, "", now=NOW) == []
        for _ in range(2):
            taken = await importing.take(db, desk.scope, read, now=NOW)
            assert [row.problem for row in taken.rows] == PROBLEMS
        found = {one.name: one for one in await finding.find(db, desk.scope, "", now=NOW)}
        assert found.keys() == {"Carla", "Dora", "Nora"}
        made = await views.listing(db, desk.scope, MONDAY, MONDAY + timedelta(days=1))
        assert [(one.customer.name, one.start.time(), one.source, one.notes) for one in made] == [
            ("Carla", time(10), "import", "likes tea"), ("Dora", time(22, 30), "import", "two; lines\nof notes"),
        ]  # fmt: skip
        async with db.reading(desk.scope) as tx:
            assert await tx.rows("SELECT id FROM outbox") == [], "nobody is told"


async def test_what_is_no_file_is_refused(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        catalog = await catalogue.read(db, desk.scope)
        many = "name\n" + "x\n" * (importing.MOST + 1)
        for text in ("", "  \n", "a,b\n1,2", many, "name\n" + "x" * importing.LARGEST):
            with pytest.raises(Invalid):
                importing.read(text, catalog, zone=clock.zone("UTC"), now=NOW)
        odd = importing.read('name,phone\n"Carla\n\x00,', catalog, zone=clock.zone("UTC"), now=NOW)
        assert len(odd.rows) == 1


async def test_over_rest_and_in_the_desk(database: str) -> None:
    text = f"name,date,time,service,staff\nCarla,{monday()},10:00,Haircut,Anna\n=Bad,{monday()},10:00,Haircut,Anna\n"
    async with shop(database) as here:
        first = (await here.alice.post(f"{API}/customers/import", json={"csv": text})).json()
        assert (first["saved"], [row["problem"] for row in first["rows"]]) == (False, [None, None])
        done = (await here.alice.post(f"{API}/customers/import", json={"csv": text, "save": True})).json()
        assert [row["problem"] for row in done["rows"]] == [None, "taken"] and done["rows"][0]["code"]
        assert (await here.alice.post(f"{API}/customers/import", json={"csv": "a\nb"})).status_code == 422


async def test_the_desk_shows_takes_and_gives_back(database: str) -> None:
    day = monday()
    text = f"name,date,time,service,staff\nCarla,{day},10:00,Haircut,Anna\n=Bad,{day},10:00,Haircut,Anna\n"
    async with opened(database) as db, house(db) as here:
        where = "/desk/customers/import"
        shown = await here.alice.send(where, csv=text)
        assert (shown.status_code, shown.text.count("will be booked")) == (200, 2)
        start = datetime.combine(day, time(), UTC)
        assert await views.listing(db, here.desk.scope, start, start + timedelta(days=1)) == []
        done = (await here.alice.send(where, csv=text, take="1")).text
        assert "1 row was taken." in done and "somebody else has that time" in done
        back = await here.alice.send(f"{where}/back", csv=text, row="3", why="somebody else has that time")
        assert '"\'=Bad"' in back.text and "Carla" not in back.text
        assert (await here.alice.send(where, csv="")).status_code == 422
        assert (await here.anna.page.get(where)).status_code == 403
        for path in (where, f"{where}/back"):
            assert (await here.anna.send(path, csv=text)).status_code == 403
