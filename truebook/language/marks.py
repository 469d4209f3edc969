"""Where the small words of a language stand in a text: "not", "otherwise", "as late as you can", "the first one"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from truebook.language.lists import WORDS, lists, spellings
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


@dataclass(slots=True)
class _Branch:
    next: dict[str, "_Branch"] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def words_of(text: str, language: str) -> list[Word]:
    """Return the words of a text in order, as they are usually spelled."""
    usual = spellings(language)
    found = ((_DRAWN_OUT.sub(r"\1", plain(m.group()).replace(" ", "")), m) for m in _WORD.finditer(text))
    return [Word(usual.get(word, word), m.start(), m.end()) for word, m in found]


@cache
def _tree(language: str) -> _Branch:
    root = _Branch()
    for key, phrases in lists(language).items():
        for phrase in () if key in WORDS else phrases:
            branch = root
            for word in phrase.split():
                branch = branch.next.setdefault(word, _Branch())
            branch.keys.add(key)
    return root


def marks(words: Sequence[Word], language: str) -> list[Mark]:
    """Return the phrases among words, of every list the longest at each place, in text order."""
    return [mark for first in range(len(words)) for mark in _at(words, first, _tree(language))]


def phrases(words: Sequence[Word], wanted: frozenset[str]) -> dict[int, int]:
    """Return where phrases of one list stand: the first word of each, and the last; the longest at each place."""
    longest, found = max((len(one.split()) for one in wanted), default=0), dict[int, int]()
    for first in range(len(words)):
        for last in range(min(first + longest, len(words)) - 1, first - 1, -1):
            if " ".join(word.text for word in words[first : last + 1]) in wanted:
                found[first] = last
                break
    return found


def _at(words: Sequence[Word], first: int, tree: _Branch) -> Iterator[Mark]:
    branch, longest = tree, dict[str, int]()
    for place in range(first, len(words)):
        step = branch.next.get(words[place].text)
        if step is None:
            break
        branch = step
        longest |= dict.fromkeys(branch.keys, place)
    for key, last in longest.items():
        yield Mark(key, first, last, words[first].start, words[last].end)
