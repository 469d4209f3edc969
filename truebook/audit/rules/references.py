"""References: columns that name a row elsewhere, with or without a foreign key to keep them honest."""

from collections.abc import Iterator

from truebook.audit import names, remedy
from truebook.audit.findings import Finding, Severity, Step
from truebook.audit.implied import Link
from truebook.audit.inspection import Inspection
from truebook.audit.model import ForeignKey, Table, quoted, remark
from truebook.audit.registry import SQLITE, rule
from truebook.audit.values import agree, plural, some

_HOW = {
    "name": "by its name and type",
    "role": "by the role its name plays",
    "values": "by its values, which stand in that key",
    "declared": "by declaration",
}


@rule("missing-foreign-key", Severity.WARNING)
def missing_foreign_key(inspection: Inspection) -> Iterator[Finding]:
    """A column refers to another table, but no foreign key says so: nothing keeps its values from pointing nowhere.

    Such references are found by name, by type and by looking the values up, with the spellings of ids made alike and
    with the roles that declared keys teach (`creator_id` → users). An error where there are orphans already; a hint in
    tables that are meant to outlive what they tell about (histories, logs, outboxes).

    Fix: move orphans to quarantine, then add the key NOT VALID and validate it.
    """
    for link in inspection.links:
        if link.how != "declared":
            yield _undeclared(inspection, link)


def _undeclared(inspection: Inspection, link: Link) -> Finding:
    outlives = names.outlives(link.child.name)
    return Finding(
        link.child.label,
        link.column.name,
        f"{link.child.label}.{link.column.name} refers to {link.parent.label}.{link.key.name} ({_HOW[link.how]}), "
        "but no foreign key keeps it true.",
        tuple(_account(inspection, link)),
        fix=() if outlives else _keyed(inspection, link),
        advice="-- a record that outlives its subject needs no key; otherwise add one NOT VALID and validate it",
        severity=_severity(link, outlives),
    )


def _keyed(inspection: Inspection, link: Link) -> tuple[Step, ...]:
    """Return the steps that declare a reference, its orphans dealt with."""
    tenant = inspection.tenants.column(link.child)
    return remedy.foreign_key(inspection, link, inspection.depths.get(link.child.label, 0), tenant)


def _severity(link: Link, outlives: bool) -> Severity:
    if outlives:
        return Severity.HINT
    if link.orphans:
        return Severity.ERROR
    return Severity.WARNING if link.rows or link.certain else Severity.HINT


def _account(inspection: Inspection, link: Link) -> Iterator[str]:
    """Yield the counts that prove a reference and its orphans."""
    yield f"{plural(link.rows, 'value')}, {plural(link.orphans, 'orphan')}{inspection.of(link.child)}"
    if link.samples:
        yield f"no such {link.parent.label}.{link.key.name}: {some(link.samples)}"
    if link.misspelt:
        yield f"{plural(link.misspelt, 'more row')} would match in another spelling: {some(link.misspelt_samples)}"


@rule("orphaned-rows", Severity.ERROR)
def orphaned_rows(inspection: Inspection) -> Iterator[Finding]:
    """Rows point to a parent that does not exist, although a foreign key is declared.

    SQLite checks foreign keys only on connections that ask for it; PostgreSQL skips the old rows of a NOT VALID key,
    and all rows while triggers are off.

    Fix: move the orphans to quarantine; on SQLite set `PRAGMA foreign_keys = ON` on every connection.
    """
    for table in inspection.database.tables:
        for key in table.foreign_keys:
            parent = inspection.database.by_label.get(key.parent)
            if not key.valid and parent and key.parent_columns and table.rows:
                yield from _dangling(inspection, table, key, parent)


def _dangling(inspection: Inspection, table: Table, key: ForeignKey, parent: Table) -> Iterator[Finding]:
    pairs = zip(key.columns, key.parent_columns, strict=True)
    match = " AND ".join(f"p.{quoted(theirs)} = {quoted(table.name)}.{quoted(own)}" for own, theirs in pairs)
    present = " AND ".join(f"{quoted(own)} IS NOT NULL" for own in key.columns)
    condition = f"{present} AND NOT EXISTS (SELECT 1 FROM {parent.sql} p WHERE {match})"
    source = f"{inspection.source.sample(table)} AS {quoted(table.name)}"
    count = inspection.value(f"SELECT count(*) FROM {source} WHERE {condition}") or 0
    if count:
        column = quoted(key.columns[-1])
        found = inspection.rows(f"SELECT DISTINCT CAST({column} AS text) FROM {source} WHERE {condition} LIMIT 4")
        reason = f"{key.name}: no such row in {parent.label}"
        clear = remedy.clearable(table, key.columns, inspection.tenants.column(table))
        yield Finding(
            table.label,
            ", ".join(key.columns),
            f"{plural(count, 'row')} of {table.label} {agree(count, 'points', 'point')} to {parent.label} rows "
            "that do not exist, in spite of the "
            "declared foreign key.",
            (f"no such {parent.label}: {some(row[0] for row in found)}{inspection.of(table)}",),
            fix=remedy.quarantine(inspection, table, condition, reason, inspection.depths.get(table.label, 0), clear),
            advice=f"SELECT * FROM {table.sql} WHERE {condition};",
        )


@rule("foreign-key-to-nowhere", Severity.ERROR, SQLITE)
def foreign_key_to_nowhere(inspection: Inspection) -> Iterator[Finding]:
    """A foreign key names a table that does not exist, or columns that are not unique there: writes will fail.

    SQLite accepts such a key and fails only when a row is written with foreign keys on ("foreign key mismatch").

    Fix: rebuild the table with a key that points to a primary key or a unique one.
    """
    for table in inspection.database.tables:
        for key in table.foreign_keys:
            parent = inspection.database.by_label.get(key.parent)
            if parent is None or set(key.parent_columns) not in [set(unique) for unique in parent.uniques]:
                yield Finding(
                    table.label,
                    ", ".join(key.columns),
                    f"The foreign key on {table.label} points to {key.parent}({', '.join(key.parent_columns)}), "
                    "which is no table with such a unique key.",
                    (f"REFERENCES {key.parent} ({', '.join(key.parent_columns)})",),
                    advice=remark(f"rebuild {table.name} with a reference to a unique key"),
                )


@rule("key-type-mismatch", Severity.WARNING)
def key_type_mismatch(inspection: Inspection) -> Iterator[Finding]:
    """The two ends of a reference have different types: a foreign key cannot be declared, or joins must convert.

    PostgreSQL refuses a foreign key from uuid to varchar; comparing them needs a cast that no index serves.

    Fix: give the referring column the type of the key it refers to.
    """
    for link in inspection.links:
        if link.column.kind != link.key.kind or _narrower(link):
            yield Finding(
                link.child.label,
                link.column.name,
                f"{link.child.label}.{link.column.name} is {link.column.type}, but "
                f"{link.parent.label}.{link.key.name}, "
                f"which it refers to, is {link.key.type}.",
                (link.sql,),
                fix=_retype(inspection, link),
                advice=remark(f"give {link.child.label}.{link.column.name} the type {link.key.type}"),
                severity=Severity.HINT if _narrower(link) or not inspection.is_postgres else None,
            )


def _narrower(link: Link) -> bool:
    """Tell whether an integer reference is narrower than its key and will overflow first."""
    return (link.column.type, link.key.type) in {("integer", "bigint"), ("smallint", "integer"), ("smallint", "bigint")}


def _retype(inspection: Inspection, link: Link) -> tuple[Step, ...]:
    if not inspection.is_postgres or link.how == "declared" or names.outlives(link.child.name):
        return ()
    return _keyed(inspection, link)
