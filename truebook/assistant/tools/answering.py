"""What a tool tells the model, and whether the customer has agreed to what is about to be done."""

from typing import TypeVar
from uuid import UUID

from truebook.assistant.acts import ReadBack, Receipt, Refused, Securing, SeriesReadBack, WaitingReadBack, brief
from truebook.assistant.consent import agrees
from truebook.assistant.tools.agent import Outcome
from truebook.assistant.turn import Turn
from truebook.ledger import phones

Asked = TypeVar("Asked", ReadBack, SeriesReadBack, WaitingReadBack)


async def agreed(turn: Turn, kind: type[Asked], purpose: str, *concerned: UUID | str) -> Asked | None:
    """Return what the customer says yes to: exactly this, and read back in the answer before their message."""
    wanted = tuple(map(str, concerned))
    for act in turn.last_acts:
        if isinstance(act, kind) and act.purpose == purpose and act.concerns == wanted:
            return act if await agrees(turn, act) else None
    return None


async def must_be_proven(turn: Turn) -> bool:
    """Tell whether a booking counts here only once a code was typed: in the web chat, which vouches for nobody."""
    if turn.source != "web" or not turn.catalogue.account.confirms_by_code:
        return False
    return turn.by_mail or (await phones.reach(turn.db, turn.scope)).codes


def told(turn: Turn, done: Receipt | Refused | Securing) -> Outcome:
    """Note what was done, and tell the model."""
    turn.acts.append(done)
    match done:
        case Receipt():
            status = "booked" if done.topic == "requested" else done.topic
            return {"status": status, "slot": brief(done.time), "code": done.code}
        case Refused():
            return {"status": "refused", "reason": done.reason, "offers": [brief(one) for one in done.times]}
        case Securing():
            return {"status": "securing"}
