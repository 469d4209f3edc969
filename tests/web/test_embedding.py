"""A business's pages inside another site's: only where the business allows it, and as high as they need to be."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.api.http import API, shop
from tests.desk import furnish, opened
from tests.web.browsing import LINKS, browser
from tests.web.conftest import Tab, serving
from truebook import demos
from truebook.booking import actions, free
from truebook.channels.web.booking import chat
from truebook.kernel import clock
from truebook.tenants import accounts, demo

SITE = "https://salon.example"
NO_FOCUS = "Blocked autofocusing on a <input> element in a cross-origin subframe."
"""What a browser says, rightly: somebody else's page keeps the focus until its reader goes into ours."""


@pytest.mark.anyio
async def test_only_the_sites_that_are_allowed_may_frame_only_that_business(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk, _ = await furnish(db), await furnish(db, "praxis-bob")
        await accounts.change_account(
            db, desk.scope, desk.account, {"framed_by": [SITE], "privacy_url": f"{SITE}/privacy?a=1&b"}
        )
        now = clock.now()
        first = now.date() + timedelta(days=1)
        slots = await free.find(
            db, desk.scope, desk.services["Haircut"], None, first, first + timedelta(days=7), now=now
        )
        booked = await actions.book(db, desk.scope, desk.wish(slots[-1].start), now=now)
        receipt = f"/{LINKS.path('salon-alice', booked.code)}"
        for path in ("/salon-alice", "/salon-alice/chat", receipt, f"{receipt}/move"):
            shown = await page.get(path)
            assert f"frame-ancestors {SITE};" in f"{shown.headers['Content-Security-Policy']};", path
            assert 'href="https://salon.example/privacy?a=1&amp;b"' in shown.text, path
        for path in ("/", "/praxis-bob", "/sign-in", "/salon-alice/poster"):
            assert "frame-ancestors 'none'" in (await page.get(path)).headers["Content-Security-Policy"], path
        script = await page.get("/embed.js")
        assert (script.status_code, script.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")


@pytest.mark.anyio
async def test_nothing_but_an_origin_and_an_address_gets_into_a_header_or_a_link(database: str) -> None:
    async with shop(database) as desk:
        for wrong in (
            "*",
            "https://a.example; script-src *",
            "https://a.example/path",
            "'self'",
            "javascript:alert(1)",
        ):
            answer = await desk.alice.patch(f"{API}/account", json={"framed_by": [wrong]})
            assert (answer.status_code, "framed_by" in answer.text) == (422, True), wrong
            with psycopg.connect(database) as admin, pytest.raises(psycopg.errors.CheckViolation):
                admin.execute("UPDATE truebook.accounts SET framed_by = ARRAY[%s]", (wrong,))
        for wrong in ("javascript:alert(1)", "https://a.example/ x", "/privacy"):
            assert (await desk.alice.patch(f"{API}/account", json={"imprint_url": wrong})).status_code == 422, wrong
        right = await desk.alice.patch(f"{API}/account", json={"framed_by": [SITE], "imprint_url": f"{SITE}/us"})
        assert (right.json()["framed_by"], right.json()["imprint_url"]) == ([SITE], f"{SITE}/us")


@contextmanager
def another_site(text: list[str]) -> Iterator[str]:
    """Serve somebody's own page; lend its address."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text[0].encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def furnish_framed(database: str, site: str) -> None:
    """Open the demo, and let a site embed it."""

    async def furnished() -> None:
        async with opened(database) as db:
            await demos.furnish(db)
            found = await accounts.by_slug(db, demo.SLUG)
            scope = accounts.Scope(found.id, "test", "test")
            await accounts.change_account(db, scope, found.id, {"framed_by": [site]})

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, furnished()).result()


@pytest.mark.slow
def test_one_script_tag_puts_the_page_where_it_stands_as_high_as_it_needs(database: str, chromium: Browser) -> None:
    text = [""]
    with serving(database) as home, another_site(text) as site:
        furnish_framed(database, site)
        text[0] = f'<!doctype html><p>Ours</p><script src="{home}/embed.js" data-business="{demo.SLUG}"></script>'
        context = chromium.new_context(viewport={"width": 390, "height": 700})
        tab = Tab(context)
        tab.page.goto(site)
        inside = tab.page.frame_locator("iframe")
        inside.locator(".pick >> nth=0").click()
        inside.locator(".pick.who >> nth=0").click()
        inside.locator(".day:not(.none) >> nth=-1").click()
        inside.locator(".time >> nth=-1").click()
        expect(inside.locator("#name")).to_be_visible()
        frame = tab.page.frames[1]
        tab.page.wait_for_function("document.querySelector('iframe').clientHeight !== 560")
        assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
        inside.locator("#name").fill("Nora K.")
        inside.locator("input[value=email]").check(force=True)
        inside.locator("#email").fill("nora@example.com")
        inside.locator("button.go").click()
        inside.locator("button.go").click()
        expect(inside.locator(".pill.booked")).to_be_visible()
        assert set(tab.complaints) <= {NO_FOCUS}
        context.close()


@pytest.mark.slow
def test_a_bubble_opens_the_chat_and_picks_it_up_on_the_same_device(
    database: str, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    text = [""]
    with serving(database, public_url="https://desk.example") as home, another_site(text) as site:
        # the pages are at localhost: another site in the browser's eyes, not only another origin
        furnish_framed(database, site)
        script = f'<script src="{home}/embed.js" data-business="{demo.SLUG}" data-page="bubble"></script>'
        text[0] = f'<!doctype html><html lang="en"><title>Ours</title><h1>Ours</h1>{script}'
        context = chromium.new_context(viewport={"width": 320, "height": 640})
        tab = Tab(context)
        tab.page.goto(site)
        button = tab.page.locator("button[aria-label=Chat]")
        assert tab.page.locator("iframe").count() == 0, "nothing is loaded before somebody wants it"
        inside = tab.page.frame_locator("iframe")
        for turn in ("written", "found again"):
            button.click()
            expect(button).to_have_attribute("aria-expanded", "true")
            if turn == "written":
                inside.locator("#text").fill("hello there")
                inside.locator(".say button").click()
            expect(inside.locator("#talk")).to_have_attribute("data-look", "#page")  # it was taken, and waits
            expect(inside.locator(".mine")).to_contain_text("hello there")
            tab.page.keyboard.press("Escape")
            expect(tab.page.locator("iframe")).to_be_hidden()
            expect(button).to_be_focused()
            tab.page.reload()
        assert tab.page.evaluate("document.documentElement.scrollWidth") == 320
        assert set(tab.complaints) <= {NO_FOCUS}
        context.close()
