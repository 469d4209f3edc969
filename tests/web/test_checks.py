"""Checks of the assistant: a talk is saved, played again on a copy of the business, and judged by its rows."""

import pytest

from tests.assistant.openai_server import running, saying
from tests.chat import chat
from tests.desk import Desk, opened
from tests.jobs import jobs_of
from tests.web.people import house
from tests.web.test_desk import HOSTILE
from truebook.channels.web.desk.checks import PLAYS
from truebook.db import Database
from truebook.jobs import ChecksAsked
from truebook.kernel import clock
from truebook.rehearsal import checking, checks
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


async def saved(desk: Desk, about: str) -> None:
    """Keep a talk of two messages as a check."""
    talk = await chat(desk)
    for text in ("a haircut with Ben next thursday at 2 pm", "yes"):
        await talk.say(text)
    await checks.keep(desk.db, desk.scope, talk.conversation, about)


async def day(db: Database, desk: Desk) -> tuple[int, int, int]:
    """Return the tokens that a business has used, those reserved, and its requests."""
    (row,) = await db.rows(desk.scope, "SELECT tokens, reserved, requests FROM model_days", {})
    return row


async def test_a_play_is_paid_for_by_the_day_of_its_business(database: str) -> None:
    """As far as half of it: the rest is for customers."""
    async with opened(database) as db, house(db) as here:
        desk = here.desk
        await saved(desk, "a haircut at two")
        with running(saying("All booked!")) as server:
            model = {
                "DATABASE_URL": database, "TRUEBOOK_MODEL": "compatible:babbler", "TRUEBOOK_MODEL_URL": server.url,
                "TRUEBOOK_MODEL_DAY": "80000",
            }  # fmt: skip
            for played in range(2):
                await checks.ask(db, desk.scope, now=clock.now())
                await Checking(db, model).work(ChecksAsked(desk.account))
                (found,) = await checks.listing(db, desk.scope)
                used, reserved, requests = await day(db, desk)
                assert (found.verdict, reserved) == ("budget", 0), (played, found.said)
                assert len(found.said) == (0 if played else 2), "one turn was paid for, and it used something"
                assert used > 0
                assert requests == len(server.asked) > 0, "what nobody pays for is not asked"
        shown = (await here.alice.page.get("/desk/checks")).text
        assert "budget of the model is used" in shown
        assert await db.rows(here.other.scope, "SELECT 1 FROM model_days", {}) == []


async def test_businesses_take_turns_at_playing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setattr(checking, "AT_ONCE", 1)
    async with opened(database) as db, house(db) as here:
        for about in ("first", "second"):
            await saved(here.desk, about)
        await saved(here.other, "the stranger's")
        for who in (here.alice, here.charlie):
            assert (await who.send("/desk/checks/run")).status_code == 303
        jobs = jobs_of(db)
        async with jobs.open_async():
            await jobs.run_worker_async(queues=["chores"], wait=False, install_signal_handlers=False)
        every = [*await checks.listing(db, here.desk.scope), *await checks.listing(db, here.other.scope)]
        assert all(one.asked_at is None and one.verdict == "good" for one in every), every
        inorder = sorted(every, key=lambda one: one.played_at or clock.now())
        assert [one.about for one in inorder] == ["first", "the stranger's", "second"]


async def test_all_checks_are_not_played_too_often(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await saved(here.desk, "a haircut at two")
        for _ in range(PLAYS.burst):
            assert (await here.alice.send("/desk/checks/run")).status_code == 303
        refused = await here.alice.send("/desk/checks/run")
        assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
        await saved(here.other, "the stranger's")
        assert (await here.charlie.send("/desk/checks/run")).status_code == 303, "each business for itself"
