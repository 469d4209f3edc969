"""The words of the pages: every message has its German; a catalog knows nothing that no page says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from truebook.channels.web import pages, words

pytestmark = pytest.mark.unit
WEB = Path(pages.__file__).parent
METHODS = [("**.html", "jinja2"), ("**.py", "python")]
COMPLETE = ("de",)
"""The languages that say everything; the others may do so page by page."""


def said() -> Iterator[str | tuple[str, ...]]:
    """Return every message that templates and modules of the pages ask for."""
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(WEB, METHODS, options):
        yield message[0] if isinstance(message, tuple) else message


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_says_everything(language: str) -> None:
    asked = set(said())
    assert len(asked) > 5
    with (words.LOCALE / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language)
    known = {each.id[0] if isinstance(each.id, tuple) else each.id: each for each in catalog if each.id}
    assert sorted(asked - known.keys()) == [], "these are not translated"
    assert sorted(known.keys() - asked) == [], "nobody says these any more"
    for text, each in known.items():
        told = each.string if isinstance(each.string, tuple) else (each.string,)
        assert all(told) and not each.fuzzy, f"{text!r} has no words"
        assert not [error for check in [each.check(catalog)] for error in check], text
