"""Where audited databases are read from: one module per engine, one picture for both."""

from pathlib import Path

from truebook.audit.sources.postgres import PostgresSource
from truebook.audit.sources.source import Limits, Progress, Source, Unreadable
from truebook.audit.sources.sqlite import SqliteSource

__all__ = ["Limits", "Progress", "Source", "Unreadable", "connect", "sqlite_path"]


def connect(url: str, limits: Limits) -> Source:
    """Open the database at url (`postgresql://…`, `sqlite:///path`, or the path of a file), read-only.

    Raises Unreadable where there is none or it cannot be reached.
    """
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresSource(url, limits)
    if "://" in url and not url.startswith("sqlite:"):
        raise Unreadable(
            f"{url.split('://')[0]!r} is not a database I can read; give postgresql://…, sqlite:///… or a file"
        )
    return SqliteSource(sqlite_path(url), limits)


def sqlite_path(url: str) -> Path:
    """Return the file a `sqlite:///path` URL (or a bare path) means; a missing slash is forgiven."""
    path = Path(url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else url.removeprefix("sqlite:"))
    return path if path.exists() or not Path("/", path).exists() else Path("/", path)
