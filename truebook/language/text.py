"""How a message is written down before it is understood: one spelling, clause by clause."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´\"″](?=\w)")
_BREAKS = re.compile(r"([!?;,\n–—…]+|\s-+\s|\.+(?=\s|$)|(?<=[a-z]{3})\.+(?=[A-Za-z]{2}))", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[!?\n]+|(?<!\b[\w])(?<!\bdr)(?<!\bmr)(?<!\bst)\.+(?=\s|$|[A-Z])", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w@+&:/.]+|(?<!\d)[.:/&]|[.:/&](?!\d)")


_SIGNS = str.maketrans(dict.fromkeys("👍👌✅🆗🙌", " ok, ") | dict.fromkeys("👎❌🚫", " no, "))


@dataclass(frozen=True, slots=True)
class Clause:
    """A plain clause of a message; asked: it ended with a question mark."""

    text: str
    asked: bool


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return text in lower case, without accents, apostrophes and punctuation, words one space apart."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_NOT_WORDS.sub(" ", bare).split())


def clauses(text: str) -> list[Clause]:
    """Return the plain clauses of text, cut at sentence marks and commas."""
    parts = [*_BREAKS.split(_APOSTROPHES.sub("", text.translate(_SIGNS))), ""]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [Clause(bare, "?" in mark) for part, mark in pairs if (bare := plain(part))]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of text starts and ends."""
    ends = [m.end() for m in _SENTENCE_ENDS.finditer(text)]
    bounds = sorted({0, *ends, len(text)})
    return list(pairwise(bounds))


def words(text: str) -> frozenset[str]:
    """Return the words of text as a set."""
    return frozenset(text.split())


def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern that finds any of the given ones as whole words of a plain text; of none, nothing."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)" if patterns else r"(?!)")
