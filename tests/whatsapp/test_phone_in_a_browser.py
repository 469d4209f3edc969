"""The simulator's page in a real browser, as a newcomer uses it.

A booking by list and button, a move, a lost answer; a reminder that is answered; a closed window; what Meta decides.
The desk is two apps, which take the webhooks in turn, and two workers.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chat import LINKS
from tests.web.conftest import chromium  # noqa: F401 - a fixture
from tests.whatsapp.sending import Town, town
from truebook.booking import actions, views
from truebook.delivery.notify import Messenger
from truebook.delivery.reminding import Reminding
from truebook.kernel import clock
from truebook.simulator import graph
from truebook.tenants import telling

pytestmark = pytest.mark.slow


class Street(Town):
    """A town whose loop runs in a thread of its own."""

    loop: asyncio.AbstractEventLoop

    def do(self, what: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the town's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(60)


@contextmanager
def running(database: str) -> Iterator[Street]:
    """Lend a desk, as two apps and two workers, and the simulator, at work in a loop of their own."""
    begun = threading.Event()
    lent: list[Street] = []
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def work() -> None:
        async with town(database, processes=2) as t:
            t.sim.world.add("Carla", phone="436601234567")
            lent.append(Street(**vars(t)))
            lent[0].loop = loop
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


@contextmanager
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Lend the simulator's page with Carla's phone; it may not complain about anything."""
    page = browser.new_page(viewport={"width": 1180, "height": 860})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.locator("#people button").first.click()
    yield page
    page.close()
    assert problems == []


def booked(t: Street) -> Any:
    """Return the newest appointment as it stands."""

    async def newest() -> Any:
        rows = await t.rows("SELECT id FROM appointments ORDER BY created_at DESC, id DESC LIMIT 1")
        return await views.appointment(t.desk.db, t.desk.scope, rows[0][0])

    return t.do(newest())


def book(page: Page) -> None:
    said = page.locator(".bubble:not(.mine)")
    say(page, "a haircut with Anna next monday at 10:00")
    expect(said.last).to_contain_text("Shall I book it?")
    page.locator(".choices button", has_text="Yes").last.click()
    expect(said.last).to_contain_text("Booked")


def say(page: Page, words: str) -> None:
    page.locator("#write input").fill(words)
    page.locator("#write button").click()


def test_a_booking_a_move_and_a_lost_answer(database: str, chromium: Browser) -> None:  # noqa: F811
    with running(database) as t, phone(chromium, t.address) as page:
        said = page.locator(".bubble:not(.mine)")
        say(page, "I need a haircut with Anna next monday morning")
        expect(said).to_have_count(1)
        if (menu := page.get_by_role("button", name="☰")).count():
            menu.last.click()
        page.locator(".choices button", has_text="Mon").first.click()
        expect(said.last).to_contain_text("Shall I book it?")
        page.locator(".choices button", has_text="Yes").last.click()
        expect(said.last).to_contain_text("Booked")
        say(page, "could we make it 2 pm the same day?")
        expect(said.last).to_contain_text("14:00")
        page.locator(".choices button", has_text="Yes").last.click()
        expect(said.last).to_contain_text("Moved")
        page.locator("#o-lost_answer").click()
        say(page, "what does it cost?")
        expect(said.last).to_contain_text("€35")
        expect(said).to_have_count(6)


def test_a_reminder_is_answered_by_its_button(database: str, chromium: Browser) -> None:  # noqa: F811
    with running(database) as t, phone(chromium, t.address) as page:
        said = page.locator(".bubble:not(.mine)")
        book(page)
        appointment = booked(t)
        t.do(telling.change(t.desk.db, t.desk.scope, {"remind_before": [15], "quiet_from": None, "quiet_until": None}))
        reminding = Reminding(t.desk.db, Messenger(t.desk.db, LINKS))
        t.do(reminding.remind(t.desk.scope, now=appointment.start - timedelta(minutes=15)))
        expect(said.last.locator(".choices button")).to_have_text(["I will come", "I cannot come"])
        said.last.locator(".choices button", has_text="I will come").click()
        expect(said.last).to_contain_text("ee you")
        assert booked(t).confirmed_by_customer_at is not None


def test_a_closed_window_ends_in_the_approved_template(
    database: str,
    chromium: Browser,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph, "REVIEW", 3600.0)  # nobody decides but we
    with running(database) as t, phone(chromium, t.address) as page:
        said, waits = page.locator(".bubble:not(.mine)"), page.locator("#templates tr", has_text="PENDING")
        page.get_by_label("Templates are reviewed slowly").check()
        t.do(t.hand_in())
        expect(waits).not_to_have_count(0)
        book(page)
        page.get_by_label("Decide about appointment_cancelled en").select_option("Approve")
        row = page.locator("#templates tr", has_text="appointment_cancelled en")
        expect(row).to_contain_text("APPROVED UTILITY")
        page.get_by_role("button", name="A day of silence").click()
        expect(page.locator("#window")).to_have_text("window closed")
        t.do(actions.cancel(t.desk.db, t.desk.scope, booked(t).id, now=clock.now()))
        expect(said.last).to_contain_text("is cancelled, as recorded")
        expect(said.last.locator(".choices button")).to_have_text(["Details"])
        expect(page.locator(".bubble.failed")).to_have_count(1)  # the desk thought the window open, and was told
        expect(page.locator("#portfolio")).to_contain_text("1 of 250")
