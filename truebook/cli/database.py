"""Which database a command works on: DATABASE_URL's, or the embedded one, started for as long as the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truebook.cli.terminal import tell
from truebook.db import server
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings


def data_folder(settings: Settings) -> Path:
    """Return the data directory: TRUEBOOK_DATA's, or the platform's."""
    return (settings.data or server.default_data()).expanduser().resolve()


@contextmanager
def database_url(settings: Settings, *, create: bool = False) -> Iterator[str]:
    """Lend the URL under which the database is looked after; the embedded one is made only with `create`.

    That is the administrator's, else the server's own where there is a pooler, else DATABASE_URL's. While
    `truebook up` holds the data directory, its server is used. Raises Unavailable where there is no database.
    """
    if settings.database_url:
        yield settings.admin_url or settings.direct_url or settings.database_url
        return
    data = data_folder(settings)
    if address := server.running(data):
        yield address.url()
        return
    if not create and not server.exists(data):
        raise Unavailable(f"There is no database in {data} yet. `truebook up` makes one and starts the desk.")
    with server.start(data, say=tell) as embedded:
        yield embedded.url()
