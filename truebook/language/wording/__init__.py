"""What the desk says: one file of sentences per language, as data, and the way to fill one in.

Adding a language is adding a file with the same keys and the same {named} gaps; a test compares them.
"""

from collections.abc import Mapping
from functools import cache

from babel.dates import get_day_names

from truebook.language.languages import LANGUAGES, data, ours

Table = Mapping[str, tuple[str, ...]]
"""For every key one or more ways of saying it; values go into {named} gaps."""
BUTTONS = ("yes", "another_time", "keep_it", "person")
"""Buttons that say the same everywhere, and so need no understanding."""


@cache
def table(language: str) -> Table:
    """Return the sentences of a language; English where it has none yet."""
    return {key: tuple(ways) for key, ways in data(__name__, ours(language)).items()}


def say(language: str, key: str, *, unlike: str = "", **values: object) -> str:
    """Return the sentence of a key with its gaps filled, in a way that does not stand in `unlike` already."""
    ways = [way.format(**values) for way in table(language)[key]]
    return next((way for way in ways if way not in unlike), ways[0])


@cache
def one_of_many(language: str) -> Mapping[str, str]:
    """Return what one of several people is called, by what all are: "daughters", "daughter"."""
    return dict(pair.split() for pair in table(language)["kin_many"])


def weekday(language: str, day: int) -> str:
    """Return the short name of a weekday (0 = Monday .. 6 = Sunday)."""
    return str(get_day_names("abbreviated", locale=language)[day])


def pressed(text: str) -> str | None:
    """Return the key of the button whose words a message is, in any language; None where it is none of ours."""
    return _buttons().get(text.strip().casefold())


@cache
def _buttons() -> dict[str, str]:
    found = {table(code)[key][0].casefold(): key for code in LANGUAGES for key in BUTTONS}
    choices = {way.casefold(): f"choice_{i}" for code in LANGUAGES for i, way in enumerate(table(code)["choices"])}
    return {**choices, **found}
