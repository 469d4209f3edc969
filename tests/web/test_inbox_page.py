"""What waits for a person: requests, chats that are taken over and answered, questions; live, and for nobody else."""

import asyncio
import re
from uuid import UUID

import pytest

from tests.chat import chat
from tests.desk import opened
from tests.web.people import house
from tests.web.test_desk import HOSTILE, booked
from truebook.assistant import handover
from truebook.assistant.incoming import inbox
from truebook.assistant.past import behind
from truebook.booking import views
from truebook.channels.web.desk import inbox as page
from truebook.db.notices import Notices
from truebook.tenants import questions
from truebook.tenants.bots import BOTS

pytestmark = pytest.mark.anyio


def number(text: str, name: str) -> int:
    """Return the number beside a place in the side bar."""
    found = re.search(rf">{name}</span>(?: <b>(\d+)</b>)?</a>", text)
    assert found is not None, name
    return int(found[1] or 0)


async def test_a_chat_is_read_with_what_stood_behind_it(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        carla = await chat(here.desk)
        answer = await carla.say("a haircut with Anna one morning next week please")
        if "Shall I book it?" not in answer:
            await carla.say("the first one")
        await carla.say("yes please")
        talk = await behind.talk(db, here.desk.scope, carla.conversation)
        called = [call.tool for one in talk.said for call in one.calls]
        rows = [row for one in talk.said for row in one.rows]
        assert called and [row.topic for row in rows] == ["booked"]
        shown = (await here.alice.page.get(f"/desk/inbox/{carla.conversation}")).text
        assert rows[0].code in shown and called[0] in shown and "a haircut with Anna" in shown
        listed = (await here.alice.page.get("/desk/inbox")).text
        assert f"/desk/inbox/{carla.conversation}" in listed


async def test_a_chat_is_taken_over_answered_and_handed_back(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        found = await inbox.open_conversation(db, here.desk.scope, "web", address="x", name=HOSTILE, phone=None)
        await inbox.receive(db, here.desk.scope, found, HOSTILE)
        where = f"/desk/inbox/{found}"
        assert (await here.alice.send(f"{where}/answer", text="hello")).status_code == 409, "the assistant answers"
        assert number((await here.alice.page.get(where)).text, "Inbox") == 0
        assert (await here.alice.send(f"{where}/take-over")).status_code == 303
        shown = (await here.alice.page.get(where)).text
        assert number(shown, "Inbox") == 1 and "<script>alert" not in shown and "&lt;script&gt;alert" in shown
        assert (await here.alice.send(f"{where}/answer", text="")).status_code == 422
        assert (await here.alice.send(f"{where}/answer", text="Alice here")).status_code == 303
        shown = (await here.alice.page.get(where)).text
        assert "Alice here" in shown and ", Alice" in shown and number(shown, "Inbox") == 0
        assert (await here.alice.send(f"{where}/hand-back")).status_code == 303
        assert [one.id for one in await handover.chats(db, here.desk.scope, "active")] == [found]


async def test_the_own_assistant_is_tried_beside_its_tools(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PATIENCE", 0.0)  # no worker answers here
    async with opened(database) as db, house(db) as here:
        begun = await here.alice.send("/desk/inbox/test")
        where = begun.headers["location"].partition("#")[0]
        assert "What is booked here is booked" in (await here.alice.page.get(where)).text
        assert (await here.alice.send(f"{where}/say", text="")).status_code == 422
        assert (await here.alice.send(f"{where}/say", text=HOSTILE)).status_code == 303
        shown = (await here.alice.page.get(where)).text
        assert "&lt;script&gt;alert" in shown and "<script>alert" not in shown
        real = await inbox.open_conversation(db, here.desk.scope, "web", address="x", name=None, phone=None)
        assert (await here.alice.send(f"/desk/inbox/{real}/say", text="hello")).status_code == 404, "nobody's own words"
        assert (await here.charlie.send(f"{where}/say", text="x")).status_code == 404
        assert (await here.anna.send("/desk/inbox/test")).status_code == 403


async def test_requests_and_questions_are_answered(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        async with db.transaction(here.desk.scope) as tx:
            await tx.run("UPDATE services SET needs_approval = true")
        one, two = await booked(db, here.desk, 10), await booked(db, here.desk, 13, name=HOSTILE)
        chat_id = await inbox.open_conversation(db, here.desk.scope, "web", address="x", name=None, phone=None)
        async with db.transaction(here.desk.scope) as tx:
            await tx.run("UPDATE conversations SET language = 'de'")
            await questions.keep(tx, chat_id, "parking", f"{HOSTILE} parking?")
            await questions.keep(tx, chat_id, "other", "anything?")
        shown = (await here.alice.page.get("/desk/requests")).text
        assert (number(shown, "Requests"), number(shown, "Questions")) == (2, 2) and "<script>alert" not in shown
        assert (await here.alice.send(f"/desk/requests/{one.id}/confirm", version=one.version)).status_code == 303
        assert (await here.alice.send(f"/desk/requests/{two.id}/decline", version=two.version)).status_code == 303
        stale = await here.alice.send(f"/desk/requests/{two.id}/confirm", version=two.version)
        assert (stale.status_code, "Somebody else changed this" in stale.text) == (409, True)
        statuses = [(await views.appointment(db, here.desk.scope, each.id)).status for each in (one, two)]
        assert statuses == ["confirmed", "cancelled"]
        asked = await questions.QUESTIONS.page(db, here.desk.scope)
        assert "&lt;script&gt;" in (await here.alice.page.get("/desk/questions")).text
        answer = {"answer": "Hinter dem Haus"}
        assert (await here.alice.send(f"/desk/questions/{asked[0].id}/settle", **answer)).status_code == 303
        assert (await here.alice.send(f"/desk/questions/{asked[1].id}/settle")).status_code == 303
        assert (await here.alice.send(f"/desk/questions/{asked[1].id}/settle")).status_code == 404
        facts = (await BOTS.page(db, here.desk.scope))[0].facts
        assert facts == [{"topic": "parking", "text": "Hinter dem Haus", "language": "de"}]
        assert await questions.QUESTIONS.page(db, here.desk.scope) == []


async def test_staff_and_strangers_read_and_answer_nothing(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        found = await inbox.open_conversation(db, here.desk.scope, "web", address="x", name="Nora", phone=None)
        await handover.turn_over(db, here.desk.scope, found, "handed_over")
        async with db.transaction(here.desk.scope) as tx:
            await questions.keep(tx, found, "other", "secret?")
        question = (await questions.QUESTIONS.page(db, here.desk.scope))[0].id
        for path in ("/desk/inbox", f"/desk/inbox/{found}", "/desk/requests", "/desk/questions", "/desk/live?of=talk"):
            assert (await here.anna.page.get(path)).status_code == 403, path
        assert "secret?" not in (await here.charlie.page.get("/desk/questions")).text
        assert "Nora" not in (await here.charlie.page.get("/desk/inbox")).text
        assert (await here.charlie.page.get(f"/desk/inbox/{found}")).status_code == 404
        for path in (
            f"/desk/inbox/{found}/take-over", f"/desk/inbox/{found}/hand-back", f"/desk/inbox/{found}/answer",
            f"/desk/requests/{one.id}/confirm", f"/desk/requests/{one.id}/decline", f"/desk/questions/{question}/settle",
        ):  # fmt: skip
            assert (await here.anna.send(path, text="x")).status_code == 403, path
            assert (await here.charlie.send(path, text="x", answer="x")).status_code == 404, path
        assert (await behind.talk(db, here.desk.scope, found)).said == ()


async def test_what_is_said_is_called_out_to_inboxes_and_not_to_calendars(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        found = await inbox.open_conversation(db, here.desk.scope, "web", address="x", name=None, phone=None)
        tenant, notices = here.desk.account, Notices(database)
        async with (
            notices.listening(tenant, "truebook_said") as said,
            notices.listening(tenant) as changed,
            notices.listening(UUID(int=1), "truebook_said") as others,
        ):
            for _ in range(100):  # until the listener is there
                await inbox.receive(db, here.desk.scope, found, "hello")
                try:
                    await asyncio.wait_for(said.wait(), 0.1)
                    break
                except TimeoutError:
                    continue
            assert said.is_set() and not changed.is_set() and not others.is_set()
