"""Letters that are not wanted end by one click, of a person or of a mail program; what changes is told in any case."""

from datetime import timedelta

import pytest

from tests.delivery.test_mailing import office
from tests.delivery.test_reminders import DAY, reminded, three_days_ahead
from tests.web.browsing import browser
from truebook.kernel import clock
from truebook.ledger import notices
from truebook.ledger.told import told
from truebook.tenants import telling, users

pytestmark = pytest.mark.anyio


async def test_a_reminders_link_ends_reminders_and_nothing_else(database: str) -> None:
    async with office(database) as o, browser(o.desk.db) as page:
        await telling.change(o.desk.db, o.desk.scope, {"remind_before": [1440, 120]})
        booked = await three_days_ahead(o)
        await o.out.reminding.remind(o.desk.scope, now=booked.start - DAY)
        await o.work()
        ((_, letter),) = o.server.taken
        o.server.taken.clear()
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = letter["List-Unsubscribe"].strip("<>")
        assert (await page.get(link)).status_code == 200
        assert await o.rows("SELECT count(*) FROM mail_stops") == [(0,)]
        for other in (link[:-3] + "AAA", link.replace("/reminders/", "/notices/"), link.replace("/stop/", "/stop/x/")):
            assert (await page.post(other)).status_code in (404, 405)
        for _ in range(2):
            done = await page.post(link, data={"List-Unsubscribe": "One-Click"})
            assert (done.status_code, "Done" in done.text) == (200, True)
        assert await reminded(o, booked.start - timedelta(hours=2)) == []
        assert (await told(o.desk.db, o.desk.scope, booked.id))[
            -1
        ].failure == "there is no way to reach them by message"
        await three_days_ahead_is_told(o)


async def three_days_ahead_is_told(o) -> None:
    await o.book(40)
    await o.work()
    assert [message["Subject"].partition(":")[0] for _, message in o.server.taken] == ["Booked"]
    assert o.server.taken[0][1]["List-Unsubscribe"] is None


async def test_a_notices_link_ends_notices(database: str) -> None:
    async with office(database) as o, browser(o.desk.db) as page:
        alice = await users.found_or_added(o.desk.db, o.desk.scope, "alice@salon.test")
        await notices.choose(o.desk.db, o.desk.scope, alice.id, {"booked": "now"})
        await o.book()
        await o.work()
        o.server.taken.clear()
        await o.out.noticing.work(o.desk.scope, now=clock.now())
        ((_, letter),) = o.server.taken
        assert (await page.post(letter["List-Unsubscribe"].strip("<>"))).status_code == 200
        found = await notices.choices(o.desk.db, o.desk.scope, alice.id)
        assert {one.cadence for one in found.values()} == {"never"}
