"""Booking more than one thing by the page: places in a class, a visit of several people, a turn on the waiting list."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import httpx2
import pytest

from tests.desk import Desk, furnish, opened
from tests.web.browsing import browser
from tests.web.test_booking_page import NORA, SALON, fields, hold, links, times, when
from tests.web.test_calendar_columns import UNITS
from truebook.booking import actions, blocks, classes, timetable, turns, views, waitlist
from truebook.booking.model import Customer, Span
from truebook.booking.sessions import Session
from truebook.booking.timetable import Course
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants.pools import POOLS

pytestmark = pytest.mark.anyio


async def taught(db: Database, desk: Desk, *, seats: int, count: int = 1) -> list[Session]:
    """Give haircuts as classes of Anna's: some weekdays of next week, at ten."""
    mats = await POOLS.add(db, desk.scope, name="Mat", kind="seat")
    async with db.transaction(desk.scope) as tx:
        await tx.run(UNITS, (tx.tenant, mats.id, "Mat", seats))
    today = clock.now().date()
    first = today + timedelta(days=7 - today.weekday())
    course = Course(desk.services["Haircut"], desk.staff["Anna"], mats.id)
    return [
        await timetable.add(
            db, desk.scope, course, clock.at(first + timedelta(days=n), 600, clock.zone("UTC")), now=clock.now()
        )
        for n in range(count)
    ]


async def away(db: Database, desk: Desk, when: Span) -> list[UUID]:
    """Let nobody work; return the blocks."""
    return [
        (
            await blocks.add(
                db, desk.scope, desk.staff[one], when.start, when.end, kind="away", now=clock.now()
            )
        ).id
        for one in ("Anna", "Ben")
    ]  # fmt: skip


def choices(page: httpx2.Response) -> list[str]:
    """Return the classes that a page's buttons stand for."""
    return re.findall(r'name="class" value="([^"]+)"', page.text)


async def test_places_in_a_class_are_one_receipt_and_move_together(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        monday, tuesday = await taught(db, desk, seats=3, count=2)
        shown = await page.get(SALON, params={"s": str(desk.services["Haircut"]), "seats": "2"})
        assert "Which class?" in shown.text and "3 places left" in shown.text
        place = (await page.post(SALON, data={**fields(shown), "class": str(monday.id)})).headers["location"]
        assert (await classes.get(db, desk.scope, monday.id)).free == 1, "held while the customer types"
        day = monday.start.date().isoformat()
        again = await page.get(SALON, params={"s": str(desk.services["Haircut"]), "seats": "3", "day": day})
        assert choices(again) == [str(monday.id)], "to whom holds them, they are free"
        await page.post(place + "/you", data=NORA)
        assert "Haircut with Anna, 2 places" in (await page.get(place)).text
        await page.post(place + "/book")
        receipt = await page.get(place)
        assert "Booked" in receipt.text and "Haircut with Anna, 2 places" in receipt.text
        to = links(await page.get(place + "/move", params={"day": tuesday.start.date().isoformat()}), "to=")[0]
        check = await page.get(to)
        assert "Shall I move it?" in check.text
        moved = await page.post(place + "/move", data=fields(check))
        assert (moved.status_code, moved.headers["location"]) == (303, place)
        left = [(await classes.get(db, desk.scope, one.id)).free for one in (monday, tuesday)]
        assert left == [3, 1]


async def test_a_class_that_became_full_is_explained_where_it_stands_and_can_be_waited_for(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        (one,) = await taught(db, desk, seats=2)
        chosen = {"s": str(desk.services["Haircut"])}
        shown = await page.get(SALON, params={**chosen, "seats": "2"})
        await classes.book(db, desk.scope, one.id, Customer("Ida", "+436601112233"), now=clock.now())
        less = await page.post(SALON, data={**fields(shown), "class": str(one.id)})
        assert (less.status_code, "only 1 place is left." in less.text) == (409, True)
        await classes.book(db, desk.scope, one.id, Customer("Ida", "+436601112233"), now=clock.now())
        shown = await page.get(SALON, params={**chosen, "day": one.start.date().isoformat()})
        assert (choices(shown), "full" in shown.text) == ([], True)
        asked = await page.get(links(shown, "/wait")[0])
        joined = await page.post(SALON + "/wait", data={**fields(asked), **NORA, "span": "day", "part": "any"})
        place = joined.headers["location"]
        assert "You are on the list" in (await page.get(place)).text
        (entry,) = await waitlist.listing(db, desk.scope)
        assert (entry.customer_name, entry.service_id) == ("Nora K.", desk.services["Haircut"])


async def test_who_waits_is_shown_what_comes_free_and_books_it(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        chosen = {"s": str(desk.services["Colour"]), "who": str(desk.staff["Anna"])}
        day = (clock.now() + timedelta(days=7 - clock.now().weekday())).date()
        taken = [
            await actions.book(
                db, desk.scope, desk.wish(clock.at(day, minute, clock.zone("UTC")), "Colour"), now=clock.now()
            )
            for minute in range(540, 1020, 90)
            if minute + 90 <= 1020
        ]
        shown = await page.get(SALON, params={**chosen, "day": day.isoformat()})
        assert "Nothing is free on" in shown.text
        asked = await page.get(links(shown, "/wait")[0])
        wrong = await page.post(SALON + "/wait", data={**fields(asked), **NORA, "name": ""})
        assert (wrong.status_code, 'id="name-error"' in wrong.text) == (422, True)
        by_mail = {"name": "Nora K.", "by": "email", "email": "nora@example.com", "span": "day", "part": "afternoon"}
        place = (await page.post(SALON + "/wait", data={**fields(asked), **by_mail})).headers["location"]
        for cancelled in (taken[0], taken[-1]):
            await actions.cancel(db, desk.scope, cancelled.id, now=clock.now())
        whole = Span(taken[0].start, taken[-1].end)
        (offered,) = await turns.offer(db, desk.scope, whole, now=clock.now())
        assert offered.start >= clock.at(day, 720, clock.zone("UTC")), "only the afternoon suits"
        shown = await page.get(place)
        assert "Something has come free" in shown.text and "Nothing is booked yet." in shown.text
        check = await page.get(next(one for one in links(shown, offered.code)))
        assert "Shall I book it?" in check.text
        await page.post(str(check.url.path) + "/book")
        assert (await views.by_code(db, desk.scope, offered.code)).status == "confirmed"
        assert "It was booked" in (await page.get(place)).text
        assert (await page.get(place[:-3] + "xxx")).status_code == 404


async def test_who_waits_may_let_an_offer_go_and_leave(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        day = (clock.now() + timedelta(days=7 - clock.now().weekday())).date()
        chosen = {"s": str(desk.services["Haircut"]), "who": "any", "day": day.isoformat()}
        whole = Span(clock.at(day, 0, clock.zone("UTC")), clock.at(day, 1440, clock.zone("UTC")))
        gone = await away(db, desk, whole)
        place = (await page.post(SALON + "/wait", data={**chosen, **NORA})).headers["location"]
        for one in gone:
            await blocks.remove(db, desk.scope, one)
        await turns.offer(db, desk.scope, whole, now=clock.now())
        await page.post(place, data={"do": "let-go"})
        (entry,) = await waitlist.listing(db, desk.scope)
        assert (entry.status, entry.passed) == ("waiting", 1)
        for _ in range(2):
            await page.post(place, data={"do": "leave"})
        assert "not on the list any more" in (await page.get(place)).text
        assert (await page.post(SALON + "/wait", data={**chosen, **NORA, "day": "2020-01-01"})).status_code == 422


async def test_two_come_together_and_are_named(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        haircut, colour = str(desk.services["Haircut"]), str(desk.services["Colour"])
        more = await page.get(SALON, params={"s": haircut, "add": "new"})
        both = next(one for one in links(more, "g=0") if colour in one)
        with_whom = await page.get(both)
        shown = await page.get(next(one for one in links(with_whom, "who=any") if "g=0" in one))
        assert "At the same time" in shown.text and "One after the other" in shown.text
        place = (await hold(page, shown, times(shown)[0])).headers["location"]
        code = place.split("/")[2]
        row = await views.by_code(db, desk.scope, code)
        assert [(one.start, one.service_name) for one in row.segments] == [
            (row.start, "Haircut"),
            (row.start, "Colour"),
        ]
        for names in ({}, {"guest-2": "nora k."}):
            answer = await page.post(place + "/you", data={**NORA, **names})
            assert (answer.status_code, 'id="guest-2-error"' in answer.text) == (422, True)
        await page.post(place + "/you", data={**NORA, "guest-2": "Mia <b>"})
        check = unescape((await page.get(place)).text)
        assert "Haircut with Anna and Colour with Ben (for Mia <b>)" in check
        await page.post(place + "/book")
        row = await views.by_code(db, desk.scope, code)
        assert (row.status, [one.guest_name for one in row.segments]) == ("confirmed", [None, "Mia <b>"])
        async with db.transaction(desk.scope) as tx:
            last = await tx.row(
                "SELECT row_data->'segments'->1->>'guest_name' FROM appointment_history ORDER BY version DESC LIMIT 1"
            )
        assert last == ("Mia <b>",), "the history tells the name"


async def test_one_after_the_other_with_one_person_and_all_or_none(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        chosen = [("s", str(desk.services["Haircut"])), ("g", f"0.{desk.services['Haircut']}"), ("apart", "1")]
        shown = await page.get(SALON, params=[*chosen, ("who", str(desk.staff["Anna"]))])
        start = times(shown)[0]
        second = clock.now().fromisoformat(start) + timedelta(minutes=45)
        await actions.book(db, desk.scope, desk.wish(second), now=clock.now())
        refused = await hold(page, shown, start)
        assert (refused.status_code, "Nothing is booked." in refused.text) == (409, True)
        place = (await hold(page, refused, times(refused)[-1])).headers["location"]
        row = await views.by_code(db, desk.scope, place.split("/")[2])
        assert [one.staff_name for one in row.segments] == ["Anna", "Anna"]
        assert row.segments[1].start == row.segments[0].end
        fresh = await when(page, desk)
        assert "Add more" in fresh.text
