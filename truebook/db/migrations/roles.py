"""Who owns the schema and who works in it.

With a connection that may create roles, `truebook_owner` owns everything and the app steps down to `truebook_app`,
which owns nothing. With one plain role, that role owns the schema, and FORCE row-level security binds it as well.
"""

import contextlib

import psycopg
from psycopg import sql

OWNER = "truebook_owner"
APP = "truebook_app"


def may_create_roles(connection: psycopg.Connection) -> bool:
    """Tell whether the connected role can create roles."""
    row = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user").fetchone()
    return bool(row and row[0])


def schema_owner(connection: psycopg.Connection) -> str | None:
    """Return who owns the schema, or None where there is no schema yet."""
    row = connection.execute("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'truebook'").fetchone()
    return str(row[0]) if row else None


def ensure_schema(connection: psycopg.Connection) -> None:
    """Create roles, schema and extension where they are missing, and become the schema's owner."""
    owner = schema_owner(connection)
    if owner is None:
        owner = OWNER if may_create_roles(connection) else _current(connection)
        if owner == OWNER:
            _create_roles(connection)
        connection.execute(sql.SQL("CREATE SCHEMA truebook AUTHORIZATION {}").format(sql.Identifier(owner)))
    if owner == OWNER:
        _let_in(connection)
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA truebook")
    become(connection, owner)


def _let_in(connection: psycopg.Connection) -> None:
    """Let the app sign in as its own role: a superuser that steps down can step up again. It still needs a password."""
    with contextlib.suppress(psycopg.errors.InsufficientPrivilege), connection.transaction():
        connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(APP)))


def become(connection: psycopg.Connection, role: str) -> None:
    """Work as role, with the schema as the search path."""
    if role != _current(connection):
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    connection.execute("SET search_path = truebook")


def _current(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT current_user").fetchone()
    assert row
    return str(row[0])


def _create_roles(connection: psycopg.Connection) -> None:
    for role in (OWNER, APP):
        try:
            with connection.transaction():
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOBYPASSRLS").format(sql.Identifier(role)))
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            pass  # roles belong to the whole server: another database of ours made it
        if not _may_become(connection, role):
            with connection.transaction():
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _may_become(connection: psycopg.Connection, role: str) -> bool:
    """Tell whether the connected role can SET ROLE: since PostgreSQL 16 its maker is a member, yet cannot."""
    right = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    row = connection.execute("SELECT pg_has_role(session_user, %s, %s)", (role, right)).fetchone()
    return bool(row and row[0])
