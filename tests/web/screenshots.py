"""`make screenshots`: the pictures of the README, taken from the demo salon by a real browser, so that they never lie."""

import asyncio
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chat import chat
from tests.desk import Desk
from tests.postgres import Copies, PostgresOfTheRun, name_in, on
from tests.web.conftest import program, serving
from tests.web.salon import busy
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts, demo, sessions
from truebook.tenants.staff import STAFF

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PICTURES = (
    # name, path, width, height, scheme, language, what is clicked first
    ("front", "/", 1280, 640, "light", "en", None),
    ("day", "/desk?day={day}", 1372, 892, "light", "en", "a.ap[data-movable]"),
    ("day-dark", "/desk?day={day}", 1372, 892, "dark", "en", None),
    ("week", "/desk?day={day}&view=week&staff={staff}", 1372, 892, "light", "en", None),
    ("month", "/desk?day={day}&view=month", 1372, 892, "light", "en", None),
    ("phone", "/desk?day={day}", 390, 844, "light", "de", None),
    ("new", "/desk/new?day={day}&time=17:45", 1372, 892, "light", "de", None),
    ("customers", "/desk/customers", 1280, 800, "light", "en", None),
    ("hours", "/desk/settings/hours", 1280, 800, "light", "en", None),
    ("reports", "/desk/reports?from={day}&to={end}", 1280, 800, "dark", "de", None),
    ("inbox", "/desk/inbox/{chat}", 1280, 860, "light", "en", None),
    ("me", "/desk/me", 1372, 700, "dark", "en", None),
)
SAID = ("a haircut with Anna next Thursday afternoon please", "the first one", "yes please", "can I park there?")


async def _filled(url: str) -> tuple[dict[str, str], str]:
    """Fill the salon; return what the paths name, and the token of a link that signs its owner in."""
    async with Database(url) as db:
        scope, day = await busy(db)
        account = await accounts.by_slug(db, demo.SLUG)
        owner = await demo.owner(db, account)
        staff = (await STAFF.page(db, scope))[0]
        talk = await chat(Desk(db, account.id, scope), name="Carla M.")
        for text in SAID:
            await talk.say(text)
        named = {"day": day, "end": day + timedelta(days=11), "staff": staff.id, "chat": talk.conversation}
        token = await sessions.link(db, scope, owner.id, now=clock.now())
        return {name: str(value) for name, value in named.items()}, token


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    run = PostgresOfTheRun()
    try:
        template = run.template()
        with Copies(on(template, "postgres"), name_in(template)) as copies, copies.fresh() as url:
            named, token = asyncio.run(_filled(url))
            with serving(url) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
                first = browser.new_context(base_url=address)
                page = first.new_page()
                page.goto(f"/sign-in/{token}")
                page.click("form button")
                page.wait_for_url("**/desk")
                state = first.storage_state()
                for name, path, width, height, scheme, language, click in PICTURES:
                    context = browser.new_context(
                        base_url=address, storage_state=state, viewport={"width": width, "height": height},
                        color_scheme=scheme, locale=language, reduced_motion="reduce",
                    )  # fmt: skip
                    page = context.new_page()
                    page.goto(path.format(**named))
                    page.wait_for_timeout(500)
                    if click:
                        page.click(click)
                        page.wait_for_selector("#panel h2")
                    page.screenshot(path=FOLDER / f"{name}.png")
                    context.close()
                browser.close()
    finally:
        run.close()


if __name__ == "__main__":
    main()
