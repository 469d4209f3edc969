"""A call that a tool could not work with is not made again: a person is offered, and the turn does not run out."""

import pytest
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from truebook.assistant.loop import PARAMETERS
from truebook.assistant.offline.model import Offline
from truebook.assistant.past.calls import ENDING

pytestmark = pytest.mark.anyio
SHOP = {
    "business": "Nora", "timezone": "Europe/Vienna", "languages": ["en", "de"], "address": None, "opens": 840,
    "closes": 1200, "week": [], "staff": [{"name": "Nora", "synonyms": [], "services": ["Maths lesson"]}],
    "services": [{"name": "Maths lesson", "synonyms": ["Mathe"], "minutes": 60, "price_minor": 3800, "currency": "EUR"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "a maths lesson tomorrow at 5pm",
        "maths every monday at 5pm, four times",
        "put me on the waiting list for a maths lesson tomorrow",
        "please move my appointment to tomorrow at 5pm",
        "Mathe am 10. und am 17. Dezember um 17 Uhr",
    ],
)
async def test_what_was_refused_is_not_called_again(text: str) -> None:
    messages: list[ModelMessage] = [ModelRequest(parts=[UserPromptPart(text)])]
    called = list[str]()
    for _ in range(6):
        answer = await Offline().request(messages, None, PARAMETERS)
        (call,) = answer.parts
        assert isinstance(call, ToolCallPart)
        called.append(call.tool_name)
        if call.tool_name == ENDING:
            assert call.args_as_dict()["move"] == "stuck"
            break
        known = call.tool_name == "listServices"
        told = ToolReturnPart(
            call.tool_name,
            SHOP if known else "no",
            tool_call_id=call.tool_call_id,
            outcome="success" if known else "retried",
        )
        messages += [answer, ModelRequest(parts=[told])]
    assert called[-1] == ENDING
    assert len(called) == len({*called})
