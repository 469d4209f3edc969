"""The content policy is kept by every page there is: a browser that enforces it has nothing to complain about."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from tests.desk import opened
from tests.web import tour
from tests.web.conftest import serving
from tests.web.people import house
from tests.web.test_booking_in_a_browser import tell_who
from tests.web.test_desk import DAY, HOSTILE
from truebook.kernel import clock
from truebook.tenants import sessions

pytestmark = pytest.mark.slow
COLLECT = """
addEventListener("securitypolicyviolation", (one) => broken(`${one.effectiveDirective}: ${one.blockedURI} ${one.sample}`));
"""
OFFEND = """
document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>x</p><img src='http://elsewhere.example/x.png'>");
"""


async def _made(url: str) -> tuple[str, list[str], dict[str, str], UUID]:
    async with opened(url) as db, house(db) as here:
        desk, alice = here.desk, here.alice.user_id
        ids = await tour.one_of_everything(db, desk, alice, here.anna.user_id, DAY, lambda _: HOSTILE)
        customers = await tour.of_customers(db, desk, ids)
        token = await sessions.link(db, desk.scope, alice, now=clock.now())
        return token, list(tour.of_the_desk(ids, DAY)), customers, desk.services["Colour"]


def test_no_page_breaks_the_policy(chromium: Browser, database: str) -> None:
    with ThreadPoolExecutor(1) as thread:  # the browser keeps this thread's event loop
        token, desk, customers, colour = thread.submit(asyncio.run, _made(database)).result()
    assert {path for path in tour.routes() if not path.startswith("/desk")} <= customers.keys(), "a page was forgotten"
    broken: list[tuple[str, str]] = []

    def note(source: Any, told: str) -> None:
        broken.append((source["page"].url, told))

    with serving(database) as address:
        context = chromium.new_context(base_url=address)
        context.expose_binding("broken", note)
        context.add_init_script(COLLECT)
        page = context.new_page()
        page.goto(f"/sign-in/{token}")
        page.click("form button")
        page.wait_for_url("**/desk")
        page.evaluate(OFFEND)
        page.wait_for_timeout(200)
        assert {told.partition(":")[0] for _, told in broken} == {"script-src-elem", "style-src-attr", "img-src"}
        broken.clear()
        shown = [*desk, *(one for one in customers.values() if not one.endswith(".ics"))]
        assert len(shown) > 50
        for path in shown:
            answer = page.goto(path)
            assert answer is not None and answer.ok, (path, answer and answer.status)
            assert "script-src 'self'" in answer.headers["content-security-policy"], path
        page.goto(f"{customers['/{slug:business}']}?s={colour}&who=any")
        for step in (".day:not(.none) >> nth=-1", ".time >> nth=-1"):
            page.click(step)
        tell_who(page)
        page.click("button.go")
        page.wait_for_selector(".pill.booked")
        page.goto(f"/desk?day={DAY}")
        page.click("a.ap >> nth=0")
        page.wait_for_selector("#panel h2")
        page.wait_for_timeout(200)
        assert broken == []
        context.close()
