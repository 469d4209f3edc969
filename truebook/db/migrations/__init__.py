"""Bring a database to the schema this version of Truebook needs, and prove that it is there."""

import io
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool

from truebook.db.migrations import promised, roles
from truebook.kernel.errors import Unavailable

LOCK = 0x7472_7565  # "true": the advisory lock under which one process migrates
PATIENCE = 120.0  # seconds to wait for another process that migrates


def head() -> str:
    """Return the newest revision this version of Truebook knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def current(connection: psycopg.Connection) -> str | None:
    """Return the revision the database's ledger names, or None."""
    if connection.execute("SELECT to_regclass('truebook.alembic_version')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT version_num FROM truebook.alembic_version").fetchone()
    return str(row[0]) if row else None


def upgrade(url: str, target: str = "head", *, say: Callable[[str], None] = lambda _: None) -> bool:
    """Apply what is missing and look every promised object up in the catalog.

    Two processes at once: one applies, the other waits and finds nothing to do. Returns whether anything was applied.
    Raises Unavailable when a promised object is absent afterwards, or when another process holds on for too long.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        _take_turn(connection, say)
        roles.ensure_schema(connection)
        before = current(connection)
        if before != head() or target != "head":
            say(f"bringing the schema from {before or 'nothing'} to {head() if target == 'head' else target} …")
            _alembic(connection, command.upgrade, target)
        if current(connection) == head() and (gone := promised.missing(connection)):
            raise Unavailable(
                f"the migrations are recorded, but these objects are not in the database: {', '.join(gone)}",
                missing=gone,
            )
        return current(connection) != before


def downgrade(url: str, target: str) -> None:
    """Go back to an older revision; rows of tables that go are lost."""
    with psycopg.connect(url, autocommit=True) as connection:
        _take_turn(connection, lambda _: None)
        owner = roles.schema_owner(connection)
        if owner is not None:
            roles.become(connection, owner)
            _alembic(connection, command.downgrade, target)


def sql() -> str:
    """Return the whole upgrade as one SQL script, for an administrator who applies it by hand."""
    out = io.StringIO()
    with redirect_stdout(out):
        command.upgrade(_config(out), "head", sql=True)
    return PREAMBLE + out.getvalue()


PREAMBLE = """-- Truebook's schema, from nothing to the newest revision. Run it as the role that shall own everything.
CREATE SCHEMA IF NOT EXISTS truebook;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA truebook;
SET search_path = truebook;
"""


def _take_turn(connection: psycopg.Connection, say: Callable[[str], None]) -> None:
    """Hold the migration lock of this session, waiting for another process if there is one."""
    deadline = time.monotonic() + PATIENCE
    told = False
    while connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone() != (True,):
        if not told:
            say("another process is migrating this database; waiting for it …")
            told = True
        if time.monotonic() > deadline:
            raise Unavailable(f"another process has been migrating this database for more than {PATIENCE:.0f} s")
        time.sleep(0.1)


def _alembic(connection: psycopg.Connection, action: Callable[..., Any], target: str) -> None:
    """Run an Alembic command on our own connection; a table that is busy is asked for again, never waited for long."""
    for attempt in range(20):
        try:
            connection.execute("SET lock_timeout = '500ms'")
            _once(connection, action, target)
            return
        except psycopg.errors.LockNotAvailable:
            if attempt == 19:
                raise
            time.sleep(0.25 * (attempt + 1))


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


__all__ = ["current", "downgrade", "head", "sql", "upgrade"]
