"""The offline engine: a pydantic-ai model of our own. It decides from the message history alone, without any network.

The history holds what the customer wrote, what the tools returned and how each turn ended; `language` turns that into
a state (what is wished for, what the last message meant), and `decide` turns the state into the next tool call.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast
from zoneinfo import ZoneInfo

from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    ModelResponsePart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from truebook.assistant.acts_of import TOOLS, Returned, of_answer, of_end
from truebook.assistant.desks import desk_told
from truebook.assistant.offline.decide import decide
from truebook.assistant.offline.points import Point, Points
from truebook.assistant.offline.step import Call, Step, say
from truebook.assistant.offline.understanding import written
from truebook.assistant.past.calls import BY_ITSELF, REMINDED
from truebook.language import dialogue
from truebook.language.state import State

POINTS = Points(32_768)
"""Some seventy megabytes. A turn asks three times, and the next one goes on from there."""


class Offline(Model[None]):
    """Truebook's own understanding, as a model that an Agent can run."""

    @property
    def model_name(self) -> str:
        """The model's name."""
        return "offline"

    @property
    def system(self) -> str:
        """Whose model it is."""
        return "truebook"

    @property
    def provider(self) -> None:
        """Nobody else's."""
        return None

    @property
    def base_url(self) -> None:
        """Nowhere: nothing is called."""
        return None

    def prepare_messages(
        self, messages: list[ModelMessage], model_request_parameters: ModelRequestParameters | None = None
    ) -> list[ModelMessage]:
        """Take the history as it is: it is not written down for any server."""
        return messages

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Return the next tool call, or how the turn ends."""
        output = model_request_parameters.output_tools[0].name
        call = await asyncio.to_thread(self._next, messages)  # others' messages are answered meanwhile
        part: ModelResponsePart = ToolCallPart(call.tool or output, json.dumps(call.arguments))
        return ModelResponse(parts=[part], model_name=self.model_name, usage=RequestUsage())

    def _next(self, messages: Sequence[ModelMessage]) -> Call:
        heard = listen(messages)
        if heard.state is None:
            return Call("listServices", {})
        call = decide(heard.state, heard.step)
        return say("stuck") if call in _refused(messages[_before(messages) :]) else call


@dataclass(slots=True)
class Heard:
    """What a history came to: the state after the last message, and the tools that answered since."""

    state: State | None = None
    step: Step = field(default_factory=Step)


def listen(messages: Sequence[ModelMessage]) -> Heard:
    """Replay a history: every customer message, every tool's answer, every end of a turn, in order.

    It goes on from where the same history was listened to last: turn 60 of a conversation takes no longer than turn 6.
    """
    told = _told(messages)
    if told is None:
        return Heard()
    shop = cast("Returned", told.content)
    zone = ZoneInfo(shop["timezone"])
    at = POINTS.latest(messages, told) or Point(
        (), told, dialogue.begin(desk_told(shop)), Step(classes=_classes(shop), lasts=_lasts(shop))
    )
    for end in (_before(messages), len(messages)):  # the turns before this one are those before the next one too
        if end > len(at.messages):
            at = _on(at, messages[:end], zone)
            POINTS.keep(at, last=end == len(messages))
    return Heard(at.state, at.step)


def _before(messages: Sequence[ModelMessage]) -> int:
    """Return how many messages there are before the customer's latest."""
    prompts = (place for place, one in enumerate(messages) if any(isinstance(p, UserPromptPart) for p in one.parts))
    return max(prompts, default=0)


def _refused(messages: Sequence[ModelMessage]) -> list[Call]:
    """Return the calls of a turn that a tool could not work with: made once more, they come to nothing either."""
    parts = list(_parts(messages))
    ids = {part.tool_call_id for part in parts if isinstance(part, ToolReturnPart) and part.outcome == "retried"}
    return [_called(part) for part in parts if isinstance(part, ToolCallPart) and part.tool_call_id in ids]


def _on(at: Point, messages: Sequence[ModelMessage], zone: ZoneInfo) -> Point:
    """Return what a history comes to that begins as one that was listened to."""
    state, step, acts = at.state, at.step, list(at.acts)
    for part in _parts(messages[len(at.messages) :]):
        match part:
            case UserPromptPart() if part.content in (BY_ITSELF, REMINDED):
                pass  # the desk spoke first: nothing was said that could be understood
            case UserPromptPart():
                state, step = written(state, step, acts, part, zone)
                acts = []
            case ToolCallPart():
                step = step.calling(_called(part))
                acts += of_end(part)
            case ToolReturnPart(content=dict()):
                returned = cast("Returned", part.content)
                step = step.after(part.tool_name, returned)
                state = _turned(state, step)
                acts += of_answer(part.tool_name, returned)
                if step.then and returned.get("status") == "booked":
                    state, step = written(state, replace(step, then=None), acts, step.then, zone)
                    acts = []
            case _:
                pass
    return Point(tuple(messages), at.told, state, step, tuple(acts))


def _turned(state: State, step: Step) -> State:
    """Return the state with the next visit as the one that is talked about, once it is taken up."""
    return state if step.turn is None else replace(state, wish=replace(state.wish, visit=step.turn))


def _called(part: ToolCallPart) -> Call:
    """Return a tool call as it was made; what ends a turn has no tool."""
    return Call(part.tool_name if part.tool_name in TOOLS else None, part.args_as_dict())


def _parts(messages: Sequence[ModelMessage]) -> Iterator[object]:
    for message in messages:
        yield from message.parts


def _told(messages: Sequence[ModelMessage]) -> ToolReturnPart | None:
    """Return how listServices last described the business."""
    for message in reversed(messages):
        for part in message.parts:
            if isinstance(part, ToolReturnPart) and part.tool_name == "listServices" and isinstance(part.content, dict):
                return part
    return None


def _classes(shop: Returned) -> tuple[str, ...]:
    """Return the services that are given as classes."""
    return tuple(one["name"] for one in shop["services"] if one.get("class"))


def _lasts(shop: Returned) -> tuple[tuple[str, int], ...]:
    """Return how many minutes each service takes."""
    return tuple((one["name"], one["minutes"]) for one in shop["services"])
