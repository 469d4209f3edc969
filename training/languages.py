"""Learning which language a text is in: how often each piece of a word occurs in the examples of each language."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from truebook.language import idiom
from truebook.language.idiom import STEP, pieces
from truebook.language.languages import LANGUAGES

IDIOMS = Path(idiom.__file__).with_suffix(".bin")

_SMOOTH = 0.3
_RARE = 2  # what occurs less often is left out
_LARGEST = 255


def table(texts: Iterable[tuple[str, str]]) -> dict[int, bytes]:
    """Return, for each piece, how much less likely it is in each language than in its own; texts with language."""
    counts: Mapping[str, Counter[int]] = {language: Counter() for language in LANGUAGES}
    for language, text in texts:
        counts[language].update(pieces(text))
    known = Counter[int]()
    for each in counts.values():
        known.update(each)
    sums = {language: each.total() + _SMOOTH * len(known) for language, each in counts.items()}
    return {
        piece: _distances([math.log((counts[code][piece] + _SMOOTH) / sums[code]) for code in LANGUAGES])
        for piece in sorted(known)
        if known[piece] >= _RARE
    }


def _distances(logs: list[float]) -> bytes:
    best = max(logs)
    return bytes(min(_LARGEST, round((best - one) / STEP)) for one in logs)


def packed(found: Mapping[int, bytes]) -> bytes:
    """Return the bytes of a table: a hash of four bytes and a byte a language, piece by piece."""
    return b"".join(piece.to_bytes(4, "little") + row for piece, row in sorted(found.items()))
