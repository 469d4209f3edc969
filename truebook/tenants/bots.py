"""How a business's assistant speaks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class Fact:
    """What a business tells about itself: a topic such as parking, the answer, and its language (any, if empty)."""

    topic: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class BotConfig:
    """An assistant's instructions and tone; one of a business is active at a time."""

    id: UUID
    name: str
    system_prompt: str
    tone: str
    settings: dict[str, Any]
    facts: list[dict[str, Any]]
    is_active: bool
    version: int


BOTS = Records("bot_configs", BotConfig, noun="bot config", json=("facts",))
