"""What a command says when it cannot be done: one line, for whoever operates it. Only a mistake of ours has more."""

import psycopg
from psycopg import errors

from truebook.kernel.errors import Fact
from truebook.kernel.shown import visible

SCHEMA = "the schema is not the one this Truebook needs"


def sentence(error: BaseException) -> str | None:
    """Return what to say of an error that an operator can cause; None for any other."""
    match error:
        case BaseExceptionGroup():
            said = [sentence(one) for one in error.exceptions]
            return next(iter(said), None) if all(said) else None
        case Fact():
            return error.message
        case errors.ReadOnlySqlTransaction():
            return "The database accepts no changes: is DATABASE_URL the primary?"
        case errors.InsufficientPrivilege():
            return f"The database refuses it: {_primary(error)}. Use another role, or set DATABASE_ADMIN_URL."
        case errors.UndefinedTable() | errors.UndefinedColumn() | errors.UndefinedFunction():
            return f"The database refuses it: {_primary(error)}; {SCHEMA}. Run: truebook migrate"
        case psycopg.OperationalError():
            return (
                f"The connection to the database was lost: {_primary(error)}. Look whether it was done, and try again."
            )
        case psycopg.Error():
            return f"The database refuses it: {_primary(error)}. Run: truebook doctor"
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"That cannot be done: {where}{error.strerror or error}."
        case _:
            return None


def _primary(error: psycopg.Error) -> str:
    said = error.diag.message_primary or (str(error).strip().splitlines() or ["it said nothing"])[0]
    return visible(said).rstrip(".")
