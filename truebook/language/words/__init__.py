"""One table of date and time words per language, as data, loaded when first asked for."""

from functools import cache
from typing import Any

from truebook.language.languages import LANGUAGES, data
from truebook.language.words.model import TimeWords


@cache
def table(language: str) -> TimeWords:
    """Return the table of a language code such as "en"; raise LookupError when there is none."""
    if language not in LANGUAGES:
        raise LookupError(f"no date and time words for {language!r}")
    return TimeWords(**{name: _shaped(value) for name, value in data(__name__, language).items()})


def _shaped(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return {_key(name): text for name, text in value.items()} if isinstance(value, dict) else value


def _key(name: str) -> int | str | tuple[int, str]:
    """Return a key as it is meant: a number (days, minutes), a number of days with a part of the day, or a name."""
    first, _, part = name.partition(" ")
    if not first.removeprefix("-").isdigit():
        return name
    return (int(first), part) if part else int(first)
