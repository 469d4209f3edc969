"""Did the customer say yes to what was read back? The desk judges that itself; no model is asked.

A yes that goes on to another booking ("yes, and a colour on saturday") is judged by itself.
"""

import asyncio
from zoneinfo import ZoneInfo

from truebook.assistant.acts import ReadBack, Time
from truebook.assistant.desks import desk_of
from truebook.assistant.turn import Turn
from truebook.language import dialogue
from truebook.language.state import Asked, Question, Slot
from truebook.language.state import ReadBack as ReadBackSaid

ASKED: dict[str, Question] = {
    "book": "booking", "take": "booking", "request": "booking", "move": "move", "change": "move", "cancel": "cancel",
}  # fmt: skip


async def agrees(turn: Turn, asked: ReadBack) -> bool:
    """Tell whether the message being answered agrees to asked exactly as it was read back."""
    return await asyncio.to_thread(_agrees, turn, asked)


def _agrees(turn: Turn, asked: ReadBack) -> bool:
    now = turn.now.astimezone(ZoneInfo(asked.time.zone)).replace(tzinfo=None)
    state = dialogue.begin(desk_of(turn.catalogue), language=turn.language)
    state = dialogue.heard_assistant(state, [ReadBackSaid(_slot(asked.time)), Asked(ASKED[asked.purpose])], now)
    return dialogue.heard_customer(state, turn.text, now).meaning.agreed


def _slot(one: Time) -> Slot:
    local = one.local
    return Slot(one.id, one.service, one.staff, local.date(), local.time())
