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
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that works on one database."""

    db: Database
    links: Links
    jobs: procrastinate.App


def furnish(settings: Settings, db: Database, data: Path) -> Desk:
    """Return the desk over a database; `data` is where a secret is kept that the settings do not give."""
    links = links_of(settings, data)
    assistant = Assistant(db, llm.model(settings), links)
    return Desk(db, links, worker.build(db, assistant, Messenger(db, links)))


def links_of(settings: Settings, data: Path) -> Links:
    """Return the maker of links to appointments' pages."""
    return Links(settings.base_url, _secret(settings, data))


def _secret(settings: Settings, data: Path) -> bytes:
    """Return the secret that signs links: the settings' own, or one made once and kept in the data directory.

    Raises Unavailable where neither can be had: a secret of this process alone would make links nobody else honours.
    """
    if settings.secret:
        return settings.secret.encode()
    try:
        data.mkdir(parents=True, exist_ok=True)
        kept = _kept(data / "secret")
    except OSError as error:
        raise Unavailable(f"TRUEBOOK_SECRET is not set, and {data} cannot keep one: {error.strerror}") from error
    if not kept:
        raise Unavailable(f"The file {data / 'secret'} is empty: delete it, and links in receipts are signed anew.")
    return kept


def _kept(path: Path) -> bytes:
    """Return the secret in a file; one that is missing appears whole, and of several makers the first one's."""
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            made.touch(mode=0o600)
            made.write_text(secrets.token_urlsafe(32), encoding="ascii")
            path.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink(missing_ok=True)
    return path.read_bytes()
