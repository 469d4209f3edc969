"""Moving an appointment by its page, and the file for the customer's own calendar."""

import re
from datetime import date, timedelta
from html import unescape

import httpx2
import pytest
from icalendar import Calendar

from tests.desk import Desk, furnish, opened
from tests.web.browsing import LINKS, browser
from truebook.booking import actions, free, views
from truebook.booking.model import Appointment
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio


async def booked(db: Database, desk: Desk) -> tuple[Appointment, str]:
    """Book Anna's last time of the next week; return it and the path of its page."""
    now = clock.now()
    first = now.date() + timedelta(days=1)
    slots = await free.find(
        db, desk.scope, desk.services["Haircut"], desk.staff["Anna"], first, first + timedelta(days=7), now=now
    )
    made = await actions.book(db, desk.scope, desk.wish(slots[-1].start), now=now)
    return made, f"/salon-alice/{made.code}/{LINKS.token('salon-alice', made.code)}"


def times(page: httpx2.Response) -> list[str]:
    """Return where the times of a page lead."""
    return [unescape(one) for one in re.findall(r'class="time" href="([^"]+)"', page.text)]


def hidden(page: httpx2.Response) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return {name: unescape(value) for name, value in re.findall(r'"hidden" name="(\w+)" value="([^"]*)"', page.text)}


async def test_a_customer_moves_an_appointment(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        made, place = await booked(db, desk)
        picker = await page.get(place + "/move")
        assert ("When suits you instead?" in picker.text, len(times(picker)) > 5) == (True, True)
        check = await page.get(times(picker)[0])
        assert "Shall I move it?" in check.text and "Until now" in check.text
        assert (await views.by_code(db, desk.scope, made.code)).version == made.version, "looking moves nothing"
        for _ in range(2):  # pressed twice
            done = await page.post(place + "/move", data=hidden(check))
            assert (done.status_code, done.headers["location"]) == (303, place)
        moved = await views.by_code(db, desk.scope, made.code)
        assert (moved.status, moved.start < made.start, moved.version) == ("confirmed", True, made.version + 1)
        async with db.transaction(desk.scope) as tx:
            row = await tx.row("SELECT actor FROM appointment_history ORDER BY version DESC LIMIT 1")
        assert row == (f"link:{made.code}",)


async def test_what_the_business_approves_is_a_request_again_once_its_customer_moves_it(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        made, place = await booked(db, desk)
        await SERVICES.change(db, desk.scope, desk.services["Haircut"], {"needs_approval": True})
        check = await page.get(times(await page.get(place + "/move"))[0])
        assert "Yes, ask for it" in check.text and "Until then it is a request" in check.text
        assert (await page.post(place + "/move", data=hidden(check))).headers["location"] == place
        assert (await views.by_code(db, desk.scope, made.code)).status == "pending"
        assert "Requested, not yet confirmed" in (await page.get(place)).text


async def test_a_time_that_has_gone_is_told_and_nothing_moves(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        made, place = await booked(db, desk)
        check = await page.get(times(await page.get(place + "/move"))[0])
        now = clock.now()
        day = date.fromisoformat(hidden(check)["to"][:10])
        slots = await free.find(db, desk.scope, desk.services["Haircut"], desk.staff["Anna"], day, day, now=now)
        await actions.book(db, desk.scope, desk.wish(slots[0].start), now=now)
        for answer in (await page.post(place + "/move", data=hidden(check)), await page.get(str(check.url))):
            assert (answer.status_code, "was taken a moment ago" in answer.text) == (409, True)
            assert times(answer)
        assert (await views.by_code(db, desk.scope, made.code)).start == made.start


async def test_what_cannot_be_moved_says_why(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        made, place = await booked(db, desk)
        check = hidden(await page.get(times(await page.get(place + "/move"))[0]))
        stale = await page.post(place + "/move", data={**check, "version": str(made.version + 7)})
        assert "changed meanwhile" in (await page.get(stale.headers["location"])).text
        async with db.transaction(desk.scope) as tx:
            await tx.run("UPDATE availability_configs SET cancel_notice_minutes = 40000")
        late = await page.post(place + "/move", data=check)
        assert "too close" in (await page.get(late.headers["location"])).text
        await actions.cancel(db, desk.scope, made.id, now=clock.now())
        for gone in (await page.get(place + "/move"), await page.post(place + "/move", data=check)):
            assert (gone.status_code, gone.headers["location"]) == (303, place)
        again = re.search(r'href="(/salon-alice\?s=[^"]+)"', (await page.get(place)).text)
        assert again and "With whom?" in (await page.get(again[1])).text
        assert (await page.post(place + "/move", data={"to": "x"})).status_code == 422


async def test_nobody_else_moves_it_or_fetches_it(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk, _ = await furnish(db), await furnish(db, "praxis-bob")
        made, place = await booked(db, desk)
        token = place.rpartition("/")[2]
        for path in (f"/salon-alice/{made.code}/{'x' * 16}", f"/praxis-bob/{made.code}/{token}"):
            for answer in (
                await page.get(path + "/move"),
                await page.post(path + "/move", data={"to": made.start.isoformat()}),
                await page.get(path + "/appointment.ics"),
            ):
                assert answer.status_code == 404


async def test_a_suspended_business_changes_nothing(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        made, place = await booked(db, desk)
        async with db.transaction(accounts.Scope(desk.account, "test", "test", operator=True)) as tx:
            await tx.run("UPDATE accounts SET status = 'suspended' WHERE id = %s", (desk.account,))
        assert made.code in (await page.get(place)).text
        for answer in (await page.post(place), await page.get(place + "/move")):
            assert "takes no bookings online" in answer.text
        assert (await views.by_code(db, desk.scope, made.code)).status == "confirmed"


async def test_the_calendars_file_is_one_event_that_follows_the_row(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db, zone="Europe/Vienna")
        made, place = await booked(db, desk)

        async def event() -> tuple[Calendar, httpx2.Response]:
            sent = await page.get(place + "/appointment.ics")
            assert sent.headers["content-type"].startswith("text/calendar")
            return Calendar.from_ical(sent.content), sent

        first, sent = await event()
        one = first.events[0]
        assert (one.start, one.end, str(one["SUMMARY"])) == (
            made.start,
            made.end,
            "Haircut with Anna, salon-alice & co",
        )
        assert b"DTSTART;TZID=Europe/Vienna:" in sent.content
        assert [zone.tz_name for zone in first.timezones] == ["Europe/Vienna"]
        assert first.timezones[0].to_tz().utcoffset(made.start.replace(tzinfo=None)) == made.local_start.utcoffset()
        await actions.cancel(db, desk.scope, made.id, now=clock.now())
        second, again = await event()
        gone = second.events[0]
        assert (one["UID"], one["STATUS"], gone["STATUS"]) == (gone["UID"], "CONFIRMED", "CANCELLED")
        assert gone["SEQUENCE"] > one["SEQUENCE"] and sent.headers["ETag"] != again.headers["ETag"]


async def test_no_line_of_the_file_is_the_customers(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        scope = accounts.Scope(desk.account, "test", "test", operator=True)
        hostile = "Salon\r\nATTENDEE:mailto:a@example.com\r\n;,\\"
        async with db.transaction(scope) as tx:
            await tx.run("UPDATE accounts SET name = %s WHERE id = %s", (hostile, desk.account))
        _, place = await booked(db, desk)
        sent = await page.get(place + "/appointment.ics")
        assert not re.search(rb"^ATTENDEE", sent.content, re.MULTILINE)
        assert len(Calendar.from_ical(sent.content).events) == 1
