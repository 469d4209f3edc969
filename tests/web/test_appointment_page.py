"""The page behind a receipt's link: shown to whoever has it, and to nobody else."""

import pytest

from tests.desk import furnish, opened
from tests.web.browsing import LINKS, browser
from truebook.booking import actions, free, views
from truebook.kernel import clock

pytestmark = pytest.mark.anyio


async def test_the_link_shows_the_row_and_cancels_it(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        now = clock.now()
        slots = await free.find(db, desk.scope, desk.services["Haircut"], None, *days(now), now=now)
        booked = await actions.book(db, desk.scope, desk.wish(slots[-1].start), now=now)
        link = LINKS.of("salon-alice", booked.code)
        async with browser(db) as page:
            shown = await page.get(link)
            assert (shown.status_code, "Haircut with Anna" in shown.text, booked.code in shown.text) == (
                200,
                True,
                True,
            )
            assert "unsafe" not in shown.headers["Content-Security-Policy"]
            for _ in range(2):
                gone = await page.post(link)
                assert (gone.status_code, "Cancelled" in gone.text) == (200, True)
        assert (await views.by_code(db, desk.scope, booked.code)).status == "cancelled"
        async with db.transaction(desk.scope) as tx:
            row = await tx.row("SELECT actor FROM appointment_history WHERE op = 'UPDATE'")
        assert row == (f"link:{booked.code}",)


async def test_a_guessed_or_borrowed_link_shows_nothing(database: str) -> None:
    async with opened(database) as db:
        desk, _ = await furnish(db), await furnish(db, "praxis-bob")
        now = clock.now()
        slots = await free.find(db, desk.scope, desk.services["Haircut"], None, *days(now), now=now)
        booked = await actions.book(db, desk.scope, desk.wish(slots[-1].start), now=now)
        token = LINKS.token("salon-alice", booked.code)
        async with browser(db) as page:
            for path in (
                f"/salon-alice/{booked.code}/{'x' * 16}",
                f"/praxis-bob/{booked.code}/{token}",
                f"/salon-alice/222-222/{token}",
                f"/praxis-bob/{booked.code}/{LINKS.token('praxis-bob', booked.code)}",
                "/nobody/ABC-DEF/é",
            ):
                for method in (page.get, page.post):
                    answer = await method(f"http://desk.test{path}")
                    assert (answer.status_code, "Carla" in answer.text) == (404, False)


async def test_a_withdrawn_link_shows_and_changes_nothing_and_no_other_is_touched(database: str) -> None:
    async with opened(database) as db:
        desk, now = await furnish(db), clock.now()
        slots = await free.find(db, desk.scope, desk.services["Haircut"], None, *days(now), now=now)
        lost, kept = [
            await actions.book(db, desk.scope, desk.wish(slots[place].start, staff=None), now=now) for place in (-1, 0)
        ]
        for _ in range(2):
            await views.withdraw_link(db, desk.scope, lost.id)
        async with browser(db) as page:
            link = LINKS.of("salon-alice", lost.code)
            for answer in (await page.get(link), await page.post(link), await page.get(f"{link}/appointment.ics")):
                assert (answer.status_code, "Carla" in answer.text) == (404, False)
            assert (await page.get(LINKS.of("salon-alice", kept.code))).status_code == 200
        assert (await views.by_code(db, desk.scope, lost.code)).status == "confirmed"


def days(now):
    from datetime import timedelta

    return now.date() + timedelta(days=1), now.date() + timedelta(days=8)


async def test_what_the_api_does_not_know_is_a_problem_and_no_page(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        for answer in (await page.get("/api/v1/nothing"), await page.post("/api/v1/nothing")):
            assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert (await page.get("/salon-alice/AAA-AAA/nothing")).headers["content-type"].startswith("text/html")
