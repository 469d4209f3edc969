"""Bring a database to the schema this version of Truebook needs, and prove that it is there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from truebook.db.connection import connect
from truebook.db.migrations import promised, roles
from truebook.db.migrations.ledger import current, head, revisions
from truebook.db.migrations.turn import take_turn
from truebook.kernel.errors import Invalid, Unavailable


def upgrade(url: str, target: str = "head", *, say: Callable[[str], None] = lambda _: None) -> bool:
    """Apply what is missing and look every promised object up in the catalog.

    Two processes at once: one applies, the other waits and finds nothing to do. Returns whether anything was applied.
    Raises Unavailable when a promised object is absent afterwards, when the connected role lacks a right, or when
    another process holds on for too long; Invalid for a target that is not known.
    """
    target = _known(target)
    with connect(url) as connection, rights_named(connection):
        take_turn(connection, say)
        before = current(connection)
        refuse_newer(before)
        if before is None or before < target:
            say(f"bringing the schema from {before or 'nothing'} to {target} …")
            roles.ensure_schema(connection)
            _upgrade(connection, target)
        if current(connection) == head() and (gone := promised.missing(connection)):
            raise Unavailable(absent(gone), missing=gone)
        return current(connection) != before


def downgrade(url: str, target: str) -> None:
    """Go back to an older revision, or to "base"; rows of tables that go are lost."""
    with connect(url) as connection, rights_named(connection):
        take_turn(connection, lambda _: None)
        refuse_newer(current(connection))
        owner = roles.schema_owner(connection)
        if owner is not None:
            roles.become(connection, owner)
            _downgrade(connection, target if target == "base" else _known(target))


def sql() -> str:
    """Return the whole upgrade as one SQL script, for an administrator who applies it by hand."""
    from truebook.db.migrations.runner import script  # noqa: PLC0415

    return PREAMBLE + script()


def absent(gone: list[str]) -> str:
    """Say that the ledger promises more than the catalog shows."""
    return (
        f"The migrations are recorded, but these objects are not in the database: {', '.join(gone)}. {promised.REMEDY}"
    )


def refuse_newer(revision: str | None) -> None:
    """Raise Unavailable for a revision that this version of Truebook does not know."""
    if revision is not None and revision not in revisions():
        raise Unavailable(
            f"The schema is at revision {revision}, and this Truebook knows only {head()}: "
            "a newer Truebook was here. Use that version."
        )


PREAMBLE = """-- Truebook's schema, from nothing to the newest revision. Run it as the role that shall own everything.
CREATE SCHEMA IF NOT EXISTS truebook;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA truebook;
SET search_path = truebook;
"""


def _upgrade(connection: psycopg.Connection, target: str) -> None:
    from truebook.db.migrations import runner  # noqa: PLC0415 - Alembic: 0.3 s and 15 MB that most starts do not need

    runner.upgrade(connection, target)


def _downgrade(connection: psycopg.Connection, target: str) -> None:
    from truebook.db.migrations import runner  # noqa: PLC0415

    runner.downgrade(connection, target)


@contextmanager
def rights_named(connection: psycopg.Connection) -> Iterator[None]:
    """Turn a missing right into a sentence with the statement that gives it."""
    role, database = connection.info.user, connection.info.dbname
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        said = error.diag.message_primary or "permission denied"
        raise Unavailable(
            f"The role {role} may not bring the schema up to date: {said}. As an administrator: "
            f"GRANT CREATE ON DATABASE {database} TO {role}; and where there is {roles.OWNER}, GRANT it TO {role}."
        ) from error
    except psycopg.errors.LockNotAvailable as error:
        raise Unavailable("A table was in use the whole time, so nothing was changed. Try again later.") from error


def _known(target: str) -> str:
    """Return the revision a target means."""
    if target == "head":
        return head()
    if target not in revisions():
        raise Invalid("to", f"There is no revision {target}; these are: {', '.join(revisions())}.")
    return target


__all__ = ["current", "downgrade", "head", "revisions", "sql", "upgrade"]
