"""How words are compared: tokens, folded case and accents, and the short notation of the word tables."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
GROUP = re.compile(r"\(([^()]*)\)")
QUOTES = str.maketrans("’‘´`ʼ", "'''''")
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"}


class Token(NamedTuple):
    """A number, a word or a sign, folded."""

    text: str
    start: int
    end: int
    glued: bool  # no space before it
    capital: bool = False  # the first letter, and only it, is a capital


def fold(word: str) -> str:
    """Return a word without case and accents."""
    word = word.translate(QUOTES)
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text."""
    found, last = [], -1
    for match in TOKEN.finditer(text):
        found.append(
            Token(fold(match.group()), match.start(), match.end(), match.start() == last, match.group().istitle())
        )
        last = match.end()
    return found


def variants(spellings: str) -> Iterator[str]:
    """Yield every spelling that a table's string such as "nächste(r|n|)|kommende" stands for."""
    depth, start = 0, 0
    for at, letter in enumerate(f"{spellings}|"):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            if spelling := spellings[start:at].strip():
                yield from _endings(spelling)
            start = at + 1


def _endings(spelling: str) -> Iterator[str]:
    group = GROUP.search(spelling)
    if group is None:
        yield spelling
        if any(letter in UMLAUTS for letter in spelling):
            yield "".join(UMLAUTS.get(letter, letter) for letter in spelling)
        return
    for ending in group.group(1).split("|"):
        yield from _endings(spelling[: group.start()] + ending + spelling[group.end() :])
