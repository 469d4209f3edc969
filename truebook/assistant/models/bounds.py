"""How much a language model may use, in one answer and in all, and why it is given up."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal["failed", "slow", "babbled", "broke", "circled", "spent"]
"""It could not be asked; took too long; wrote too much; used its tools wrongly; did the same again; is too dear."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Tokens: of one answer, of a whole turn with all it reads, and of a business's day (by UTC)."""

    answer: int = 1_000
    turn: int = 40_000
    day: int = 2_000_000


@dataclass(slots=True)
class Spent:
    """What a turn has used so far."""

    requests: int = 0
    read: int = 0
    written: int = 0

    @property
    def tokens(self) -> int:
        """All tokens together."""
        return self.read + self.written
