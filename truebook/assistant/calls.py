"""The tool calls of a remembered turn, read from its plain JSON: the library of models takes a second to load."""

from typing import Any

ENDING = "final_result"
"""The tool by which a model says how its turn ends."""


REMINDED = "(The desk reminds the customer of an appointment.)"
"""What stands in the place of a customer's words where the desk spoke first."""


def tools(packed: list[dict[str, Any]]) -> list[str]:
    """Return the names of the tools called in a run, in order."""
    parts = [part for message in packed for part in message["parts"] if part["part_kind"] == "tool-call"]
    return [part["tool_name"] for part in parts if not part["tool_name"].startswith(ENDING)]
