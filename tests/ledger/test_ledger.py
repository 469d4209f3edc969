"""What was said, tried and reported, held against the rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.api.http import API, shop
from tests.assistant.salon import carla, salon, talk
from tests.desk import MONDAY, NOW, Desk, furnish, opened
from truebook.booking import actions
from truebook.db import Scope
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, NotFound
from truebook.ledger import attempts
from truebook.ledger.attempts import Report, Token
from truebook.ledger.told import told
from truebook.ledger.words import Telling, Words, write

pytestmark = pytest.mark.anyio
WHEN = datetime(2030, 1, 6, 9, tzinfo=UTC)


@asynccontextmanager
async def said(url: str) -> AsyncIterator[tuple[Desk, UUID, UUID]]:
    """Lend a desk with an appointment and a message that told of it."""
    async with opened(url) as db:
        desk = await furnish(db)
        booked = await actions.book(db, desk.scope, desk.wish(MONDAY.replace(hour=10)), now=NOW)
        message, conversation = ids.uuid7(), ids.uuid7()
        async with db.transaction(desk.scope) as tx:
            await tx.run(
                "INSERT INTO conversations (account_id, id, channel, address) VALUES (%s, %s, 'whatsapp', 'c')",
                (tx.tenant, conversation),
            )
            telling = Telling("booked", booked.id, booked.version, booked.start)
            assert await write(tx, Words(message, conversation, "Booked", "receipt", [telling]))
        yield desk, booked.id, message


async def begin(desk: Desk, message: UUID, provider: str = "whatsapp") -> Token:
    async with desk.db.transaction(desk.scope) as tx:
        return await attempts.begin(tx, message, provider, "mail" if provider == "email" else "free")


async def report(desk: Desk, token: Token, status: str, minutes: int = 0, **more: str) -> str | None:
    async with desk.db.transaction(desk.scope) as tx:
        return await attempts.settle(tx, token, Report(status, WHEN + timedelta(minutes=minutes), **more))


async def test_what_may_have_arrived_is_not_sent_again(database: str) -> None:
    async with said(database) as (desk, appointment, message):
        token = await begin(desk, message)
        with pytest.raises(Conflict):
            await begin(desk, message)
        assert await report(desk, token, "unknown") == "unknown"
        with pytest.raises(Conflict):
            await begin(desk, message)
        news = [one for one in await told(desk.db, desk.scope, appointment) if one.message == message]
        assert [(one.state, one.arrived) for one in news] == [("unknown", None)]
        assert await report(desk, token, "delivered", provider_id="wamid.1", category="utility") == "delivered"
        with pytest.raises(Conflict):
            await begin(desk, message)


async def test_a_failure_opens_the_next_way_and_a_late_proof_counts(database: str) -> None:
    async with said(database) as (desk, appointment, message):
        first = await begin(desk, message)
        assert await report(desk, first, "failed", code="131026", failure="not on WhatsApp") == "failed"
        second = await begin(desk, message, "email")
        assert second == Token(message, 2)
        assert await report(desk, first, "delivered", 3) == "delivered"
        (news,) = [one for one in await told(desk.db, desk.scope, appointment) if one.message == message]
        assert (news.state, news.arrived, news.way) == ("told", True, "whatsapp")
        assert [one.outcome for one in news.attempts] == ["delivered", "sending"]
        assert news.attempts[0].failure == "not on WhatsApp"
        assert set(news.attempts[0].statuses) == {"failed", "delivered"}


async def test_a_status_is_settled_by_its_token_before_our_own_answer(database: str) -> None:
    async with said(database) as (desk, _, message):
        token = await begin(desk, message)
        assert await report(desk, token, "sent", provider_id="wamid.1") == "sent"
        assert await report(desk, token, "accepted", provider_id="wamid.1") == "sent"
        async with desk.db.transaction(desk.scope) as tx:
            assert await attempts.named(tx, "whatsapp", token=str(token)) == token
            assert await attempts.named(tx, "whatsapp", provider_id="wamid.1") == token
            assert await attempts.named(tx, "whatsapp", provider_id="wamid.2") is None
            assert await attempts.named(tx, "twilio", provider_id="wamid.1") is None


async def test_an_earlier_time_of_the_same_status_counts(database: str) -> None:
    async with said(database) as (desk, appointment, message):
        token = await begin(desk, message)
        await report(desk, token, "sent", 5)
        await report(desk, token, "sent", 2)
        await report(desk, token, "sent", 9)
        (news,) = [one for one in await told(desk.db, desk.scope, appointment) if one.message == message]
        assert datetime.fromisoformat(news.attempts[0].statuses["sent"]) == WHEN + timedelta(minutes=2)


async def test_nothing_of_it_is_a_strangers(database: str) -> None:
    async with said(database) as (desk, appointment, message):
        other = await furnish(desk.db, "praxis-charlie")
        token = await begin(desk, message)
        with pytest.raises(NotFound):
            await told(desk.db, other.scope, appointment)
        with pytest.raises(NotFound):
            await begin(other, message)
        assert await report(other, token, "read") is None
        assert await report(desk, Token(message, 7), "read") is None
        stranger = Scope(other.account, "x")
        async with desk.db.transaction(stranger) as tx:
            assert await tx.rows("SELECT FROM tellings") == await tx.rows("SELECT FROM message_attempts") == []


async def test_a_chat_tells_what_its_row_says(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk)
        await talk(chat, "a haircut with Anna tomorrow at 10", "yes")
        async with desk.db.transaction(desk.scope) as tx:
            ((appointment,),) = await tx.rows("SELECT id FROM appointments")
            kinds = [row[0] for row in await tx.rows("SELECT kind FROM messages ORDER BY created_at, id")]
        assert kinds == [None, "read_back", None, "receipt"]
        (news,) = await told(desk.db, desk.scope, appointment)
        assert (news.topic, news.version, news.state, news.way, news.arrived) == ("booked", 1, "told", "test", None)
        await talk(chat, "can we make it 11 instead?", "yes")
        moved = (await told(desk.db, desk.scope, appointment))[-1]
        assert moved.topic == "moved"
        assert moved.start is not None
        assert moved.start - news.start == timedelta(hours=1)


async def test_over_rest(database: str) -> None:
    async with shop(database) as desk:
        booked = await desk.booked()
        answer = await desk.alice.get(f"{API}/appointments/{booked['id']}/told")
        assert answer.status_code == 200
        (news,) = answer.json()["items"]
        assert (news["topic"], news["state"], news["arrived"]) == ("booked", "waiting", None)
        quiet = await desk.booked("12:00", tell=False)
        assert (await desk.alice.get(f"{API}/appointments/{quiet['id']}/told")).json()["items"] == []
