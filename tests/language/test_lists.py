"""The lists of small words: written so that people can read them, and read as they are written."""

from pathlib import Path

import pytest

from truebook.language import lists
from truebook.language.temporal.spelling import variants

pytestmark = pytest.mark.unit
LONGEST = 120


def test_no_line_of_a_list_is_wider_than_a_screen() -> None:
    wide = [
        f"{path.name}:{number}"
        for path in sorted(Path(lists.__file__).parent.glob("*.toml"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert wide == []


def test_endings_may_stand_within_endings() -> None:
    assert {*variants("an beide(n|) (tag(en|)|mal)|immer")} == {
        "an beiden tagen", "an beiden tag", "an beiden mal", "an beide tagen", "an beide tag", "an beide mal", "immer",
    }  # fmt: skip
