"""What the model is to remember of a turn: the customer's words, its tool calls, and what the customer read in the end.

It is kept beside the answer it led to, so that whatever erases or hands out a message erases or hands out this too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic_ai.messages import (
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelRequest,
    ModelResponse,
    RetryPromptPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from truebook.assistant.acts import Time, brief
from truebook.assistant.past.calls import BY_ITSELF, ENDING, REMINDED
from truebook.assistant.turn import Say

LEFT_OUT = frozenset({"instructions", "usage", "run_id", "conversation_id"})
"""Two thirds of a run, and the same in every turn, or nobody's business later."""


def ended(prompt: ModelRequest, messages: list[ModelMessage]) -> list[ModelMessage]:
    """Return a turn's own messages. The agent joins the prompt to the request before it, so it is put back first."""
    prompts = [index for index, one in enumerate(messages) if any(isinstance(p, UserPromptPart) for p in one.parts)]
    return [prompt, *messages[prompts[-1] + 1 :]] if prompts else [prompt]


def broken_off(prompt: ModelRequest, messages: list[ModelMessage], say: Say) -> list[ModelMessage]:
    """Return the messages of a turn that failed, as far as each tool call has an answer, ended in the model's name."""
    call = ToolCallPart(ENDING, {"move": say.move})
    ending = ToolReturnPart(ENDING, "", tool_call_id=call.tool_call_id)
    return [*_whole(ended(prompt, messages)), ModelResponse(parts=[call]), ModelRequest(parts=[ending])]


def by_itself(tool: str, returned: dict[str, Any], text: str, at: datetime) -> list[ModelMessage]:
    """Return what the desk wrote without being asked as a turn of its own, with the tool that would have told it."""
    return _unasked(UserPromptPart(BY_ITSELF, timestamp=at), ToolCallPart(tool, {}), returned, text)


def reminded(one: Time, text: str) -> list[ModelMessage]:
    """Return a reminder as a turn in which the desk looked the appointment up and told of it."""
    shown = {"purpose": "tell", "reminder": True, "appointments": [brief(one)]}
    return _unasked(UserPromptPart(REMINDED), ToolCallPart("myAppointments", {"purpose": "tell"}), shown, text)


def _unasked(prompt: UserPromptPart, call: ToolCallPart, returned: dict[str, Any], text: str) -> list[ModelMessage]:
    ending = ToolCallPart(ENDING, {"move": "shown"})
    return [
        ModelRequest(parts=[prompt]),
        ModelResponse(parts=[call]),
        ModelRequest(parts=[ToolReturnPart(call.tool_name, returned, tool_call_id=call.tool_call_id)]),
        ModelResponse(parts=[ending]),
        ModelRequest(parts=[ToolReturnPart(ENDING, f"The customer reads: {text}", tool_call_id=ending.tool_call_id)]),
    ]


def settled(messages: list[ModelMessage]) -> list[ModelMessage]:
    """Return messages without what came to nothing: refused calls, calls without an answer, words nobody reads.

    What is left is what any engine can go on from.
    """
    done = {
        part.tool_call_id
        for message in messages
        for part in message.parts
        if isinstance(part, ToolReturnPart) and part.outcome == "success"
    }
    kept = list[ModelMessage]()
    for message in messages:
        parts = [
            part
            for part in message.parts
            if isinstance(part, ToolCallPart | ToolReturnPart) and part.tool_call_id in done
        ]
        if parts:
            kept.append(replace(message, parts=parts))  # type: ignore[arg-type]
    return kept


def recent(messages: Sequence[ModelMessage], most: int) -> list[ModelMessage]:
    """Return the latest whole turns that have no more characters than that."""
    begins = [index for index, one in enumerate(messages) if any(isinstance(p, UserPromptPart) for p in one.parts)]
    for begin in begins:
        rest = messages[begin:]
        if sum(_size(part) for message in rest for part in message.parts) <= most:
            return list(rest)
    return []


def _size(part: object) -> int:
    return len(str(part.args if isinstance(part, ToolCallPart) else getattr(part, "content", "")))


def as_read(run: list[ModelMessage], text: str) -> list[ModelMessage]:
    """Return a run with what the customer really read in place of what the model may have said."""
    last = run[-1].parts[-1] if run and run[-1].parts else None
    if isinstance(last, ToolReturnPart):
        last.content = f"The customer reads: {text}"
    return run


def pack(run: list[ModelMessage]) -> list[dict[str, Any]]:
    """Return a run as plain JSON, without what is empty and what no later turn needs."""
    return [_slim(message) for message in ModelMessagesTypeAdapter.dump_python(run, mode="json")]


def unpack(packed: list[dict[str, Any]]) -> list[ModelMessage]:
    """Return a run from its JSON."""
    return ModelMessagesTypeAdapter.validate_python(packed)


def _whole(messages: list[ModelMessage]) -> list[ModelMessage]:
    """Return the messages up to the first tool call without an answer: no model would take such a history."""
    for index, message in enumerate(messages):
        following = messages[index + 1].parts if index + 1 < len(messages) else ()
        answered = {part.tool_call_id for part in following if isinstance(part, ToolReturnPart | RetryPromptPart)}
        if any(isinstance(part, ToolCallPart) and part.tool_call_id not in answered for part in message.parts):
            return messages[:index]
    return messages


def _slim(message: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in message.items() if value is not None and name not in LEFT_OUT}
    return {
        **kept,
        "parts": [{name: value for name, value in part.items() if value is not None} for part in kept["parts"]],
    }
