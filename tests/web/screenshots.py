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
from truebook.booking import views
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts, demo, sessions
from truebook.tenants.staff import STAFF

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PICTURES = (
    # name, path, width, height, scheme
    ("day", "/desk/appointments/{booked}", 1372, 892, "light"),
    ("chat", "/desk/inbox/{chat}", 1372, 892, "light"),
    ("week", "/desk?day={day}&view=week&staff={staff}", 1372, 892, "dark"),
    ("booking", "/{slug}", 390, 560, "light"),
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
        ahead = await views.listing(db, scope, clock.now(), clock.now() + timedelta(days=30), limit=5000)
        booked = next(one.id for one in ahead if one.conversation_id == talk.conversation)
        named = {"day": day, "staff": staff.id, "chat": talk.conversation, "booked": booked, "slug": account.slug}
        token = await sessions.link(db, scope, owner.id, now=clock.now())
        return {name: str(value) for name, value in named.items()}, token


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
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
                for name, path, width, height, scheme in PICTURES:
                    context = browser.new_context(
                        base_url=address, storage_state=state, viewport={"width": width, "height": height},
                        color_scheme=scheme, locale="en-GB", reduced_motion="reduce",
                    )  # fmt: skip
                    page = context.new_page()
                    page.goto(path.format(**named))
                    page.wait_for_timeout(500)
                    page.screenshot(path=FOLDER / f"{name}.png")
                    context.close()
                browser.close()
    finally:
        run.close()


if __name__ == "__main__":
    main()
