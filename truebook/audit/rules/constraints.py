"""Keys and constraints: missing, empty, or declared but never checked against the old rows. And the file itself."""

from collections.abc import Iterator

from truebook.audit import remedy
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Check, Column, Exclusion, Table, quoted, remark
from truebook.audit.registry import POSTGRESQL, SQLITE, rule
from truebook.audit.values import agree, plural


@rule("no-primary-key", Severity.WARNING)
def no_primary_key(inspection: Inspection) -> Iterator[Finding]:
    """A table has no primary key: its rows cannot be named, told apart, or replicated.

    Fix: declare the columns that identify a row, or add an id.
    """
    for table in inspection.database.tables:
        if not table.primary_key and "VIRTUAL TABLE" not in table.definition.upper():
            unique = next(iter(table.uniques), None)
            yield Finding(
                table.label,
                "",
                f"{table.label} has no primary key, so one of its rows cannot be named.",
                (plural(table.rows, "row"),),
                advice=f"ALTER TABLE {table.sql} ADD PRIMARY KEY ({', '.join(unique) if unique else '…'});",
                severity=Severity.HINT if unique and not _nullable(table, unique) else None,
            )


def _nullable(table: Table, columns: tuple[str, ...]) -> bool:
    found = [table.column(column) for column in columns]
    return any(column is None or column.nullable for column in found)


@rule("key-accepts-null", Severity.HINT, SQLITE)
def key_accepts_null(inspection: Inspection) -> Iterator[Finding]:
    """A primary key column of an SQLite table accepts NULL, by an old quirk of SQLite, and PostgreSQL will not.

    Fix: rebuild the table with NOT NULL on the key.
    """
    for table in inspection.database.tables:
        for name in table.primary_key:
            column = table.column(name)
            if column and column.nullable and "WITHOUT ROWID" not in table.definition.upper():
                count = inspection.count(table, f"{column.sql} IS NULL")
                yield Finding(
                    table.label,
                    name,
                    f"The primary key {table.label}.{name} accepts NULL"
                    + (f", and {plural(count, 'row')} {agree(count, 'has', 'have')} it." if count else "."),
                    (f"{name} {column.type} … PRIMARY KEY without NOT NULL",),
                    advice=remark(f"rebuild {table.name} with {name} NOT NULL"),
                    severity=Severity.ERROR if count else None,
                )


@rule("constraint-not-valid", Severity.WARNING, POSTGRESQL)
def constraint_not_valid(inspection: Inspection) -> Iterator[Finding]:
    """A constraint was added NOT VALID (or NOT ENFORCED) and never validated: old rows may break it.

    Fix: move the rows that break a foreign key to quarantine, mend those that break a CHECK, then VALIDATE.
    """
    for table in inspection.database.tables:
        yield from (_unchecked(inspection, table, check) for check in table.checks if not check.valid)
        for key in table.foreign_keys:
            if not key.valid:
                yield Finding(
                    table.label,
                    ", ".join(key.columns),
                    f"The foreign key {key.name} on {table.label} was never checked against the old rows.",
                    ("NOT VALID",),
                    fix=(remedy.validate(table, quoted(key.name)),),
                )


def _unchecked(inspection: Inspection, table: Table, check: Check) -> Finding:
    count = inspection.count(table, f"NOT ({check.expression})")
    return Finding(
        table.label,
        ", ".join(check.columns),
        f"{check.name} on {table.label} was never checked against the old rows"
        + (f", and {plural(count, 'row')} {agree(count, 'breaks', 'break')} it." if count else "."),
        (f"CHECK ({check.expression}) NOT VALID",),
        fix=() if count else (remedy.validate(table, quoted(check.name)),),
        advice=f"ALTER TABLE {table.sql} VALIDATE CONSTRAINT {quoted(check.name)};  -- after mending the rows",
        severity=Severity.ERROR if count else None,
    )


@rule("check-violated", Severity.ERROR, SQLITE)
def check_violated(inspection: Inspection) -> Iterator[Finding]:
    """Rows break a CHECK that is declared: they came in while checks were off, or before it.

    Fix: mend the rows; an UPDATE of any of them fails until then.
    """
    for table in inspection.database.tables:
        for check in table.checks:
            count = inspection.count(table, f"NOT ({check.expression})")
            if count:
                yield Finding(
                    table.label,
                    ", ".join(check.columns),
                    f"{plural(count, 'row')} of {table.label} {agree(count, 'breaks', 'break')} the declared CHECK.",
                    (f"CHECK ({check.expression})", *inspection.keys(table, f"NOT ({check.expression})")),
                    advice=f"UPDATE {table.sql} SET … WHERE NOT ({check.expression});",
                )


@rule("exclusion-escaped-by-null", Severity.WARNING, POSTGRESQL)
def exclusion_escaped_by_null(inspection: Inspection) -> Iterator[Finding]:
    """An exclusion constraint has a nullable column: a row with NULL there conflicts with nothing.

    NULL is never equal, so the row without a staff member can be booked twice at the same time.

    Fix: set the column NOT NULL, or add a CHECK that demands it wherever the exclusion's condition holds.
    """
    for table in inspection.database.tables:
        for exclusion in table.exclusions:
            for name in exclusion.columns:
                column = table.column(name)
                if column and column.nullable and not _demanded(table, column):
                    yield _escape(inspection, table, exclusion, column)


def _demanded(table: Table, column: Column) -> bool:
    """Tell whether a CHECK says when the column must not be NULL."""
    wanted = f"{column.name} IS NOT NULL"
    return any(wanted in check.expression.replace('"', "") for check in table.checks)


def _escape(inspection: Inspection, table: Table, exclusion: Exclusion, column: Column) -> Finding:
    condition = f"{column.sql} IS NULL" + (f" AND ({exclusion.predicate})" if exclusion.predicate else "")
    count = inspection.count(table, condition)
    return Finding(
        table.label,
        column.name,
        f"Rows of {table.label} without {column.name} escape {exclusion.name}: NULL never conflicts.",
        (
            exclusion.definition,
            f"{plural(count, 'row')} {agree(count, 'escapes', 'escape')} today{inspection.of(table)}",
        ),
        advice=f"ALTER TABLE {table.sql} ADD CHECK ({column.sql} IS NOT NULL OR NOT "
        f"({exclusion.predicate or 'true'})) NOT VALID;",
        severity=Severity.ERROR if count else None,
    )


@rule("file-damaged", Severity.ERROR, SQLITE)
def file_damaged(inspection: Inspection) -> Iterator[Finding]:
    """SQLite's own integrity check finds the file damaged: pages, indexes and rows do not agree.

    Fix: restore a backup, or `REINDEX` where only indexes are named; `.recover` saves what can be read.
    """
    found = [row[0] for row in inspection.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
    damage = [line for line in found if not line.startswith(("CHECK constraint failed", "NULL value in"))]
    if damage:
        yield Finding(
            inspection.database.name,
            "",
            "The file is damaged: integrity_check does not say ok.",
            tuple(damage[:5]),
            advice="REINDEX;",
        )
