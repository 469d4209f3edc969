"""What trips a booking page: names that are code, and a week in which the clocks change."""

import re
from datetime import UTC, date, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.desk import Desk, furnish, opened
from tests.web.browsing import browser
from tests.web.test_booking_page import NORA, SALON, fields, hold, times
from tests.web.test_desk import HOSTILE
from truebook.booking import views
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts, hours
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF

pytestmark = pytest.mark.anyio
VIENNA = ZoneInfo("Europe/Vienna")
LINES = "Mia\r\nATTENDEE:mailto:a@example.com\r\nX:"


def next_day_of(length: int) -> date:
    """Return the next day, from next week on, that has so many hours in Vienna: 23 in spring, 25 in autumn."""
    day = clock.now().date() + timedelta(days=8)
    while clock.at(day + timedelta(days=1), 0, VIENNA) - clock.at(day, 0, VIENNA) != timedelta(hours=length):
        day += timedelta(days=1)
    return day


async def open_at_night(db: Database, desk: Desk) -> None:
    """Open from midnight to six, with a time every hour."""
    night = tuple(Opening(weekday, 0, 360) for weekday in range(7))
    await hours.put(db, desk.scope, Hours(None, 60, 0, 400, 0, night))


async def test_an_hour_that_the_clocks_skip_is_not_offered_and_what_follows_it_is_the_right_instant(
    database: str,
) -> None:
    async with opened(database) as db, browser(db) as page:
        desk, day = await furnish(db, zone="Europe/Vienna"), next_day_of(23)
        await open_at_night(db, desk)
        chosen = {"s": str(desk.services["Haircut"]), "who": str(desk.staff["Anna"]), "day": day.isoformat()}
        shown = await page.get(SALON, params=chosen)
        told = re.findall(r'<button class="time"[^>]*>(\d\d:\d\d)', shown.text)
        assert told == ["00:00", "01:00", "03:00", "04:00", "05:00"]
        starts = [clock.now().fromisoformat(one.partition(" ")[0]) for one in times(shown)]
        assert [one - starts[0] for one in starts] == [timedelta(hours=n) for n in range(5)]
        place = (await hold(page, shown, times(shown)[2])).headers["location"]
        await page.post(place + "/you", data=NORA)
        await page.post(place + "/book")
        row = await views.by_code(db, desk.scope, place.split("/")[2])
        assert (row.start, row.local_start.hour) == (clock.at(day, 180, VIENNA), 3)
        assert "03:00" in (await page.get(place)).text
        sent = await page.get(place + "/appointment.ics")
        calendar = Calendar.from_ical(sent.content)
        assert calendar.events[0].start == row.start
        assert calendar.timezones[0].to_tz().utcoffset(row.local_start.replace(tzinfo=None)) == timedelta(hours=2)
        same = {"If-None-Match": sent.headers["ETag"]}
        assert (await page.get(place + "/appointment.ics", headers=same)).status_code == 304


async def test_an_hour_that_comes_twice_is_offered_once_and_is_the_first(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk, day = await furnish(db, zone="Europe/Vienna"), next_day_of(25)
        await open_at_night(db, desk)
        chosen = {"s": str(desk.services["Haircut"]), "who": str(desk.staff["Anna"]), "day": day.isoformat()}
        shown = await page.get(SALON, params=chosen)
        told = re.findall(r'<button class="time"[^>]*>(\d\d:\d\d)', shown.text)
        assert told == ["00:00", "01:00", "02:00", "03:00", "04:00", "05:00"] and "6 free" in shown.text
        place = (await hold(page, shown, times(shown)[2])).headers["location"]
        await page.post(place + "/you", data=NORA)
        await page.post(place + "/book")
        row = await views.by_code(db, desk.scope, place.split("/")[2])
        assert row.start == clock.at(day, 0, VIENNA) + timedelta(hours=2)
        sent = await page.get(place + "/appointment.ics")
        assert Calendar.from_ical(sent.content).events[0].start.astimezone(UTC) == row.start
        elsewhere = await page.get(SALON, params={**chosen, "who": str(desk.staff["Ben"]), "tz": "UTC"})
        told = re.findall(r'<button class="time"[^>]*>(\d\d:\d\d)', elsewhere.text)
        assert told == ["00:00", "01:00", "02:00", "03:00", "04:00", "23:00"], "elsewhere no hour comes twice"
        place = (await hold(page, elsewhere, times(elsewhere)[1])).headers["location"].partition("?")[0]
        await page.post(place + "/you", data=NORA)
        await page.post(place + "/book")
        second = await views.by_code(db, desk.scope, place.split("/")[2])
        assert second.status == "confirmed"
        assert second.start == row.start + timedelta(hours=1), "it stands at 02:00 on the wall as well"
        sent = await page.get(place + "/appointment.ics")
        assert Calendar.from_ical(sent.content).events[0].start.astimezone(UTC) == second.start


async def test_names_are_only_ever_text_on_the_pages_of_customers(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        own = accounts.Scope(desk.account, "test", "test", operator=True)
        async with db.transaction(own) as tx:
            await tx.run("UPDATE accounts SET name = %s, address = %s WHERE id = %s", (HOSTILE, HOSTILE, desk.account))
        haircut = desk.services["Haircut"]
        await SERVICES.change(
            db, desk.scope, haircut, {"name": HOSTILE, "description": HOSTILE, "names": {"de": [f"{HOSTILE} de"]}}
        )
        for who, name in (("Anna", HOSTILE), ("Ben", f"{HOSTILE} b")):
            await STAFF.change(db, desk.scope, desk.staff[who], {"name": name})
        chosen = [("s", str(haircut)), ("g", f"0.{haircut}")]
        shown = await page.get(SALON, params=[*chosen, ("who", "any")])
        place = (await hold(page, shown, times(shown)[0])).headers["location"]
        pages = [shown, await page.get(place)]
        wrong = await page.post(place + "/you", data={**NORA, "name": HOSTILE, "guest-2": HOSTILE, "phone": HOSTILE})
        told = {**NORA, "name": HOSTILE, "guest-2": LINES, "notes": f"{HOSTILE}{LINES}"}
        await page.post(place + "/you", data=told)
        pages += [wrong, await page.get(place)]
        await page.post(place + "/book")
        language = {"Accept-Language": "de"}
        asked = (
            SALON,
            f"{SALON}?s={haircut}",
            place,
            f"{place}/move",
            f"{SALON}/chat",
            f"{SALON}/poster",
            f"{SALON}/wait",
        )
        pages += [await page.get(path, headers=language, params={"who": HOSTILE, "tz": HOSTILE}) for path in asked[2:]]
        pages += [await page.get(path, headers=language) for path in asked[:2]]
        for one in pages:
            assert "<script>alert" not in one.text and '" onload=x' not in one.text, one.url
        assert HOSTILE.strip() in unescape(pages[3].text)
        sent = await page.get(place + "/appointment.ics")
        assert not re.search(rb"^(ATTENDEE|X:)", sent.content, re.MULTILINE)
        assert len(Calendar.from_ical(sent.content).events) == 1
        assert fields(shown)["g"] == [f"0.{haircut}"]
