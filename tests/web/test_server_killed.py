"""A server that dies while somebody books: the page says what is known, and what it shows afterwards is the row."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.server.steps import ROOT, until, value
from tests.web.test_booking_in_a_browser import SALON, salon, tell_who

__all__ = ["salon"]
pytestmark = pytest.mark.slow
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
END = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
BOOKED = "SELECT count(*) FROM truebook.appointments WHERE status = 'confirmed'"


@contextmanager
def serve(url: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app as `truebook serve` does, until it answers; kill it at the end."""
    told = {"DATABASE_URL": url, "TRUEBOOK_PORT": str(port), "TRUEBOOK_SECRET": "s" * 32}
    program = subprocess.Popen(
        [sys.executable, "-m", "truebook", "serve"], cwd=ROOT, env={**os.environ, **told}, stdout=subprocess.DEVNULL
    )
    with program:
        try:
            until(lambda: answers(port) or program.poll() is not None, "the app answers", 120)
            yield program
        finally:
            program.kill()


def answers(port: int) -> bool:
    """Tell whether somebody answers at a port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except (URLError, OSError):
        time.sleep(0.05)
        return False


def test_a_server_killed_while_it_books(salon: str, chromium: Browser) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    context = chromium.new_context(base_url=f"http://127.0.0.1:{port}", timezone_id="Europe/Vienna")
    page = context.new_page()
    with serve(salon, port) as program:
        page.goto(SALON)
        page.click(".pick >> nth=0")
        page.click(".pick.who >> nth=1")
        page.click(".day:not(.none) >> nth=-1")
        page.click(".time >> nth=-1")
        tell_who(page)
        expect(page.locator("h1")).to_have_text("Shall I book it?")
        with psycopg.connect(salon) as admin:
            admin.execute("SELECT FROM truebook.appointments FOR UPDATE")
            page.click("button.go", no_wait_after=True)
            until(lambda: value(salon, WAITS) == 1, "the booking waits", 60)
            program.send_signal(signal.SIGKILL)
            expect(page.locator("#unanswered")).to_be_visible()
            expect(page.locator("#unanswered")).to_contain_text("not certain whether that arrived")
            value(salon, END)  # what it had begun ends with it
    assert value(salon, BOOKED) == 0
    with serve(salon, port):
        page.click("#unanswered a")
        expect(page.locator("h1")).to_have_text("Shall I book it?")
        page.click("button.go")
        expect(page.locator(".pill.booked")).to_be_visible()
        assert value(salon, BOOKED) == 1
    context.close()
