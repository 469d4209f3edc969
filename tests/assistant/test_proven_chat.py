"""In the web chat a booking counts once a code was typed, where the business wants one: there nobody vouches for anybody."""

import re

import pytest

from tests.chat import LINKS, Chat, chat
from tests.desk import Desk, furnish, opened
from tests.web.browsing import browser
from truebook.assistant.incoming import inbox
from truebook.booking import proof, views
from truebook.kernel.settings import Settings
from truebook.tenants import accounts

pytestmark = pytest.mark.anyio
MAIL = Settings(public_url="http://desk.test", mail_url="smtp://mail.test", mail_from="desk@mail.test")
BOOKED = "SELECT status, source FROM appointments ORDER BY created_at"


async def in_the_web_chat(desk: Desk, *, by_mail: bool = True) -> Chat:
    talk = await inbox.open_conversation(desk.db, desk.scope, "web", address="here", name="Nora", phone=None)
    return Chat(desk, talk, by_mail=by_mail)


async def rows(desk: Desk) -> list[tuple]:
    async with desk.db.transaction(desk.scope) as tx:
        return await tx.rows(BOOKED)


async def test_the_time_is_kept_until_the_code_is_typed_on_its_page(database: str) -> None:
    async with opened(database) as db, browser(db, MAIL) as page:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        talk = await in_the_web_chat(desk)
        assert "Shall I book it?" in await talk.say("a haircut with Anna next monday at 10:00")
        told = await talk.say("yes please")
        assert "Booked" not in told
        assert await rows(desk) == [("held", "web")]
        place = re.findall(r"http://desk\.test(/salon-alice/\S+)", told)[0]
        code = place.split("/")[2]
        asked = await page.get(place)
        assert "Yes, book it" in asked.text
        assert (await page.post(place + "/book")).status_code == 422, "how they are reached is not known yet"
        await page.post(place + "/you", data={"name": "Nora", "by": "email", "email": "nora@home.test"})
        assert "Type the code" in (await page.post(place + "/book")).text
        held = await views.by_code(db, desk.scope, code)
        await page.post(place + "/book", data={"code": proof.code(LINKS, held)})
        assert await rows(desk) == [("confirmed", "web")]
        again = await talk.say("what did I book?")
        assert code in again


async def test_what_the_chat_cannot_keep_is_booked_on_the_page(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": True})
        talk = await in_the_web_chat(desk)
        told = await talk.say("a haircut with Anna every monday at 10:00, four times")
        assert "http://desk.test/salon-alice" in told
        assert await rows(desk) == []


@pytest.mark.parametrize("wanted", [True, False])
async def test_elsewhere_and_where_no_code_can_be_sent_it_is_booked_at_once(database: str, wanted: bool) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        await accounts.change_account(db, desk.scope, desk.account, {"confirms_by_code": wanted})
        talk = await in_the_web_chat(desk, by_mail=not wanted)  # wanted, but neither mail nor WhatsApp is there
        await talk.say("a haircut with Anna next monday at 10:00")
        assert (await talk.say("yes please")).startswith("Booked")
        other = await chat(desk, by_mail=True)
        await other.say("a haircut with Anna next monday at 12:00")
        assert (await other.say("yes please")).startswith("Booked")
        assert {status for status, _ in await rows(desk)} == {"confirmed"}
