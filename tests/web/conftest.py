"""A real browser (Debian's chromium) on a real server, for what only a browser shows; skipped where there is none."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web.browsing import LINKS
from truebook.app import build
from truebook.kernel.settings import Settings

SLOW = 120_000
"""Milliseconds after which a page hangs: a busy machine is slow, not wrong."""


def program() -> str | None:
    """Return the browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")  # while it lives it keeps an event loop, and other modules have their own
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    if program() is None:
        pytest.skip("no chromium here (on Debian: apt install chromium): the pages are not looked at in a browser")
    expect.set_options(timeout=SLOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        browser.on("context", lambda context: context.set_default_timeout(SLOW))
        yield browser
        browser.close()


@contextmanager
def serving(url: str, **settings: Any) -> Iterator[str]:
    """Serve the app on a database of the test's own, pages included; lend its address."""
    app = build(Settings(database_url=url, **settings), links=LINKS)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    try:
        home = f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
        app.state.settings = replace(app.state.settings, public_url=app.state.settings.public_url or home)
        yield home
    finally:
        server.should_exit = True
        thread.join()


class Tab:
    """A page of the browser that remembers everything it complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def tab(chromium: Browser, database: str) -> Iterator[Tab]:
    """A fresh tab at the front page of a server on `database`; it may not complain about anything."""
    with serving(database) as address:
        context = chromium.new_context(base_url=address)
        made = Tab(context)
        yield made
        context.close()
        assert made.complaints == []
