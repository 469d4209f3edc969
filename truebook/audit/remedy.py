"""Steps that mend: each written so that it can run on a busy database, or be shown to a person first."""

from collections.abc import Iterator

from truebook.audit.findings import Edit, Order, Step
from truebook.audit.implied import Link
from truebook.audit.model import Column, ForeignKey, Table, literal, quoted, remark
from truebook.audit.questions import Questions
from truebook.audit.sources.source import normalised

SQLITE_UUID = (
    "lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2)"
    " || '-' || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(lower(hex(randomblob(2))), 2)"
    " || '-' || lower(hex(randomblob(6)))"
)


def set_default(asked: Questions, table: Table, column: Column, expression: str, why: str = "") -> Step:
    """Give a column a new default."""
    if asked.is_postgres:
        sql = f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} SET DEFAULT {expression};"
        return Step(sql, Order.DEFAULT, why)
    sql = remark(f"rebuild {table.name}: {column.name} DEFAULT ({expression})")
    return Step(sql, Order.DEFAULT, why, edit=Edit(table.label, column.name, expression))


def drop_default(table: Table, column: Column, why: str) -> Step:
    """Take away a default that can never work."""
    return Step(f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} DROP DEFAULT;", Order.DEFAULT, why)


def id_default(asked: Questions, table: Table, column: Column) -> tuple[Step, ...]:
    """Give an id column a default that works on this very server; nothing where there is none to give."""
    if not asked.is_postgres:
        uses_hex = any(len(value) == 32 for value in asked.texts(table, column, limit=20))
        return (set_default(asked, table, column, "hex(randomblob(16))" if uses_hex else SQLITE_UUID),)
    if column.kind not in ("uuid", "text"):
        return ()
    expression = "gen_random_uuid()" + ("::text" if column.kind == "text" else "")
    return (*uuid_function(asked), set_default(asked, table, column, expression))


def uuid_function(asked: Questions) -> tuple[Step, ...]:
    """Return the step that brings gen_random_uuid() to a server older than 13, which has it only in pgcrypto."""
    if asked.database.major >= 13 or "pgcrypto" in asked.database.extensions:
        return ()
    why = "before PostgreSQL 13, gen_random_uuid() lives in this extension"
    return (Step('CREATE EXTENSION IF NOT EXISTS "pgcrypto";', Order.FUNCTION, why),)


def create_index(
    asked: Questions, table: Table, columns: tuple[str, ...], *, unique: bool = False, predicate: str = ""
) -> Step:
    """Add an index without stopping writers."""
    name = "_".join([table.name, *columns])[:58] + ("_key" if unique else "_idx")
    keys = ", ".join(quoted(column) for column in columns)
    concurrently = "CONCURRENTLY " if asked.is_postgres else ""
    kind = "UNIQUE INDEX" if unique else "INDEX"
    target = table.sql if asked.is_postgres else quoted(table.name)
    where = f" WHERE {predicate}" if predicate else ""
    sql = f"CREATE {kind} {concurrently}IF NOT EXISTS {quoted(name)} ON {target} ({keys}){where};"
    return Step(sql, Order.INDEX, alone=asked.is_postgres)


def drop_index(asked: Questions, table: Table, name: str) -> Step:
    """Remove an index that another one covers."""
    if asked.is_postgres:
        sql = f"DROP INDEX CONCURRENTLY IF EXISTS {quoted(table.schema)}.{quoted(name)};"
        return Step(sql, Order.DROP, alone=True)
    return Step(f"DROP INDEX IF EXISTS {quoted(name)};", Order.DROP)


def foreign_key(asked: Questions, link: Link, depth: int, tenant: Column | None) -> tuple[Step, ...]:
    """Declare a reference: orphans to quarantine, types and spellings made alike, then NOT VALID and VALIDATE."""
    clear = clearable(link.child, (link.column.name,), tenant)
    steps = [*quarantine(asked, link.child, _orphan(link), f"{link.sql}: no such row", depth, clear)]
    if not steps:
        return ()
    if asked.is_postgres and not _same_type(link):
        steps.append(_retype(link))
    if {link.column.kind, link.key.kind} != {"integer"}:
        steps.append(respell(link))
    if not any(index.keys[:1] == (link.column.name,) for index in link.child.indexes):
        steps.append(create_index(asked, link.child, (link.column.name,)))
    return (*steps, *_constraint(asked, link))


def _orphan(link: Link) -> str:
    """Return the condition under which a row finds no parent, whatever the spelling."""
    own = f"{quoted(link.child.name)}.{link.column.sql}"
    if link.column.kind == link.key.kind and link.column.kind in ("integer", "uuid"):
        match = f"p.{link.key.sql} = {own}"
    else:
        match = f"{normalised('p.' + link.key.sql)} = {normalised(own)}"
    return f"{link.column.sql} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {link.parent.sql} p WHERE {match})"


def _same_type(link: Link) -> bool:
    return link.column.kind == link.key.kind


def _retype(link: Link) -> Step:
    using = f"{link.column.sql}::{link.key.type}"
    sql = f"ALTER TABLE {link.child.sql} ALTER COLUMN {link.column.sql} TYPE {link.key.type} USING {using};"
    return Step(sql, Order.TYPE, "rewrites the table: both ends of a reference need one type")


def respell(link: Link) -> Step:
    """Write references the way their parent writes its id, where exactly one parent is meant."""
    own, key = link.column.sql, link.key.sql
    meant = f"{normalised('p.' + key)} = {normalised(f'{quoted(link.child.name)}.{own}')}"
    found = f"FROM {link.parent.sql} p WHERE {meant}"
    sql = (
        f"UPDATE {link.child.sql} SET {own} = (SELECT p.{key} {found}) WHERE {own} IS NOT NULL "
        f"AND (SELECT count(*) {found}) = 1 "
        f"AND NOT EXISTS (SELECT 1 FROM {link.parent.sql} p WHERE p.{key} = {quoted(link.child.name)}.{own});"
    )
    brief = remark(
        f"write {link.child.label}.{link.column.name} the way {link.parent.label}.{link.key.name} is written"
    )
    return Step(sql, Order.SPELLING, brief=brief)


def _constraint(asked: Questions, link: Link) -> tuple[Step, ...]:
    name = quoted(f"{link.child.name}_{link.column.name}_fkey"[:63])
    action = " ON DELETE SET NULL" if link.column.nullable else ""
    parent = link.parent.sql if asked.is_postgres else quoted(link.parent.name)
    text = f"CONSTRAINT {name} FOREIGN KEY ({link.column.sql}) REFERENCES {parent} ({link.key.sql}){action}"
    if not asked.is_postgres:
        edit = Edit(link.child.label, constraint=text)
        return (Step(remark(f"rebuild {link.child.name}: {text}"), Order.CONSTRAINT, edit=edit),)
    return (
        Step(f"ALTER TABLE {link.child.sql} ADD {text} NOT VALID;", Order.CONSTRAINT),
        validate(link.child, name),
    )


def validate(table: Table, quoted_name: str) -> Step:
    """Check the old rows against a constraint that so far guards only new ones; writers go on meanwhile."""
    return Step(f"ALTER TABLE {table.sql} VALIDATE CONSTRAINT {quoted_name};", Order.VALIDATE)


class Tangled(Exception):
    """So much hangs on a table that moving its rows is a person's work."""


def quarantine(
    asked: Questions, table: Table, condition: str, reason: str, depth: int = 0, clear: tuple[Column, ...] = ()
) -> tuple[Step, ...]:
    """Move rows into the quarantine table, with whatever refers to them; no step where too much hangs on them.

    Where the reference may be empty (`clear`), the row stays without it, and a copy of the row as it was goes there.
    """
    moves = [quarantine_table(asked, table.schema)]
    try:
        if clear:
            moves += _cleared(asked, table, tuple(column.name for column in clear), condition, reason)
        else:
            _move(asked, table, condition, reason, moves, ())
    except Tangled:
        return ()
    return (
        Step(tuple(moves), Order.QUARANTINE, "orphans are kept, not erased", depth=depth, brief=_brief(table, clear)),
    )


def _brief(table: Table, clear: tuple[Column, ...]) -> str:
    if clear:
        return remark(f"empty the dangling {clear[0].name} of {table.label}, the old rows to {QUARANTINE}")
    return remark(f"move the orphans of {table.label} to {QUARANTINE}")


def clearable(table: Table, columns: tuple[str, ...], tenant: Column | None) -> tuple[Column, ...]:
    """Return the columns of a reference that may be emptied: nullable ones that do not say whose the row is."""
    found = [column for name in columns if (column := table.column(name))]
    return tuple(
        column for column in found if column.nullable and column != tenant and column.name not in table.primary_key
    )


QUARANTINE = "truebook_quarantine"
MANY = 100
"""Statements in one step beyond which nobody would read it."""


def quarantine_table(asked: Questions, schema: str) -> str:
    """Return SQL that makes the quarantine table where it is missing."""
    if not asked.is_postgres:
        return (
            f"CREATE TABLE IF NOT EXISTS {QUARANTINE} (id INTEGER PRIMARY KEY, source_table text NOT NULL, "
            "reason text NOT NULL, stays boolean NOT NULL, row_data text NOT NULL, "
            "moved_at text NOT NULL DEFAULT CURRENT_TIMESTAMP);"
        )
    return (
        f"CREATE TABLE IF NOT EXISTS {quoted(schema)}.{QUARANTINE} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY "
        "KEY, "
        "source_table text NOT NULL, reason text NOT NULL, stays boolean NOT NULL, row_data jsonb NOT NULL, "
        "moved_at timestamptz NOT NULL DEFAULT now());"
    )


def _move(
    asked: Questions, table: Table, condition: str, reason: str, moves: list[str], above: tuple[str, ...]
) -> None:
    """Write the statements that move rows, those that depend on them first; raise Tangled."""
    path = (*above, table.label)
    for child, key in _referring(asked, table):
        own = ", ".join(quoted(column) for column in key.columns)
        theirs = ", ".join(quoted(column) for column in key.parent_columns)
        inner = f"({own}) IN (SELECT {theirs} FROM {table.sql} WHERE {condition})"
        empty = tuple(name for name in key.columns if (column := child.column(name)) and column.nullable)
        if key.on_delete == "SET NULL" and empty:
            moves += _cleared(asked, child, empty, inner, reason)
        elif child.label not in path:
            _move(asked, child, inner, reason, moves, path)
        elif key.on_delete == "CASCADE":
            raise Tangled("the database itself would erase rows in a circle")
    moves.append(_kept(asked, table, condition, reason, stays=False))
    moves.append(f"DELETE FROM {table.sql} WHERE {condition};")
    if len(moves) > MANY:
        raise Tangled("too many tables hang on it")


def _referring(asked: Questions, table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    """Yield the tables and keys that refer to a table, itself included."""
    for child in asked.database.tables:
        yield from ((child, key) for key in child.foreign_keys if key.parent == table.label)


def _cleared(asked: Questions, table: Table, columns: tuple[str, ...], condition: str, reason: str) -> list[str]:
    """Return the statements that keep what rows were and then empty columns of them."""
    emptied = ", ".join(f"{quoted(name)} = NULL" for name in columns)
    return [
        _kept(asked, table, condition, reason, stays=True),
        f"UPDATE {table.sql} SET {emptied} WHERE {condition};",
    ]


def _kept(asked: Questions, table: Table, condition: str, reason: str, *, stays: bool) -> str:
    """Return the statement that writes rows into the quarantine table as JSON."""
    where = f"{quoted(table.schema)}.{QUARANTINE}" if asked.is_postgres else QUARANTINE
    row = f"to_jsonb({quoted(table.name)})" if asked.is_postgres else f"json_object({_pairs(table)})"
    return (
        f"INSERT INTO {where} (source_table, reason, stays, row_data) "
        f"SELECT {literal(table.label)}, {literal(reason)}, {str(stays).lower()}, {row} "
        f"FROM {table.sql} WHERE {condition};"
    )


def _pairs(table: Table) -> str:
    return ", ".join(
        f"{literal(column.name)}, CASE typeof({column.sql}) WHEN 'blob' THEN hex({column.sql}) ELSE {column.sql} END"
        for column in table.columns
    )
