"""Rules about CHECK constraints: those that are missing, and those that read the clock."""

import re
from collections.abc import Iterator

from truebook.audit import names
from truebook.audit.findings import Finding, Order, Severity, Step
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Table, quoted
from truebook.audit.registry import rule
from truebook.audit.values import agree, plural, some

_CLOCK = re.compile(
    r"\bnow\s*\(|\bcurrent_(timestamp|date|time)\b|\blocaltime(stamp)?\b|\b(clock|statement|transaction)_timestamp\b"
    r"|\b(date|time|datetime|julianday|strftime)\s*\([^)]*'now'",
    re.IGNORECASE,
)


@rule("check-missing", Severity.WARNING)
def check_missing(inspection: Inspection) -> Iterator[Finding]:
    """A quantity may be anything: no CHECK keeps a duration, a price or a count from being zero or negative.

    A warning where rows already break the sense of the column, a hint where none do.

    Fix: mend the rows, then add the CHECK (NOT VALID first, so that writers do not wait).
    """
    for table in inspection.database.tables:
        for column in table.columns:
            if _is_amount(column) and not any(column.name in check.columns for check in table.checks):
                yield _unguarded(inspection, table, column)


def _is_amount(column: Column) -> bool:
    return column.kind in ("integer", "number") and names.has(column.name, names.AMOUNTS) and not column.computed


def _unguarded(inspection: Inspection, table: Table, column: Column) -> Finding:
    sign = ">" if names.has(column.name, names.POSITIVE) and not names.has(column.name, frozenset({"buffer"})) else ">="
    broken = f"NOT ({column.sql} {sign} 0)"
    count = inspection.count(table, broken)
    keys = inspection.keys(table, broken) if count else []
    rule_text = f"{column.sql} {sign} 0"
    return Finding(
        table.label,
        column.name,
        f"No CHECK says that {table.label}.{column.name} is {'positive' if sign == '>' else 'not negative'}"
        + (f", and {plural(count, 'row')} {agree(count, 'is', 'are')} not." if count else "."),
        (f"{plural(count, 'row')}{inspection.of(table)}: {some(keys)}",) if count else ("no row breaks it today",),
        fix=() if count or not inspection.is_postgres else _check(table, column, rule_text),
        advice=f"ALTER TABLE {table.sql} ADD CHECK ({rule_text}) NOT VALID;  -- after mending the rows",
        severity=Severity.WARNING if count else Severity.HINT,
    )


def _check(table: Table, column: Column, text: str) -> tuple[Step, ...]:
    name = quoted(f"{table.name}_{column.name}_check"[:63])
    return (
        Step(f"ALTER TABLE {table.sql} ADD CONSTRAINT {name} CHECK ({text}) NOT VALID;", Order.CONSTRAINT),
        Step(f"ALTER TABLE {table.sql} VALIDATE CONSTRAINT {name};", Order.VALIDATE),
    )


@rule("value-missing", Severity.HINT)
def value_missing(inspection: Inspection) -> Iterator[Finding]:
    """A quantity is empty in a few rows while most have it: code that multiplies or adds will meet a NULL.

    Fix: fill the gaps and set NOT NULL, or write down what an empty value means.
    """
    for table in inspection.database.tables:
        for column in table.columns:
            if _is_amount(column) and column.nullable and table.rows:
                empty = inspection.count(table, f"{column.sql} IS NULL")
                if 0 < 2 * empty <= table.rows:
                    yield Finding(
                        table.label,
                        column.name,
                        f"{plural(empty, 'row')} of {table.label} {agree(empty, 'has', 'have')} no {column.name}, "
                        "while the others do.",
                        (f"{some(inspection.keys(table, f'{column.sql} IS NULL'))}{inspection.of(table)}",),
                        advice=f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} SET NOT NULL;  -- after filling "
                        "the gaps",
                    )


@rule("check-reads-clock", Severity.ERROR)
def check_reads_clock(inspection: Inspection) -> Iterator[Finding]:
    """A CHECK depends on the time of day: a row that was right becomes wrong by waiting.

    Every later UPDATE of an old row is refused (cancelling yesterday's appointment), and a restore of a dump loads none
    of the old rows.

    Fix: drop the CHECK; refuse past times in a trigger on INSERT, or in the application.
    """
    for table in inspection.database.tables:
        for check in table.checks:
            if _CLOCK.search(check.expression):
                yield Finding(
                    table.label,
                    ", ".join(check.columns),
                    f"{check.name} on {table.label} reads the clock: rows that were accepted are refused later.",
                    (f"CHECK ({check.expression})",),
                    advice=f"ALTER TABLE {table.sql} DROP CONSTRAINT {quoted(check.name)};  -- and guard INSERTs "
                    "by a trigger",
                )
