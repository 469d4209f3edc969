"""Alembic, which runs the revisions: on our own connection, or printing them. Loaded only when there is work for it."""

import io
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, pool

ATTEMPTS = 20


def upgrade(connection: psycopg.Connection, target: str) -> None:
    """Apply the revisions up to target."""
    _patiently(connection, command.upgrade, target)


def downgrade(connection: psycopg.Connection, target: str) -> None:
    """Take back the revisions after target."""
    _patiently(connection, command.downgrade, target)


def script() -> str:
    """Return all revisions as one SQL script."""
    out = io.StringIO()
    with redirect_stdout(out):
        command.upgrade(_config(out), "head", sql=True)
    return out.getvalue()


def _patiently(connection: psycopg.Connection, action: Callable[..., Any], target: str) -> None:
    """Run a command; a table that is busy is asked for again, never waited for long: others queue up behind us.

    The same where a revision and a writer waited for each other: what was done of the revision is taken back whole.
    """
    for attempt in range(ATTEMPTS):
        try:
            connection.execute("SET lock_timeout = '500ms'")
            _once(connection, action, target)
            return
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(min(0.25 * (attempt + 1), 2))


def _once(connection: psycopg.Connection, action: Callable[..., Any], target: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: connection, poolclass=pool.StaticPool)
    connection.autocommit = False
    try:
        with engine.connect() as bound:
            config = _config()
            config.attributes["connection"] = bound
            action(config, target)
            bound.commit()
    finally:
        connection.rollback()
        connection.autocommit = True


def _config(out: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=out) if out else Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
