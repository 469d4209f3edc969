"""When the parts of a visit begin, or when it is over, where that is asked: of what is read back, offered or booked,
else of one ahead."""

from truebook.assistant import acts
from truebook.assistant.acts import Act, NameWanted, Offers, ReadBack, Receipt, Time
from truebook.assistant.turn import Say, Turn
from truebook.booking import queries
from truebook.db import Transaction


async def of(tx: Transaction, turn: Turn, say: Say | None) -> Time | None:
    """Return the visit whose parts, or whose length, are asked about; None where they are not, or there is none."""
    if say and "length" in say.about and "order" not in say.about:
        return await _that_stands(tx, turn, say)
    if say is None or "order" not in say.about:
        return None
    if told := next((one for act in reversed((*turn.last_acts, *turn.acts)) if (one := _visit(act))), None):
        return told
    ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return next((one for mine in ahead if len((one := acts.time_of(mine)).segments) > 1), None)


async def _that_stands(tx: Transaction, turn: Turn, say: Say) -> Time | None:
    """Return what is read back, or only lacks a name, or else the only visit ahead where nothing is being arranged, if
    it is of the one service that is asked about."""
    shown = [act.time for act in turn.acts if isinstance(act, ReadBack | NameWanted) and act.time]
    if shown and shown[-1].service == say.service:
        return shown[-1]
    if any(isinstance(act, ReadBack | NameWanted | Offers) for act in (*turn.last_acts, *turn.acts)):
        return None
    ahead = [acts.time_of(one) for one in await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)]
    alone = len(ahead) == 1 and len(ahead[0].segments) <= 1 and ahead[0].service == say.service
    return ahead[0] if alone else None


def _visit(act: Act) -> Time | None:
    match act:
        case ReadBack(time=one) | Receipt(time=one) | NameWanted(time=Time() as one) | Offers(times=(one, *_)):
            return one if len(one.segments) > 1 else None
        case _:
            return None
