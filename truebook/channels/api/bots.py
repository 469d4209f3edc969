"""How a business's assistant speaks."""

from typing import Annotated, Any, Literal

from fastapi import Request, Response
from pydantic import ConfigDict, Field, StringConstraints

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id
from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Flag, Json, Language, LongText, Name, Strict, Text, View
from truebook.connectors import outside
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings
from truebook.onboarding import thinking
from truebook.tenants import bots
from truebook.tenants.bots import BOTS, Hearing, ModelChoice
from truebook.tenants.vault import Vault

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


Tokens = Annotated[int, Field(strict=True)]


class NewModel(Strict):
    """Which language model an assistant uses. What is left out is as the installation has it.

    With a `url` or a `key` it is the business's own; without both it must be one that the installation offers. A key
    that is left out stays, as long as the provider and the address do.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"model": "offline", "day_tokens": 500000}]})

    model: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=200)]
    url: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=500)] | None = None
    key: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=1000)] | None = None
    answer_tokens: Annotated[Tokens, Field(ge=50, le=8_000)] | None = None
    turn_tokens: Annotated[Tokens, Field(ge=1_000, le=1_000_000)] | None = None
    day_tokens: Annotated[Tokens, Field(ge=1_000, le=1_000_000_000)] | None = None


class ModelView(View):
    """Which language model an assistant uses; the key itself is never shown."""

    model: str | None
    url: str | None
    has_key: bool
    answer_tokens: int | None
    turn_tokens: int | None
    day_tokens: int | None


shown: dict[int | str, dict[str, Any]] = {200: {"model": ModelView}}


@routes.get("/{id}/model", response_model=None, responses=shown)
async def get_model(call: Owner, bot_id: Id) -> Response:
    """Look which language model an assistant uses."""
    return _model(await bots.model_of(call.db, call.scope, bot_id))


@routes.put("/{id}/model", response_model=None, responses=shown)
async def choose_model(call: Owner, request: Request, bot_id: Id, new: NewModel) -> Response:
    """Choose the language model of an assistant, its limits included."""
    state = request.app.state
    wanted = ModelChoice(new.model, new.url, None, new.answer_tokens, new.turn_tokens, new.day_tokens)
    choice = await thinking.choose(call.db, call.scope, state.settings, state.vault, bot_id, wanted, new.key)
    return _model(choice)


@routes.delete("/{id}/model", response_model=None, status_code=204)
async def forget_model(call: Owner, bot_id: Id) -> Response:
    """Use what the installation uses, and forget the key."""
    await bots.choose_model(call.db, call.scope, bot_id, ModelChoice())
    return Response(status_code=204)


class NewHearing(Strict):
    """A server with OpenAI's `/audio/transcriptions` that hears the business's voice notes. A key left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://ears.example.org/v1"}]})

    url: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=500)]
    model: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=200)] = "whisper-1"
    key: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=1000)] | None = None


class HearingView(View):
    """Who hears the business's voice notes; null where the installation's own server does, or nobody."""

    url: str | None
    model: str | None
    has_key: bool


ears: dict[int | str, dict[str, Any]] = {200: {"model": HearingView}}


@routes.get("/{id}/hearing", response_model=None, responses=ears)
async def get_hearing(call: Owner, bot_id: Id) -> Response:
    """Look who turns voice notes into text."""
    return _hearing(await bots.hearing_of(call.db, call.scope, bot_id))


@routes.put("/{id}/hearing", response_model=None, responses=ears)
async def choose_hearing(call: Owner, request: Request, bot_id: Id, new: NewHearing) -> Response:
    """Have voice notes heard by a server of the business's own."""
    settings: Settings = request.app.state.settings
    vault: Vault | None = request.app.state.vault
    before = await bots.hearing_of(call.db, call.scope, bot_id)
    url = outside.checked("url", new.url, settings.trusted_hosts)
    if new.key and vault is None:
        raise Unavailable("this app was started without keys to seal secrets with")
    kept = before.sealed if before and before.url == url else None
    sealed = vault.seal(new.key, call.tenant, bots.hearing_purpose(url)) if new.key and vault else kept
    chosen = Hearing(url, new.model, sealed)
    await bots.choose_hearing(call.db, call.scope, bot_id, chosen)
    return _hearing(chosen)


@routes.delete("/{id}/hearing", response_model=None, status_code=204)
async def forget_hearing(call: Owner, bot_id: Id) -> Response:
    """Have voice notes heard by whom the installation has, and forget the key."""
    await bots.choose_hearing(call.db, call.scope, bot_id, None)
    return Response(status_code=204)


def _hearing(found: Hearing | None) -> Response:
    names = ("url", "model", "has_key")
    view = HearingView(
        **{name: getattr(found, name, None) for name in names[:2]}, has_key=bool(found and found.has_key)
    )
    return Response(view.model_dump_json(), media_type="application/json")


def _model(choice: ModelChoice) -> Response:
    return Response(ModelView.model_validate(choice).model_dump_json(), media_type="application/json")
