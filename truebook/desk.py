"""A running desk: the database, the assistant, the messenger and the job application, put together from settings."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import procrastinate

from truebook import worker
from truebook.assistant import llm
from truebook.assistant.conversation import Assistant
from truebook.booking.links import Links
from truebook.db import Database
from truebook.delivery.notify import Messenger
from truebook.kernel.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that works on one database."""

    db: Database
    links: Links
    jobs: procrastinate.App


def furnish(settings: Settings, db: Database, data: Path | None) -> Desk:
    """Return the desk over a database; `data` is where a secret is kept that the settings do not give."""
    links = links_of(settings, data)
    assistant = Assistant(db, llm.model(settings), links)
    return Desk(db, links, worker.build(db, assistant, Messenger(db, links)))


def links_of(settings: Settings, data: Path | None) -> Links:
    """Return the maker of links to appointments' pages."""
    return Links(settings.base_url, _secret(settings, data))


def _secret(settings: Settings, data: Path | None) -> bytes:
    """Return the secret that signs links: the settings' own, or one made once and kept in the data directory."""
    if settings.secret or data is None:
        return (settings.secret or secrets.token_urlsafe(32)).encode()
    kept = data / "secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return kept.read_bytes()
