"""The offline engine's loop: it is asked for a tool call, the tool answers, and so on until it says how the turn ends.

An agent does the same, and much besides that only models of others need: of the processor time of a turn, a quarter.
"""

from typing import Any

from pydantic import ValidationError
from pydantic_ai import ModelRetry, RunContext
from pydantic_ai.exceptions import UsageLimitExceeded
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ToolCallPart,
    ToolReturnPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RunUsage

from truebook.assistant.capping import too_many
from truebook.assistant.past.calls import ENDING
from truebook.assistant.tools.agent import toolset
from truebook.assistant.turn import Say, Turn

PARAMETERS = ModelRequestParameters(output_tools=[ToolDefinition(name=ENDING)])


async def work(turn: Turn, model: Model[Any], messages: list[ModelMessage], *, most: int) -> Say:
    """Return how the turn ends; what was called and answered is added to the messages as it happens.

    Raises UsageLimitExceeded where that takes more than `most` requests.
    """
    context = RunContext(deps=turn, model=model, usage=RunUsage(), messages=messages)
    for _ in range(most):
        answer = await model.request(messages, None, PARAMETERS)
        messages.append(answer)
        for call in answer.parts:
            if isinstance(call, ToolCallPart):
                if call.tool_name == ENDING:
                    say = Say.model_validate(call.args_as_dict())
                    messages.append(ModelRequest(parts=[ToolReturnPart(ENDING, "", tool_call_id=call.tool_call_id)]))
                    return say
                messages.append(ModelRequest(parts=[await _answered(context, call)]))
    raise UsageLimitExceeded(f"the turn has not ended after {most} requests")


async def _answered(context: RunContext[Turn], call: ToolCallPart) -> ModelRequestPart:
    """Return what a tool answers; where it cannot work with what it was given, that."""
    schema = toolset.tools[call.tool_name].function_schema
    try:
        given = schema.validator.validate_json(call.args_as_json_str())
        returned = await too_many(context.deps, call.tool_name, given) or await schema.call(given, context)
    except (ModelRetry, ValidationError) as error:
        return ToolReturnPart(call.tool_name, str(error), tool_call_id=call.tool_call_id, outcome="retried")
    return ToolReturnPart(call.tool_name, returned, tool_call_id=call.tool_call_id)
