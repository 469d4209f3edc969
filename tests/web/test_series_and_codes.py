"""What a business may switch on for its page: a weekly series, and a code before a booking counts."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import httpx2
import pytest

from tests.desk import Desk, furnish, opened
from tests.mail import mail_server, text_of
from tests.web.browsing import LINKS, browser
from tests.web.test_booking_page import NORA, SALON, hold, times, when
from truebook.booking import actions, series, views
from truebook.channels.web.booking import holding, proving
from truebook.channels.web.booking.shop import Shop
from truebook.db import Database
from truebook.delivery.proving import Prover
from truebook.jobs import CodeAsked
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.limits import Limit
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
MAIL = Settings(mail_url="smtp://mail.test", mail_from="desk@mail.test")


async def told(db: Database, page: httpx2.AsyncClient, desk: Desk, **typed: str) -> str:
    """Hold Anna's first time and say who comes; return the address of its page."""
    shown = await when(page, desk)
    place = (await hold(page, shown, times(shown)[0])).headers["location"]
    assert (await page.post(place + "/you", data={**NORA, **typed})).status_code == 303
    return str(place)


async def test_the_same_time_every_week_is_one_receipt_all_or_none(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        place = await told(db, page, desk)
        assert "How often?" not in (await page.get(place)).text, "the business has no series"
        await accounts.change_account(db, desk.scope, desk.account, {"series_dates": 6})
        first = (await views.by_code(db, desk.scope, place.split("/")[2])).start
        busy = await actions.book(db, desk.scope, desk.wish(first + timedelta(days=14)), now=clock.now())
        asked = await page.get(place, params={"weeks": "4"})
        assert "Shall I book these 3 dates?" in asked.text and "not free, left out" in asked.text
        assert "12 weeks" not in asked.text
        left = re.findall(r'name="leave" value="([^"]+)"', asked.text)
        assert left == [busy.start.date().isoformat()]
        taken = await actions.book(db, desk.scope, desk.wish(first + timedelta(days=21)), now=clock.now())
        lost = await page.post(place + "/series", data={"weeks": "4", "leave": left})
        again = lost.headers["location"].partition("?")[0]
        shown = await page.get(lost.headers["location"])
        assert "was taken a moment ago." in shown.text and "Shall I book these 2 dates?" in shown.text
        assert not (await series.listing(db, desk.scope)), "one cannot be had, so none is booked"
        await actions.cancel(db, desk.scope, taken.id, now=clock.now())
        sent = {"weeks": "4", "leave": left}
        receipts = [(await page.post(again + "/series", data=sent)).headers["location"] for _ in range(2)]
        assert receipts[0] == receipts[1], "pressed twice"
        receipt = await page.get(receipts[0])
        assert "Booked" in receipt.text and "3 dates" in receipt.text
        dates = [f"{first + timedelta(days=n):%Y-%m-%d}" for n in (0, 7, 21)]
        found = await views.listing(db, desk.scope, clock.now(), clock.now() + timedelta(days=60))
        mine = [one for one in found if one.customer.name == "Nora K." and one.status == "confirmed"]
        assert [f"{one.start:%Y-%m-%d}" for one in mine] == dates
        await page.post(receipts[0])
        assert "Cancelled" in (await page.get(receipts[0])).text
        assert (await page.get(receipts[0][:-2] + "xx")).status_code == 404
        assert (await page.post(again + "/series", data={"weeks": "99"})).status_code == 422


async def test_the_link_of_what_is_booked_books_no_series(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"series_dates": 6})
        place = await told(db, page, desk)
        assert (await page.post(place + "/book")).status_code == 303
        for after in (actions.cancel, None):
            sent = await page.post(place + "/series", data={"weeks": "4"})
            assert (sent.status_code, sent.headers["location"]) == (303, place)
            assert not (await series.listing(db, desk.scope))
            if after:
                await after(
                    db, desk.scope, (await views.by_code(db, desk.scope, place.split("/")[2])).id, now=clock.now()
                )


async def test_what_was_booked_meanwhile_is_not_given_back(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        place = await told(db, page, desk)
        held = await views.by_code(db, desk.scope, place.split("/")[2])
        await actions.confirm(db, desk.scope, held.id, now=clock.now())
        await holding.give_back(cast("Shop", SimpleNamespace(db=db, scope=desk.scope)), held)
        assert (await views.appointment(db, desk.scope, held.id)).status == "confirmed"


async def test_several_services_and_people_come_every_week_as_well(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"series_dates": 4})
        haircut, colour = (str(desk.services[one]) for one in ("Haircut", "Colour"))
        shown = await page.get(SALON, params=[("s", haircut), ("s", colour), ("g", f"0.{colour}"), ("who", "any")])
        place = (await hold(page, shown, times(shown)[0])).headers["location"]
        assert (await page.post(place + "/you", data={**NORA, "guest-2": "Mia"})).status_code == 303
        first = await views.by_code(db, desk.scope, place.split("/")[2])
        assert len(first.segments) == 3
        asked = await page.get(place, params={"weeks": "4"})
        assert "Shall I book these 4 dates?" in asked.text
        assert "Until you say yes only the first one is held." in asked.text
        receipt = await page.post(place + "/series", data={"weeks": "4"})
        shown = await page.get(receipt.headers["location"])
        assert "4 dates" in shown.text and "Haircut and Colour" in shown.text
        found = await views.listing(db, desk.scope, clock.now(), clock.now() + timedelta(days=60))
        mine = [one for one in found if one.status == "confirmed"]
        assert [one.start - first.start for one in mine] == [timedelta(days=7 * n) for n in range(4)]
        for one in mine:
            assert [
                (each.service_id, each.staff_id, each.guest_name, each.start - one.start) for each in one.segments
            ] == [
                (each.service_id, each.staff_id, each.guest_name, each.start - first.start) for each in first.segments
            ]
        assert "Mia" in {each.guest_name for each in mine[-1].segments}


async def test_a_booking_counts_once_the_code_from_the_letter_is_typed(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "TRIED", Limit("codes tried in the test", burst=2, every=600.0))
    async with opened(database) as db, browser(db, MAIL) as page, mail_server() as server:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        shown = await when(page, desk)
        place = (await hold(page, shown, times(shown)[0])).headers["location"]
        assert 'name="phone"' not in (await page.get(place)).text
        assert (await page.post(place + "/you", data=NORA)).status_code == 422, "a telephone number is not enough"
        await page.post(place + "/you", data={**NORA, "by": "email", "email": "nora@home.test"})
        asked = await page.post(place + "/book")
        assert "Type the code from your e-mail" in asked.text
        code = place.split("/")[2]
        row = await views.by_code(db, desk.scope, code)
        assert row.status == "held", "nothing is booked before"
        async with db.transaction(desk.scope) as tx:
            ((job,),) = await tx.rows("SELECT args FROM procrastinate_jobs WHERE task_name = 'code_asked'")
        prover = Prover(db, LINKS, server.post)
        await prover.send(CodeAsked(desk.account, row.id, job["asked_at"]))
        await prover.send(CodeAsked(desk.account, row.id, (clock.now() - timedelta(hours=1)).isoformat()))
        ((to, letter),) = server.taken
        assert to == "nora@home.test"
        digits = re.findall(r"\b\d{6}\b", text_of(letter))[0]
        wrong = await page.post(place + "/book", data={"code": f"{(int(digits) + 1) % 1_000_000:06}"})
        assert (wrong.status_code, 'id="code-error"' in wrong.text) == (422, True)
        done = await page.post(place + "/book", data={"code": f"{digits[:3]} {digits[3:]}"})
        assert (done.status_code, done.headers["location"]) == (303, place)
        assert (await views.by_code(db, desk.scope, code)).status == "confirmed"
        other = await told(db, page, desk, by="email", email="ida@home.test")
        for status in (422, 422, 429):
            assert (await page.post(other + "/book", data={"code": digits})).status_code == status, "not of this time"


async def test_codes_are_counted_by_the_address_they_are_tried_from(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds one time after the other has no more tries by it, and takes none from anybody else."""
    monkeypatch.setattr(proving, "TRIED_FROM", Limit("codes of the test's address", burst=2, every=600.0))
    async with opened(database) as db, browser(db, MAIL) as page, browser(db, MAIL, address="198.51.100.7") as other:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        for number, status in enumerate((422, 422, 429)):
            place = await told(db, page, desk, by="email", email=f"nora{number}@home.test")
            assert (await page.post(place + "/book", data={"code": "1"})).status_code == status
        place = await told(db, other, desk, by="email", email="ida@home.test")
        assert (await other.post(place + "/book", data={"code": "1"})).status_code == 422


async def test_what_a_frame_may_keep_is_kept_for_that_site_alone(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        secure = Settings(public_url="https://desk.example")
        for framed_by, expected in (
            ([], "SameSite=lax"),
            (["https://salon.example"], "SameSite=none; Secure; Partitioned"),
        ):
            await accounts.change_account(db, desk.scope, desk.account, {"framed_by": framed_by})
            async with browser(db, secure) as page:
                shown = await when(page, desk)
                cookie = (await hold(page, shown, times(shown)[0])).headers["set-cookie"]
                assert expected.lower() in cookie.lower() and "httponly" in cookie.lower()
