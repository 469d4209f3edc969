"""How long a language model may take. A booking under way is never cut short: only waiting for the model is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_ai import RunContext
from pydantic_ai.settings import ModelSettings


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a model is waited for: with one request, its SDK's own retries included, and in a whole turn.

    A turn stays below the minute for which `truebook chat` waits, and the customer's next message behind it.
    """

    request: float = 30.0
    turn: float = 50.0

    def begin(self) -> Callable[[RunContext[Any]], ModelSettings]:
        """Return what gives each request of a turn that begins now the time it may take."""
        end = time.monotonic() + self.turn
        return lambda _: ModelSettings(request_timeout=max(0.0, min(self.request, end - time.monotonic())))


USUAL = Patience()
