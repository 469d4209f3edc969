"""The desk's calendar with a full week: what the server takes, what a browser loads, and when it can be used."""

import asyncio
import gzip
import shutil
import time
from datetime import datetime, timedelta
from typing import Any

import httpx2
from playwright.sync_api import Page, Response, sync_playwright

from bench.figures import Figure, middle
from bench.place import database
from bench.serving import App, serving
from truebook.booking import actions
from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope
from truebook.db.server import Server
from truebook.kernel import clock
from truebook.tenants import accounts, hours, sessions
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services
from truebook.tenants.users import USERS

PEOPLE, APPOINTMENTS, MINUTES = 5, 500, 30
ROUNDS = 15
MOST_MS, MOST_KB, SOON_MS = 60, 130, 300
SEEN = """() => new Promise((resolve) => {
  const found = { lcp: 0, cls: 0, tbt: 0 };
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (one) => (found.lcp = one.startTime));
  watch("layout-shift", (one) => (found.cls += one.hadRecentInput ? 0 : one.value));
  watch("longtask", (one) => (found.tbt += Math.max(0, one.duration - 50)));
  const [opened] = performance.getEntriesByType("navigation");
  const usable = opened.domContentLoadedEventEnd;
  setTimeout(() => resolve({ ...found, usable, own: usable - opened.responseEnd }), 500);
})"""
"""What a browser says of a page, in ms but for CLS; `usable`: its scripts have run, `own`: since its last byte came."""


def measure(server: Server) -> list[Figure]:
    """Look at a week of five people with 500 appointments: over HTTP, and in Chromium where there is one."""
    with database(server) as url:
        token, week = asyncio.run(_filled(url))
        with serving(url) as app:
            cookie, empty, page, cpu = _asked(app, token, week)
            figures = [
                Figure(
                    f"the desk's week of {APPOINTMENTS} appointments, server", f"{page:.0f} ms", f"≤ {MOST_MS} ms",
                    page <= MOST_MS,
                ),
                Figure("· against a page that answers nothing", f"{page / empty:.0f} ×"),
                Figure("· what the app works for it", f"{cpu:.0f} ms of CPU"),
            ]  # fmt: skip
            return figures + _in_a_browser(app, cookie, week)


async def _filled(url: str) -> tuple[str, str]:
    """Fill a business; return the token of a link that signs its owner in, and a day of the full week."""
    async with Database(url, size=8) as db:
        account = await accounts.open_account(db, "bench", name="Salon", slug="salon", timezone="Europe/Vienna")
        scope, now = Scope(account.id, "bench", "bench"), clock.now()
        owner = await USERS.add(db, scope, email="owner@salon.example", role="owner", name="Olivia")
        service = await SERVICES.add(db, scope, name="Haircut", duration_minutes=MINUTES, price_minor=3500)
        people = [await STAFF.add(db, scope, name=f"Person {n}") for n in range(1, PEOPLE + 1)]
        for person in people:
            await set_services(db, scope, person.id, [service.id])
        week = tuple(Opening(day, 7 * 60, 21 * 60) for day in range(7))
        await hours.put(db, scope, Hours(None, 15, 0, 90, 0, week))
        today = now.astimezone(clock.zone(account.timezone)).date()
        monday = today + timedelta(days=7 - today.weekday())
        waiting = [_wish(service.id, people[n % PEOPLE].id, monday, n // PEOPLE, n) for n in range(APPOINTMENTS)]
        for first in range(0, APPOINTMENTS, 8):
            await asyncio.gather(*(actions.book(db, scope, one, now=now) for one in waiting[first : first + 8]))
        return await sessions.link(db, scope, owner.id, now=now), monday.isoformat()


def _wish(service: Any, person: Any, monday: Any, turn: int, number: int) -> Wish:
    day = monday + timedelta(days=turn % 7)
    start: datetime = clock.at(day, 7 * 60 + 30 + turn // 7 * (MINUTES + 15), clock.zone("Europe/Vienna"))
    return Wish(service, start, Customer(f"Customer {number}", f"+4366012{number:05}"), person, source="staff")


def _asked(app: App, token: str, week: str) -> tuple[str, float, float, float]:
    """Return the session's cookie, the middle ms of a page that answers nothing and of the week, and the week's CPU."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{app.port}", timeout=60) as client:
        client.post(f"/sign-in/{token}")
        cookie = client.cookies["truebook"]
        full = f"/desk?day={week}&view=week"
        times: dict[str, list[float]] = {"/healthz": [], full: []}
        for turn in range(ROUNDS + 3):
            for path, taken in times.items():
                begun = time.perf_counter()
                client.get(path).raise_for_status()
                if turn >= 3:
                    taken.append((time.perf_counter() - begun) * 1000)
        before = app.cpu()
        for _ in range(ROUNDS):
            client.get(full).raise_for_status()
        cpu = (app.cpu() - before) * 1000 / ROUNDS
        empty, page = (middle(taken) for taken in times.values())
        return cookie, empty, page, cpu


def _in_a_browser(app: App, cookie: str, week: str) -> list[Figure]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return [Figure("the desk in a browser", "no chromium here")]
    loaded: list[Response] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        home = f"http://127.0.0.1:{app.port}"
        context = browser.new_context(base_url=home, viewport={"width": 1372, "height": 892})
        context.add_cookies([{"name": "truebook", "value": cookie, "url": home}])
        page = context.new_page()
        page.on("response", lambda one: loaded.append(one))
        day = f"/desk?day={week}"
        page.goto(day)
        page.wait_for_selector(".placed .ap")
        weight = sum(len(gzip.compress(one.body())) for one in loaded if not one.url.endswith("/live"))
        shown = [_seen(page, f"{day}&view=week") for _ in range(5)]
        browser.close()
    usable, own, lcp, tbt = (middle([one[name] for one in shown]) for name in ("usable", "own", "lcp", "tbt"))
    shift = max(one["cls"] for one in shown)
    return [
        Figure(
            "the desk's day with all it loads, packed", f"{weight / 1000:.0f} KB", f"≤ {MOST_KB} KB",
            weight <= MOST_KB * 1000,
        ),
        Figure("the week in Chromium: usable", f"{usable:.0f} ms", f"≤ {SOON_MS} ms", usable <= SOON_MS),
        Figure("· after the last byte has come", f"{own:.0f} ms"),
        Figure("· layout shift (CLS)", f"{shift:.3f}", "0", shift == 0),
        Figure("· largest paint (LCP), blocked (TBT)", f"{lcp:.0f} ms, {tbt:.0f} ms"),
    ]  # fmt: skip


def _seen(page: Page, path: str) -> dict[str, float]:
    page.goto(path)
    page.wait_for_selector(".placed .ap")
    found: dict[str, float] = page.evaluate(SEEN)
    return found
