"""How long a language model may take. A booking under way is never cut short: only waiting for the model is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a model is waited for: with one request, from the first byte to the last, and in a whole turn.

    Then the offline engine answers, so that whoever waits at the other end is still there.
    """

    request: float = 8.0
    turn: float = 15.0


USUAL = Patience()
