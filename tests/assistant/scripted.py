"""A scripted model: it calls the tools a test tells it to, over the real path, so that the rows can be judged."""

import json
from collections.abc import Callable
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart, ToolReturnPart, UserPromptPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from tests.chat import Chat
from tests.desk import Desk

Made = tuple[str, dict[str, Any]]
PARTS = """
SELECT a.code, a.status, string_agg(concat_ws(' ', g.service_name, g.staff_name, g.guest_name,
  to_char(g.starts_at AT TIME ZONE 'Europe/Vienna', 'MM-DD HH24:MI')), ' + ' ORDER BY g.position)
FROM appointments a JOIN appointment_segments g ON g.appointment_id = a.id GROUP BY a.id, a.code, a.status, a.starts_at
ORDER BY a.starts_at
"""


def scripted(*calls: Made | Callable[[dict[str, Any]], Made], **ended: Any) -> FunctionModel:
    """Return a model that makes these calls in one turn; each may be made from what the tool before returned.

    `ended`: how it ends the turn, by showing what it did if nothing is said.
    """

    def model(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        parts = [part for message in messages for part in message.parts]
        last = max(place for place, part in enumerate(parts) if isinstance(part, UserPromptPart))
        returned = [part.content for part in parts[last:] if isinstance(part, ToolReturnPart)]
        if len(returned) == len(calls):
            return ModelResponse(
                parts=[ToolCallPart(info.output_tools[0].name, json.dumps({"move": "shown", **ended}))]
            )
        following = calls[len(returned)]
        made = following if isinstance(following, tuple) else following(dict(returned[-1]))  # type: ignore[call-overload]
        return ModelResponse(parts=[ToolCallPart(made[0], json.dumps(made[1]))])

    return FunctionModel(model)


def first_offer(returned: dict[str, Any]) -> Made:
    return "bookAppointment", {"offer_id": returned["offers"][0]["id"]}


async def play(chat: Chat, text: str, *calls: Made | Callable[[dict[str, Any]], Made], **ended: Any) -> str:
    """Say something to a model that makes these calls."""
    chat.model = scripted(*calls, **ended)
    return await chat.say(text)


async def visits(desk: Desk) -> list[str]:
    """Return every appointment in a few words: "confirmed: Haircut Anna 12-05 10:00 + Colour Clara 12-05 10:45"."""
    async with desk.db.transaction(desk.scope) as tx:
        return [f"{status}: {parts}" for _, status, parts in await tx.rows(PARTS)]


def read_back_of(chat: Chat) -> dict[str, Any]:
    assert chat.last is not None
    return next(act for act in chat.last.acts if act["kind"] == "read_back")
