"""What a tool tells the model, and whether the customer has agreed to what is about to be done."""

from uuid import UUID

from truebook.assistant.acts import ReadBack, Receipt, Refused, Securing, Time
from truebook.assistant.consent import agrees
from truebook.assistant.tools.agent import Outcome
from truebook.assistant.turn import Turn


async def agreed(turn: Turn, purpose: str, *concerned: UUID) -> ReadBack | None:
    """Return what the customer says yes to: exactly this, and read back in the answer before their message."""
    wanted = (purpose, *map(str, concerned))
    asked = next((act for act in turn.last_acts if isinstance(act, ReadBack) and _concerns(act) == wanted), None)
    return asked if asked and await agrees(turn, asked) else None


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


def _concerns(act: ReadBack) -> tuple[str, ...]:
    before = (act.before.id,) if act.before else ()
    return act.purpose, act.time.id, *before, *(one.id for one in act.also)
