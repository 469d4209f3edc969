"""Where the small words of a language stand in a text: "not", "otherwise", "as late as you can", "the first one"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from truebook.language.lists import WORDS, lists
from truebook.language.remembering import remembers
from truebook.language.text import plain

PLACES = ("first", "second", "third", "fourth")
"""The lists of what points at a place among what was offered."""
_WORD = re.compile(r"[^\W_]+(?:['’‘`´″\"][^\W_]+)*")
_DRAWN_OUT = re.compile(r"([^\W\dx])\1{2,}")  # "yesss", "ouiii"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, plain, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase of one of the lists; first and last are the places of its words, start and end its characters."""

    key: str
    first: int
    last: int
    start: int
    end: int


@remembers(512)  # of one message they are asked for some twenty times
def words_of(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    found = [(_DRAWN_OUT.sub(r"\1", m.group().casefold()), m) for m in _WORD.finditer(text)]  # not that of "tweeën"
    return tuple(Word(plain(word).replace(" ", ""), m.start(), m.end()) for word, m in found)


@cache
def _phrases(language: str) -> dict[str, list[str]]:
    """Return every phrase of a language, with the lists in which it stands."""
    found: dict[str, list[str]] = {}
    for key, listed in lists(language).items():
        for phrase in () if key in WORDS else listed:
            found.setdefault(phrase, []).append(key)
    return found


def marks(words: Sequence[Word], language: str) -> list[Mark]:
    """Return the phrases among words, of every list the longest at each place, in text order."""
    known, begins, found = _phrases(language), _beginnings(language), list[Mark]()
    for first, word in enumerate(words):
        text, best = "", dict[str, int]()
        for last in range(first, min(first + begins.get(word.text, 0), len(words))):
            text = f"{text} {words[last].text}" if text else word.text
            best |= dict.fromkeys(known.get(text, ()), last)
        found += [Mark(key, first, last, word.start, words[last].end) for key, last in best.items()]
    return found


@cache
def _beginnings(language: str) -> Mapping[str, int]:
    return _begins(frozenset(_phrases(language)))


def places_of(*found: Mapping[int, int]) -> set[int]:
    """Return which words belong to phrases, as `phrases` finds them."""
    return {at for one in found for first, last in one.items() for at in range(first, last + 1)}


@lru_cache(maxsize=2048)
def _begins(wanted: frozenset[str]) -> Mapping[str, int]:
    """Return the words with which phrases begin, and how many words the longest of each has."""
    longest = dict[str, int]()
    for one in wanted:
        first, *rest = one.split()
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


def phrases(words: Sequence[Word], wanted: frozenset[str]) -> dict[int, int]:
    """Return where phrases of one list stand: the first word of each, and the last; the longest at each place."""
    begins, found = _begins(wanted), dict[int, int]()
    for first in [at for at, word in enumerate(words) if word.text in begins]:
        for last in range(min(first + begins[words[first].text], len(words)) - 1, first - 1, -1):
            if " ".join([one.text for one in words[first : last + 1]]) in wanted:
                found[first] = last
                break
    return found
