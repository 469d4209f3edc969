"""Did the customer say yes to what was read back? The desk judges that itself; no model is asked.

A yes that goes on to another booking ("yes, and a colour on saturday") is judged by itself, and so is one that goes on
to change what stands.
"""

import asyncio
from dataclasses import replace
from zoneinfo import ZoneInfo

from truebook.assistant import acts
from truebook.assistant.acts_of import slot_of
from truebook.assistant.desks import desk_of
from truebook.assistant.turn import Turn
from truebook.booking import queries
from truebook.language import dialogue
from truebook.language.state import Act, Asked, Booked, Question, ReadBack, Slot

ASKED: dict[str, Question] = {
    "book": "booking", "take": "booking", "request": "booking", "book_series": "booking", "wait": "booking",
    "move": "move", "change": "move", "places": "move",
    "cancel": "cancel", "cancel_series": "cancel", "wait_no_more": "cancel",
}  # fmt: skip
"""What kind of yes a purpose asks for: "cancel it" is one to a cancellation, and none to a booking."""


async def agrees(turn: Turn, asked: acts.Question) -> bool:
    """Tell whether the message being answered agrees to asked exactly as it was read back."""
    async with turn.db.reading(turn.scope) as tx:
        mine = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    standing = tuple(slot_of(acts.brief(acts.time_of(one))) for one in mine)
    return await asyncio.to_thread(_agrees, turn, asked, standing)


def _agrees(turn: Turn, asked: acts.Question, standing: tuple[Slot, ...]) -> bool:
    now = turn.now.astimezone(ZoneInfo(turn.catalogue.account.timezone)).replace(tzinfo=None)
    state = dialogue.begin(desk_of(turn.catalogue), language=turn.language)
    said: list[Act] = [Booked(slot_of(acts.brief(one.time))) for one in turn.last_acts if isinstance(one, acts.Receipt)]
    said += [ReadBack(_slot(asked), asked.again), Asked(ASKED[asked.purpose])]
    state = replace(dialogue.heard_assistant(state, said, now), standing=standing)
    return dialogue.heard_customer(state, turn.text, now).meaning.agreed


def _slot(asked: acts.Question) -> Slot:
    """Return what may be named along with a yes, just as it stands: of a list, only what all of it shares."""
    if isinstance(asked, acts.WaitingReadBack):
        entry = asked.entries[0]
        alone = len(asked.entries) == 1
        return Slot(entry.id, entry.service if alone else "", entry.staff if alone else "")
    whom = asked.whom.name if asked.whom else ""
    dates = len(asked.dates) if isinstance(asked, acts.SeriesReadBack) else 1
    return replace(slot_of(acts.brief(asked.time)), whom=whom, dates=dates)
