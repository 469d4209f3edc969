"""Compares two databases that should be one schema: development on SQLite with production on PostgreSQL, say."""

from collections.abc import Iterator

from truebook.audit.findings import Comparison
from truebook.audit.model import Column, Database, Table

_ALIKE = {
    frozenset({"timestamp", "timestamptz"}),
    frozenset({"json", "text"}),
    frozenset({"enum", "text"}),
    frozenset({"boolean", "integer"}),
}
"""Kinds that differ by what the engines can say, not by what the schema means."""


def compare(here: Database, there: Database) -> Iterator[Comparison]:
    """Yield every difference: tables, columns, types, defaults, keys, numbers of rows."""
    for label in sorted({*here.by_label, *there.by_label}):
        one, other = here.by_label.get(label), there.by_label.get(label)
        if one is None or other is None:
            yield Comparison(label, "", "table", _is_there(one), _is_there(other))
        else:
            yield from _tables(here, there, one, other)


def _is_there(thing: object) -> str:
    return "missing" if thing is None else "there"


def _tables(here: Database, there: Database, one: Table, other: Table) -> Iterator[Comparison]:
    named = {column.name: column for column in other.columns}
    for column in one.columns:
        twin = named.pop(column.name, None)
        if twin is None:
            yield Comparison(one.label, column.name, "column", column.type, "missing")
        else:
            yield from _columns(here.engine == there.engine, one, column, twin)
    yield from (Comparison(one.label, column.name, "column", "missing", column.type) for column in named.values())
    yield from _keys(one, other)
    if one.rows != other.rows:
        yield Comparison(one.label, "", "rows", f"{one.rows:,}", f"{other.rows:,}")


def _columns(same_engine: bool, table: Table, column: Column, twin: Column) -> Iterator[Comparison]:
    if (column.kind != twin.kind and (same_engine or frozenset({column.kind, twin.kind}) not in _ALIKE)) or (
        same_engine and column.type != twin.type
    ):
        yield Comparison(table.label, column.name, "type", column.type, twin.type)
    if column.nullable != twin.nullable and column.name not in table.primary_key:
        yield Comparison(table.label, column.name, "null", _null(column), _null(twin))
    if default(column) != default(twin):
        yield Comparison(table.label, column.name, "default", _said(column), _said(twin))


def _said(column: Column) -> str:
    return (column.default or "").removeprefix("public.") or ("the next number" if column.identity else "none")


def _null(column: Column) -> str:
    return "NULL" if column.nullable else "NOT NULL"


def default(column: Column) -> str:
    """Return a default as both engines would say it."""
    text = (column.default or "").strip()
    if column.identity or text.startswith("nextval("):
        return "the next number"
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    text = text.split("::")[0].strip().lower()
    if text in ("now()", "current_timestamp"):
        return "now"
    if column.kind == "boolean":
        text = {"1": "true", "0": "false", "'1'": "true", "'0'": "false"}.get(text, text)
    return text.removeprefix("public.").strip("'") if text != "null" else ""


def _keys(one: Table, other: Table) -> Iterator[Comparison]:
    if one.primary_key != other.primary_key:
        yield Comparison(
            one.label, "", "primary key", ", ".join(one.primary_key) or "none", ", ".join(other.primary_key) or "none"
        )
    mine, theirs = _references(one), _references(other)
    yield from (Comparison(one.label, "", "foreign key", key, "missing") for key in sorted(mine - theirs))
    yield from (Comparison(one.label, "", "foreign key", "missing", key) for key in sorted(theirs - mine))
    ours, others = (set(table.uniques) for table in (one, other))
    yield from (
        Comparison(one.label, ", ".join(key), "unique", "unique", "not unique")
        for key in sorted(ours - others - {one.primary_key})
    )
    yield from (
        Comparison(one.label, ", ".join(key), "unique", "not unique", "unique")
        for key in sorted(others - ours - {other.primary_key})
    )


def _references(table: Table) -> set[str]:
    return {f"{', '.join(key.columns)} → {key.parent}({', '.join(key.parent_columns)})" for key in table.foreign_keys}
