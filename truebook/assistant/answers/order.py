"""When the parts of a visit begin, where that is asked: of what is read back, offered or booked, else of one ahead."""

from truebook.assistant import acts
from truebook.assistant.acts import Act, NameWanted, Offers, ReadBack, Receipt, Time
from truebook.assistant.turn import Say, Turn
from truebook.booking import queries
from truebook.db import Transaction


async def of(tx: Transaction, turn: Turn, say: Say | None) -> Time | None:
    """Return the visit whose parts are asked about; None where they are not, or there is none."""
    if say is None or "order" not in say.about:
        return None
    if told := next((one for act in reversed((*turn.last_acts, *turn.acts)) if (one := _visit(act))), None):
        return told
    ahead = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return next((one for mine in ahead if len((one := acts.time_of(mine)).segments) > 1), None)


def _visit(act: Act) -> Time | None:
    match act:
        case ReadBack(time=one) | Receipt(time=one) | NameWanted(time=Time() as one) | Offers(times=(one, *_)):
            return one if len(one.segments) > 1 else None
        case _:
            return None
