"""Words that are no names: those of our own examples, of the small-word lists and of days, times and numbers."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from babel import Locale

from truebook.language.languages import ours
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases, words_of
from truebook.language.names import given_names
from truebook.language.text import plain
from truebook.language.words import table

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MASKED = re.compile(r"\{[a-z]+\}")
_OFTEN = 2  # a word that one writer wrote once may be a name after all
_SHORTEST, _STEM = 4, 6  # letters of a word that says what a text is about, and of what is looked at of it
_EVERY_DAY = 15  # in how many of our examples a word stands that says nothing of that
NAMES_TOO = frozenset(
    "mark will max sara costa rosa grace hope eve june april may august dawn summer autumn mai juni noel abril".split()
)
"""Ordinary words that are a name where they are written as one."""
_TIMES = {"de": "mal", "nl": "maal"}


@cache
def ordinary(language: str) -> frozenset[str]:
    """Return the words of a language, plain, that are hardly anybody's name."""
    numbers = {plain(n.split("(")[0]) for spelled in table(language).numbers for n in spelled.split("|")}
    times = {number + _TIMES[language] for number in numbers} if language in _TIMES else set[str]()
    written = {word for word, count in _written(language).items() if count >= _OFTEN}
    countries = {plain(name) for name in Locale(ours(language)).territories.values()} - given_names()
    return frozenset(written | _listed(language) | numbers | times | countries)


@cache
def never_names(language: str) -> frozenset[str]:
    """Return the ordinary words of a language that are no name, even with a capital."""
    return ordinary(language) - NAMES_TOO


def is_strange(word: str, language: str) -> bool:
    """Tell whether a plain word is one that no example and no list has."""
    return word not in _written(language) and word not in ordinary(language)


def shared_words(one: str, other: str, language: str, besides: Iterable[str] = ()) -> int:
    """Return how many words two texts have in common that are not said every day, whatever their endings; whatever both
    are about by other words (eating and drinking, a doctor's letter) counts as one more.

    besides: names that count for nothing.
    """
    matters = [listed for matter, listed in lists_of("preparing", language).items() if matter != "heed"]
    ones, others = (rare_words(text, language, besides) for text in (one, other))
    both = sum(all(phrases(words_of(text, language), listed) for text in (one, other)) for listed in matters)
    return both + sum(any(a.startswith(b) or b.startswith(a) for b in others) for a in ones)


def mentions(text: str, name: str) -> bool:
    """Tell whether a text has all words of a name, whatever their endings."""
    words = [plain(word)[:_STEM] for word in _WORDS.findall(text)]
    return all(any(word.startswith(plain(one)[:_STEM]) for word in words) for one in _WORDS.findall(name))


def rare_words(text: str, language: str, besides: Iterable[str] = ()) -> frozenset[str]:
    """Return how the words of a text begin that are not said every day; besides: names that count for nothing."""
    named = frozenset(plain(word) for name in besides for word in _WORDS.findall(name))
    found = {plain(word) for word in _WORDS.findall(text)} - named - _listed(language)
    return frozenset(w[:_STEM] for w in found if len(w) >= _SHORTEST and _written(language)[w] <= _EVERY_DAY)


@cache
def _listed(language: str) -> frozenset[str]:
    """Return the words of the closed lists of a language."""
    return frozenset(word for phrases in lists(language).values() for phrase in phrases for word in phrase.split())


@cache
def _written(language: str) -> Counter[str]:
    said = files("truebook.language").joinpath("examples", f"{language}.txt").read_text()
    clauses = (_MASKED.sub(" ", line.partition("⟶")[0]) for line in said.splitlines())
    return Counter(plain(word) for clause in clauses for word in _WORDS.findall(clause))
