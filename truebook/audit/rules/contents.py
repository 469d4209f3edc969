"""What stands in the columns: mixed kinds of values, broken JSON, phone numbers, e-mail addresses, empty texts."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from truebook.audit import names
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Table, literal, remark
from truebook.audit.registry import SQLITE, rule
from truebook.audit.values import agree, is_json, is_phone, normal, plural, some, veiled


def _texts(inspection: Inspection) -> Iterator[tuple[Table, Column]]:
    for table in inspection.database.tables:
        yield from ((table, column) for column in table.columns if column.kind == "text" and table.rows)


@rule("mixed-storage", Severity.WARNING, SQLITE)
def mixed_storage(inspection: Inspection) -> Iterator[Finding]:
    """One SQLite column holds values of several storage classes: text beside numbers, which never compare as equal.

    SQLite takes any value in any column unless the table is STRICT; `1` and `'false'` in a boolean are both true in
    some language.

    Fix: convert the rows to one class; rebuild the table as STRICT.
    """
    for table in inspection.database.tables:
        if table.rows and not table.strict:
            for column in table.columns:
                yield from _mixture(inspection, table, column)


def _mixture(inspection: Inspection, table: Table, column: Column) -> Iterator[Finding]:
    found = inspection.rows(
        f"SELECT typeof({column.sql}), count(*), CAST(min({column.sql}) AS text) FROM {inspection.sample(table)} "
        f"WHERE {column.sql} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
    )
    classes = {row[0] for row in found}
    if len(classes) > 1 and classes != {"integer", "real"}:
        yield Finding(
            table.label,
            column.name,
            f"{table.label}.{column.name} ({column.type}) holds values of {len(classes)} storage classes.",
            tuple(f"{count} × {name}, for example {value!r}" for name, count, value in found),
            advice=remark(f"convert the rows of {table.name}.{column.name} to one class"),
        )


@rule("malformed-json", Severity.WARNING)
def malformed_json(inspection: Inspection) -> Iterator[Finding]:
    """A text column holds JSON, and some of it does not parse: the code that reads those rows fails or skips them.

    Fix: mend the rows and give the column the type jsonb (PostgreSQL) or a `CHECK (json_valid(…))` (SQLite).
    """
    for table, column in _texts(inspection):
        found = inspection.texts(table, column)
        broken = [value for value in found if not is_json(value)]
        if (
            broken
            and 2 * sum(value.lstrip().startswith(("{", "[")) for value in found) > len(found) - 1
            and len(broken) < len(found)
        ):
            yield Finding(
                table.label,
                column.name,
                f"{table.label}.{column.name} holds JSON, but {plural(len(broken), 'value')} "
                f"{agree(len(broken), 'does', 'do')} not parse.",
                (some([value[:60] for value in broken]) + inspection.of(table),),
                advice=remark(f"mend them: SELECT * FROM {table.sql} WHERE {column.sql} = {literal(broken[0][:60])}"),
            )


@rule("json-reference-dangling", Severity.WARNING)
def json_reference_dangling(inspection: Inspection) -> Iterator[Finding]:
    """JSON names a row that does not exist: something was promised, or remembered, that the database does not back.

    The founding failure left such traces: a message that says "booked" with the id of an appointment nobody stored.

    Fix: look at each one with whoever was told; keep references that matter in a column with a foreign key.
    """
    parents = {"".join(names.thing(table.name)): table for table in inspection.database.tables if table.key}
    for table in inspection.database.tables:
        for column in table.columns:
            if table.rows and column.kind in ("text", "json"):
                for name, named in _references(inspection, table, column).items():
                    gone = _gone(inspection, parents[name], named) if name in parents else []
                    if gone:
                        yield _dangling(inspection, table, column, parents[name], gone)


def _dangling(inspection: Inspection, table: Table, column: Column, parent: Table, gone: list[str]) -> Finding:
    pattern = literal("%" + gone[0] + "%")
    return Finding(
        table.label,
        column.name,
        f"JSON in {table.label}.{column.name} names {plural(len(gone), 'row')} of {parent.label} that "
        f"{agree(len(gone), 'does', 'do')} not exist.",
        (some(gone) + inspection.of(table),),
        advice=f"SELECT * FROM {table.sql} WHERE CAST({column.sql} AS text) LIKE {pattern};",
    )


def _references(inspection: Inspection, table: Table, column: Column) -> dict[str, set[str]]:
    """Return the ids that stand under `<thing>Id` in the column's JSON, by thing."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in inspection.texts(table, column, f"CAST({column.sql} AS text) LIKE '%\"%d\"%:%'", limit=500):
        for key, value in _pairs(text):
            if names.refers(key):
                found["".join(names.stem(key))].add(value)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        found: Any = json.loads(text)
    except ValueError:
        return []
    return [(key, value) for key, value in found.items() if isinstance(value, str)] if isinstance(found, dict) else []


def _gone(inspection: Inspection, parent: Table, named: set[str]) -> list[str]:
    """Return the ids that no row of the parent has, in whatever spelling."""
    present = {normal(value) for value in inspection.present(parent, named)}
    return sorted(value for value in named if normal(value) not in present)


@rule("mixed-phone-formats", Severity.WARNING)
def mixed_phone_formats(inspection: Inspection) -> Iterator[Finding]:
    """Phone numbers are not all written in one way: the same person has several, and messages do not arrive.

    Fix: convert to E.164 (`+` and digits only) and let a CHECK hold it.
    """
    for table, column in _texts(inspection):
        if names.has(column.name, names.PHONES):
            found = [value for value in inspection.texts(table, column) if value]
            odd = [value for value in found if not is_phone(value)]
            if odd:
                yield Finding(
                    table.label,
                    column.name,
                    f"{len(odd)} of {len(found)} phone numbers in {table.label}.{column.name} are not in the form "
                    "+436601234567.",
                    (some(veiled(value) for value in odd) + inspection.of(table),),
                    advice=f"ALTER TABLE {table.sql} ADD CHECK ({column.sql} ~ '^\\+[1-9][0-9]{{6,14}}$') NOT VALID;",
                )


@rule("empty-text", Severity.WARNING)
def empty_text(inspection: Inspection) -> Iterator[Finding]:
    """A required contact or name is there, but empty: NOT NULL was satisfied with nothing.

    Fix: fill or clear the rows, and add a CHECK that the text is not blank.
    """
    wanted = names.PHONES | names.EMAILS | frozenset({"name", "title", "slug", "timezone"})
    for table, column in _texts(inspection):
        if names.has(column.name, wanted) and not column.nullable:
            count = inspection.count(table, f"trim({column.sql}) = ''")
            if count:
                yield Finding(
                    table.label,
                    column.name,
                    f"{plural(count, 'row')} of {table.label} {agree(count, 'has', 'have')} an empty "
                    f"{column.name}, which is required.",
                    (some(inspection.keys(table, f"trim({column.sql}) = ''")) + inspection.of(table),),
                    advice=f"ALTER TABLE {table.sql} ADD CHECK (trim({column.sql}) <> '') NOT VALID;",
                )


@rule("case-duplicates", Severity.WARNING)
def case_duplicates(inspection: Inspection) -> Iterator[Finding]:
    """The same e-mail address, slug or login stands there in two spellings: one person has two accounts.

    Fix: merge the rows, then make `lower(…)` unique.
    """
    wanted = names.EMAILS | frozenset({"slug", "login", "username"})
    for table, column in _texts(inspection):
        if names.last(column.name) in wanted:
            found = inspection.rows(
                f"SELECT min({column.sql}), max({column.sql}) FROM {inspection.sample(table)} WHERE {column.sql} <> '' "
                f"GROUP BY lower({column.sql}) HAVING count(DISTINCT {column.sql}) > 1 ORDER BY 1 LIMIT 20"
            )
            if found:
                yield Finding(
                    table.label,
                    column.name,
                    f"{plural(len(found), 'value')} of {table.label}.{column.name} "
                    f"{agree(len(found), 'stands', 'stand')} there in two spellings of "
                    "upper and lower case.",
                    tuple(f"'{veiled(first)}' and '{veiled(last)}'" for first, last in found[:3]),
                    advice=f"CREATE UNIQUE INDEX ON {table.sql} (lower({column.sql}));  -- after merging the rows",
                )
