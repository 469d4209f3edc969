"""A turn that runs twice, or is overtaken: whatever happens in between, the customer is told once, and of rows only."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from pydantic_ai.exceptions import UnexpectedModelBehavior
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.settings import ModelSettings

from tests.chat import LINKS, Chat, chat, deliver
from tests.desk import NOW, Desk, furnish, opened
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.offline.model import Offline
from truebook.assistant.past import memory
from truebook.assistant.turn import Say
from truebook.booking import actions
from truebook.jobs import MessageReceived

pytestmark = pytest.mark.anyio
LATER = NOW + timedelta(hours=1)


class Died(BaseException):
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


async def test_the_end_of_what_nobody_was_told_of_is_no_news(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW)
        wish = desk.wish(NOW + timedelta(days=1, hours=2), conversation_id=talk.conversation)
        made = await actions.book(db, desk.scope, wish, now=NOW)
        await actions.cancel(db, desk.scope, made.id, now=NOW)
        await deliver(desk)
        assert await texts(talk) == []


async def test_where_something_was_changed_and_told_nothing_changed_is_not_said(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk, event = await asked(desk, "a haircut with Anna on Tuesday at 10, please", "yes")

        async def the_model_hangs_until_the_receipt_is_delivered() -> None:
            await deliver(desk)
            raise UnexpectedModelBehavior("it hung up")

        hanging = Interrupted(the_model_hangs_until_the_receipt_is_delivered)
        await Assistant(db, hanging, LINKS, lambda: LATER).answer(event)
        said = await texts(talk)
        assert [text[:8] for text in said if "Code" in text] == ["Booked ✓"]
        assert not any("nothing was changed" in text for text in said)


async def test_an_error_of_our_own_is_not_repeated_for_ever(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk, event = await asked(desk, "hello")

        class Broken(Offline):
            async def request(self, *_: object) -> ModelResponse:
                raise IndexError("no such word")

        await Assistant(db, Broken(), LINKS, lambda: LATER).answer(event)
        assert (await texts(talk))[0].endswith("book, move or cancel an appointment?")


async def test_the_model_remembers_what_a_turn_did_before_it_failed(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        talk = await chat(desk, now=NOW, model=FunctionModel(failing_after_search))
        assert "10:00" in await talk.say("a haircut with Anna on Tuesday at 10, please")
        remembered: list[ModelMessage] = []

        def look(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
            remembered.extend(messages)
            return shrug(messages, info)

        talk.model = FunctionModel(look)
        await talk.say("yes")
        parts = [part for message in remembered for part in message.parts]
        returns = {part.tool_name: part.content for part in parts if isinstance(part, ToolReturnPart)}
        assert returns["findSlots"]["offers"][0]["time"] == "10:00"
        assert returns["final_result"].startswith("The customer reads: ")


def failing_after_search(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Search for a time, then fail."""
    if any(isinstance(part, ToolReturnPart) for message in messages for part in message.parts):
        raise UnexpectedModelBehavior("out of words")
    search = {"service": "Haircut", "staff": "Anna", "day": "2030-01-08", "at": "10:00"}
    return ModelResponse(parts=[ToolCallPart("findSlots", search)])


def test_of_a_turn_that_broke_off_only_answered_calls_are_kept() -> None:
    prompt = ModelRequest(parts=[UserPromptPart("hello")])
    done, open_ = ToolCallPart("listServices", {}), ToolCallPart("findSlots", {})
    answer = ModelRequest(parts=[ToolReturnPart("listServices", {}, tool_call_id=done.tool_call_id)])
    messages = [prompt, ModelResponse(parts=[done]), answer, ModelResponse(parts=[done, open_]), answer]
    kept = memory.broken_off(prompt, messages, Say(move="trouble"))
    assert kept[:3] == messages[:3]
    assert [type(message) for message in kept[3:]] == [ModelResponse, ModelRequest]
    assert memory.unpack(memory.pack(kept[:3]))[2].parts == answer.parts
