"""Walls that imports alone do not show."""

import ast
from pathlib import Path

import pytest

import truebook

pytestmark = pytest.mark.unit
OPENING = {"transaction", "reading", "glance", "rows", "fate", "pool"}
"""What a Database can be asked for that reaches the server."""
CHANNELS = sorted((Path(truebook.__file__).parent / "channels").rglob("*.py"))


@pytest.mark.parametrize("module", CHANNELS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_channel_opens_a_transaction(module: Path) -> None:
    """The service is the action of the domain: one request, one transaction, one name."""
    opened = [f"line {line}: {name}" for line, name in openings(module.read_text(encoding="utf-8"))]
    assert not opened


def test_an_opening_is_seen() -> None:
    assert openings("async def f(call):\n    async with call.db.transaction(call.scope): ...") == [(2, "transaction")]


def openings(source: str) -> list[tuple[int, str]]:
    """Return line and name of everything a database is asked for in a module's source."""
    return [
        (node.lineno, node.attr)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in OPENING and ast.unparse(node.value).endswith("db")
    ]
