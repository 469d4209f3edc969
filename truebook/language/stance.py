"""Whether a message says yes or no, and whether the yes is whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from truebook.language.lexicon import Lexicon
from truebook.language.text import Clause


@dataclass(frozen=True, slots=True)
class Stance:
    """Yes and no of one message; a hedged yes agrees to nothing."""

    yes: bool
    no: bool
    hedged: bool

    @property
    def agrees(self) -> bool:
        """Tell whether it is a plain yes."""
        return self.yes and not self.no and not self.hedged


def stance(clauses: Sequence[Clause], lexicon: Lexicon) -> Stance:
    """Return the stance of the clauses of a message; what is asked is neither yes nor no."""
    told = [c.text for c in clauses if not (c.asked or lexicon.question.search(c.text))]
    bare = [lexicon.not_no.sub(" ", c).strip() for c in told]
    said = told if len(told) == len(clauses) else [c for c in told if not lexicon.acknowledgement.fullmatch(c)]
    return Stance(
        yes=any(lexicon.yes.search(c) for c in said),
        no=any(lexicon.no.search(c) for c in bare),
        hedged=any(lexicon.hedge.search(c) for c in bare),
    )
