"""The panel's answer to "was the customer told?": from the ledger, and once more only where it failed for certain."""

from typing import Any
from uuid import UUID

import pytest

from tests.desk import Desk, opened
from tests.web.people import house
from tests.web.test_desk import booked
from truebook.assistant.incoming import inbox
from truebook.booking.model import Appointment
from truebook.db import Database
from truebook.kernel import ids
from truebook.ledger.words import Telling, Words, write

pytestmark = pytest.mark.anyio
ATTEMPT = """
INSERT INTO message_attempts (account_id, message_id, number, provider, form, outcome)
VALUES (%s, %s, 1, 'whatsapp', 'free', %s)
"""
STATUS = """
INSERT INTO message_statuses (account_id, message_id, number, status, at) VALUES (%s, %s, 1, %s, '2030-01-01 09:00Z')
"""


async def written(db: Database, desk: Desk, one: Appointment, delivery: str, *statuses: str) -> UUID:
    """Write the news of an appointment, and let it have come so far."""
    chat = await inbox.open_conversation(db, desk.scope, "web", address=str(ids.uuid7()), name=None, phone=None)
    message = ids.uuid7()
    async with db.transaction(desk.scope) as tx:
        await write(tx, Words(message, chat, "moved", "move", [Telling("moved", one.id, one.version, one.start)]))
        await tx.run(
            "UPDATE messages SET provider = 'whatsapp', delivery = %s WHERE account_id = %s AND id = %s",
            (delivery, tx.tenant, message),
        )
        await tx.run(ATTEMPT, (tx.tenant, message, delivery))
        for status in statuses:
            await tx.run(STATUS, (tx.tenant, message, status))
    return message


async def jobs(db: Database, desk: Desk, name: str) -> list[Any]:
    async with db.reading(desk.scope) as tx:
        return await tx.rows("SELECT args FROM procrastinate_jobs WHERE task_name = %s", (name,))


async def test_what_the_provider_reported_is_shown_and_what_failed_is_sent_once_more(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        where = f"/desk/appointments/{one.id}"
        await written(db, here.desk, one, "read", "sent", "delivered", "read")
        shown = (await here.alice.page.get(where)).text
        assert "News of the move" in shown and "sent at 10:00, arrived at 10:00, read at 10:00" in shown
        assert "Send it again" not in shown
        assert (await here.alice.send(f"{where}/tell-again")).status_code == 409, "it was read"
        await written(db, here.desk, one, "unknown")
        assert "Nobody knows" in (await here.alice.page.get(where)).text
        assert (await here.alice.send(f"{where}/tell-again")).status_code == 409, "it may have arrived"
        failed = await written(db, here.desk, one, "failed", "failed")
        shown = (await here.alice.page.get(where)).text
        assert "Send it again" in shown and "failed at 10:00" in shown
        assert (await here.charlie.send(f"{where}/tell-again")).status_code == 404
        before = len(await jobs(db, here.desk, "message_due"))
        assert (await here.alice.send(f"{where}/tell-again")).status_code == 200
        assert len(await jobs(db, here.desk, "message_due")) == before + 1
        async with db.reading(here.desk.scope) as tx:
            assert await tx.row("SELECT delivery FROM messages WHERE id = %s", (failed,)) == ("queued",)
        assert (await here.alice.send(f"{where}/tell-again")).status_code == 409, "it is on its way"


async def test_news_that_nobody_could_be_told_in_time_are_tried_again(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        one = await booked(db, here.desk)
        where = f"/desk/appointments/{one.id}/tell-again"
        assert (await here.alice.send(where)).status_code == 409, "it waits"
        async with db.transaction(here.desk.scope) as tx:
            await tx.run("UPDATE outbox SET status = 'failed', last_error = 'not told in time'")
        before = len(await jobs(db, here.desk, "appointment_changed"))
        assert (await here.alice.send(where)).status_code == 200
        assert len(await jobs(db, here.desk, "appointment_changed")) == before + 1
