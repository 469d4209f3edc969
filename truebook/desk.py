"""A working desk: the assistant, the messenger and the job application, put together from settings."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from truebook.booking.links import Links
from truebook.db import Database
from truebook.kernel.settings import Settings


async def work(settings: Settings, db: Database, data: Path | None) -> None:
    """Run the jobs of a database until cancelled; `data` is where a secret is kept that the settings do not give.

    The assistant and its library of models take longer to load than all the rest, so others go on meanwhile.
    """
    run = await asyncio.to_thread(_worker, settings, db, data)
    await run()


def _worker(settings: Settings, db: Database, data: Path | None) -> Callable[[], Awaitable[None]]:
    from truebook import worker  # noqa: PLC0415 - a second and a half, which most commands need not wait for
    from truebook.assistant import llm  # noqa: PLC0415
    from truebook.assistant.conversation import Assistant  # noqa: PLC0415
    from truebook.delivery.notify import Messenger  # noqa: PLC0415

    links = links_of(settings, data)
    return partial(worker.work, worker.build(db, Assistant(db, llm.model(settings), links), Messenger(db, links)))


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
