"""Everybody who works with the desk chooses on their own page what they hear of, when, and by which way."""

import re

import pytest

from tests.desk import opened
from tests.web.people import house
from truebook.ledger import notices
from truebook.ledger.notices import Choice
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio
CHOSEN = {"booked": "now", "moved": "daily", "cancelled": "never", "waiting": "now", "alert": "now"}


async def test_somebody_chooses_for_themselves(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        page = (await here.alice.page.get("/desk/me")).text
        assert page.count("<select") >= len(notices.TOPICS)
        assert not re.search(r'name="\w+-whatsapp" value="1"[^>]* checked', page)
        told = {**CHOSEN, "phone": "+43 660 7654321", "alert-whatsapp": "1", "waiting-whatsapp": "1"}
        assert (await here.alice.send("/desk/me/notices", **told)).status_code == 303
        found = await notices.choices(db, here.desk.scope, here.alice.user_id)
        assert found["booked"] == Choice("now", "email")
        assert found["alert"] == Choice("now", "whatsapp")
        assert found["cancelled"].cadence == "never"
        assert (await USERS.get(db, here.desk.scope, here.alice.user_id)).phone == "+436607654321"
        page = (await here.alice.page.get("/desk/me")).text
        assert len(re.findall(r'name="\w+-whatsapp" value="1"[^>]* checked', page)) == 2
        hers = await notices.choices(db, here.desk.scope, here.anna.user_id)
        assert {one.way for one in hers.values()} == {"email"}, "a colleague's own stay"


async def test_without_a_number_nobody_is_told_on_whatsapp(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        for phone in ("", "12"):
            sent = await here.anna.send("/desk/me/notices", **CHOSEN, phone=phone, **{"alert-whatsapp": "1"})
            assert (sent.status_code, 'id="phone-error"' in sent.text) == (422, True)
        assert (await here.anna.send("/desk/me/notices", **{**CHOSEN, "moved": "hourly"}, phone="")).status_code == 422
        found = await notices.choices(db, here.desk.scope, here.anna.user_id)
        assert {one.cadence for one in found.values()} == {"never"}, "nothing was kept"
