"""The server: does it keep what it says it has kept, may it be written to, can it make ids."""

import psycopg
from psycopg import sql

from truebook.db.health.finding import Finding, judge

THROWAWAY = "coalesce(current_setting('truebook.throwaway', true), '') = 'on'"
"""A server that declares itself disposable (the one that tests start) may run without fsync."""


def fsync(connection: psycopg.Connection) -> Finding:
    """Look whether a crash of the machine loses the database."""
    return _kept_on(connection, "fsync", "a power cut can destroy the database")


def full_page_writes(connection: psycopg.Connection) -> Finding:
    """Look whether a half-written page can be repaired."""
    return _kept_on(connection, "full_page_writes", "a power cut can leave half-written pages behind")


def synchronous_commit(connection: psycopg.Connection) -> Finding:
    """Look whether COMMIT waits until the change is on disk."""
    return _kept_on(connection, "synchronous_commit", "a booking can be lost after it was confirmed")


def writable(connection: psycopg.Connection) -> Finding:
    """Look whether this is the primary, and open for writing."""
    standby, read_only = _row(connection, "SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'")
    return judge(
        "writable",
        "this server is a standby" if standby else "this server accepts no changes" if read_only else None,
        "Point DATABASE_URL at the primary, and switch default_transaction_read_only off.",
    )


def new_ids(connection: psycopg.Connection) -> Finding:
    """Look whether gen_random_uuid() can be executed: the failure that once lost every appointment in silence."""
    try:
        connection.execute("SELECT gen_random_uuid()")
        problem = None
    except psycopg.errors.UndefinedFunction:
        problem = "the function gen_random_uuid() does not exist, so no row can get an id"
    except psycopg.errors.InsufficientPrivilege:
        problem = "the function gen_random_uuid() may not be executed by this role, so no row can get an id"
    return judge("gen_random_uuid()", problem, "Use PostgreSQL 13 or newer, or run CREATE EXTENSION pgcrypto.")


def _kept_on(connection: psycopg.Connection, setting: str, danger: str) -> Finding:
    value, throwaway = _row(
        connection, sql.SQL("SELECT current_setting({}), {}").format(sql.Literal(setting), sql.SQL(THROWAWAY))
    )
    problem = f"{setting} is off: {danger}" if value == "off" and not throwaway else None
    return judge(setting, problem, f"ALTER SYSTEM SET {setting} = on; SELECT pg_reload_conf();")


def _row(connection: psycopg.Connection, query: str | sql.Composed) -> tuple[str, bool]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0], row[1]
