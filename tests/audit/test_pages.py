"""The pages about the rules say what the rules say of themselves."""

from pathlib import Path

import pytest

from truebook.audit.pages import pages

pytestmark = pytest.mark.unit
DOCS = Path(__file__).parents[2] / "docs" / "audit"


def test_every_rule_has_its_page_and_no_page_has_lost_its_rule() -> None:
    written = {path.name: path.read_text() for path in DOCS.glob("*.md")}
    assert written == pages(), "run: python -m truebook.audit.pages docs/audit"
