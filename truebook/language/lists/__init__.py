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
WORDS = ("common", "trade")
"""Lists that are sets of single words, not phrases."""


@cache
def lists(language: str) -> dict[str, frozenset[str]]:
    """Return the lists of a language by name, every entry plain; English where we do not speak the language."""
    code = language.split("-")[0].lower()
    name = code if code in LANGUAGES else "en"
    table = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
    return {key: frozenset(text.split()) if key in WORDS else _phrases(text) for key, text in table.items()}


def _phrases(text: str) -> frozenset[str]:
    return frozenset(found for one in variants(text.replace("\n", "")) if (found := plain(one)))
