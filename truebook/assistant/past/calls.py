"""The tool calls of a remembered turn, read from its plain JSON: the library of models takes a second to load."""

import json
from typing import Any

ENDING = "final_result"
"""The tool by which a model says how its turn ends."""
BY_ITSELF = "(The desk wrote by itself.)"
"""Stands for the customer's message where there was none: the desk told of a time that it keeps for them."""


REMINDED = "(The desk reminds the customer of an appointment.)"
"""What stands in the place of a customer's words where the desk spoke first."""


def tools(packed: list[dict[str, Any]]) -> list[str]:
    """Return the names of the tools called in a run, in order."""
    parts = [part for message in packed for part in message["parts"] if part["part_kind"] == "tool-call"]
    return [part["tool_name"] for part in parts if not part["tool_name"].startswith(ENDING)]


def move(packed: list[dict[str, Any]]) -> str:
    """Return the move with which a run ended, or nothing where it did not say."""
    parts = [part for message in packed for part in message["parts"] if part["part_kind"] == "tool-call"]
    ending: Any = next((part["args"] for part in reversed(parts) if part["tool_name"].startswith(ENDING)), "{}")
    told = json.loads(ending) if isinstance(ending, str) else ending
    return str(told.get("move", ""))
