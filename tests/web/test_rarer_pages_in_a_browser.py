"""Pages that few see: the code, an offer of the waiting list, another class instead, the set-up. Nobody is kept out."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import furnish, opened
from tests.web.browsing import LINKS
from tests.web.conftest import Tab, serving
from tests.web.test_in_a_browser import barriers
from tests.web.test_places_and_people import taught
from truebook.booking import actions, classes, turns, waitlist
from truebook.booking.model import Customer, Span
from truebook.booking.waitlist import Waiting
from truebook.channels.web import set_up
from truebook.kernel import clock
from truebook.tenants import accounts, sessions
from truebook.tenants.users import USERS

pytestmark = pytest.mark.slow
SALON, VIENNA = "/salon-alice", "Europe/Vienna"
WIDTHS = [(320, "dark"), (1280, "light")]
TWO_MINUTES = 120


def meanwhile(make: Callable[[], Any]) -> Any:
    """Run something asynchronous beside the browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, make()).result()


def opened_tab(chromium: Browser, address: str, width: int, scheme: str) -> Tab:
    """Return a tab of a visitor who reads German."""
    context = chromium.new_context(
        base_url=address, locale="de", viewport={"width": width, "height": 700}, timezone_id=VIENNA,
        color_scheme=scheme,  # type: ignore[arg-type]
    )  # fmt: skip
    return Tab(context)


def fine(tab: Tab, width: int, step: str) -> None:
    """Fail where somebody is kept out of a page, or it is too wide."""
    assert barriers(tab) == [], step
    assert tab.page.evaluate("document.documentElement.scrollWidth") == width, step


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_nobody_is_kept_out_of_the_code_an_offer_and_another_class(
    database: str, chromium: Browser, width: int, scheme: str
) -> None:
    async def furnished() -> tuple[str, str, str]:
        async with opened(database) as db:
            desk = await furnish(db, zone=VIENNA)
            await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
            monday, tuesday = await taught(db, desk, seats=3, count=2)
            nora = Customer("Nora K.", "+436601234567", "nora@example.com")
            seat = await classes.book(db, desk.scope, monday.id, nora, now=clock.now())
            begin = clock.at(monday.start.date(), 0, clock.zone(VIENNA))
            whole = Span(begin, begin + timedelta(days=1))
            wanted = Waiting(desk.services["Colour"], None, (whole,))
            entry = await waitlist.join(db, desk.scope, nora, wanted, now=clock.now())
            assert await turns.offer(db, desk.scope, whole, now=clock.now())
            slug = SALON[1:]
            return (
                f"/{LINKS.path(slug, seat.code)}/move?day={tuesday.start.date()}",
                f"{SALON}/wait/{entry.id}/{LINKS.token(slug, str(entry.id))}",
                f"{SALON}?s={desk.services['Colour']}&who=any",
            )

    move, offer, when = meanwhile(furnished)
    with serving(database, mail_url="smtp://mail.test", mail_from="desk@mail.test") as address:
        tab = opened_tab(chromium, address, width, scheme)
        page = tab.page
        page.goto(offer)
        fine(tab, width, "offer")
        page.goto(move)
        fine(tab, width, "which class instead")
        page.click("a.pick >> nth=0")
        expect(page.locator("button.go")).to_be_visible()
        fine(tab, width, "another class")
        page.goto(when)
        page.click(".time >> nth=0")
        page.fill("#name", "Nora K.")
        page.fill("#email", "nora@example.com")
        page.click("button.go")
        expect(page.locator("h1")).to_have_text("Soll ich das buchen?")
        page.click("button.go")
        expect(page.locator("#code")).to_be_visible()
        fine(tab, width, "code")
        assert tab.complaints == []
        page.context.close()


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_a_business_is_set_up_in_four_steps_in_less_than_two_minutes(
    database: str, chromium: Browser, width: int, scheme: str
) -> None:
    with serving(database) as address:
        tab = opened_tab(chromium, address, width, scheme)
        page, begun = tab.page, time.monotonic()
        page.goto("/set-up/" + LINKS.ticket(set_up.PURPOSE, clock.now() + timedelta(hours=1)))
        expect(page.locator("#timezone")).to_have_value(VIENNA)
        fine(tab, width, "business")
        page.type("#name", "Salon Rosa")
        page.click("button.go")
        fine(tab, width, "people")
        page.type("#people", "Rosa\nMax")
        page.type("#email", "rosa@rosa.example")
        page.click("button.go")
        fine(tab, width, "services and hours")
        page.click("button.go")
        page.wait_for_url("**/desk/open")
        fine(tab, width, "open")
        page.click("a[href='/salon-rosa'].btn")
        expect(page.locator(".pick")).to_have_count(3)
        assert time.monotonic() - begun < TWO_MINUTES
        page.goto("/desk/settings/messages")
        fine(tab, width, "messages")
        assert tab.complaints == []
        page.context.close()


def test_what_new_hours_would_leave_outside_is_counted_while_they_are_drawn(database: str, tab: Tab) -> None:
    async def furnished() -> tuple[str, int]:
        async with opened(database) as db:
            desk = await furnish(db, zone=VIENNA)
            day = clock.now().date() + timedelta(days=8 - clock.now().isoweekday())
            start = clock.at(day, 600, clock.zone(VIENNA))
            await actions.book(db, desk.scope, desk.wish(start), now=clock.now())
            owner = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
            return await sessions.link(db, desk.scope, owner.id, now=clock.now()), day.isoweekday() % 7

    token, weekday = meanwhile(furnished)
    page = tab.page
    page.goto(f"/sign-in/{token}")
    page.click("form button")
    page.wait_for_url("**/desk")
    page.goto("/desk/settings/hours")
    day = page.locator(".weekday", has=page.locator(f"[name=from_{weekday}]"))
    expect(day.locator(".outside")).to_be_hidden()
    day.locator(f"[name=from_{weekday}]").first.fill("10:15")
    expect(day.locator(".outside b")).to_have_text("1")
    expect(day.locator(".booked-ahead .out")).to_have_count(1)
    assert barriers(tab) == []
    day.locator(f"[name=from_{weekday}]").first.fill("10:00")
    expect(day.locator(".outside")).to_be_hidden()
