"""The turn: nothing is booked that was not read back, nothing is told that is not a row, and nothing twice."""

from datetime import timedelta

import pytest

from tests.chat import LINKS, chat, deliver
from tests.desk import NOW, Desk, furnish, opened
from tests.fault import wired
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.offline.model import Offline
from truebook.booking import actions
from truebook.db import Database
from truebook.jobs import MessageReceived, OutcomeOpen
from truebook.kernel.errors import Invalid, NotFound, Unavailable

pytestmark = pytest.mark.anyio
LATER = NOW + timedelta(hours=1)


async def rows(desk: Desk) -> list[tuple]:
    async with desk.db.transaction(desk.scope) as tx:
        return await tx.rows(
            "SELECT service_name, staff_name, to_char(a.starts_at, 'MM-DD HH24:MI'), status, customer_name, customer_phone"
            " FROM appointments a JOIN appointment_segments s"
            " ON s.tenant_id = a.tenant_id AND s.appointment_id = a.id ORDER BY a.starts_at"
        )


async def test_a_chat_message_becomes_a_committed_appointment(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        assert "Shall I book it?" in await talk.say("a haircut with Anna on Tuesday at 10, please")
        assert await rows(desk) == []
        receipt = await talk.say("yes please")
        assert receipt.startswith("Booked ✓ Tuesday 8 January, 10:00 (UTC), Haircut with Anna. Code ")
        assert await rows(desk) == [("Haircut", "Anna", "01-08 10:00", "confirmed", "Carla", "+436601234567")]


async def test_a_yes_that_was_written_before_the_read_back_books_nothing(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk)
        first = await inbox.receive(db, desk.scope, talk.conversation, "a haircut with Anna on Tuesday at 10")
        second = await inbox.receive(db, desk.scope, talk.conversation, "yes")
        assistant = Assistant(db, Offline(), LINKS)
        for message in (first, second):
            await assistant.answer(MessageReceived(desk.account, talk.conversation, message))
        assert await rows(desk) == []


async def test_a_turn_that_runs_twice_answers_and_books_once(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        message = await inbox.receive(db, desk.scope, talk.conversation, "yes", at=LATER)
        assistant = Assistant(db, Offline(), LINKS, lambda: LATER)
        for _ in range(2):
            await assistant.answer(MessageReceived(desk.account, talk.conversation, message))
        assert len(await rows(desk)) == 1
        said = await inbox.transcript(db, desk.scope, talk.conversation)
        assert [one["role"] for one in said].count("assistant") == 2


async def test_a_receipt_told_in_the_answer_is_not_delivered_again(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        await talk.say("yes")
        before = await inbox.transcript(db, desk.scope, talk.conversation)
        await deliver(desk)
        assert await inbox.transcript(db, desk.scope, talk.conversation) == before


async def test_a_change_made_by_the_staff_is_told_in_the_conversation_once(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        await talk.say("yes")
        async with db.transaction(desk.scope) as tx:
            (appointment,) = (await tx.rows("SELECT id FROM appointments"))[0]
        await actions.cancel(db, desk.scope, appointment, now=NOW)
        await deliver(desk)
        await deliver(desk)
        said = await inbox.transcript(db, desk.scope, talk.conversation)
        assert [one["text"][:11] for one in said if "Cancelled" in one["text"]] == ["Cancelled ✓"]


@pytest.mark.parametrize("moment", ["before commit", "after commit"])
async def test_while_the_database_is_away_nothing_is_said_and_afterwards_the_truth(database: str, moment) -> None:
    async with (
        wired(database) as (through, wire),
        Database(through, size=4, patience=1.0) as db,
        opened(database) as safe,
    ):
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        message = await inbox.receive(db, desk.scope, talk.conversation, "yes", at=LATER)
        event = MessageReceived(desk.account, talk.conversation, message)
        wire.moment, wire.stays_cut, wire.only_with = moment, True, b"INSERT INTO appointments"
        with pytest.raises(Unavailable):  # not even an answer can be stored: the job is tried again
            await Assistant(db, Offline(), LINKS, lambda: LATER).answer(event)
        wire.mend()
        await Assistant(safe, Offline(), LINKS, lambda: LATER).answer(event)
        answer = await inbox.answer(safe, desk.scope, message)
        assert answer is not None
        assert answer.text.startswith("Booked ✓")
        assert len(await rows(Desk(safe, desk.account, desk.scope))) == 1


class Foggy(Database):
    """A database that cannot say yet what became of a transaction."""

    async def fate(self, xid: int) -> str | None:
        return "in progress"


async def test_an_unknown_outcome_is_called_unknown_and_settled_later(database: str) -> None:
    async with wired(database) as (through, wire), Foggy(through, size=4, patience=1.0) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        wire.moment, wire.only_with = "after commit", b"INSERT INTO appointments"
        said = await talk.say("yes")
        assert said.startswith("I am still securing 10:00 for you. Nothing is certain")
        assert talk.last is not None
        event = OutcomeOpen(desk.account, talk.conversation, talk.last.id)
        for _ in range(2):
            await Assistant(db, Offline(), LINKS, lambda: LATER).settle(event)
        texts = [one["text"] for one in await inbox.transcript(db, desk.scope, talk.conversation)]
        assert [text[:8] for text in texts if "Code" in text] == ["Booked ✓"]
        assert len(await rows(desk)) == 1
        async with db.transaction(desk.scope) as tx:
            jobs = await tx.rows("SELECT task_name FROM procrastinate_jobs WHERE scheduled_at IS NOT NULL")
        assert ("outcome_open",) in jobs


async def test_another_businesss_customer_sees_and_touches_nothing(database: str) -> None:
    async with opened(database) as db:
        alice, bob = await furnish(db), await furnish(db, "praxis-bob")
        talk = await chat(alice, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        await talk.say("yes")
        stranger = await chat(bob, now=NOW)
        for words in ("what do I have?", "cancel my appointment", "move my appointment to friday"):
            assert "Anna" not in await stranger.say(words)
        assert [row[3] for row in await rows(alice)] == ["confirmed"]
        with pytest.raises(NotFound):
            await inbox.receive(db, bob.scope, talk.conversation, "hello")


async def test_an_appointment_can_be_moved_into_its_own_time(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        await talk.say("a haircut with Anna on Tuesday at 10, please")
        await talk.say("yes")
        assert "10:30" in await talk.say("can you make it half an hour later")
        assert (await talk.say("yes")).startswith("Moved ✓ Now Tuesday 8 January, 10:30")
        assert [row[2] for row in await rows(desk)] == ["01-08 10:30"]


async def test_a_character_that_postgresql_cannot_hold_does_not_lose_a_message(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        assert "Shall I book it?" in await talk.say("a haircut with Anna\0 on Tuesday at 10 \ud83d, please")
        said = await inbox.transcript(db, desk.scope, talk.conversation)
        assert said[0]["text"] == "a haircut with Anna\ufffd on Tuesday at 10 \ufffd, please"


async def test_a_message_too_long_to_be_understood_in_time_is_refused(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        with pytest.raises(Invalid, match="at most 4,096 characters, this one has 4,097"):
            await inbox.receive(db, desk.scope, talk.conversation, "x" * 4097)
        assert await inbox.transcript(db, desk.scope, talk.conversation) == []


async def test_a_very_long_message_is_answered_by_what_it_says_first(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        said = await talk.say("a haircut with Anna on Tuesday at 10, please. " + "It is a long story, you know. " * 130)
        assert "Tuesday 8 January, 10:00," in said
