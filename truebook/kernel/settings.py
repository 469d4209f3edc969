"""What can be set from outside: environment variables, read once and passed on. The README lists every one."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from truebook.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Settings:
    """One process's settings. `database_url` is None for the embedded server, whose files lie in `data`."""

    data: Path | None = None
    database_url: str | None = None
    direct_url: str | None = None
    admin_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    model: str = "offline"
    model_url: str | None = None
    model_key: str | None = field(default=None, repr=False)
    models: tuple[str, ...] = ()
    model_day: int = 2_000_000
    most_ahead: int = 10
    trusted_hosts: frozenset[str] = frozenset()
    provider_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str | None = None
    keys: str | None = None
    whatsapp_secret: str | None = None
    whatsapp_verify: str | None = None
    hearing_url: str | None = None
    hearing_key: str | None = field(default=None, repr=False)
    hearing_model: str = "whisper-1"
    mail_url: str | None = None
    mail_from: str | None = None
    bounces_url: str | None = field(default=None, repr=False)
    rate: int = 100
    production: bool = False
    docs: bool | None = None
    watch: tuple[str, int] | None = None
    proxies: str = "127.0.0.1,::1"
    drain: int = 0
    log_level: str = "WARNING"
    log_json: bool | None = None

    @property
    def private(self) -> bool:
        """Whether only people at this machine are meant to come: then figures and documentation are open to them."""
        reached = urlsplit(self.base_url).hostname or ""
        return not self.production and self.host in LOOPBACK and reached in LOOPBACK

    @property
    def docs_open(self) -> bool:
        """Whether the API's documentation is open to whoever comes."""
        return self.private if self.docs is None else self.docs

    @property
    def base_url(self) -> str:
        """The address under which people reach this installation."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
VARIABLES = {
    "TRUEBOOK_DATA": "folder of the embedded database",
    "DATABASE_URL": "a PostgreSQL 15 or newer to use instead of the embedded one",
    "DATABASE_DIRECT_URL": "the server itself, where DATABASE_URL leads through a pooler",
    "DATABASE_ADMIN_URL": "the same database for migrate and doctor, as a role that may change the schema",
    "TRUEBOOK_HOST": "address to listen on",
    "TRUEBOOK_PORT": "port to listen on",
    "TRUEBOOK_URL": "address under which people reach this installation, for links",
    "TRUEBOOK_MODEL": "who answers: offline, openai:NAME, anthropic:NAME, gemini:NAME, ollama:NAME, compatible:NAME",
    "TRUEBOOK_MODEL_URL": "base URL of the model's server",
    "TRUEBOOK_MODEL_KEY": "key for TRUEBOOK_MODEL",
    "TRUEBOOK_MODELS": "further models that businesses may choose at the installation's expense, with commas",
    "TRUEBOOK_MODEL_DAY": "tokens a day that a business may use at the installation's expense",
    "TRUEBOOK_MOST_AHEAD": "appointments that somebody may have ahead through a chat",
    "TRUEBOOK_TRUSTED_HOSTS": "hosts that owners may name although they are not public: name or name:port, with commas",
    "OPENAI_API_KEY": "key for openai models, if TRUEBOOK_MODEL_KEY is not given",
    "ANTHROPIC_API_KEY": "the same for anthropic",
    "GEMINI_API_KEY": "the same for gemini",
    "TRUEBOOK_SECRET": "secret that signs the links in receipts; made and kept in the data folder if not given",
    "TRUEBOOK_KEYS": "keys that seal businesses' secrets, id:BASE64, the current one first; kept in the data folder",
    "TRUEBOOK_WHATSAPP_SECRET": "app secret of the installation's own Meta app, for numbers without one",
    "TRUEBOOK_WHATSAPP_VERIFY": "verify token of that app's webhook",
    "TRUEBOOK_HEARING_URL": "base URL of a server with /audio/transcriptions (OpenAI's protocol), for voice notes",
    "TRUEBOOK_HEARING_KEY": "key for it",
    "TRUEBOOK_HEARING_MODEL": "its model, whisper-1 if not given",
    "TRUEBOOK_MAIL_URL": "mail server that takes e-mails: smtps://USER:PASSWORD@HOST, or smtp://… with STARTTLS",
    "TRUEBOOK_MAIL_FROM": "address that e-mails come from",
    "TRUEBOOK_BOUNCES_URL": "mailbox in which letters come back: imaps://USER:PASSWORD@HOST or …/FOLDER",
    "TRUEBOOK_RATE": "requests a second that an API key may make on average; ten times as many at once",
    "TRUEBOOK_PRODUCTION": "yes: `up` opens no demo business, and figures and documentation are not for everybody",
    "TRUEBOOK_DOCS": "open or closed: the API's documentation; closed where others than this machine may come",
    "TRUEBOOK_WATCH": "HOST:PORT on which /metrics and /readyz answer without a key; keep it inside",
    "TRUEBOOK_PROXIES": "addresses or networks, with commas, whose X-Forwarded-For and -Proto are believed",
    "TRUEBOOK_DRAIN": "seconds that a process told to end says it is not ready and goes on answering",
    "TRUEBOOK_LOG": "how much to log: DEBUG, INFO, WARNING or ERROR",
    "TRUEBOOK_LOG_FORMAT": "json or text; JSON unless it is written to a terminal",
}
"""Every variable Truebook reads, and what it is for."""
KEYS_OF = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "gemini": "GEMINI_API_KEY"}
"""The providers' own variables."""


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings an environment asks for; raise Invalid naming the variable that cannot be used."""
    values = {name: environment[name].strip() for name in VARIABLES if environment.get(name, "").strip()}
    for name in ("DATABASE_DIRECT_URL", "DATABASE_ADMIN_URL"):
        if name in values and "DATABASE_URL" not in values:
            raise Invalid(name, f"{name} is of use only beside DATABASE_URL: set that as well")
    return Settings(
        data=Path(values["TRUEBOOK_DATA"]).expanduser() if "TRUEBOOK_DATA" in values else None,
        database_url=values.get("DATABASE_URL"),
        direct_url=values.get("DATABASE_DIRECT_URL"),
        admin_url=values.get("DATABASE_ADMIN_URL"),
        host=values.get("TRUEBOOK_HOST", "127.0.0.1"),
        port=_port(values.get("TRUEBOOK_PORT", "8000")),
        public_url=values.get("TRUEBOOK_URL"),
        model=values.get("TRUEBOOK_MODEL", "offline"),
        model_url=values.get("TRUEBOOK_MODEL_URL"),
        model_key=values.get("TRUEBOOK_MODEL_KEY"),
        models=_listed(values.get("TRUEBOOK_MODELS", "")),
        model_day=_count("TRUEBOOK_MODEL_DAY", values.get("TRUEBOOK_MODEL_DAY", "2000000"), 10**12),
        most_ahead=_count("TRUEBOOK_MOST_AHEAD", values.get("TRUEBOOK_MOST_AHEAD", "10"), 1000),
        trusted_hosts=frozenset(_listed(values.get("TRUEBOOK_TRUSTED_HOSTS", "").lower())),
        provider_keys={provider: values[name] for provider, name in KEYS_OF.items() if name in values},
        secret=values.get("TRUEBOOK_SECRET"),
        keys=values.get("TRUEBOOK_KEYS"),
        whatsapp_secret=values.get("TRUEBOOK_WHATSAPP_SECRET"),
        whatsapp_verify=values.get("TRUEBOOK_WHATSAPP_VERIFY"),
        hearing_url=_address("TRUEBOOK_HEARING_URL", values.get("TRUEBOOK_HEARING_URL")),
        hearing_key=values.get("TRUEBOOK_HEARING_KEY"),
        hearing_model=values.get("TRUEBOOK_HEARING_MODEL", "whisper-1"),
        mail_url=values.get("TRUEBOOK_MAIL_URL"),
        mail_from=values.get("TRUEBOOK_MAIL_FROM"),
        bounces_url=values.get("TRUEBOOK_BOUNCES_URL"),
        rate=_count("TRUEBOOK_RATE", values.get("TRUEBOOK_RATE", "100"), 1_000_000),
        production=_switch("TRUEBOOK_PRODUCTION", values.get("TRUEBOOK_PRODUCTION", "no"), "yes", "no"),
        docs=_switch("TRUEBOOK_DOCS", values["TRUEBOOK_DOCS"], "open", "closed") if "TRUEBOOK_DOCS" in values else None,
        watch=_place(values["TRUEBOOK_WATCH"]) if "TRUEBOOK_WATCH" in values else None,
        proxies=_proxies(values.get("TRUEBOOK_PROXIES", "127.0.0.1,::1")),
        drain=_count("TRUEBOOK_DRAIN", values["TRUEBOOK_DRAIN"], 300)
        if values.get("TRUEBOOK_DRAIN", "0") != "0"
        else 0,
        log_level=_level(values.get("TRUEBOOK_LOG", "WARNING")),
        log_json=_switch("TRUEBOOK_LOG_FORMAT", values["TRUEBOOK_LOG_FORMAT"], "json", "text")
        if "TRUEBOOK_LOG_FORMAT" in values
        else None,
    )


def _address(name: str, text: str | None) -> str | None:
    if text is None or re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
        return text.rstrip("/") if text else None
    raise Invalid(name, f"{name} must be an address such as https://api.openai.com/v1, not {text!r}")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Invalid("TRUEBOOK_PORT", f"TRUEBOOK_PORT must be a port between 1 and 65535, not {text!r}")


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return host.strip("[]"), int(port)
    raise Invalid("TRUEBOOK_WATCH", f"TRUEBOOK_WATCH must be HOST:PORT, such as 127.0.0.1:9464, not {text!r}")


def _switch(name: str, text: str, on: str, off: str) -> bool:
    if text.lower() in (on, off):
        return text.lower() == on
    raise Invalid(name, f"{name} must be {on} or {off}, not {text!r}")


def _count(name: str, text: str, most: int) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= most:
        return int(text)
    raise Invalid(name, f"{name} must be a whole number from 1 to {most:,}, not {text!r}")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one for part in text.split(",") if (one := part.strip()))


def _proxies(text: str) -> str:
    for one in text.split(","):
        try:
            ip_network(one.strip())
        except ValueError as error:
            raise Invalid(
                "TRUEBOOK_PROXIES", f"TRUEBOOK_PROXIES must be addresses or networks such as 10.0.0.0/8, not {one!r}"
            ) from error
    return text


def _level(text: str) -> str:
    if text.upper() in ("DEBUG", "INFO", "WARNING", "ERROR"):
        return text.upper()
    raise Invalid("TRUEBOOK_LOG", f"TRUEBOOK_LOG must be DEBUG, INFO, WARNING or ERROR, not {text!r}")
