"""How many appointments somebody may have ahead through a chat: whoever wants more talks to a person.

It is looked at before anything is read back. What was agreed to is booked, also where the turn runs again.
"""

from typing import Any

from pydantic_ai import RunContext
from pydantic_ai.capabilities import AbstractCapability, WrapToolExecuteHandler
from pydantic_ai.messages import ToolCallPart
from pydantic_ai.tools import ToolDefinition

from truebook.assistant.acts import ReadBack, Refused, SeriesReadBack
from truebook.assistant.tools.agent import Outcome
from truebook.assistant.turn import Turn
from truebook.booking import queries

BOOKING = ("bookAppointment", "bookSeries")
REASON = "too_many_ahead"


class Capping(AbstractCapability[Turn]):
    """Refuses to read back one appointment more than may be ahead."""

    async def wrap_tool_execute(
        self,
        ctx: RunContext[Turn],
        *,
        call: ToolCallPart,
        tool_def: ToolDefinition,
        args: dict[str, Any],
        handler: WrapToolExecuteHandler,
    ) -> Any:
        """Let a call through, or refuse in its place."""
        return await too_many(ctx.deps, tool_def.name, args) or await handler(args)


async def too_many(turn: Turn, tool: str, args: dict[str, Any]) -> Outcome | None:
    """Return the refusal of a tool call that would read back one appointment too many; None for any other."""
    if tool not in BOOKING or _read_back(turn, args) or await _ahead(turn) < turn.most_ahead:
        return None
    turn.acts.append(Refused(reason=REASON))
    return {"status": "refused", "reason": REASON, "offers": []}


def _read_back(turn: Turn, args: dict[str, Any]) -> bool:
    wanted = str(args.get("offer_id"))
    return any(
        isinstance(act, SeriesReadBack) or (isinstance(act, ReadBack) and act.time.id == wanted)
        for act in turn.last_acts
    )


async def _ahead(turn: Turn) -> int:
    async with turn.db.reading(turn.scope) as tx:
        return await queries.ahead(tx, turn.conversation_id, turn.customer.id, turn.now)
