"""Did the customer say yes to what was read back? The desk judges that itself; no model is asked.

A yes that goes on to another booking ("yes, and a colour on saturday") is judged by itself.
"""

import asyncio
from dataclasses import replace
from typing import Literal
from zoneinfo import ZoneInfo

from truebook.assistant.acts import ReadBack, Time
from truebook.assistant.offline import clock_of
from truebook.assistant.turn import Turn
from truebook.language import dialogue
from truebook.language.dialogue import Asked, Desk, Named, Slot
from truebook.language.several import heard_one_by_one
from truebook.tenants.catalogue import Catalogue

ASKED: dict[str, Literal["booking", "move", "cancel"]] = {
    "book": "booking", "request": "booking", "move": "move", "cancel": "cancel",
}  # fmt: skip


async def agrees(turn: Turn, asked: ReadBack) -> bool:
    """Tell whether the message being answered agrees to asked exactly as it was read back."""
    return await asyncio.to_thread(_agrees, turn, asked)


def _agrees(turn: Turn, asked: ReadBack) -> bool:
    now = turn.now.astimezone(ZoneInfo(asked.time.zone)).replace(tzinfo=None)
    state = replace(dialogue.begin(_desk(turn.catalogue)), language=turn.language, aim=_aim(asked))
    said: list[dialogue.Act] = [dialogue.ReadBack(_slot(asked.time)), Asked(ASKED[asked.purpose])]
    heard = heard_one_by_one(dialogue.heard_assistant(state, said, now), turn.text, now)[0].meaning
    asks_it_again = asked.purpose in ("move", "cancel") and heard.intent == "confirm"
    return heard.agreed or (asks_it_again and not (heard.changed or heard.refused or heard.question))


def _aim(asked: ReadBack) -> Literal["book", "move", "cancel"]:
    return "book" if asked.purpose == "request" else asked.purpose


def _desk(shop: Catalogue) -> Desk:
    return Desk(
        services=tuple(Named(one.name, one.name, tuple(one.synonyms)) for one in shop.services),
        staff=tuple(Named(one.name, one.name, tuple(one.synonyms)) for one in shop.staff),
        opens=clock_of(shop.opens_minute),
        closes=clock_of(shop.closes_minute),
        languages=tuple(shop.account.languages),
    )


def _slot(one: Time) -> Slot:
    local = one.local
    return Slot(one.id, one.service, one.staff, local.date(), local.time())
