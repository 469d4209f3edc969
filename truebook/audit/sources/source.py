"""What an audit needs of a database: its picture, and answers to narrow read-only questions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from truebook.audit.model import Database, Engine, Table
from truebook.kernel.errors import Fact

Row = tuple[Any, ...]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is to do."""


USED_UP = "used_up"
"""The code of a question for which no time was left."""
GUARDED = "guarded"
"""The code of a question that was not asked, since asking would run code of the database's users."""


class Unreadable(Fact):
    """The database cannot be opened or read at all."""

    code = "unreadable"


STOPPED = frozenset(
    {"57014", "55P03", "42501", "25006", GUARDED, USED_UP, "SQLITE_INTERRUPT", "SQLITE_BUSY", "SQLITE_READONLY"}
)
"""Codes of questions that were not answered for another reason than what they asked."""


class ProbeFailed(Exception):
    """A question the database refused; `code` is an SQLSTATE (or sqlite's error name)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def gave_up(self) -> bool:
        """Tell whether time, locks, rights or the read-only mode stood in the way, rather than the question itself."""
        return self.code in STOPPED


@dataclass(frozen=True)
class Limits:
    """How hard an audit may lean on a database: seconds a statement, and rows above which tables are sampled.

    With `run_code` it may run functions that the database's users wrote: those in defaults, CHECKs and indexes.
    """

    timeout: float = 30.0
    sample_above: int = 200_000
    schemas: tuple[str, ...] = ()
    run_code: bool = False
    budget: float = 900.0
    """Seconds the whole audit may ask; what comes later is not checked, and said so."""


@dataclass
class Budget:
    """The time an audit has: for one statement, and for all of them together."""

    limits: Limits
    until: float = 0.0

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.limits.budget

    def seconds(self) -> float:
        """Return how long the next statement may take; raise ProbeFailed where no time is left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise ProbeFailed(USED_UP, f"the {self.limits.budget:.0f} s for the whole audit are used up")
        return min(self.limits.timeout, left)


class Source(Protocol):
    """A database open for reading."""

    engine: Engine
    limits: Limits
    notes: list[str]

    def read(self, progress: Progress) -> Database:
        """Return the picture of the whole database."""
        ...

    def rows(self, sql: str) -> list[Row]:
        """Return the answer to one read-only question; raise ProbeFailed."""
        ...

    def sample(self, table: Table) -> str:
        """Return what to put after FROM: the table, or above the size limit a repeatable sample of it."""
        ...

    def sampled(self, table: Table) -> bool:
        """Tell whether `sample` gives less than the whole table."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


def normalised(expression: str) -> str:
    """Return SQL for the spelling in which ids are compared: text, lower case, no dashes (both engines)."""
    return f"replace(lower(CAST({expression} AS text)), '-', '')"
