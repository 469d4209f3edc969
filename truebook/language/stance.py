"""Whether a message says yes or no, and whether the yes is whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truebook.language.lexicon import Lexicon
from truebook.language.text import Clause


@dataclass(frozen=True, slots=True)
class Stance:
    """Yes and no of one message; a hedged yes agrees to nothing."""

    yes: bool
    no: bool
    hedged: bool
    doubtful: bool
    firm: bool  # the yes is more than a word of praise before a question

    @property
    def agrees(self) -> bool:
        """Tell whether it is a plain yes."""
        return self.yes and not (self.no or self.hedged or self.doubtful)

    @property
    def accepts(self) -> bool:
        """Tell whether it is a plain yes that also takes what was only offered."""
        return self.yes and self.firm and not (self.no or self.hedged)


def stance(clauses: Sequence[Clause], lexicon: Lexicon) -> Stance:
    """Return the stance of the clauses of a message; what is asked is neither yes nor no."""
    parts = [part for clause in clauses for part in _split(clause, lexicon)]
    told = [c.text for c in parts if not (c.asked or lexicon.question.search(c.text))]
    bare = [lexicon.not_no.sub(" ", c).strip() for c in told]
    leaves = any(lexicon.farewell.search(c) for c in told)
    said = [c for c in told if not lexicon.acknowledgement.fullmatch(c)] if leaves or len(told) < len(parts) else told
    return Stance(
        yes=any(lexicon.yes.search(c) for c in said),
        no=any(lexicon.no.search(c) for c in bare),
        hedged=any(lexicon.hedge.search(c) for c in bare),
        doubtful=any(lexicon.doubtful.search(c) for c in bare),
        firm=len(told) == len(parts) or any(lexicon.yes.search(c) and not lexicon.praise.fullmatch(c) for c in said),
    )


def _split(clause: Clause, lexicon: Lexicon) -> Iterator[Clause]:
    """Cut "yes what is the address" into its yes and its question."""
    for start in (m.end() for m in re.finditer(r"\w+ ", clause.text)):
        head, rest = clause.text[:start].strip(), clause.text[start:]
        if lexicon.question.search(rest) and lexicon.yes.search(head) and not lexicon.question.search(head):
            yield Clause(head, False)
            yield Clause(rest, True)
            return
    yield clause
