"""Who pays for a play: the business whose model is played against, out of its day's tokens, a turn at a time."""

from dataclasses import dataclass, replace

from truebook.assistant.models import admission
from truebook.assistant.models.admission import Admitted
from truebook.assistant.models.bounds import Bounds
from truebook.db import Database, Scope
from truebook.kernel.errors import Fact

SHARE = 2
"""Plays end when one part in so many of the day's tokens is used: the rest of it is for customers."""


class UsedUp(Fact):
    """The business's model may not be played against any more today."""

    code = "budget"


@dataclass(frozen=True, slots=True)
class Purse:
    """The tokens of a real business, in its own database; `bounds` are those of its model."""

    db: Database
    scope: Scope
    bounds: Bounds

    async def take(self) -> Admitted:
        """Reserve what a turn may cost at most; raise UsedUp where plays have had their share of the day."""
        admitted = await admission.reserve(self.db, self.scope, replace(self.bounds, day=self.bounds.day // SHARE))
        if admitted is None:
            raise UsedUp("plays have used their share of this day's tokens")
        return admitted

    async def pay(self, admitted: Admitted, tokens: int, requests: int) -> None:
        """Count what a turn has used; what was reserved and is left goes back."""
        await admission.pay(self.db, self.scope, admitted, tokens, requests)
