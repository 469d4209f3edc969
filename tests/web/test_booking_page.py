"""The booking page without any script: links and forms from the service to the code, and what may go wrong between."""

import gzip
import re
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from tests.desk import Desk, furnish, opened
from tests.web.browsing import browser
from truebook import demos
from truebook.booking import actions, upkeep, views
from truebook.channels.web import assets
from truebook.channels.web.booking import contacts, days, picker
from truebook.kernel import clock
from truebook.limits import Limit
from truebook.tenants import accounts, demo

pytestmark = pytest.mark.anyio
SALON = "/salon-alice"
NORA = {"name": "Nora K.", "by": "phone", "phone": "+43 660 1234567", "notes": "short, please"}


def links(page: httpx2.Response, pattern: str) -> list[str]:
    """Return the addresses that a page links to and that contain a pattern."""
    return [one for one in map(unescape, re.findall(r'href="([^"]+)"', page.text)) if re.search(pattern, one)]


def fields(page: httpx2.Response) -> dict[str, list[str]]:
    """Return the hidden fields of a page's form."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text):
        found.setdefault(name, []).append(unescape(value))
    return found


def times(page: httpx2.Response) -> list[str]:
    """Return what the buttons of a page's times send."""
    return [unescape(one) for one in re.findall(r'name="start" value="([^"]+)"', page.text)]


async def when(
    page: httpx2.AsyncClient, desk: Desk, *services: str, who: str = "Anna", day: str = ""
) -> httpx2.Response:
    """Answer the first questions; return the page that asks when, of a day or of the first one with a time."""
    chosen = [("s", str(desk.services[one])) for one in services or ("Haircut",)]
    named = who if who == "any" else str(desk.staff[who])
    shown = await page.get(SALON, params=[*chosen, ("who", named), *([("day", day)] if day else [])])
    assert (shown.status_code, "When suits you?" in shown.text) == (200, True)
    return shown


async def hold(page: httpx2.AsyncClient, shown: httpx2.Response, start: str) -> httpx2.Response:
    """Press the button of a time."""
    return await page.post(SALON, data={**fields(shown), "start": start})


async def held(page: httpx2.AsyncClient, desk: Desk, place: int = -1) -> str:
    """Hold a time with Anna; return the address of its page."""
    shown = await when(page, desk)
    answer = await hold(page, shown, times(shown)[place])
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_from_the_first_question_to_the_code(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        first = await page.get(SALON)
        assert ("Haircut" in first.text, "€35" in first.text) == (True, True)
        second = await page.get(next(one for one in links(first, "s=") if str(desk.services["Haircut"]) in one))
        assert ("With whom?" in second.text, "next free" in second.text) == (True, True)
        third = await page.get(next(one for one in links(second, "who=") if str(desk.staff["Anna"]) in one))
        start = times(third)[-1]
        answer = await hold(page, third, start)
        place = answer.headers["location"]
        code = place.split("/")[2]
        row = await views.by_code(db, desk.scope, code)
        assert (row.status, row.source, row.start.isoformat()[:16]) == ("held", "web", start[:16])
        assert "Nothing is booked yet." in (await page.get(place)).text
        asked = await page.post(place + "/you", data=NORA)
        assert (asked.status_code, asked.headers["location"]) == (303, place)
        check = await page.get(place)
        assert "Shall I book it?" in check.text and "+436601234567" in check.text and "short, please" in check.text
        assert (await views.by_code(db, desk.scope, code)).status == "held", "looking books nothing"
        for _ in range(2):  # pressed twice
            done = await page.post(place + "/book")
            assert (done.status_code, done.headers["location"]) == (303, place)
        receipt = await page.get(place)
        assert "Booked" in receipt.text and code in receipt.text
        row = await views.by_code(db, desk.scope, code)
        assert (row.status, row.customer.name, row.customer.phone, row.notes) == (
            "confirmed", "Nora K.", "+436601234567", "short, please",
        )  # fmt: skip
        assert row.customer.id is not None, "with a number she is known again"
        assert len(await views.listing(db, desk.scope, clock.now(), clock.now() + timedelta(days=90))) == 1


async def test_pressing_a_time_twice_holds_it_once(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db) as again:
        desk = await furnish(db)
        shown = await when(page, desk)
        places = {(await hold(one, shown, times(shown)[-1])).headers["location"] for one in (page, again)}
        assert len(places) == 1
        fresh = await when(page, desk)  # gone back, and the same time chosen again
        assert {(await hold(page, fresh, times(shown)[-1])).headers["location"]} == places


async def test_a_held_time_is_kept_from_others_and_given_back_for_another(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db) as other:
        desk = await furnish(db)
        now = clock.now()
        whole = (now + timedelta(days=9 - now.weekday())).date().isoformat()  # next Wednesday: few are left of today
        shown = await when(page, desk, day=whole)
        mine, later = times(shown)[-4], times(shown)[-3]
        place = (await hold(page, shown, mine)).headers["location"]
        await page.post(place + "/you", data=NORA)
        assert mine not in times(await when(other, desk, day=whole))
        mine_again = await when(page, desk, day=whole)
        assert mine in times(mine_again) and later in times(mine_again), "to whom holds it, it is free"
        changed = (await hold(page, mine_again, later)).headers["location"]
        assert "Nora K." in (await page.get(changed)).text, "what was typed comes along"
        assert mine not in times(await when(other, desk, day=whole)), (
            "fifteen minutes later, the haircut is still in the way"
        )
        assert (await views.by_code(db, desk.scope, place.split("/")[2])).status == "cancelled"


async def test_a_time_just_taken_is_told_where_it_stood_with_the_nearest(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        shown = await when(page, desk)
        start = times(shown)[0]
        await actions.book(db, desk.scope, desk.wish(datetime.fromisoformat(start)), now=clock.now())
        answer = await hold(page, shown, start)
        assert (answer.status_code, "was taken a moment ago" in answer.text) == (409, True)
        assert "Nothing is booked." in answer.text and "<s>" in answer.text
        with_ben = f"{start} {desk.staff['Ben']}"
        assert with_ben in times(answer), "the same time with somebody else is the nearest of all"
        place = (await hold(page, answer, with_ben)).headers["location"]
        row = await views.by_code(db, desk.scope, place.split("/")[2])
        assert (row.staff_name, row.start.isoformat()[:16]) == ("Ben", start[:16])


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": " "}, "name", "Please give a name."),
        ({"name": "x" * 81}, "name", "That is too long."),
        ({"phone": ""}, "phone", "Please give a telephone number"),
        ({"phone": "12"}, "phone", "Please give a telephone number"),
        ({"by": "email", "email": "nora"}, "email", "Please give an e-mail address"),
        ({"notes": "x" * 501}, "notes", "That is too long."),
    ],
)
async def test_bad_input_is_kept_and_named(database: str, typed: dict[str, str], field: str, said: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        place = await held(page, desk)
        answer = await page.post(place + "/you", data={**NORA, **typed})
        assert (answer.status_code, said in answer.text, f'id="{field}-error"' in answer.text) == (422, True, True)
        assert answer.text.count('aria-invalid="true"') == 1
        kept = {**NORA, **typed}
        assert all(kept[name].strip() in answer.text for name in ("phone", "notes", "name"))
        assert (await views.by_code(db, desk.scope, place.split("/")[2])).customer.name == "…"


async def test_a_hold_that_is_over_books_nothing_and_says_so(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        place = await held(page, desk)
        await page.post(place + "/you", data=NORA)
        async with db.transaction(desk.scope) as tx:
            await tx.run("UPDATE appointments SET hold_expires_at = now() - interval '1 second'")
        for swept in (False, True):
            if swept:
                await upkeep.sweep(db, desk.scope, now=clock.now())
            await page.post(place + "/book")
            over = await page.get(place)
            assert "not held any longer" in over.text and "Nothing is booked." in over.text
        found = links(over, "who=")
        assert parse_qs(urlsplit(found[-1]).query)["s"] == [str(desk.services["Haircut"])]
        shown = await page.get(found[-1])
        again = (await hold(page, shown, times(shown)[0])).headers["location"]
        assert "Nora K." in (await page.get(again)).text


async def test_several_services_are_one_visit(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        one = {"s": str(desk.services["Haircut"])}
        more = await page.get(SALON, params={**one, "add": "1"})
        assert "What else would you like?" in more.text
        both = next(link for link in links(more, "s=") if str(desk.services["Colour"]) in link)
        assert parse_qs(urlsplit(both).query)["s"] == [str(desk.services[name]) for name in ("Haircut", "Colour")]
        shown = await when(page, desk, "Haircut", "Colour", who="any")
        place = (await hold(page, shown, times(shown)[0])).headers["location"]
        row = await views.by_code(db, desk.scope, place.split("/")[2])
        assert [part.service_name for part in row.segments] == ["Haircut", "Colour"]
        assert row.end - row.start == timedelta(minutes=135)


async def test_a_full_day_offers_the_next_free_one(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        now = clock.now()
        strip = await days.find(db, desk.scope, desk.wish(now).parts, None, clock.zone("UTC"), now=now)
        full = [day for day in strip.days if day.times][1]
        for start in full.times:
            try:
                await actions.book(db, desk.scope, desk.wish(start), now=now)
            except actions.Refusal:
                continue
        params = {"s": str(desk.services["Haircut"]), "who": str(desk.staff["Anna"]), "day": full.date.isoformat()}
        shown = await page.get(SALON, params=params)
        assert "Nothing is free on" in shown.text and "full" in shown.text and not times(shown)
        assert "Next free:" in shown.text


async def test_times_are_told_in_the_visitors_zone(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db, zone="Europe/Vienna")
        monday = clock.now().date() + timedelta(days=14 - clock.now().weekday())
        chosen = {"s": str(desk.services["Haircut"]), "who": "any", "day": monday.isoformat()}
        theirs = await page.get(SALON, params=chosen)
        mine = await page.get(SALON, params={**chosen, "tz": "America/New_York"})
        assert "Times as in Vienna." in theirs.text
        assert "in your time, New York." in mine.text and "In Vienna it is 6 h later." in mine.text
        assert "09:00" in theirs.text and "03:00" in mine.text
        place = (await hold(page, mine, times(mine)[-1])).headers["location"]
        assert place.endswith("?tz=America/New_York")
        assert "Times as in Vienna." in (await page.get(SALON, params={**chosen, "tz": "Nowhere/There"})).text


async def test_a_suspended_business_says_so(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        shown = await when(page, desk)
        async with db.transaction(accounts.Scope(desk.account, "test", "test", operator=True)) as tx:
            await tx.run("UPDATE accounts SET status = 'suspended' WHERE id = %s", (desk.account,))
        for answer in (await page.get(SALON), await hold(page, shown, times(shown)[0])):
            assert "takes no bookings online" in answer.text
        assert not await views.listing(db, desk.scope, clock.now(), clock.now() + timedelta(days=90))


async def test_too_much_from_one_place_is_refused(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picker, "TIMES", Limit("times of the test", burst=2, every=600.0))
    monkeypatch.setattr(contacts, "BOOKED", Limit("contacts of the test", burst=1, every=600.0))
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        first = await held(page, desk, -1)
        assert (await page.post(first + "/you", data=NORA)).status_code == 303
        assert (await page.post(first + "/book")).status_code == 303
        second = await held(page, desk, -2)
        assert (await page.post(second + "/you", data={**NORA, "phone": "+43 (660) 123-4567"})).status_code == 303
        answer = await page.post(second + "/book")
        assert (answer.status_code, "Too much at once" in answer.text) == (429, True)
        assert (await page.post(second + "/you", data={**NORA, "phone": "+436609999999"})).status_code == 303
        assert (await page.post(second + "/book")).status_code == 303
        shown = await when(page, desk)
        answer = await hold(page, shown, times(shown)[0])
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)


async def test_nobody_is_kept_from_booking_by_who_types_their_number(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typing counts for nothing, and what is booked from one line leaves enough for another."""
    monkeypatch.setattr(contacts, "BOOKED", Limit("contacts of the test", burst=2, every=600.0))
    async with opened(database) as db, browser(db, address="198.51.100.7") as stranger, browser(db) as page:
        desk = await furnish(db)
        for expected in (303, 303, 429):
            theirs = await held(stranger, desk, -1)
            for _ in range(4):
                assert (await stranger.post(theirs + "/you", data=NORA)).status_code == 303
            assert (await stranger.post(theirs + "/book")).status_code == expected
        mine = await held(page, desk, -1)
        assert (await page.post(mine + "/you", data=NORA)).status_code == 303
        assert (await page.post(mine + "/book")).status_code == 303
        assert (await views.by_code(db, desk.scope, mine.split("/")[2])).status == "confirmed"


async def test_somebody_elses_hold_cannot_be_touched(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db) as other:
        desk, _ = await furnish(db), await furnish(db, "praxis-bob")
        place = await held(page, desk)
        code, token = place.split("/")[2:4]
        for path in (f"{SALON}/{code}/{'x' * 16}", f"/praxis-bob/{code}/{token}"):
            for step in ("/you", "/book"):
                assert (await other.post(path + step, data=NORA)).status_code == 404
        assert (await other.post(place + "/book", headers={"Sec-Fetch-Site": "cross-site"})).status_code >= 400
        assert (await views.by_code(db, desk.scope, code)).customer.name == "…"


async def test_nonsense_in_the_address_leads_to_the_first_question(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        haircut = str(desk.services["Haircut"])
        for query in ({"s": "x"}, {"s": "\0"}, {"s": str(desk.account)}, {"who": "any"}):
            assert "What would you like?" in (await page.get(SALON, params=query)).text
        for query in ({"who": "x"}, {"who": str(desk.account)}):
            assert "With whom?" in (await page.get(SALON, params={"s": haircut, **query})).text
        for day in ("x", "0001-01-01", "9999-12-31"):
            assert (await page.get(SALON, params={"s": haircut, "who": "any", "day": day})).status_code == 200
        for start in ("", "x", "0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00"):
            answer = await page.post(SALON, data={"s": haircut, "who": "any", "start": start})
            assert answer.status_code in (409, 422), start
        assert (await page.get("/nobody-here")).status_code == 404


async def test_the_front_page_leads_there(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        await demos.furnish(db)
        door = links(await page.get("/"), f"/{demo.SLUG}$")
        assert "What would you like?" in (await page.get(door[0])).text
        assert "Was darf es sein?" in (await page.get(door[0], headers={"Accept-Language": "de-AT"})).text


async def test_the_page_is_light(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        shown = await when(page, await furnish(db))
        files = set(re.findall(r'"(/static/[^"#]+)', shown.text))
        sent = [gzip.compress(shown.content)]
        for name in (*files, assets.url("swap.js")):
            sent.append(gzip.compress((await page.get(name)).content))
        assert len(sent) > 5
        assert sum(map(len, sent)) <= 60_000
