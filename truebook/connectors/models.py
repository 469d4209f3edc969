"""Language models of others, as pydantic-ai models over a client of ours: by provider, name, address and key.

Gemini, Ollama and every compatible server are spoken to in OpenAI's protocol (Google, "OpenAI compatibility"; Ollama,
"OpenAI compatibility"), with `max_tokens`, which all of them know. The clients never try again by themselves: whoever
waits for an answer is better served by the offline engine.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from truebook.connectors import outside
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

Provider = Literal["openai", "anthropic", "gemini", "ollama", "compatible"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)
ADDRESSES: dict[Provider, str] = {
    "gemini": "https://generativelanguage.googleapis.com/v1beta/openai",
    "ollama": "http://127.0.0.1:11434/v1",
}
"""Where a provider is, if no address is given; the others' clients know it themselves."""
NO_KEY = "none"
"""What is sent where a server wants no key: the protocol has no request without one."""
OFFLINE = "offline"
"""The name of no model: the engine of our own."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A model of somebody else's: whose protocol it speaks, its name there, where it is, and with which key.

    `owned`: the owner of a business named the address or pays for it, and not whoever runs this installation.
    """

    provider: Provider
    name: str
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    owned: bool = False


def of_the_operator(settings: Settings, name: str) -> Remote:
    """Return a model that the installation runs or pays for; raise Invalid, naming TRUEBOOK_MODEL."""
    provider, rest = _parted(name)
    if provider is None:
        if not settings.model_url:
            known = ", ".join(f"{one}:NAME" for one in PROVIDERS)
            raise Invalid("TRUEBOOK_MODEL", f"TRUEBOOK_MODEL={name!r} is no model: it is offline, {known}")
        return Remote("compatible", name, settings.model_url, settings.model_key)
    key = settings.model_key or settings.provider_keys.get(provider)
    found = Remote(provider, rest, settings.model_url, key)
    if provider == "compatible" and not found.url:
        raise Invalid("TRUEBOOK_MODEL", "a compatible server has an address: set TRUEBOOK_MODEL_URL")
    if found.key is None and found.url is None and provider != "ollama":
        raise Invalid("TRUEBOOK_MODEL", f"{name} needs a key: set TRUEBOOK_MODEL_KEY")
    return found


def of_an_owner(settings: Settings, name: str, url: str | None, key: str | None) -> Remote:
    """Return a model that the owner of a business named; raise Invalid, naming the field, where they may not.

    Without an address and a key of their own it is one that the operator offers, and pays for.
    """
    if url is None and key is None:
        if name not in (settings.model, *settings.models):
            raise Invalid("model", "give a key or an address of your own: this installation does not offer that model")
        return of_the_operator(settings, name)
    provider, rest = _parted(name)
    if provider is None:
        raise Invalid("model", f"give one of {', '.join(f'{one}:NAME' for one in PROVIDERS)}")
    if url is not None:
        return Remote(provider, rest, outside.checked("url", url, settings.trusted_hosts), key, owned=True)
    if provider in ("compatible", "ollama"):
        raise Invalid("url", "say where it is")
    return Remote(provider, rest, None, key, owned=True)


def model(remote: Remote, http: "httpx2.AsyncClient") -> "Model[Any]":
    """Return a model whose every request goes over the client; the SDK is loaded only here, which takes seconds."""
    url = remote.url or ADDRESSES.get(remote.provider)
    if remote.provider == "anthropic":
        return _anthropic(remote, url, http)
    from openai import AsyncOpenAI  # noqa: PLC0415
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.profiles.openai import OpenAIModelProfile  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider  # noqa: PLC0415

    sdk = AsyncOpenAI(api_key=remote.key or NO_KEY, base_url=url, http_client=http, max_retries=0)
    if remote.provider == "openai":
        return OpenAIChatModel(remote.name, provider=OpenAIProvider(openai_client=sdk))
    plain = OpenAIModelProfile(
        openai_chat_supports_max_completion_tokens=False, openai_supports_strict_tool_definition=False
    )
    service = OpenAICompatibleProvider(remote.provider, openai_client=sdk, profile=plain)
    return OpenAIChatModel(remote.name, provider=service)


def _anthropic(remote: Remote, url: str | None, http: "httpx2.AsyncClient") -> "Model[Any]":
    from anthropic import AsyncAnthropic  # noqa: PLC0415
    from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
    from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

    sdk = AsyncAnthropic(api_key=remote.key or NO_KEY, base_url=url, http_client=http, max_retries=0)
    return AnthropicModel(remote.name, provider=AnthropicProvider(anthropic_client=sdk))


def _parted(name: str) -> tuple[Provider | None, str]:
    """Return whose model a name means, and its name there; no provider where it names none."""
    provider, _, rest = name.partition(":")
    found = next((one for one in PROVIDERS if one == provider and rest), None)
    return found, rest
