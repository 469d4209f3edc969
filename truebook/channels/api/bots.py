"""How a business's assistant speaks."""

from typing import Any, Literal

from pydantic import ConfigDict

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Flag, Json, LongText, Name
from truebook.tenants.bots import BOTS

Tone = Literal["professional", "friendly", "casual"]


class NewBot(Fields):
    """An assistant's instructions and tone; one of a business is active at a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Desk", "tone": "friendly"}]})

    name: Name
    system_prompt: LongText = ""
    tone: Tone = "friendly"
    settings: Json = {}
    is_active: Flag = True


class BotView(Record):
    """An assistant's configuration as it stands."""

    name: str
    system_prompt: str
    tone: Tone
    settings: dict[str, Any]
    is_active: bool


routes = resource("/bots", "bot config", BOTS, BotView, NewBot)
