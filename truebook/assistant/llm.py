"""Who decides: the offline engine, or a language model, by the settings of the installation."""

from typing import Any

from pydantic_ai.models import Model

from truebook.assistant.offline import Offline
from truebook.connectors import models, outside
from truebook.connectors.models import PROVIDERS, Remote
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings

OFFLINE = "offline"


def model(settings: Settings) -> Model[Any]:
    """Return the model the settings ask for; raise Invalid, naming TRUEBOOK_MODEL, for one that cannot be used."""
    if settings.model == OFFLINE:
        return Offline()
    return models.model(remote(settings, settings.model), outside.client())


def remote(settings: Settings, name: str) -> Remote:
    """Return a model that the operator runs or pays for; raise Invalid, naming TRUEBOOK_MODEL."""
    provider, _, rest = name.partition(":")
    if provider not in PROVIDERS or not rest:
        if not settings.model_url:
            known = ", ".join(f"{one}:NAME" for one in PROVIDERS if one != "compatible")
            raise Invalid("TRUEBOOK_MODEL", f"TRUEBOOK_MODEL={name!r} is no model: it is offline, {known}")
        return Remote("compatible", name, settings.model_url, settings.model_key)
    key = settings.model_key or settings.provider_keys.get(provider)
    found = Remote(provider, rest, settings.model_url, key)
    if found.key is None and found.url is None and found.provider != "ollama":
        raise Invalid("TRUEBOOK_MODEL", f"{found.label} needs a key: set TRUEBOOK_MODEL_KEY")
    if found.provider == "compatible" and not found.url:
        raise Invalid("TRUEBOOK_MODEL", "a compatible server has an address: set TRUEBOOK_MODEL_URL")
    return found
