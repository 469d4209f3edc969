"""The booking page: how soon its first bytes come, what it weighs, and how steady it is in a browser while it loads."""

import asyncio
import gzip
import re
import shutil
import urllib.request
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure
from bench.load import send
from bench.place import database
from bench.serving import App, serving
from truebook import demos
from truebook.db import Database, Scope
from truebook.db.server import Server
from truebook.tenants import demo
from truebook.tenants.services import SERVICES

ROUNDS, SECONDS, LOADS = 5, 2.0, 7
NOTHING, PAGE = "/healthz", f"/{demo.SLUG}"
WATCH = """
window.seen = { lcp: 0, cls: 0, tbt: 0 };
const watch = (type, each) =>
  new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
watch("largest-contentful-paint", (one) => { seen.lcp = one.startTime; });
watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.cls += one.value; });
watch("longtask", (one) => { seen.tbt += Math.max(0, one.duration - 50); });
"""
"""What Lighthouse looks at. Sources: web.dev/lcp, web.dev/cls, web.dev/tbt."""


def measure(server: Server) -> list[Figure]:
    """Ask one app for nothing and for the page in turn, then load the page in a browser, if there is one."""
    with database(server) as url:
        when = asyncio.run(_furnished(url))
        with serving(url, TRUEBOOK_RATE="100000") as app:
            figures = _answers(app, when)
            figures.append(_weight(app.port, when))
            return [*figures, *_in_a_browser(app.port, when)]


async def _furnished(url: str) -> str:
    """Open the demo salon; return the address of its page that shows times."""
    async with Database(url) as db:
        account = await demos.furnish(db)
        services = await SERVICES.page(db, Scope(account.id, "bench", "bench"))
        return f"{PAGE}?s={services[0].id}&who=any"


def _answers(app: App, when: str) -> list[Figure]:
    """Return how long the first response takes, as a multiple of an endpoint that answers nothing.

    By the clock, and by what the app works for it: on a busy machine only the second is about the page.
    """
    took: dict[str, list[float]] = {path: [] for path in (NOTHING, PAGE, when)}
    worked: dict[str, list[float]] = {path: [] for path in took}
    for turn in range(ROUNDS + 1):
        for path in took:
            before = app.cpu()
            sent = send(app.port, [_asked(path)] * 100_000, clients=1, seconds=SECONDS)
            if set(sent.latencies) != {"200"}:
                raise RuntimeError(f"{path} answered {set(sent.latencies)}")
            if turn:  # the first round warms up
                took[path].append(median(sent.latencies["200"]))
                worked[path].append((app.cpu() - before) * 1000 / sent.count(200))
    nothing, cpu = median(took[NOTHING]), median(worked[NOTHING])
    page, times = median(took[PAGE]) / nothing, median(took[when]) / nothing
    return [
        Figure("an endpoint that answers nothing, p50", f"{nothing:.2f} ms"),
        Figure("booking page, first response, p50", f"{page:.1f} ×", "≤ 3 ×", page <= 3),
        Figure("· by what the app works for it", f"{median(worked[PAGE]) / cpu:.1f} × {cpu:.2f} ms of CPU"),
        Figure("· the page that shows the times of two weeks", f"{times:.1f} ×"),
        Figure("· · by what the app works for it", f"{median(worked[when]) / cpu:.1f} ×"),
    ]


def _asked(path: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: desk\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"


def _weight(port: int, when: str) -> Figure:
    """Return what the heaviest page sends with all that it loads, packed."""
    page = _fetched(port, when)
    files = set(re.findall(rb'(?:src|href)="(/static/[^"#]+)', page))
    for name in list(files):
        files |= {b"/static/" + one for one in re.findall(rb'from "\./([^"]+)"', _fetched(port, name.decode()))}
    sent = sum(len(gzip.compress(_fetched(port, name.decode()))) for name in files) + len(gzip.compress(page))
    return Figure("booking page with all assets, packed", f"{sent / 1000:.1f} KB", "≤ 60 KB", sent <= 60_000)


def _fetched(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return bytes(answer.read())


def _in_a_browser(port: int, when: str) -> list[Figure]:
    """Return what Lighthouse looks at, on a phone: how soon the page is painted beside a page of one sentence."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return [Figure("booking page in a browser", "no chromium here")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        loads = [(_loaded(browser, port, "/nothing"), _loaded(browser, port, when)) for _ in range(LOADS)]
        browser.close()
    plain, page = median(one["lcp"] for one, _ in loads), median(one["lcp"] for _, one in loads)
    shift, blocked = max(one["cls"] for _, one in loads), median(one["tbt"] for _, one in loads)
    return [
        Figure("· painted (LCP) on a phone, beside a page of one sentence", f"{page / plain:.1f} ×, {page:.0f} ms"),
        Figure("· shifts while it loads (CLS)", f"{shift:.3f}", "0", shift == 0),
        Figure("· blocked for longer than 50 ms at a time (TBT)", f"{blocked:.0f} ms", "≤ 50 ms", blocked <= 50),
    ]


def _loaded(browser: Browser, port: int, path: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, timezone_id="Europe/Vienna")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
    seen: dict[str, float] = page.evaluate("seen")
    context.close()
    return seen
