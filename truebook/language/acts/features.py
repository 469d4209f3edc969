"""What of a clause is looked at: words, pairs of words, pieces of words, and each of them after what the desk said.

The same function is used to learn and to read, so a change here wants new weights (`make train`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from zlib import crc32

from truebook.language.remembering import remembers

_TOKENS = re.compile(r"\{[a-z]+\}|[^\W\d_]+|\d+|[?!]|[^\w\s.,;:()\"'’-]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)")
_LONG_RUNS = re.compile(r"(.)\1{2,}")
_SHORTEST, _LONGEST = 2, 5
_PIECES = 0.5  # what a piece of a word weighs against a word
_THREE = 0.7  # three words in a row
_SAID = 1.4  # what the desk had said, alone
_SHORT = 5  # words: a longer clause depends less on what was said before it


def features(clause: str, after: str) -> dict[int, float]:
    """Return the features of a masked clause, said after what the desk said, as hashes with their weights; the sum of
    their squares is 1."""
    found = features_of_words(clause) | features_of_place(clause, after)
    length = length_of(found)
    return {key: value / length for key, value in found.items()}


def features_of_words(clause: str) -> dict[int, float]:
    """Return those of the features of a clause that are the same wherever it is said, without their common measure."""
    words = tokens(clause)
    found = {hashed(name): weight for name, weight in _words(words)}
    return found | {piece: _PIECES for word in words for piece in pieces(word)}


def features_of_place(clause: str, after: str) -> dict[int, float]:
    """Return those of the features of a clause that tell what the desk said before it, without their common measure."""
    words = tokens(clause)
    weight = min(1.0, _SHORT / max(1, len(words)))
    told = {hashed(f"s {after} {word}"): weight for word in words}
    return told | {hashed(f"s {after}"): _SAID, hashed(f"s {after} #{min(len(words), 8)}"): 0.7}


def length_of(*found: Mapping[int, float]) -> float:
    """Return the square root of the sum of the squares of weights."""
    return sqrt(sum(value * value for one in found for value in one.values()))


@remembers(512)
def tokens(clause: str) -> tuple[str, ...]:
    """Return the words, values and marks of a clause in lower case, without accents, digits as "0"."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", clause.casefold()))
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    short = _LONG_RUNS.sub(r"\1\1", bare)
    return tuple("0" if token.isdigit() else token for token in _TOKENS.findall(short))


def _words(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    framed = ["^", *words, "$"]
    yield from ((f"1 {word}", 1.0) for word in words)
    yield from ((f"2 {a} {b}", 1.0) for a, b in pairwise(framed))
    yield from ((f"3 {a} {b} {c}", _THREE) for a, b, c in zip(framed, framed[1:], framed[2:], strict=False))


@remembers(8192)
def pieces(word: str) -> tuple[int, ...]:
    """Return the hashes of all pieces of a word."""
    if word.startswith("{") or not word.isalpha():
        return ()
    framed = f"<{word}>"
    sizes = range(_SHORTEST, min(_LONGEST, len(framed)) + 1)
    return tuple(hashed(f"c {framed[i : i + n]}") for n in sizes for i in range(len(framed) - n + 1))


@remembers(65536)
def hashed(name: str) -> int:
    """Return the number of a feature."""
    return crc32(name.encode())
