"""`python -m tests.web.gallery FOLDER`: every page of desk and booking as a picture, for people to look at.

Each in light and dark, on a phone and a desk, in English and German: of a business that was just set up, of a salon in
the middle of a busy week, and what is said where something cannot be.
"""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chat import chat
from tests.desk import Desk
from tests.postgres import Copies, PostgresOfTheRun, name_in, on
from tests.web import tour
from tests.web.browsing import LINKS
from tests.web.conftest import program, serving
from tests.web.salon import busy
from truebook.channels.web import set_up
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts, demo, sessions
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF
from truebook.tenants.users import USERS

SAID = ("a haircut with Anna next Thursday afternoon please", "the first one", "yes please", "can I park there?")
TALLEST = 2400
"""Pixels: longer pages are cut."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    scheme: str
    width: int
    language: str

    @property
    def name(self) -> str:
        """Return how its pictures are called."""
        return f"{self.scheme}-{'phone' if self.width < 600 else 'desk'}-{self.language}"


LOOKS = tuple(
    Look(scheme, width, language) for scheme in ("light", "dark") for width in (390, 1372) for language in ("en", "de")
)


@dataclass(frozen=True, slots=True)
class Full:
    """A busy salon: where its pages are, and the token of a link that signs its owner in."""

    token: str
    desk: list[str]
    customers: dict[str, str]
    slug: str
    day: date


async def _full(url: str) -> Full:
    async with Database(url) as db:
        scope, day = await busy(db)
        account = await accounts.by_slug(db, demo.SLUG)
        services = {one.name: one.id for one in await SERVICES.page(db, scope)}
        staff = {one.name: one.id for one in await STAFF.page(db, scope)}
        desk = Desk(db, account.id, scope, services, staff)
        owner = await demo.owner(db, account)
        anna = await USERS.add(db, scope, email="anna@salon.example", role="staff", name="Anna")
        await sessions.use_link(db, await sessions.link(db, scope, owner.id, now=clock.now()), now=clock.now())
        ids = await tour.one_of_everything(db, desk, owner.id, anna.id, day + timedelta(days=7), str)
        customers = await tour.of_customers(db, desk, ids)
        talk = await chat(desk, name="Carla M.")
        for text in SAID:
            await talk.say(text)
        token = await sessions.link(db, scope, owner.id, now=clock.now())
        return Full(
            token, list(tour.of_the_desk({**ids, "chat_id": talk.conversation}, day)), customers, account.slug, day
        )


def picture(page: Page, folder: Path, look: Look, name: str) -> None:
    """Take a picture of all of a page, what is scrolled within it as well."""
    high = 844 if look.width < 600 else 892
    page.set_viewport_size({"width": look.width, "height": high})
    page.wait_for_timeout(150)
    needed = page.evaluate(
        "Math.max(document.documentElement.scrollHeight, ...[...document.querySelectorAll('.main, .panel')]"
        ".map((one) => one.scrollHeight + innerHeight - one.clientHeight))"
    )
    page.set_viewport_size({"width": look.width, "height": max(high, min(needed, TALLEST))})
    page.wait_for_timeout(100)
    (folder / look.name).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / look.name / f"{name}.png")


def opened(browser: Browser, address: str, look: Look, token: str = "") -> BrowserContext:
    """Return a window that looks so, signed in where there is a token."""
    context = browser.new_context(
        base_url=address, color_scheme=look.scheme, locale="de" if look.language == "de" else "en-GB",  # type: ignore[arg-type]
        reduced_motion="reduce", timezone_id="Europe/Vienna",
    )  # fmt: skip
    if token:
        page = context.new_page()
        page.goto(f"/sign-in/{token}")
        page.click("form button")
        page.wait_for_url("**/desk")
        page.close()
    return context


def called(path: str, number: int) -> str:
    """Return how the picture of a page is called."""
    plain = "-".join(part[:14] for part in path.partition("?")[0].strip("/").split("/")) or "front"
    return f"{number:02}-{plain}"


def just_set_up(browser: Browser, address: str, look: Look) -> Iterator[tuple[str, Page]]:
    """Set a practice up and go through its desk; yield each page by its name."""
    context = opened(browser, address, look)
    page = context.new_page()
    page.goto("/set-up/" + LINKS.ticket(set_up.PURPOSE, clock.now() + timedelta(hours=1)))
    yield "set-up-1", page
    page.fill("#name", f"Praxis Dr. Berger {look.name}")
    page.check("[name=kind][value=practice]")
    page.click("button.go")
    yield "set-up-2", page
    page.fill("#people", "Dr. Berger\nDr. Novak")
    page.fill("#email", f"{look.name}@berger.example")
    page.click("button.go")
    yield "set-up-3", page
    page.click("button.go")
    page.wait_for_url("**/desk/open")
    for number, path in enumerate(one for one in tour.routes() if one.startswith("/desk") and "{" not in one):
        page.goto(path)
        yield f"empty-{called(path, number)}", page
    for view in ("week", "month"):
        page.goto(f"/desk?view={view}")
        yield f"empty-{view}", page
    context.close()


def full(browser: Browser, address: str, look: Look, made: Full) -> Iterator[tuple[str, Page]]:
    """Go through the busy salon: every page of its desk, every page of its customers."""
    context = opened(browser, address, look, made.token)
    page = context.new_page()
    for number, path in enumerate([*made.desk, *made.customers.values()]):
        if path.endswith(".ics"):
            continue
        page.goto(path)
        yield f"full-{called(path, number)}", page
    context.close()


def a_booking(browser: Browser, address: str, look: Look, made: Full) -> Iterator[tuple[str, Page]]:
    """Book as a customer does, with every mistake there is; yield each step."""
    context = opened(browser, address, look)
    page = context.new_page()
    page.goto(f"/{made.slug}")
    yield "book-1-what", page
    page.click(".pick >> nth=1")
    yield "book-2-who", page
    page.click(".pick.who >> nth=0")
    yield "book-3-when", page
    page.click(".day:not(.none) >> nth=-1")
    page.wait_for_timeout(300)
    yield "book-4-another-day", page
    page.click(".time >> nth=-1")
    page.wait_for_selector("#name")
    yield "book-5-you", page
    page.click("button.go")
    page.wait_for_selector("#name-error")
    yield "book-6-you-wrong", page
    page.fill("#name", "Nora K.")
    page.check("input[value=email]", force=True)
    page.fill("#email", f"{look.name}@example.com")
    page.click("button.go")
    page.wait_for_selector(".slip")
    yield "book-7-check", page
    if page.locator("[href*='weeks=']").count():
        with_weeks = page.locator("[href*='weeks=']").first.get_attribute("href")
        page.goto(page.url.partition("?")[0] + f"?{(with_weeks or '').partition('?')[2]}")
        yield "book-7-series", page
        page.go_back()
    page.click("button.go")
    page.wait_for_selector(".pill.booked")
    yield "book-8-receipt", page
    page.goto(page.url.partition("?")[0] + "/move")
    yield "book-9-move", page
    context.close()


def faults(browser: Browser, address: str, look: Look, made: Full) -> Iterator[tuple[str, Page]]:
    """Yield what is said where something cannot be."""
    stranger = opened(browser, address, look)
    page = stranger.new_page()
    for name, path in (
        ("nothing", "/nothing"),
        ("link-used", f"/sign-in/{made.token}"),
        ("bad-link", "/demo-salon/x/y"),
    ):
        page.goto(path)
        yield f"fault-{name}", page
    page.goto("/sign-in")
    page.fill("[name=email]", "nobody@example.com")
    page.fill("[name=password]", "wrong password")
    page.click("button.go")
    page.wait_for_load_state()
    yield "fault-sign-in", page
    stranger.close()


def main() -> None:
    """Take every picture into the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="looks to take, with commas: dark-phone-de")
    asked = parser.parse_args()
    looks = [one for one in LOOKS if not asked.only or one.name in asked.only.split(",")]
    run = PostgresOfTheRun()
    try:
        template = run.template()
        server = on(template, "postgres")
        with Copies(server, name_in(template)) as copies, copies.fresh() as filled:
            made = asyncio.run(_full(filled))
            with Copies(server, name_in(filled)) as again:
                for look in looks:
                    with again.fresh() as url:
                        _taken(url, asked.folder, look, made)
    finally:
        run.close()


def _taken(url: str, folder: Path, look: Look, made: Full) -> None:
    with serving(url) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        walks = (full, a_booking, faults)
        for walk in (just_set_up(browser, address, look), *(one(browser, address, look, made) for one in walks)):
            for name, page in walk:
                picture(page, folder, look, name)
        browser.close()


if __name__ == "__main__":
    main()
