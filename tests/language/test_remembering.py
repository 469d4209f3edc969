"""What a process remembers of customers' words can be let go of: no cache of the language keeps any by itself."""

import importlib
import pkgutil

import pytest

from truebook import language
from truebook.language import remembering
from truebook.language.text import plain

pytestmark = pytest.mark.unit
NO_WORDS = {"_begins", "names", "has_subject", "_words_of", "weights", "_in_parts", "_row", "say_time"}
"""Functions whose arguments are lists of ours, names of the business, numbers or hours."""


def test_every_cache_of_a_size_is_let_go_of() -> None:
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(language.__path__, "truebook.language.")
    ]
    made = {id(one): one for module in modules for one in vars(module).values() if hasattr(one, "cache_parameters")}
    sized = [one for one in made.values() if one.cache_parameters()["maxsize"] is not None]
    assert len(sized) > 10
    kept = {id(one) for one in remembering._HEARD}
    assert {one.__name__ for one in sized if id(one) not in kept} == NO_WORDS


def test_what_was_heard_is_let_go_of() -> None:
    plain("Wilhelmina Oberhuber-Stangl")
    assert remembering.remembered() > 0
    remembering.forget()
    assert remembering.remembered() == 0
