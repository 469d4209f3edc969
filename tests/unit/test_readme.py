"""The README says what is so: every setting stands in it."""

from pathlib import Path

import pytest

from truebook.kernel.settings import VARIABLES

pytestmark = pytest.mark.unit
README = Path(__file__).parents[2] / "README.md"


def test_every_setting_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in VARIABLES if f"`{name}`" not in text] == []
