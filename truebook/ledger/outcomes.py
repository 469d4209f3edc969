"""What became of a message: the order of the states, and which of two reports counts."""

from collections.abc import Iterable
from typing import Literal, get_args

Outcome = Literal["sending", "unknown", "accepted", "held", "sent", "delivered", "read", "played", "failed"]
Reported = Literal["accepted", "held", "sent", "delivered", "read", "played", "failed"]
"""What a provider may say of a message."""
REPORTED: frozenset[str] = frozenset(get_args(Reported))
LADDER: dict[str, int] = {
    "sending": 0, "unknown": 1, "held": 2, "accepted": 3, "sent": 4, "failed": 5,
    "delivered": 6, "read": 7, "played": 8,
}  # fmt: skip
"""`failed` beats everything up to `sent`; `delivered` and better are proof, and beat `failed` (several devices)."""
ARRIVED: frozenset[str] = frozenset({"delivered", "read", "played"})
OPEN: frozenset[str] = frozenset({"sending", "unknown"})
"""Nobody knows yet whether the provider has it."""


def later(before: Outcome, reported: Outcome) -> Outcome:
    """Return what counts after a report, in whatever order reports come: a state never goes back."""
    return reported if LADDER[reported] > LADDER[before] else before


def overall(attempts: Iterable[Outcome]) -> Outcome:
    """Return how far a message has come by all its attempts, in their order: what arrived counts, else the last try."""
    tried = list(attempts)
    arrived = [one for one in tried if one in ARRIVED]
    return max(arrived, key=LADDER.__getitem__) if arrived else tried[-1]
