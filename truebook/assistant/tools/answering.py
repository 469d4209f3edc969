"""What a tool tells the model, and whether the customer has agreed to what is about to be done."""

from typing import TypeVar
from uuid import UUID

from truebook.assistant.acts import ReadBack, Receipt, Refused, Securing, SeriesReadBack, Time, WaitingReadBack
from truebook.assistant.consent import agrees
from truebook.assistant.tools.agent import Outcome
from truebook.assistant.turn import Turn

Asked = TypeVar("Asked", ReadBack, SeriesReadBack, WaitingReadBack)


async def agreed(turn: Turn, kind: type[Asked], purpose: str, *concerned: UUID | str) -> Asked | None:
    """Return what the customer says yes to: exactly this, and read back in the answer before their message."""
    wanted = tuple(map(str, concerned))
    for act in turn.last_acts:
        if isinstance(act, kind) and act.purpose == purpose and act.concerns == wanted:
            return act if await agrees(turn, act) else None
    return None


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


def brief(one: Time) -> Outcome:
    """Return what the model needs to know of a time."""
    local = one.local
    several = [
        {"service": part.service, "staff": part.staff, **({"guest": part.guest} if part.guest else {})}
        for part in one.segments
    ]
    return {
        "id": one.id, "service": one.service, "staff": one.staff,
        "day": local.date().isoformat(), "time": local.strftime("%H:%M"), "minutes": one.minutes,
        **({"parts": several} if several else {}),
        **({"seats": one.seats} if one.seats else {}),
    }  # fmt: skip
