"""Language models of others, as pydantic-ai models over a client of ours: by provider, name, address and key.

Gemini, Ollama and every compatible server are spoken to in OpenAI's protocol (Google, "OpenAI compatibility"; Ollama,
"OpenAI compatibility"), with `max_tokens`, which all of them know. The clients never try again by themselves: whoever
waits for an answer is better served by the offline engine.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

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


@dataclass(frozen=True, slots=True)
class Remote:
    """A model of somebody else's: whose protocol it speaks, its name there, where it is, and with which key."""

    provider: Provider
    name: str
    url: str | None = None
    key: str | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """What logs and figures call it."""
        return f"{self.provider}:{self.name}"


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
