"""How much a language model may use: what it may write in one answer, and what it may read and write in all."""

from dataclasses import dataclass


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
