"""What of a clause is looked at: words, pairs of words, pieces of words, and each of them after what the desk said.

The same function is used to learn and to read, so a change here wants new weights (`make train`).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

_TOKENS = re.compile(r"\{[a-z]+\}|[^\W\d_]+|\d+|[?!]|[^\w\s.,;:()\"'’-]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)")
_LONG_RUNS = re.compile(r"(.)\1{2,}")
_SHORTEST, _LONGEST = 2, 5
_PIECES = 0.5  # what a piece of a word weighs against a word
_THREE = 0.7  # three words in a row
_SAID = 1.4  # what the desk had said, alone
_SHORT = 5  # words: a longer clause depends less on what was said before it


def features(clause: str, after: str) -> dict[int, float]:
    """Return the features of a masked clause, said after what the desk said, as hashes with their weights."""
    words = tokens(clause)
    found: dict[int, float] = {}
    for name, weight in _words(words):
        found[hashed(name)] = weight
    for word in words:
        for piece in pieces(word):
            found[piece] = _PIECES
    found |= _states(words, after)
    length = sum(value * value for value in found.values()) ** 0.5
    return {key: value / length for key, value in found.items()}


def tokens(clause: str) -> list[str]:
    """Return the words, values and marks of a clause in lower case, without accents, digits as "0"."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", clause.casefold()))
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    short = _LONG_RUNS.sub(r"\1\1", bare)
    return ["0" if token.isdigit() else token for token in _TOKENS.findall(short)]


def _words(words: list[str]) -> Iterator[tuple[str, float]]:
    framed = ["^", *words, "$"]
    yield from ((f"1 {word}", 1.0) for word in words)
    yield from ((f"2 {a} {b}", 1.0) for a, b in pairwise(framed))
    yield from ((f"3 {a} {b} {c}", _THREE) for a, b, c in zip(framed, framed[1:], framed[2:], strict=False))


@lru_cache(maxsize=8192)
def pieces(word: str) -> tuple[int, ...]:
    """Return the hashes of all pieces of a word."""
    if word.startswith("{") or not word.isalpha():
        return ()
    framed = f"<{word}>"
    sizes = range(_SHORTEST, min(_LONGEST, len(framed)) + 1)
    return tuple(hashed(f"c {framed[i : i + n]}") for n in sizes for i in range(len(framed) - n + 1))


def _states(words: list[str], after: str) -> dict[int, float]:
    weight = min(1.0, _SHORT / max(1, len(words)))
    told = dict.fromkeys((hashed(f"s {after} {word}") for word in words), weight)
    return told | {hashed(f"s {after}"): _SAID, hashed(f"s {after} #{min(len(words), 8)}"): 0.7}


@lru_cache(maxsize=65536)
def hashed(name: str) -> int:
    """Return the number of a feature."""
    return crc32(name.encode())
