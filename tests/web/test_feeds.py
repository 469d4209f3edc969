"""Calendars elsewhere: what a calendar program reads at an address that somebody was given, and for how long."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.desk import opened
from tests.web.people import House, Somebody, house
from tests.web.test_desk import HOSTILE, booked
from truebook.booking import actions, calendar_file, feeds
from truebook.kernel import clock
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio


async def address(who: Somebody, **fields: str) -> str:
    """Make an address in the browser and return its path."""
    made = await who.send("/desk/feeds", **fields)
    found = re.search(r"/calendar/[\w-]+\.ics", made.text)
    assert found is not None, made.text[:3000]
    return found[0]


def events(body: bytes) -> dict[str, tuple[str, str, int]]:
    """Return what stands in a calendar: by uid the summary, the status and the sequence."""
    return {
        str(one["uid"]): (str(one["summary"]), str(one["status"]), int(one["sequence"]))
        for one in Calendar.from_ical(body).walk("VEVENT")
    }


async def test_a_calendar_follows_every_change_under_the_same_uid(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk, 10, name=f"{HOSTILE}\r\nATTENDEE:x")
        ben = await booked(db, here.desk, 14, "Ben", "Dora")
        whole = await address(here.alice, whose="all", names="1")
        annas = await address(here.alice, whose=str(here.desk.staff["Anna"]))
        first = await here.nobody.get(whole)
        assert first.headers["content-type"].startswith("text/calendar")
        found = events(first.content)
        assert found[f"{ben.id}@truebook"] == ("Dora: Haircut, Ben", "CONFIRMED", ben.version)
        assert b"\r\nATTENDEE" not in first.content
        read = Calendar.from_ical(first.content)
        assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Europe/Vienna"]
        event = next(each for each in read.walk("VEVENT") if str(each["uid"]).startswith(str(one.id)))
        assert event.decoded("dtstart") == one.start and event["dtstart"].params["TZID"] == "Europe/Vienna"
        mine = (await here.nobody.get(annas)).content
        assert events(mine) == {f"{one.id}@truebook": ("Haircut", "CONFIRMED", one.version)} and b"script" not in mine
        same = await here.nobody.get(whole, headers={"If-None-Match": first.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        moved = await actions.move(db, here.desk.scope, one.id, one.start + timedelta(hours=1), now=clock.now())
        after = await actions.cancel(db, here.desk.scope, one.id, now=clock.now())
        assert after.version > moved.version > one.version
        again = await here.nobody.get(whole, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 200
        assert events(again.content)[f"{one.id}@truebook"][1:] == ("CANCELLED", after.version)


async def test_an_address_ends_when_it_is_revoked_and_with_the_right_to_see(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        await booked(db, here.desk, 14, "Ben", "Dora")
        own = await address(here.anna, whose="all", names="1")
        assert list(events((await here.nobody.get(own)).content)) == [f"{one.id}@truebook"], (
            "her own, whatever she asks"
        )
        theirs = await address(here.alice, whose="all")
        await _only_their_own(here)
        (hers,) = await feeds.listing(db, here.desk.scope, user_id=here.anna.user_id)
        assert (await here.charlie.send(f"/desk/feeds/{hers.id}/revoke")).status_code == 404
        assert (await here.nobody.get(own)).status_code == 200
        await USERS.remove(db, here.desk.scope, here.anna.user_id)
        assert (await here.nobody.get(own)).status_code == 404, "it ends with her"
        (left,) = await feeds.listing(db, here.desk.scope)
        assert left.read_at is None and (await here.nobody.get(theirs)).status_code == 200
        assert (await here.alice.send(f"/desk/feeds/{left.id}/revoke")).status_code == 303
        assert (await here.nobody.get(theirs)).status_code == 404
        assert (await here.nobody.get("/calendar/unknown.ics")).status_code == 404


async def _only_their_own(here: House) -> None:
    assert "Everybody" not in (await here.anna.page.get("/desk/feeds")).text
    assert "Everybody" in (await here.alice.page.get("/desk/feeds")).text
    stolen = await here.charlie.send("/desk/feeds", whose=str(here.desk.staff["Anna"]))
    assert stolen.status_code == 422


def test_a_calendars_name_is_one_line_whatever_stands_in_it() -> None:
    made = calendar_file.feed([], every=timedelta(hours=1), name="Praxis\rX-EVIL:1\x85\x07")
    assert b"\r" not in made.replace(b"\r\n", b"") and b"\r\nX-EVIL" not in made
