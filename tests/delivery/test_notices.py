"""Those who work with the desk hear what they chose to hear of: once, at once or in the morning, and nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.api.http import API, shop
from tests.assistant.salon import talk
from tests.chat import Chat, chat
from tests.delivery.test_mailing import Office, office
from tests.mail import text_of
from truebook.booking import actions
from truebook.db import Scope
from truebook.kernel import clock, ids
from truebook.ledger import alerts, notices
from truebook.tenants import users
from truebook.tenants.staff import STAFF
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio


async def owner(o: Office, **chosen: notices.Cadence) -> UUID:
    alice = await users.found_or_added(o.desk.db, o.desk.scope, "alice@salon.test")
    await notices.choose(o.desk.db, o.desk.scope, alice.id, chosen)
    return alice.id


async def heard(o: Office, now: datetime | None = None) -> list[tuple[str, str]]:
    """Send what is due; return whom it went to and its text."""
    await o.work()
    o.server.taken.clear()
    await o.out.noticing.work(o.desk.scope, now=now or clock.now())
    return [(to, f"{message['Subject']}\n{text_of(message)}") for to, message in o.server.taken]


async def test_an_owner_hears_of_what_others_did_at_once_and_once(database: str) -> None:
    async with office(database) as o:
        alice = await owner(o, booked="now", moved="now", cancelled="never")
        booked = await o.book()
        ((to, text),) = await heard(o)
        assert to == "alice@salon.test"
        assert text.startswith("New: ")
        assert "Carla Müller" in text
        assert await heard(o) == []
        own = Scope(o.desk.account, f"user:{alice}", "test")
        moved = await actions.move(o.desk.db, own, booked.id, booked.start + timedelta(days=7), now=clock.now())
        assert await heard(o) == []
        await actions.move(o.desk.db, o.desk.scope, booked.id, booked.start, now=clock.now())
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, now=clock.now())
        ((_, text),) = await heard(o)
        assert text.startswith("Moved: "), moved


async def test_once_a_day_is_one_letter_in_the_morning(database: str) -> None:
    async with office(database) as o:
        await owner(o)
        await o.book()
        await o.book(40)
        assert await heard(o) == []
        ((_, text),) = await heard(o, clock.now() + timedelta(days=1))
        assert text.count("– New: ") == 2


async def test_staff_hear_of_their_own_appointments_only(database: str) -> None:
    async with office(database) as o:
        anna = await USERS.add(o.desk.db, o.desk.scope, email="anna@salon.test", role="staff")
        await STAFF.change(o.desk.db, o.desk.scope, o.desk.staff["Anna"], {"user_id": anna.id})
        await notices.choose(o.desk.db, o.desk.scope, anna.id, {"booked": "now", "alert": "now"})
        booked = await o.book()
        theirs = booked.staff_name == "Anna"
        async with o.desk.db.transaction(o.desk.scope) as tx:
            await alerts.alert(tx, "mistake", ids.uuid7(), "not for staff")
        assert len(await heard(o)) == theirs
        wish = o.desk.wish(booked.start, staff="Ben" if theirs else "Anna")
        await actions.book(o.desk.db, o.desk.scope, wish, now=clock.now())
        assert len(await heard(o)) == (not theirs)


async def test_whoever_waits_and_what_is_wrong_is_heard_of_at_once(database: str) -> None:
    async with office(database) as o:
        await owner(o)
        carla: Chat = await chat(o.desk)
        await talk(carla, "I want to talk to a person please")
        ((_, text),) = await heard(o)
        assert "Carla waits for an answer: I want to talk to a person please" in text
        async with o.desk.db.transaction(o.desk.scope) as tx:
            await alerts.alert(tx, "mistake", ids.uuid7(), "The sky falls.")
        ((_, text),) = await heard(o)
        assert "Please look: The sky falls." in text


async def test_a_server_that_is_away_is_tried_again_and_old_news_is_none(database: str) -> None:
    async with office(database) as o:
        await owner(o, booked="now")
        await o.book()
        o.server.outage = "busy"
        assert await heard(o) == []
        o.server.outage = None
        assert await heard(o) == []
        assert len(await heard(o, clock.now() + timedelta(minutes=6))) == 1
        await o.book(40)
        assert await heard(o, datetime.now(UTC) + timedelta(days=3)) == []
        assert await heard(o) == []


async def test_the_choices_over_rest(database: str) -> None:
    async with shop(database) as desk:
        made = (await desk.alice.post(f"{API}/users", json={"email": "a@b.test", "role": "owner"})).json()
        place = f"{API}/users/{made['id']}/notices"
        roles = {
            "booked": "daily",
            "moved": "daily",
            "cancelled": "daily",
            "waiting": "now",
            "alert": "now",
            "whatsapp": [],
        }
        assert (await desk.alice.get(place)).json() == roles
        changed = await desk.alice.patch(place, json={"booked": "never"})
        assert changed.json() == {**roles, "booked": "never"} == (await desk.bob.get(place)).json()
        assert (await desk.charlie.get(place)).status_code == 404
        assert (await desk.alice.patch(place, json={"booked": None})).status_code == 422
        refused = await desk.alice.patch(place, json={"whatsapp": ["alert"]})
        assert (refused.status_code, refused.json()["field"]) == (422, "whatsapp")
        named = await desk.alice.patch(f"{API}/users/{made['id']}", json={"phone": "+43 660 7654321"})
        assert named.json()["phone"] == "+436607654321"
        told = await desk.alice.patch(place, json={"whatsapp": ["alert", "booked"]})
        assert told.json()["whatsapp"] == ["booked", "alert"]
        assert (await desk.alice.patch(place, json={"moved": "now"})).json()["whatsapp"] == ["booked", "alert"]
