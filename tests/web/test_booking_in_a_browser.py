"""Booking in a real browser: with and without scripts, on the smallest phone and a desktop, in light and dark."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk import opened
from tests.web.conftest import Tab, serving
from tests.web.test_in_a_browser import barriers
from truebook import demos
from truebook.tenants import demo

pytestmark = pytest.mark.slow
SALON = f"/{demo.SLUG}"


@pytest.fixture
def salon(database: str) -> str:
    """The demo salon in a database; its URL."""

    async def furnish() -> None:
        async with opened(database) as db:
            await demos.furnish(db)

    with ThreadPoolExecutor(1) as thread:  # the browser keeps this thread's event loop
        thread.submit(asyncio.run, furnish()).result()
    return database


def tell_who(page: Page) -> None:
    """Fill in who comes."""
    page.fill("#name", "Nora K.")
    page.check("input[value=email]", force=True)
    page.fill("#email", "nora@example.com")
    page.click("button.go")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_everybody_can_book(salon: str, tab: Tab, width: int, scheme: str) -> None:
    page = tab.page
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    def fine(step: str) -> None:
        assert barriers(tab) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") == width, step

    page.goto(f"{SALON}?lang=de")
    fine("what")
    page.click(".pick >> nth=0")
    expect(page.locator("h1")).to_have_text("Bei wem?")
    fine("with whom")
    page.click(".pick.who >> nth=0")
    expect(page.locator("#zone")).to_have_attribute("data-told", "")
    page.click(".day:not(.none) >> nth=-1")
    expect(page.locator(".day[aria-current] >> nth=-1")).to_be_visible()
    fine("when")
    for _ in range(2):
        with page.expect_event("load"):  # going back within the page loads it anew
            page.evaluate("setTimeout(() => history.back())")
    expect(page.locator("h1")).to_have_text("Bei wem?")
    with page.expect_event("load"):
        page.evaluate("setTimeout(() => history.forward())")
    expect(page.locator("h1")).to_have_text("Wann passt es Ihnen?")
    page.click(".time >> nth=-1")
    expect(page.locator("#name")).to_be_focused()
    fine("who")
    page.click("button.go")
    expect(page.locator("#name-error")).to_be_visible()
    fine("who, with errors")
    tell_who(page)
    expect(page.locator("h1")).to_have_text("Soll ich das buchen?")
    fine("check")
    for way in ("back", "forward"):
        with page.expect_event("load"):
            page.evaluate(f"setTimeout(() => history.{way}())")
    expect(page.locator("h1")).to_have_text("Soll ich das buchen?")
    page.click("button.go")
    expect(page.locator(".pill.booked")).to_have_text("Gebucht")
    fine("receipt")
    page.click("text=Auf eine andere Zeit verlegen")
    fine("move, when")
    page.click(".time >> nth=-2")
    fine("move, check")
    page.click("button.go")
    expect(page.locator(".pill.booked")).to_be_visible()
    page.goto(f"{SALON}/poster")
    fine("poster")
    tab.complaints.remove("Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)")


def test_two_want_the_same_time_and_neither_needs_a_script(salon: str, chromium: Browser) -> None:
    with serving(salon) as address:
        pages = []
        for _ in range(2):
            context = chromium.new_context(base_url=address, java_script_enabled=False, timezone_id="Europe/Vienna")
            page = context.new_page()
            page.goto(SALON)
            page.click(".pick >> nth=0")
            page.click(".pick.who >> nth=1")
            page.click(".day:not(.none) >> nth=-1")
            pages.append(page)
        first, second = pages
        wanted = first.locator(".time >> nth=3").inner_text()
        first.click(f".time:text-is('{wanted}')")
        second.click(f".time:text-is('{wanted}')")
        expect(second.locator(".time.gone s")).to_have_text(wanted)
        expect(second.locator(".gone-note")).to_contain_text("Nothing is booked.")
        second.click(".gone-note .time >> nth=0")
        for page in pages:
            tell_who(page)
            page.click("button.go")
            expect(page.locator(".pill.booked")).to_have_text("Booked")
            page.context.close()
