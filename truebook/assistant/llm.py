"""Who decides: the offline engine, or a language model, by the setting TRUEBOOK_MODEL."""

from typing import Any

from pydantic_ai.models import Model, infer_model

from truebook.assistant.offline import Offline
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings


def model(settings: Settings) -> Model[Any]:
    """Return the model the settings ask for; heavy client libraries are loaded only where one is used.

    Raises Invalid, naming TRUEBOOK_MODEL, for a model nobody knows.
    """
    if settings.model == "offline":
        return Offline()
    if settings.model_url:
        return _compatible(settings.model.removeprefix("openai:"), settings.model_url)
    try:
        return infer_model(settings.model)
    except Exception as error:
        raise Invalid("TRUEBOOK_MODEL", f"TRUEBOOK_MODEL={settings.model!r} cannot be used: {error}") from error


def _compatible(name: str, url: str) -> Model[Any]:
    """Return a model behind any server that speaks the OpenAI protocol."""
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415 - loads an SDK that takes seconds
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    return OpenAIChatModel(name, provider=OpenAIProvider(base_url=url))
