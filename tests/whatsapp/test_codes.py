"""Whoever books on the page shows by a code on WhatsApp that the number is theirs, and says whether they want more."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from tests.web.browsing import browser
from tests.web.test_booking_page import NORA, hold, times, when
from tests.whatsapp.sending import Town, eventually, received, town
from truebook.booking import actions, views
from truebook.jobs import DeliveryOpen
from truebook.kernel import clock
from truebook.ledger import consents
from truebook.onboarding.texts import BODIES, CODE, template
from truebook.simulator.phones import Bubble, Person
from truebook.simulator.review import reviewed
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
APPROVED = """
INSERT INTO whatsapp_templates (account_id, number_id, name, language, status, category)
VALUES (%s, %s, %s, 'en', 'APPROVED', %s)
"""
WISH = "Tell me about this appointment on WhatsApp: booking, changes and a reminder."


async def approved(t: Town, *names: str) -> None:
    """Let the number be proven, and templates be approved at Meta and here."""
    await t.run("UPDATE whatsapp_numbers SET status = 'connected'")
    for name in names:
        made = reviewed(template(name, "en", "https://desk.test"))
        t.sim.world.templates[name, "en"] = made
        await t.run(APPROVED, t.desk.account, t.made.id, name, made["category"])


@asynccontextmanager
async def nora(
    database: str, *names: str, by_code: bool = True
) -> AsyncIterator[tuple[Town, Person, httpx2.AsyncClient]]:
    async with town(database) as t, browser(t.desk.db) as page:
        await approved(t, *names)
        await accounts.change_account(t.desk.db, t.desk.scope, t.desk.account, {"confirms_by_code": by_code})
        yield t, t.sim.world.add("Nora", phone="436601234567"), page


async def place(t: Town, page: httpx2.AsyncClient, which: int = 0) -> str:
    shown = await when(page, t.desk)
    return str((await hold(page, shown, times(shown)[which])).headers["location"])


async def next_on(phone: Person, before: int) -> Bubble:
    async def came() -> Bubble | None:
        return received(phone)[before] if len(received(phone)) > before else None

    return await eventually(came)


async def test_a_booking_counts_once_the_code_from_whatsapp_is_typed(database: str) -> None:
    async with nora(database, CODE) as (t, phone, page):
        here = await place(t, page)
        form = (await page.get(here)).text
        assert 'name="email"' not in form, "there is no mail server"
        assert "You get a code there, which books the time." in form
        assert WISH not in form, "no template for news is approved"
        await page.post(here + "/you", data=NORA)
        asked = await page.post(here + "/book")
        assert "Type the code from WhatsApp" in asked.text
        assert "+436601234567" in asked.text
        sent = await next_on(phone, 0)
        assert sent.kind == "template"
        digits = re.findall(r"\b\d{6}\b", sent.text)[0]
        assert [one["url"] for one in sent.choices] == [digits]
        stored = await t.rows("SELECT content, metadata::text FROM messages")
        assert len(stored) == 1
        assert digits not in str(stored), "nobody can read it here"
        code = here.split("/")[2]
        wrong = await page.post(here + "/book", data={"code": f"{(int(digits) + 1) % 1_000_000:06}"})
        assert wrong.status_code == 422
        assert (await views.by_code(t.desk.db, t.desk.scope, code)).status == "held"
        assert (await page.post(here + "/book", data={"code": digits})).status_code == 303
        assert (await views.by_code(t.desk.db, t.desk.scope, code)).status == "confirmed"
        # it was about this booking only: nobody said that they want to be told on WhatsApp
        other = await t.rows("SELECT kind FROM messages WHERE kind <> 'code'")
        assert other == []
        assert await t.rows("SELECT FROM whatsapp_consents") == []


async def test_another_code_within_the_window_is_plain_and_none_is_sent_for_what_is_over(database: str) -> None:
    async with nora(database, CODE) as (t, phone, page):
        await t.said(phone, "hello")
        here = await place(t, page)
        await page.post(here + "/you", data=NORA)
        await page.post(here + "/book")
        sent = await next_on(phone, 1)
        assert sent.kind == "text"
        assert re.findall(r"\b\d{6}\b", sent.text)
        await page.post(here + "/book")
        again = await next_on(phone, 2)
        assert again.text == sent.text
        await t.run("UPDATE send_pace SET due_at = now() + interval '1 hour'")  # what is said next has to wait
        await page.post(here + "/book")

        async def written() -> bool:
            return len(await t.rows("SELECT FROM messages WHERE kind = 'code'")) == 3

        await eventually(written)
        held = await views.by_code(t.desk.db, t.desk.scope, here.split("/")[2])
        await actions.cancel(t.desk.db, t.desk.scope, held.id, now=clock.now())
        await t.run("DELETE FROM send_pace")

        async def taken_back() -> bool:
            await t.run("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'answer_due'")
            return await t.rows("SELECT FROM messages WHERE kind = 'code' AND delivery = 'withdrawn'") != []

        await eventually(taken_back)
        assert len(received(phone)) == 3


async def test_who_has_no_whatsapp_alarms_nobody(database: str) -> None:
    async with nora(database, CODE) as (t, _, page):
        here = await place(t, page)
        await page.post(here + "/you", data={**NORA, "phone": "+43 660 7777777"})
        await page.post(here + "/book")

        async def failed() -> bool:
            return await t.rows("SELECT FROM messages WHERE delivery = 'failed'") != []

        await eventually(failed)
        ((message,),) = await t.rows("SELECT id FROM messages")
        await t.sender.follow(DeliveryOpen(t.desk.account, message))
        assert await t.rows("SELECT FROM alerts") == []


async def test_who_ticks_it_is_told_on_whatsapp_and_their_words_are_kept(database: str) -> None:
    async with nora(database, "appointment_booked", "appointment_cancelled", by_code=False) as (t, phone, page):
        here = await place(t, page)
        form = (await page.get(here)).text
        box = re.search(r'<input type="checkbox" name="whatsapp"[^>]*>', form)
        assert box is not None
        assert "checked" not in box[0]
        assert WISH in form
        await page.post(here + "/you", data={**NORA, "whatsapp": "1"})
        held = await views.by_code(t.desk.db, t.desk.scope, here.split("/")[2])
        async with t.desk.db.reading(t.desk.scope) as tx:
            given = await consents.of(tx, held.id)
        assert given is not None
        assert (given.phone, given.wording, given.language) == ("+436601234567", WISH, "en")
        assert abs((clock.now() - given.given_at).total_seconds()) < 60
        await page.post(here + "/book")
        told = await next_on(phone, 0)
        assert told.text.startswith("Your appointment at ")
        assert held.code in told.text
        await actions.cancel(t.desk.db, t.desk.scope, held.id, now=clock.now())
        assert "is cancelled" in (await next_on(phone, 1)).text
        # the number proves nothing: whoever has that phone is nobody's customer by this
        assert await t.rows("SELECT customer_id FROM conversations") == [(None,)]
        second = await place(t, page, 3)
        await page.post(second + "/you", data={**NORA, "whatsapp": "1"})
        await page.post(second + "/you", data=NORA)
        assert len(await t.rows("SELECT FROM whatsapp_consents")) == 1, "taken back before it was booked"


def test_the_template_of_a_code_is_one_that_is_not_refused() -> None:
    for language in BODIES:
        assert reviewed(template(CODE, language, "https://desk.test"))["category"] == "AUTHENTICATION"
