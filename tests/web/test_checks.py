"""Checks of the assistant: a talk is saved, played again on a copy of the business, and judged by its rows."""

import pytest

from tests.chat import chat
from tests.desk import opened
from tests.web.people import house
from tests.web.test_desk import HOSTILE
from truebook.jobs import ChecksAsked
from truebook.rehearsal import checks
from truebook.rehearsal.checking import Checking

pytestmark = pytest.mark.anyio


async def test_a_saved_talk_is_played_again_and_judged_by_its_rows(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        desk = here.desk
        talk = await chat(desk)
        for text in ("a haircut with Ben next thursday at 2 pm", "yes"):
            await talk.say(text)
        one = f"/desk/inbox/{talk.conversation}"
        assert "Save this talk as a check" in (await here.alice.page.get(one)).text
        assert (await here.alice.send(f"{one}/keep", about="")).status_code == 422
        assert (await here.charlie.send(f"{one}/keep", about="stolen")).status_code == 404
        for about in ("a haircut at two", HOSTILE):
            assert (await here.alice.send(f"{one}/keep", about=about)).status_code == 303
        empty = await chat(desk)
        assert (await here.alice.send(f"/desk/inbox/{empty.conversation}/keep", about="nothing")).status_code == 422
        assert (await here.alice.send("/desk/checks/run")).status_code == 303
        shown = (await here.alice.page.get("/desk/checks")).text
        assert "They are being played" in shown and "<script>alert" not in shown
        playing = Checking(db, {"DATABASE_URL": database})
        await playing.work(ChecksAsked(desk.account))
        assert [one.verdict for one in await checks.listing(db, desk.scope)] == ["good", "good"]
        shown = (await here.alice.page.get("/desk/checks")).text
        assert "2 of 2 went well" in shown and "Haircut with Ben, Thu" in shown
        (mine, other) = await checks.listing(db, desk.scope)
        assert (await here.charlie.send(f"/desk/checks/{other.id}/remove")).status_code == 404
        assert (await here.alice.send(f"/desk/checks/{other.id}/remove")).status_code == 303
        await checks.ask(db, desk.scope, now=mine.created_at)
        await Checking(db, {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}).work(ChecksAsked(desk.account))
        assert "could not be played" in (await here.alice.page.get("/desk/checks")).text
        assert (await here.charlie.send("/desk/checks/run")).status_code == 404, "they have none"
