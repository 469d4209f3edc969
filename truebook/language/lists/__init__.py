"""The closed lists of small words in each language, as data: what forbids, orders, points back, says a plain yes.

A list holds phrases between "|", endings in parentheses as in the tables of time words. What people mean by whole
sentences is not here but learned (`truebook.language.acts`).
"""

from functools import cache

from truebook.language.languages import data, ours
from truebook.language.temporal.spelling import variants
from truebook.language.text import plain

WORDS = ("common", "trade", "courtesy")
"""Lists that are sets of single words, not phrases."""


@cache
def lists(language: str) -> dict[str, frozenset[str]]:
    """Return the lists of a language by name, every entry plain; English where we do not speak the language."""
    table = data(__name__, ours(language))
    return {key: frozenset(map(plain, text.split())) if key in WORDS else _phrases(text) for key, text in table.items()}


@cache
def courteous(language: str) -> frozenset[str]:
    """Return the words of a language that greet, thank and ask: its list "courtesy", without reading any other."""
    return frozenset(map(plain, data(__name__, language)["courtesy"].split()))


@cache
def in_any(language: str, *keys: str) -> frozenset[str]:
    """Return the entries of several lists of a language as one."""
    return frozenset[str]().union(*(lists(language)[key] for key in keys))


@cache
def lists_of(matter: str, language: str) -> dict[str, frozenset[str]]:
    """Return the lists of a matter that has a file of its own for all languages, such as "counting"."""
    return {key: _phrases(text) for key, text in data(__name__, matter)[ours(language)].items()}


def _phrases(text: str) -> frozenset[str]:
    return frozenset(found for one in variants(text.replace("\n", "")) if (found := plain(one)))
