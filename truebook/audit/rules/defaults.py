"""Defaults: what a column gives itself when the application gives it nothing."""

import re
from collections.abc import Iterator

from truebook.audit import calls, remedy
from truebook.audit.findings import Finding, Severity, Step
from truebook.audit.inspection import Inspection
from truebook.audit.model import Check, Column, Table, remark
from truebook.audit.registry import POSTGRESQL, rule
from truebook.audit.sources.source import GUARDED, ProbeFailed

_CONSTANT = re.compile(r"\(?'[^']*'(::[\w\s\"\[\]().]+)?\)?|-?[\d.]+|NULL.*|true|false|\"[^\"]*\"", re.IGNORECASE)
_MISSING = re.compile(r"function ([\w.]+)\(|no such function: (\w+)")


@rule("default-fails", Severity.ERROR)
def default_fails(inspection: Inspection) -> Iterator[Finding]:
    """A default cannot be executed: every INSERT that relies on it fails.

    The catalog shows a default and all looks well, but the function it calls is missing (`gen_random_uuid()` before
    PostgreSQL 13 without pgcrypto), or fails inside its body when it runs. A default that calls nothing but
    PostgreSQL's own functions is executed, read-only, to see. One that calls a function of the database's users is
    executed with `--run-code` only; without it, the function's text is searched for calls of what does not exist.

    Fix: give the column a default that exists on this server.
    """
    for table in inspection.database.tables:
        for column in table.columns:
            failure = _failure(inspection, column)
            if failure and column.default:
                yield _cannot_run(inspection, table, column, failure)


def _failure(inspection: Inspection, column: Column) -> ProbeFailed | None:
    """Return why a default fails, unless it is a constant, writes (a sequence), or depends on the session."""
    text = column.default or ""
    if not text or _CONSTANT.fullmatch(text.strip()) or re.search(r"nextval|current_setting", text, re.IGNORECASE):
        return None
    sql = f"SELECT CAST(({text}) AS {column.type})" if inspection.is_postgres else f"SELECT ({text})"
    failure = inspection.failure(sql)
    if failure and failure.code == GUARDED:
        name = calls.missing(text, inspection.database.bodies, inspection.database.callable)
        return ProbeFailed("42883", f"function {name}() does not exist") if name else None
    return None if failure is None or failure.gave_up or failure.code == "42704" else failure


def _cannot_run(inspection: Inspection, table: Table, column: Column, failure: ProbeFailed) -> Finding:
    missing = _MISSING.search(failure.message)
    name = next((group for group in missing.groups() if group), "") if missing else ""
    why = f"it needs the function {name}(), which does not exist" if name else "it fails when it runs"
    is_key = column.name in table.primary_key
    return Finding(
        table.label,
        column.name,
        f"The default of {table.label}.{column.name} cannot be executed: {why}, so every INSERT that relies on it "
        "fails.",
        (f"DEFAULT {column.default}", f"SELECT {column.default}  --  {failure.message.splitlines()[0]}"),
        fix=remedy.id_default(inspection, table, column) if is_key or column.kind == "uuid" else (),
        advice=f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} SET DEFAULT …;  -- choose one that works here",
    )


@rule("default-breaks-check", Severity.ERROR)
def default_breaks_check(inspection: Inspection) -> Iterator[Finding]:
    """A default is refused by the column's own CHECK: every INSERT that relies on it fails.

    Typical after a rename: the list of allowed words was changed, the default was not.

    Fix: choose one of the allowed values. Until somebody does, `--fix` removes the default, so that the database asks
    for the value instead of refusing its own.
    """
    for table in inspection.database.tables:
        for column in table.columns:
            for check in table.checks:
                if column.default and check.columns == (column.name,) and _refused(inspection, column, check):
                    yield _contradiction(inspection, table, column, check)


def _refused(inspection: Inspection, column: Column, check: Check) -> bool:
    value = f"CAST(({column.default}) AS {column.type})" if inspection.is_postgres else f"({column.default})"
    sql = f"SELECT 1 FROM (SELECT {value} AS {column.sql}) AS t WHERE NOT ({check.expression})"
    try:
        return bool(inspection.source.rows(sql))
    except ProbeFailed:
        return False  # a default that cannot run is another rule's; one that writes cannot be judged


def _contradiction(inspection: Inspection, table: Table, column: Column, check: Check) -> Finding:
    why = f"{column.default} is not allowed by {check.name}; set the one that is meant"
    return Finding(
        table.label,
        column.name,
        f"The default of {table.label}.{column.name}, {column.default}, is refused by the column's own CHECK.",
        (f"CHECK ({check.expression})",),
        fix=(remedy.drop_default(table, column, why),) if inspection.is_postgres else (),
        advice=remark(f"rebuild {table.name} with a DEFAULT the CHECK allows, or none"),
    )


@rule("id-default-missing", Severity.WARNING)
def id_default_missing(inspection: Inspection) -> Iterator[Finding]:
    """An id column has lost its default: its sister tables fill theirs by themselves, this one does not.

    Typical after a type change (`DROP DEFAULT` before `ALTER TYPE`) or a `DROP EXTENSION … CASCADE`.

    Fix: restore the default.
    """
    keys = [(table, key) for table in inspection.database.tables if (key := _own_key(table))]
    for table, key in keys:
        sisters = [other for other_table, other in keys if other_table is not table and other.type == key.type]
        filled = [other for other in sisters if other.default or other.identity]
        if not _fills_itself(key) and len(filled) >= 2 and 2 * len(filled) > len(sisters):
            yield Finding(
                table.label,
                key.name,
                f"{table.label}.{key.name} has no default, although {len(filled)} of {len(sisters)} other tables "
                f"with a {key.type} key fill theirs: an INSERT without an id fails.",
                (f"INSERT INTO {table.label} DEFAULT VALUES would leave {key.name} NULL",),
                fix=_restored(inspection, table, key),
                advice=f"ALTER TABLE {table.sql} ALTER COLUMN {key.sql} SET DEFAULT …;",
            )


def _own_key(table: Table) -> Column | None:
    """Return a table's key unless it is borrowed from another table (a one-to-one reference)."""
    key = table.column(table.primary_key[-1]) if table.primary_key else None
    if key is None or table.foreign_key_on(key.name) or (len(table.primary_key) > 1 and key.name != "id"):
        return None
    return key if key.kind in ("uuid", "integer") or key.type.lower().startswith("char(3") else None


def _fills_itself(key: Column) -> bool:
    return bool(key.default or key.identity)


def _restored(inspection: Inspection, table: Table, key: Column) -> tuple[Step, ...]:
    return remedy.id_default(inspection, table, key)


@rule("uuid-function-missing", Severity.WARNING, POSTGRESQL)
def uuid_function_missing(inspection: Inspection) -> Iterator[Finding]:
    """There are uuid keys, but this server has no function that makes a UUID.

    Before PostgreSQL 13 `gen_random_uuid()` comes from the extension pgcrypto. Without it the next migration that
    uses it fails, and so does every function body that calls it.

    Fix: create the extension.
    """
    keys = [f"{t.label}.{t.key.name}" for t in inspection.database.tables if t.key and t.key.kind == "uuid"]
    if keys and "gen_random_uuid" not in inspection.database.callable:
        yield Finding(
            keys[0].rpartition(".")[0],
            keys[0].rpartition(".")[2],
            f"{len(keys)} tables have a uuid key, but gen_random_uuid() does not exist on this server.",
            tuple(keys[:5]),
            fix=remedy.uuid_function(inspection),
        )
