"""The closed lists of small words in each language, as data: what forbids, orders, points back, says a plain yes.

A list holds phrases between "|", endings in parentheses as in the tables of time words. What people mean by whole
sentences is not here but learned (`truebook.language.acts`).
"""

import tomllib
from functools import cache
from importlib.resources import files

from truebook.language.temporal.spelling import variants
from truebook.language.text import plain

LANGUAGES = ("en", "de", "es", "pt", "fr", "it", "nl")
SPELLED = "spelled"
"""The list of spellings: "ned" is "nicht" in some places, and a list need not know."""
WORDS = ("common", "trade", "courtesy")
"""Lists that are sets of single words, not phrases."""


@cache
def lists(language: str) -> dict[str, frozenset[str]]:
    """Return the lists of a language by name, every entry plain; English where we do not speak the language."""
    code = language.split("-")[0].lower()
    name = code if code in LANGUAGES else "en"
    table = {key: text for key, text in _file(name).items() if key != SPELLED}
    return {key: frozenset(map(plain, text.split())) if key in WORDS else _phrases(text) for key, text in table.items()}


@cache
def spellings(language: str) -> dict[str, str]:
    """Return words as they are written in dialect or in haste, and the word that each of them is."""
    pairs = (pair.split("=") for pair in _file(language).get(SPELLED, "").split())
    return {other: word for word, others in pairs for other in others.split("|")}


def _file(name: str) -> dict[str, str]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def _phrases(text: str) -> frozenset[str]:
    return frozenset(found for one in variants(text.replace("\n", "")) if (found := plain(one)))
