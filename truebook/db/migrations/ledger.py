"""The ledger: which revisions there are, and which one a database says it has. It proves nothing by itself."""

from pathlib import Path

import psycopg

VERSIONS = Path(__file__).parent / "versions"


def revisions() -> list[str]:
    """Return every revision this version of Truebook knows, oldest first: history is one line, named by number."""
    return sorted(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*.py"))


def head() -> str:
    """Return the newest revision this version of Truebook knows."""
    return revisions()[-1]


def current(connection: psycopg.Connection) -> str | None:
    """Return the revision the database's ledger names, or None."""
    if connection.execute("SELECT to_regclass('truebook.alembic_version')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT version_num FROM truebook.alembic_version").fetchone()
    return str(row[0]) if row else None
