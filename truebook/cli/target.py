"""The Truebook database a command works on: DATABASE_URL's, else the embedded one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from truebook.db import migrations, server
from truebook.db.server.home import cluster_of
from truebook.kernel.settings import Settings

Say = Callable[[str], None]


@contextmanager
def ready(settings: Settings, say: Say) -> Iterator[str]:
    """Lend the URL of the database with its schema up to date, starting the embedded server if nobody else has."""
    with _running(settings, say) as url:
        migrations.upgrade(url, say=say)
        yield url


@contextmanager
def as_it_is(settings: Settings, say: Say) -> Iterator[str | None]:
    """Lend the URL of the database without changing anything; None where there is no Truebook yet."""
    data = settings.data or server.default_data()
    if settings.database_url is None and not cluster_of(data).is_dir():
        yield None
        return
    with _running(settings, say) as url:
        with psycopg.connect(url) as connection:
            there = connection.execute("SELECT to_regclass('truebook.import_runs') IS NOT NULL").fetchone()
        yield url if there == (True,) else None


@contextmanager
def _running(settings: Settings, say: Say) -> Iterator[str]:
    data = settings.data or server.default_data()
    if settings.database_url:
        yield settings.database_url
    elif address := server.running(data):
        yield address.url()
    else:
        with server.start(data, say=say) as started:
            yield started.url()
