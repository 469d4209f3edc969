"""Classes, guests, the waiting list, series and codes in a real browser: nobody is kept out, nothing is too wide."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import furnish, opened
from tests.web.conftest import Tab, serving
from tests.web.test_booking_in_a_browser import tell_who
from tests.web.test_in_a_browser import barriers
from tests.web.test_places_and_people import taught
from truebook.booking import blocks
from truebook.kernel import clock
from truebook.tenants import accounts

pytestmark = pytest.mark.slow
SALON = "/salon-alice"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nobody_is_kept_out_of_the_other_ways_to_book(
    database: str, chromium: Browser, width: int, scheme: str
) -> None:
    async def furnished() -> tuple[str, str, str]:
        async with opened(database) as db:
            desk = await furnish(db, zone="Europe/Vienna")
            await accounts.change_account(
                db, desk.scope, desk.account, {"series_dates": 12, "address": "Lindengasse 12, 1070 Wien"}
            )
            (one,) = await taught(db, desk, seats=2)
            full = one.start.date() + timedelta(days=1)
            for who in ("Anna", "Ben"):
                begin = clock.at(full, 0, clock.zone("Europe/Vienna"))
                await blocks.add(
                    db, desk.scope, desk.staff[who], begin, begin + timedelta(days=1), kind="away", now=clock.now()
                )
            return str(desk.services["Haircut"]), str(desk.services["Colour"]), full.isoformat()

    with ThreadPoolExecutor(1) as thread:
        haircut, colour, full = thread.submit(asyncio.run, furnished()).result()
    with serving(database) as address:
        context = chromium.new_context(
            base_url=address, locale="de", viewport={"width": width, "height": 700}, timezone_id="Europe/Vienna",
            color_scheme=scheme,  # type: ignore[arg-type]
        )  # fmt: skip
        tab = Tab(context)
        page = tab.page

        def fine(step: str) -> None:
            assert barriers(tab) == [], step
            assert page.evaluate("document.documentElement.scrollWidth") == width, step

        page.goto(f"{SALON}?s={haircut}")
        fine("which class")
        page.focus("#seats-2")
        page.keyboard.press("Enter")
        expect(page.locator("#seats-2")).to_have_attribute("aria-current", "true")
        expect(page.locator("#seats-2")).to_be_focused()
        page.click("button.pick")
        expect(page.locator(".chip >> nth=0")).to_contain_text("2 Plätze")
        page.goto(f"{SALON}?s={colour}&who=any&day={full}")
        page.click("text=Sagen Sie mir")
        fine("wait")
        page.fill("#name", "Nora K.")
        page.fill("#phone", "+436601234567")
        page.click("button.go")
        expect(page.locator("h1")).to_have_text("Sie stehen auf der Liste")
        fine("on the list")
        page.goto(f"{SALON}?s={colour}&add=new")
        fine("who comes along")
        page.click(".pick >> nth=0")
        expect(page.locator("h1")).to_have_text("Bei wem?")
        expect(page.locator("h1")).to_be_focused()
        page.click(".pick.who >> nth=0")
        expect(page.locator("#apart")).to_be_visible()
        fine("together or apart")
        page.click(".time >> nth=0")
        expect(page.locator("#guest-2")).to_be_visible()
        fine("names")
        page.goto(f"{SALON}?s={colour}&who=any")
        page.click(".time >> nth=0")
        expect(page.locator("#name")).to_be_focused()
        tell_who(page)
        page.click("#weeks-4")
        expect(page.locator(".dates li")).to_have_count(4)
        fine("which dates")
        page.click("button.go")
        expect(page.locator(".pill.booked")).to_be_visible()
        fine("dates")
        assert tab.complaints == []
        context.close()
