"""A language model under watch: how long it takes, how much it writes, and whether it keeps to the protocol of tools.

Whatever it does wrong ends in GaveUp with one of a few reasons, and the offline engine answers in its place. What can
be mended is mended: ids of tool calls that are missing or given twice.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic_ai.exceptions import AgentRunError, UnexpectedModelBehavior, UsageLimitExceeded
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart, UserPromptPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from truebook.assistant.models.bounds import Bounds, Reason, Spent
from truebook.assistant.models.patience import Patience
from truebook.connectors.outside import TooMuch
from truebook.kernel import ids

CALLS = 8
"""Tool calls in one answer: more is noise."""
SAME = 2
"""How often the very same call may be made in a turn."""
CHARACTERS = 4
"""About as many to a token, where a server does not count for us."""


class GaveUp(Exception):
    """The model is not asked any more in this turn."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def reason_of(error: Exception) -> Reason | None:
    """Return why a run ended early, or None where the model is not to blame."""
    match error:
        case GaveUp():
            return error.reason
        case UsageLimitExceeded():
            return "circled"
        case AgentRunError():
            return "broke"
        case _:
            return None


def _of_request(error: BaseException | None) -> Reason:
    """Return why a request led to nothing; an answer without an end is hidden behind what the SDK made of it."""
    while error is not None:
        if isinstance(error, TooMuch):
            return "babbled"
        if isinstance(error, UnexpectedModelBehavior):
            return "broke"
        error = error.__cause__
    return "failed"


class Watched(WrapperModel):
    """A model for one turn, which begins now."""

    def __init__(self, wrapped: Model[Any], patience: Patience, bounds: Bounds) -> None:
        super().__init__(wrapped)
        self._patience, self._bounds = patience, bounds
        self._end = time.monotonic() + patience.turn
        self.spent = Spent()

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Ask the model; raise GaveUp where it, or what it answers, is not good enough."""
        left = min(self._patience.request, self._end - time.monotonic())
        if left <= 0:
            raise GaveUp("slow", f"no answer within {self._patience.turn:g} s of the turn")
        if self.spent.tokens >= self._bounds.turn:
            raise GaveUp("spent", f"{self.spent.tokens:,} tokens in this turn")
        limits = ModelSettings(max_tokens=self._bounds.answer, timeout=left)
        try:
            async with asyncio.timeout(left):
                response = await self.wrapped.request(
                    messages, {**(model_settings or {}), **limits}, model_request_parameters
                )
        except TimeoutError as error:
            raise GaveUp("slow", f"no answer within {left:g} s") from error
        except Exception as error:
            raise GaveUp(_of_request(error), type(error).__name__) from error
        self._count(messages, response)
        return self._kept_to_the_protocol(messages, response)

    def _count(self, messages: list[ModelMessage], response: ModelResponse) -> None:
        said = _size([response])
        written = response.usage.output_tokens or said // CHARACTERS
        self.spent.requests += 1
        self.spent.written += written
        self.spent.read += response.usage.input_tokens or _size(messages) // CHARACTERS
        if response.finish_reason == "length" or written > self._bounds.answer or said > 8 * self._bounds.answer:
            raise GaveUp("babbled", f"{written:,} tokens in one answer")

    def _kept_to_the_protocol(self, messages: list[ModelMessage], response: ModelResponse) -> ModelResponse:
        calls = [part for part in response.parts if isinstance(part, ToolCallPart)]
        if len(calls) > CALLS:
            raise GaveUp("broke", f"{len(calls)} tool calls in one answer")
        made = Counter(_told(call) for call in _calls(_this_turn(messages)))
        if again := next((call.tool_name for call in calls if made[_told(call)] >= SAME), None):
            raise GaveUp("circled", f"{again} was called again and again")
        return replace(response, parts=_with_ids_of_their_own(messages, response))


def _with_ids_of_their_own(messages: list[ModelMessage], response: ModelResponse) -> list[Any]:
    """Return an answer's parts; a call whose id is missing or taken gets one of ours."""
    taken, parts = {call.tool_call_id for call in _calls(messages)}, []
    for part in response.parts:
        if isinstance(part, ToolCallPart):
            if not part.tool_call_id or part.tool_call_id in taken:
                part = replace(part, tool_call_id=f"call_{ids.uuid7().hex}")
            taken.add(part.tool_call_id)
        parts.append(part)
    return parts


def _this_turn(messages: list[ModelMessage]) -> list[ModelMessage]:
    prompts = [index for index, one in enumerate(messages) if any(isinstance(p, UserPromptPart) for p in one.parts)]
    return messages[prompts[-1] :] if prompts else messages


def _calls(messages: Iterable[ModelMessage]) -> Iterable[ToolCallPart]:
    return (part for message in messages for part in message.parts if isinstance(part, ToolCallPart))


def _told(call: ToolCallPart) -> tuple[str, str]:
    return call.tool_name, call.args_as_json_str()


def _size(messages: Iterable[ModelMessage]) -> int:
    """Return how many characters messages have, about."""
    return sum(
        len(str(part.args if isinstance(part, ToolCallPart) else getattr(part, "content", "")))
        for message in messages
        for part in message.parts
    )
