"""Words that are no names: those of our own examples, of the small-word lists and of days, times and numbers."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from truebook.language.lists import lists
from truebook.language.text import plain
from truebook.language.words import table

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MASKED = re.compile(r"\{[a-z]+\}")
_OFTEN = 2  # a word that one writer wrote once may be a name after all
NAMES_TOO = frozenset("mark will max sara costa rosa grace hope".split())
"""Ordinary words that are a name where they are written as one."""
_TIMES = {"de": "mal", "nl": "maal"}


@cache
def ordinary(language: str) -> frozenset[str]:
    """Return the words of a language, plain, that are hardly anybody's name."""
    said = files("truebook.language").joinpath("examples", f"{language}.txt").read_text()
    found = Counter(
        plain(word) for line in said.splitlines() for word in _WORDS.findall(_MASKED.sub(" ", line.partition("⟶")[0]))
    )
    listed = {word for phrases in lists(language).values() for phrase in phrases for word in phrase.split()}
    numbers = {plain(n.split("(")[0]) for spelled in table(language).numbers for n in spelled.split("|")}
    times = {number + _TIMES[language] for number in numbers} if language in _TIMES else set[str]()
    return frozenset({word for word, count in found.items() if count >= _OFTEN} | listed | numbers | times)
