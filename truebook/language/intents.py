"""Which intents the words of a message speak for."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from truebook.language.lexicon import Lexicon
from truebook.language.state import Intent

SIDE_QUESTIONS: tuple[Intent, ...] = ("price", "hours", "address", "duration", "services")
REQUESTS: tuple[Intent, ...] = ("person", "cancel", "move", "late", "mine", "book", "availability")
_SETTLED = 2.0  # a score from here on stands alone


def scores(clauses: Sequence[str], lexicon: Lexicon) -> dict[Intent, float]:
    """Return how strongly the plain clauses speak for each intent; the strongest clause counts."""
    heads = [lexicon.heads(clause) for clause in clauses]
    found: dict[Intent, float] = {}
    for intent, cues in lexicon.cues.items():
        told = [texts for texts in heads if intent != "book" or not lexicon.question.search(texts[1])]
        best = max((_clause_score(cues, texts) for texts in told), default=0.0)
        if best > 0:
            found[cast(Intent, intent)] = best
    return found


def _clause_score(cues: list[tuple[float, re.Pattern[str]]], texts: tuple[str, ...]) -> float:
    return sum(weight for weight, pattern in cues if any(pattern.search(text) for text in texts))


def requests(found: Mapping[Intent, float]) -> list[Intent]:
    """Return the requests that stand alone, the strongest first."""
    strong = [i for i in REQUESTS if found.get(i, 0) >= _SETTLED]
    return sorted(strong, key=lambda i: -found[i])


def side_questions(found: Mapping[Intent, float]) -> tuple[Intent, ...]:
    """Return the side questions, in a fixed order."""
    return tuple(i for i in SIDE_QUESTIONS if found.get(i, 0) >= _SETTLED)
