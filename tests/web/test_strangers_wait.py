"""Whoever joins the waiting list with somebody else's number or address learns nothing of them, and gets around nothing."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest

from tests.chat import Chat
from tests.desk import Desk, furnish, opened
from tests.web.browsing import browser
from tests.web.test_booking_page import NORA, SALON, fields, hold, links, times, when
from tests.web.test_places_and_people import away
from tests.web.test_series_and_codes import MAIL, told
from truebook.assistant.incoming import inbox
from truebook.booking import actions, blocks, queries, series, turns, views, waitlist
from truebook.booking.model import Appointment, Customer, Span, Wish
from truebook.booking.waitlist import Waiting
from truebook.channels.web.booking.holding import COOKIE
from truebook.db import Database
from truebook.kernel import clock
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
PAULA = Customer("Paula Patient", "+436609999991", "paula.secret@example.org")
BY_PHONE = {"name": "Mallory", "by": "phone", "phone": PAULA.phone, "span": "day", "part": "any"}
BY_MAIL = {"name": "Mallory", "by": "email", "email": PAULA.email, "span": "day", "part": "any"}


def monday() -> Span:
    """Return Monday next week, whole."""
    day = (clock.now() + timedelta(days=7 - clock.now().weekday())).date()
    return Span(clock.at(day, 0, clock.zone("UTC")), clock.at(day, 1440, clock.zone("UTC")))


async def back(db: Database, desk: Desk, gone: Sequence[UUID], freed: Span) -> list[Appointment]:
    """Let them work again, and offer what is free to those who wait."""
    for one in gone:
        await blocks.remove(db, desk.scope, one)
    return await turns.offer(db, desk.scope, freed, now=clock.now())


async def on_file(db: Database, desk: Desk) -> Appointment:
    """Have Paula as a customer, with all that is known of her."""
    wish = desk.wish(monday().start + timedelta(days=1, hours=10))
    made = await actions.book(db, desk.scope, Wish(wish.service_id, wish.start, PAULA, wish.staff_id), now=clock.now())
    async with db.transaction(desk.scope) as tx:
        await tx.run("UPDATE customers SET email = %s", (PAULA.email,))
    return made


async def join(page: httpx2.AsyncClient, desk: Desk, typed: dict[str, str]) -> str:
    """Join the list for Monday as the page has it; return the address of the place."""
    chosen = {"s": str(desk.services["Haircut"]), "who": "any", "day": monday().start.date().isoformat()}
    asked = await page.get(SALON + "/wait", params=chosen)
    joined = await page.post(SALON + "/wait", data={**fields(asked), **typed})
    assert joined.status_code == 303, joined.text
    return str(joined.headers["location"])


@pytest.mark.parametrize("typed", [BY_PHONE, BY_MAIL])
async def test_a_number_or_an_address_shows_nobody_behind_it(database: str, typed: dict[str, str]) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await on_file(db, desk)
        gone = await away(db, desk, monday())
        place = await join(page, desk, typed)
        (offered,) = await back(db, desk, gone, monday())
        assert (offered.customer.name, offered.customer.phone, offered.customer.email) == (
            "Mallory", typed.get("phone"), typed.get("email"),
        )  # fmt: skip
        shown = await page.get(place)
        pages = [shown, await page.get(links(shown, offered.code)[0])]
        pages.append(await page.get(links(shown, offered.code)[0], params={"edit": "1"}))
        said = "\n".join(one.text for one in pages)
        known = {PAULA.name, PAULA.phone, PAULA.email} - set(typed.values())
        assert [one for one in known if one and one in said] == []


async def test_nobody_is_led_to_the_place_of_somebody_else(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db, address="192.0.2.1") as other:
        desk = await furnish(db)
        await away(db, desk, monday())
        waiting = Waiting(desk.services["Haircut"], None, (Span(monday().start, monday().start + timedelta(hours=12)),))
        hers = await waitlist.join(db, desk.scope, PAULA, waiting, now=clock.now())
        mine = await join(page, desk, BY_PHONE)
        assert str(hers.id) not in mine and mine != await join(other, desk, BY_PHONE)
        await page.post(mine, data={"do": "leave"})
        kept = await waitlist.get(db, desk.scope, hers.id)
        assert (kept.status, kept.windows) == ("waiting", waiting.windows)
        again = await waitlist.join(db, desk.scope, PAULA, waiting, now=clock.now())
        assert again.id == hers.id, "for whom the desk knows it is one place"


async def test_the_same_form_sent_twice_is_one_place(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await away(db, desk, monday())
        chosen = {"s": str(desk.services["Haircut"]), "who": "any", "day": monday().start.date().isoformat()}
        form = {**fields(await page.get(SALON + "/wait", params=chosen)), **BY_PHONE}
        places = {(await page.post(SALON + "/wait", data=form)).headers["location"] for _ in range(2)}
        assert len(places) == 1 and len(await waitlist.listing(db, desk.scope)) == 1


async def test_what_is_free_is_shown_and_not_waited_for(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        chosen = {"s": str(desk.services["Haircut"]), "who": "any", "day": monday().start.date().isoformat()}
        for span in ("day", "week"):
            asked = await page.get(SALON + "/wait", params=chosen)
            led = await page.post(SALON + "/wait", data={**fields(asked), **NORA, "span": span, "part": "any"})
            assert (led.status_code, "/wait" in led.headers["location"]) == (303, False)
            assert times(await page.get(led.headers["location"]))
        assert await waitlist.listing(db, desk.scope) == []


async def test_what_was_waited_for_counts_once_the_code_was_typed(database: str) -> None:
    async with opened(database) as db, browser(db, MAIL) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        gone = await away(db, desk, monday())
        place = await join(page, desk, BY_MAIL)
        (offered,) = await back(db, desk, gone, monday())
        asked = await page.post(links(await page.get(place), offered.code)[0] + "/book")
        assert "Type the code" in asked.text
        assert (await views.appointment(db, desk.scope, offered.id)).status == "held"


async def test_no_series_goes_around_the_code(database: str) -> None:
    async with opened(database) as db, browser(db, MAIL) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True, "series_dates": 6})
        place = await told(db, page, desk, by="email", email="nora@home.test")
        assert (await page.post(place + "/series", data={"weeks": "4"})).status_code == 422
        assert await series.listing(db, desk.scope) == []


async def test_an_address_typed_in_a_web_chat_opens_nothing_that_is_booked_with_it(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await away(db, desk, monday())
        talk = Chat(desk, await inbox.open_conversation(db, desk.scope, "web", address="m", name=None, phone=None))
        await talk.say(f"put me on the waiting list for a haircut on {monday().start:%d %B}")
        await talk.say("my name is Mal Lory")
        await talk.say(f"my email is {PAULA.email}")
        await talk.say("yes")
        (entry,) = await waitlist.listing(db, desk.scope)
        assert (entry.customer_name, entry.stranger) == ("Mal Lory", True)
        made = await on_file(db, desk)
        by_mail = desk.wish(made.start + timedelta(hours=2))
        hers = Wish(by_mail.service_id, by_mail.start, Customer("Paula", None, PAULA.email), by_mail.staff_id)
        await actions.book(db, desk.scope, hers, now=clock.now())
        async with db.reading(desk.scope) as tx:
            row = await tx.row("SELECT customer_id FROM conversations")
            assert row is not None
            assert await queries.upcoming(tx, talk.conversation, row[0], clock.now()) == []
        shown = await talk.say("which appointments do I have?")
        assert made.code not in shown and "Haircut with" not in shown


async def test_what_is_kept_in_a_web_chat_counts_once_the_code_was_typed(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        gone = await away(db, desk, monday())
        there = await inbox.open_conversation(db, desk.scope, "web", address="n", name=None, phone=None)
        talk = Chat(desk, there, by_mail=True)
        await talk.say(f"put me on the waiting list for a haircut on {monday().start:%d %B}, my name is Nora")
        await talk.say("yes")
        (offered,) = await back(db, desk, gone, monday())
        await talk.say("do you have something for me?")
        said = await talk.say("yes please")
        assert "Booked" not in said
        assert (await views.appointment(db, desk.scope, offered.id)).status == "held"


async def test_the_link_of_a_receipt_lends_nobody_what_was_told_with_it(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db, address="192.0.2.7") as other:
        desk = await furnish(db)
        place = await told(db, page, desk)
        await page.post(place + "/book")
        code, token = place.split("/")[2:4]
        await page.post(place + "/cancel", data={"version": "2"})
        found = await views.by_code(db, desk.scope, code)
        await actions.cancel(db, desk.scope, found.id, now=clock.now())
        other.cookies.set(COOKIE, f"{code}.{token}")
        shown = await when(other, desk)
        there = (await hold(other, shown, times(shown)[-1])).headers["location"]
        asked = (await other.get(there, params={"edit": "1"})).text
        assert NORA["name"] not in asked and "1234567" not in asked and NORA["notes"] not in asked
