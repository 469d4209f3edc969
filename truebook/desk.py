"""A working desk: the assistant, the messenger and the job application, put together from settings."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from truebook.booking.links import Links
from truebook.db import Database
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings

if TYPE_CHECKING:
    from truebook import worker
    from truebook.tenants.vault import Vault


async def work(settings: Settings, db: Database, data: Path) -> None:
    """Run the jobs of a database until cancelled; `data` is where a secret is kept that the settings do not give.

    What it is made of takes a while to load, so others go on meanwhile.
    """
    run = await asyncio.to_thread(_worker, settings, db, data)
    await run()


def _worker(settings: Settings, db: Database, data: Path) -> Callable[[], Awaitable[None]]:
    import httpx2  # noqa: PLC0415

    from truebook import worker  # noqa: PLC0415 - most commands need not wait for it
    from truebook.assistant.incoming.listening import Listener  # noqa: PLC0415
    from truebook.connectors import outside  # noqa: PLC0415
    from truebook.connectors.mail import mailbox, post  # noqa: PLC0415
    from truebook.connectors.models import OFFLINE  # noqa: PLC0415
    from truebook.connectors.transcription import Transcriber  # noqa: PLC0415
    from truebook.delivery.outgoing import outgoing  # noqa: PLC0415
    from truebook.onboarding.caretaker import Caretaker  # noqa: PLC0415
    from truebook.rehearsal.checking import Checking  # noqa: PLC0415

    links = links_of(settings, data)
    mails = post.read(settings.mail_url, settings.mail_from) if settings.mail_url else None
    returns = mailbox.read(settings.bounces_url) if settings.bounces_url else None
    vault, http = vault_of(settings, data), httpx2.AsyncClient()
    out = outgoing(db, links, vault, http, mails, returns)
    load = partial(_assistant, settings, db, links, vault, by_mail=mails is not None)
    assistant = worker.Asleep(load) if settings.model == OFFLINE else load()  # a model is tried before anybody writes
    hears = None
    if settings.hearing_url:
        hears = Transcriber(outside.client(), settings.hearing_url, settings.hearing_model, settings.hearing_key)
    listener = Listener(db, vault, http, hears, outside.client(settings.trusted_hosts))
    here = {"TRUEBOOK_DATA": str(data), **({"DATABASE_URL": settings.database_url} if settings.database_url else {})}
    jobs = worker.build(db, assistant, out, Caretaker(db, vault, http), listener, Checking(db, here))
    return partial(worker.work, jobs, assistant)


def _assistant(settings: Settings, db: Database, links: Links, vault: "Vault", *, by_mail: bool) -> "worker.Assistant":
    from truebook.assistant.conversation import Assistant  # noqa: PLC0415
    from truebook.assistant.models import llm  # noqa: PLC0415 - a second, and twenty megabytes

    engines = llm.Engines(settings, vault)
    return Assistant(db, engines.usual.model, links, engines=engines, most_ahead=settings.most_ahead, by_mail=by_mail)


def links_of(settings: Settings, data: Path) -> Links:
    """Return the maker of links to appointments' pages."""
    return Links(settings.base_url, _secret(settings, data))


def vault_of(settings: Settings, data: Path) -> "Vault":
    """Return what seals and opens businesses' secrets; raise Unavailable where no keys can be had."""
    from truebook.tenants import vault  # noqa: PLC0415 - OpenSSL, which most commands need not wait for

    if settings.keys:
        return vault.read(settings.keys)
    return vault.read(_in_folder(data, "keys", vault.made, "TRUEBOOK_KEYS").decode())


def _secret(settings: Settings, data: Path) -> bytes:
    """Return the secret that signs links: the settings' own, or one made once and kept in the data directory.

    Raises Unavailable where neither can be had: a secret of this process alone would make links nobody else honours.
    """
    if settings.secret:
        return settings.secret.encode()
    return _in_folder(data, "secret", lambda: secrets.token_urlsafe(32), "TRUEBOOK_SECRET")


def _in_folder(data: Path, name: str, make: Callable[[], str], variable: str) -> bytes:
    """Return what a file in the data directory holds, made once."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        kept = _kept(data / name, make)
    except OSError as error:
        raise Unavailable(f"{variable} is not set, and {data} cannot keep one: {error.strerror}") from error
    if not kept:
        raise Unavailable(f"The file {data / name} is empty: delete it, and it is made anew.")
    return kept


def _kept(path: Path, make: Callable[[], str]) -> bytes:
    """Return what is in a file; one that is missing appears whole, and of several makers the first one's."""
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            made.touch(mode=0o600)
            made.write_text(make(), encoding="ascii")
            path.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink(missing_ok=True)
    return path.read_bytes()
