"""How a business's assistant speaks."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Flag, Json, Language, LongText, Name, Strict, Text
from truebook.tenants.bots import BOTS

Topic = Literal[
    "price", "address", "parking", "payment", "included", "children", "animals", "access", "bring", "policy", "other",
]  # fmt: skip
Tone = Literal["professional", "friendly", "casual"]


class Fact(Strict):
    """What the business tells about itself: a topic, the answer, and the language it is in (any, where it is empty)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"topic": "parking", "text": "Free behind the house."}]})

    topic: Topic
    text: Annotated[Text, Field(min_length=1)]
    language: Language | Literal[""] = ""


Facts = Annotated[list[Fact], Field(max_length=200)]


class NewBot(Fields):
    """An assistant's instructions and tone; one of a business is active at a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Desk", "tone": "friendly"}]})

    name: Name
    system_prompt: LongText = ""
    tone: Tone = "friendly"
    settings: Json = {}
    facts: Facts = []
    is_active: Flag = True


class BotView(Record):
    """An assistant's configuration as it stands."""

    name: str
    system_prompt: str
    tone: Tone
    settings: dict[str, Any]
    facts: list[dict[str, str]]
    is_active: bool


routes = resource("/bots", "bot config", BOTS, BotView, NewBot)
