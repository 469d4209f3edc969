"""A turn that runs twice, or is overtaken: whatever happens in between, the customer is told once, and of rows only."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, ToolCallPart, ToolReturnPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.settings import ModelSettings

from tests.chat import LINKS, Chat, chat
from tests.desk import NOW, Desk, furnish, opened
from truebook.assistant import inbox
from truebook.assistant.conversation import Assistant
from truebook.assistant.offline import Offline
from truebook.booking import actions
from truebook.delivery.notify import Messenger
from truebook.jobs import AppointmentChanged, MessageReceived

pytestmark = pytest.mark.anyio
LATER = NOW + timedelta(hours=1)


class Died(Exception):
    """The worker died here."""


class Interrupted(Offline):
    """The offline engine; something happens to it once a tool has changed an appointment."""

    def __init__(self, happens: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.happens = happens

    async def request(
        self, messages: list[ModelMessage], settings: ModelSettings | None, parameters: ModelRequestParameters
    ) -> ModelResponse:
        last = messages[-1].parts[-1] if isinstance(messages[-1], ModelRequest) else None
        if isinstance(last, ToolReturnPart) and dict(last.content).get("status") in ("booked", "cancelled"):
            await self.happens()
        return await super().request(messages, settings, parameters)


def shrug(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Answer without having understood anything."""
    return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"move": "lost"})])


async def asked(desk: Desk, *lines: str) -> tuple[Chat, MessageReceived]:
    """Say some lines; of the last only the message is there, its answer is still to come."""
    talk = await chat(desk, now=NOW)
    for line in lines[:-1]:
        await talk.say(line)
    message = await inbox.receive(desk.db, desk.scope, talk.conversation, lines[-1], at=LATER)
    return talk, MessageReceived(desk.account, talk.conversation, message)


async def deliver(desk: Desk) -> None:
    """Run the jobs that tell customers."""
    async with desk.db.transaction(desk.scope) as tx:
        notes = await tx.rows("SELECT id FROM outbox ORDER BY created_at")
    for (note,) in notes:
        await Messenger(desk.db, LINKS).tell(AppointmentChanged(desk.account, note))


async def texts(talk: Chat) -> list[str]:
    said = await inbox.transcript(talk.desk.db, talk.desk.scope, talk.conversation)
    return [one["text"] for one in said if one["role"] == "assistant"]


async def test_a_receipt_that_comes_too_late_for_the_answer_is_delivered(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk, event = await asked(desk, "a haircut with Anna on Tuesday at 10, please", "yes")

        async def another_worker_answers() -> None:
            await Assistant(db, FunctionModel(shrug), LINKS, lambda: LATER).answer(event)

        await Assistant(db, Interrupted(another_worker_answers), LINKS, lambda: LATER).answer(event)
        await deliver(desk)
        assert [text[:8] for text in await texts(talk) if "Code" in text] == ["Booked ✓"]


@pytest.mark.parametrize("wish", ["yes", "cancel"])
async def test_a_turn_that_died_after_its_deed_tells_of_it_when_it_runs_again(database: str, wish: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        lines = ["a haircut with Anna on Tuesday at 10, please", "yes"]
        talk, event = await asked(desk, *lines, *(["please cancel my appointment", "yes"] if wish == "cancel" else []))

        async def dies() -> None:
            raise Died

        with pytest.raises(Died):
            await Assistant(db, Interrupted(dies), LINKS, lambda: LATER).answer(event)
        await Assistant(db, Offline(), LINKS, lambda: LATER).answer(event)
        await deliver(desk)
        word = "Cancelled ✓" if wish == "cancel" else "Booked ✓"
        assert (await texts(talk))[-1].startswith(word)


async def test_a_receipt_of_a_row_that_was_touched_meanwhile_is_still_told(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        wish = desk.wish(NOW + timedelta(days=1, hours=2), conversation_id=talk.conversation)
        made = await actions.book(db, desk.scope, wish, now=NOW)
        async with db.transaction(desk.scope) as tx:  # as when its service is deleted: a new version, and no news
            await tx.run("UPDATE appointments SET notes = 'window seat' WHERE id = %s", (made.id,))
        await deliver(desk)
        await deliver(desk)
        assert [text[:8] for text in await texts(talk)] == ["Booked ✓"]


async def test_of_two_changes_the_later_is_told(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        wish = desk.wish(NOW + timedelta(days=1, hours=2), conversation_id=talk.conversation)
        made = await actions.book(db, desk.scope, wish, now=NOW)
        await actions.cancel(db, desk.scope, made.id, now=NOW)
        await deliver(desk)
        assert [text[:11] for text in await texts(talk)] == ["Cancelled ✓"]
