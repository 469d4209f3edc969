"""The words of the pages: every language says all that it must; a catalog knows nothing that no page says."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from truebook.channels.web import pages, words
from truebook.language.languages import LANGUAGES

pytestmark = pytest.mark.unit
WEB = Path(pages.__file__).parent
METHODS = [("**.html", "jinja2"), ("**.py", "python")]
CUSTOMERS = ("booking/*.html", "layout.html", "parts.html", "receipt.html", "missing.html", "trouble.html")
"""The templates of pages that customers see; the rest is the desk's."""


def said() -> set[str]:
    """Return every message that templates and modules of the pages ask for."""
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    return {_first(message) for _, _, message, _, _ in extract_from_dir(WEB, METHODS, options)}


def said_to_customers() -> set[str]:
    """Return every message of the pages that customers see."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    templates = [path for pattern in CUSTOMERS for path in pages.TEMPLATES.glob(pattern)]
    modules = [*(WEB / "booking").glob("*.py"), WEB / "appointment.py"]
    found = [one for path in templates for one in extract_from_file("jinja2", path, options=options)]
    found += [one for path in modules for one in extract_from_file("python", path)]
    return {_first(message) for _, message, _, _ in found}


def _first(message: str | tuple[str, ...]) -> str:
    return message[0] if isinstance(message, tuple) else message


@pytest.mark.parametrize("language", [one for one in words.languages() if one != "en"])
def test_a_language_says_everything_and_nothing_else(language: str) -> None:
    asked = said() if language in words.EVERYWHERE else said_to_customers()
    assert len(asked) > 50
    with (words.LOCALE / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language)
    known = {each.id[0] if isinstance(each.id, tuple) else each.id: each for each in catalog if each.id}
    assert sorted(asked - known.keys()) == [], "these are not translated"
    assert sorted(known.keys() - asked) == [], "nobody says these any more"
    for text, each in known.items():
        told = each.string if isinstance(each.string, tuple) else (each.string,)
        assert all(told) and not each.fuzzy, f"{text!r} has no words"
        assert not [error for check in [each.check(catalog)] for error in check], text
        assert set(re.findall(r"%\(\w+\)s", text)) <= set(re.findall(r"%\(\w+\)s", told[0])), text


def test_the_pages_speak_what_the_conversation_speaks() -> None:
    assert set(words.languages()) == set(LANGUAGES)
