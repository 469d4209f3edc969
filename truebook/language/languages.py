"""The languages that the desk understands and speaks, and how their words lie on disk."""

import tomllib
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")


def ours(language: str) -> str:
    """Return which of our languages a code such as "de-AT" is; English where it is none of them."""
    code = language.split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def data(package: str, name: str) -> dict[str, Any]:
    """Return a file of words of a package, such as "de" for its de.toml."""
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text("utf-8"))
