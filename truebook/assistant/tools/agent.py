"""The agent whose tools these are."""

from typing import Any

from pydantic_ai import Agent, FunctionToolset

from truebook.assistant.turn import Say, Turn

Outcome = dict[str, Any]
toolset: FunctionToolset[Turn] = FunctionToolset()
agent: Agent[Turn, Say] = Agent(deps_type=Turn, output_type=Say, name="desk", retries=3, toolsets=[toolset])
