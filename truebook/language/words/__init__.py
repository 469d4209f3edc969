"""One declarative table of date and time words per language, loaded when first asked for."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from truebook.language.words.model import TimeWords

LANGUAGES = tuple(module.name for module in iter_modules(__path__) if module.name != "model")


@cache
def table(language: str) -> TimeWords:
    """Return the table of a language code such as "en"; raise LookupError when there is none."""
    if language not in LANGUAGES:
        raise LookupError(f"no date and time words for {language!r}")
    time_words = import_module(f"{__name__}.{language}").TIME
    if not isinstance(time_words, TimeWords):
        raise TypeError(f"words.{language}.TIME is not a TimeWords")
    return time_words
