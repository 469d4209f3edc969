"""What was told is held against the rows, what staff take back is not told, and nobody who waits is forgotten."""

import asyncio
from datetime import timedelta

import pytest

from tests.api.http import API, shop
from tests.assistant.salon import talk
from tests.chat import chat
from tests.db.roles import run
from tests.delivery.test_mailing import Office, office
from tests.mail import text_of
from tests.whatsapp import shapes
from tests.whatsapp.desk import salon
from truebook.assistant import handover
from truebook.booking import actions
from truebook.booking.model import Appointment
from truebook.db import Scope
from truebook.kernel import clock, ids
from truebook.ledger import alerts
from truebook.ledger.told import told
from truebook.tenants import telling

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


def staff(o: Office) -> Scope:
    return Scope(o.desk.account, f"user:{ids.uuid7()}", "desk")


async def subjects(o: Office) -> list[str]:
    """Do what is to be done; return the first words of the letters that went out."""
    await o.work()
    found = [message["Subject"].partition(":")[0] for _, message in o.server.taken]
    o.server.taken.clear()
    return found


async def moved(o: Office, one: Appointment, hours: int) -> Appointment:
    return await actions.move(o.desk.db, staff(o), one.id, one.start + hours * HOUR, now=clock.now())


async def test_what_staff_change_waits_and_an_undo_is_never_heard_of(database: str) -> None:
    async with office(database) as o:
        await telling.change(o.desk.db, o.desk.scope, {"undo_seconds": 60})
        booked = await o.book()
        assert await subjects(o) == ["Booked"]
        before = clock.now()
        await moved(o, booked, 1)
        (later,) = await o.rows("SELECT max(scheduled_at) FROM procrastinate_jobs")
        assert before + timedelta(seconds=59) < later[0] < clock.now() + timedelta(seconds=61)
        await moved(o, booked, 0)
        assert await subjects(o) == []
        await actions.cancel(o.desk.db, staff(o), booked.id, now=clock.now())
        await actions.reopen(o.desk.db, staff(o), booked.id, now=clock.now())
        assert await subjects(o) == []
        await moved(o, booked, 1)
        assert await subjects(o) == ["Moved"]
        assert [one.topic for one in await told(o.desk.db, o.desk.scope, booked.id) if one.state == "told"] == [
            "booked", "moved",
        ]  # fmt: skip


async def test_what_was_never_told_of_is_told_as_it_stands_or_not_at_all(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        await moved(o, booked, 1)
        assert await subjects(o) == ["Booked"]
        other = await o.book(40)
        await actions.cancel(o.desk.db, staff(o), other.id, now=clock.now())
        assert await subjects(o) == []


async def test_a_wrong_claim_is_an_alert_and_corrected_once(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        right = await o.book(40)
        assert await subjects(o) == ["Booked", "Booked"]
        async with o.desk.db.transaction(o.desk.scope) as tx:
            await tx.run(
                "UPDATE appointments SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'"
                " WHERE id = %s",
                (booked.id,),
            )
        later = clock.now() + timedelta(minutes=5)
        for _ in range(3):
            await o.out.reconciler.compare(o.desk.scope, now=later)
        await o.work()
        ((_, letter),) = o.server.taken
        assert letter["Subject"].startswith("Correction: ")
        assert f"{(booked.start + HOUR).astimezone(clock.zone('Europe/Vienna')):%H:%M}" in text_of(letter)
        await o.out.reconciler.compare(o.desk.scope, now=later)
        (alert,) = await alerts.waiting(o.desk.db, o.desk.scope)
        assert alert.kind == "wrong_claim"
        assert booked.code in alert.words and right.code not in alert.words
        assert [one.topic for one in await told(o.desk.db, o.desk.scope, booked.id)] == ["booked", "correction"]


async def test_a_change_is_compared_once_it_has_settled_and_every_night_all_of_them_are(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        assert await subjects(o) == ["Booked"]
        now = clock.now()
        await o.out.reconciler.compare(o.desk.scope, now=now)  # too early: it stays on the list
        assert await o.rows("SELECT chore FROM looks ORDER BY 1") == [("compare",), ("remind",)]
        await o.out.reconciler.compare(o.desk.scope, now=now + timedelta(minutes=5))
        assert await o.rows("SELECT chore FROM looks") == [("remind",)]
        run(
            database,
            "SET session_replication_role = replica; UPDATE truebook.appointments SET starts_at = starts_at + interval"
            " '1 hour', ends_at = ends_at + interval '1 hour'",
        )
        later = now + timedelta(minutes=10)
        await o.out.reconciler.compare(o.desk.scope, now=later)  # no trigger has told of it
        assert await subjects(o) == []
        await asyncio.gather(*(o.out.reconciler.compare(o.desk.scope, now=later, everything=True) for _ in range(3)))
        assert await subjects(o) == ["Correction"]
        assert booked.code in (await alerts.waiting(o.desk.db, o.desk.scope))[0].words


async def test_what_the_caller_tells_is_not_told_and_not_corrected(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        assert await subjects(o) == ["Booked"]
        moves = {"now": clock.now(), "by_caller": True}
        await actions.move(o.desk.db, o.desk.scope, booked.id, booked.start + HOUR, **moves)
        assert await subjects(o) == []
        await o.out.reconciler.compare(o.desk.scope, now=clock.now() + timedelta(minutes=5))
        assert await subjects(o) == [] and await alerts.waiting(o.desk.db, o.desk.scope) == []
        await actions.move(o.desk.db, o.desk.scope, booked.id, booked.start, now=clock.now())
        assert await subjects(o) == ["Moved"]
        await actions.cancel(o.desk.db, o.desk.scope, booked.id, **moves)
        assert await subjects(o) == []
        assert [one.state for one in await told(o.desk.db, o.desk.scope, booked.id)][-1] == "not_needed"


async def test_a_promise_that_nobody_kept_is_named_until_it_is_kept(database: str) -> None:
    async with office(database) as o:
        booked = await o.book()
        await o.out.reconciler.remember(o.desk.scope, now=clock.now() + timedelta(minutes=9))
        assert await alerts.waiting(o.desk.db, o.desk.scope) == []
        await o.out.reconciler.remember(o.desk.scope, now=clock.now() + timedelta(minutes=11))
        (alert,) = await alerts.waiting(o.desk.db, o.desk.scope)
        assert (alert.kind, booked.code in alert.words) == ("untold", True)
        await o.work()
        await o.out.reconciler.remember(o.desk.scope, now=clock.now() + timedelta(minutes=11))
        assert await alerts.waiting(o.desk.db, o.desk.scope) == []


async def test_whoever_is_not_understood_again_and_again_is_passed_to_a_person_and_not_forgotten(database: str) -> None:
    async with office(database) as o:
        carla = await chat(o.desk)
        for words in ("qwertz uiop", "asdf ghjk", "yxcv bnm", "poiu ztrewq"):
            await talk(carla, words)
        assert await o.rows("SELECT status FROM conversations") == [("active",)]
        await talk(carla, "lkjh gfdsa")
        assert await o.rows("SELECT status FROM conversations") == [("handed_over",)]
        for minutes, kinds in ((29, []), (31, ["waiting"])):
            await o.out.reconciler.remember(o.desk.scope, now=clock.now() + timedelta(minutes=minutes))
            assert [one.kind for one in await alerts.waiting(o.desk.db, o.desk.scope)] == kinds
        await handover.reply(o.desk.db, o.desk.scope, carla.conversation, "Anna here.")
        await o.out.reconciler.remember(o.desk.scope, now=clock.now() + timedelta(minutes=31))
        assert await alerts.waiting(o.desk.db, o.desk.scope) == []


async def test_an_echo_of_the_owners_own_words_takes_the_chat_over(database: str) -> None:
    async with salon(database) as s:
        await s.hear(shapes.text("hello"))
        assert len(await s.said("assistant")) == 1
        echo = {"from": "15550783881", "to": "436601234567", "id": "wamid.echo", "timestamp": "1900000000"}
        echo |= {"type": "text", "text": {"body": "Anna here, come at three"}}
        stranger = {**echo, "id": "wamid.other", "to": "436609999999"}
        both = shapes.envelope({"message_echoes": [echo, stranger]}, field="smb_message_echoes")
        for _ in range(2):
            assert await s.post(both) == 200
            await s.work()
        assert await s.rows("SELECT status FROM conversations") == [("handed_over",)]
        await s.hear(shapes.text("thank you"))
        assert (await s.said("assistant"))[1:] == ["Anna here, come at three"]
        assert await s.rows("SELECT delivery FROM messages WHERE kind = 'person'") == [(None,)]


async def test_the_delays_over_rest(database: str) -> None:
    async with shop(database) as desk:
        change = {"undo_seconds": 0, "told_within_minutes": 60, "waits_minutes": 5}
        changed = (await desk.alice.patch(f"{API}/telling", json=change)).json()
        assert {name: changed[name] for name in change} == change
        assert (await desk.alice.patch(f"{API}/telling", json={"undo_seconds": 121})).status_code == 422
