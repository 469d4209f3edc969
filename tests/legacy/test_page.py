"""The page about the import knows every reason, every note and every option."""

from pathlib import Path

import pytest
import typer

from truebook.cli import legacy
from truebook.legacy import words

pytestmark = pytest.mark.unit
PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*words.REASONS, *words.NOTES])
def test_it_explains_every_reason_and_note(name: str) -> None:
    meaning = (words.REASONS | words.NOTES)[name]
    assert f"| `{name}` | " in PAGE and meaning in PAGE


def test_it_explains_every_option() -> None:
    command = typer.main.get_command(legacy.app).commands["legacy"]  # type: ignore[attr-defined]
    options = {flag for parameter in command.params for flag in parameter.opts if flag.startswith("--")}
    assert len(options) >= 6
    assert {flag for flag in options if f"`{flag}" not in PAGE} == set()
