"""The tool calls of a remembered turn, read from its plain JSON: the library of models takes a second to load."""

from typing import Any

ENDING = "final_result"
"""The tool by which a model says how its turn ends."""
BY_ITSELF = "(The desk wrote by itself.)"
"""Stands for the customer's message where there was none: the desk told of a time that it keeps for them."""


def tools(packed: list[dict[str, Any]]) -> list[str]:
    """Return the names of the tools called in a run, in order."""
    parts = [part for message in packed for part in message["parts"] if part["part_kind"] == "tool-call"]
    return [part["tool_name"] for part in parts if not part["tool_name"].startswith(ENDING)]
