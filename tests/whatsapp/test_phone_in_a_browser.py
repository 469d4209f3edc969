"""The simulator's page in a real browser, as a newcomer uses it: a booking by list and button, a move, a lost answer."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import chromium  # noqa: F401 - a fixture
from tests.whatsapp.sending import Town, town

pytestmark = pytest.mark.slow


@contextmanager
def running(database: str) -> Iterator[Town]:
    """Lend a desk and the simulator, at work in a loop of their own."""
    begun: asyncio.Future[Any] | threading.Event = threading.Event()
    lent: list[Town] = []
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def work() -> None:
        async with town(database) as t:
            t.sim.world.add("Carla", phone="436601234567")
            lent.append(t)
            begun.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(work()))
    thread.start()
    begun.wait(60)
    try:
        yield lent[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


def say(page: Page, words: str) -> None:
    page.locator("#write input").fill(words)
    page.locator("#write button").click()


def test_a_booking_a_move_and_a_lost_answer(database: str, chromium: Browser) -> None:  # noqa: F811
    with running(database) as t:
        page = chromium.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(t.address)
        page.locator("#people button").first.click()
        said = page.locator(".bubble:not(.mine)")
        say(page, "I need a haircut with Anna next monday morning")
        expect(said).to_have_count(1, timeout=30_000)
        if (menu := page.get_by_role("button", name="☰")).count():
            menu.last.click()
        page.locator(".choices button", has_text="Mon").first.click()
        expect(said.last).to_contain_text("Shall I book it?", timeout=30_000)
        page.locator(".choices button", has_text="Yes").last.click()
        expect(said.last).to_contain_text("Booked", timeout=30_000)
        say(page, "could we make it 2 pm the same day?")
        expect(said.last).to_contain_text("2:00", timeout=30_000)
        page.locator(".choices button", has_text="Yes").last.click()
        expect(said.last).to_contain_text("Moved", timeout=30_000)
        page.locator("#o-lost_answer").click()
        say(page, "what does it cost?")
        expect(said).to_have_count(5, timeout=30_000)
        expect(said.last).to_contain_text("€35")
        page.close()
        assert problems == []
