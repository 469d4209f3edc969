"""Why a wish cannot be met: named facts with data. Each channel says them in its own way."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from truebook.booking.model import Slot
from truebook.kernel.errors import Fact, Invalid


class Refusal(Fact):
    """A wish that cannot be met, and what could be instead. Nothing was changed."""

    code = "refused"

    def __init__(self, message: str, *, nearest: Sequence[Slot] = (), **data: Any) -> None:
        super().__init__(message, **data)
        self.nearest = tuple(nearest)


class SlotTaken(Refusal):
    """Somebody else has that time."""

    code = "booked"


class BufferTaken(Refusal):
    """The time itself is free, but too close to the appointment before or after."""

    code = "buffer"


class Closed(Refusal):
    """Outside the opening hours of that day."""

    code = "closed"


class Away(Refusal):
    """A day off; `data["reason"]` may say which."""

    code = "blackout"


class TooSoon(Refusal):
    """In the past, or with less notice than the business asks for."""

    code = "notice"


class TooFar(Refusal):
    """Beyond the horizon up to which the business gives appointments."""

    code = "horizon"


class NotOffered(Refusal):
    """That member of staff does not offer that service."""

    code = "not_offered"


class TooLateToCancel(Refusal):
    """The business asks for more notice before a cancellation or a move."""

    code = "cancel_notice"


class WrongStatus(Refusal):
    """An appointment in that status cannot be changed that way."""

    code = "status"


class HoldExpired(Refusal):
    """The time was held for a while, and the while is over."""

    code = "hold_expired"


class Stale(Refusal):
    """The appointment was changed by somebody else meanwhile; `data["version"]` is the current one."""

    code = "stale"


class InTheWay(Refusal):
    """Appointments stand in the way of it; `data["appointments"]` are they, each with id, code, customer and start."""

    code = "in_the_way"


class TooMuch(Invalid):
    """A question whose answer would take too long, or be too long; it says how to ask for less."""

    code = "too_much"


class KeyReused(Fact):
    """An idempotency key that belongs to another request."""

    code = "key_reused"


class OutcomeUnknown(Fact):
    """It is not known whether the change was committed; it is being found out."""

    code = "outcome_unknown"

    def __init__(self, appointment_id: UUID | None, xid: int | None) -> None:
        super().__init__("the outcome is not known yet: nothing is certain until it has been found out")
        self.appointment_id = appointment_id
        self.xid = xid


REFUSALS: dict[str, type[Refusal]] = {
    kind.code: kind
    for kind in (
        SlotTaken,
        BufferTaken,
        Closed,
        Away,
        TooSoon,
        TooFar,
        NotOffered,
        TooLateToCancel,
        WrongStatus,
        HoldExpired,
        Stale,
        InTheWay,
    )
}
"""Every refusal by its public code, to bring a stored one back to life."""
