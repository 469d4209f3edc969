"""Indexes: missing, twice, broken."""

from collections.abc import Iterator

from truebook.audit import names, remedy
from truebook.audit.findings import Finding, Order, Severity, Step
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Index, Table, quoted
from truebook.audit.registry import POSTGRESQL, rule
from truebook.audit.values import plural

BIG = 10_000
"""Rows from which a missing index is felt."""


def _covers(table: Table, columns: tuple[str, ...]) -> bool:
    """Tell whether an index of the whole table begins with these columns, in any order among themselves."""
    return any(
        set(index.keys[: len(columns)]) == set(columns) and index.valid and _is_whole(index, columns)
        for index in table.indexes
    )


def _is_whole(index: Index, columns: tuple[str, ...]) -> bool:
    """Tell whether an index has all rows that matter: a condition that only leaves NULLs out does not matter."""
    return not index.predicate or any(f"{column} IS NOT NULL" in index.predicate.replace('"', "") for column in columns)


@rule("foreign-key-unindexed", Severity.WARNING)
def foreign_key_unindexed(inspection: Inspection) -> Iterator[Finding]:
    """A foreign key has no index: deleting a parent, or asking for its children, reads the whole table.

    A warning on tables of ten thousand rows and more, a hint on small ones.

    Fix: create the index.
    """
    for table in inspection.database.tables:
        for key in table.foreign_keys:
            if not _covers(table, key.columns) and not _leads(table, key.columns):
                yield Finding(
                    table.label,
                    ", ".join(key.columns),
                    f"The foreign key from {table.label} to {key.parent} has no index: finding a parent's rows "
                    "reads them all.",
                    (plural(table.rows, "row"),),
                    fix=(remedy.create_index(inspection, table, key.columns),),
                    severity=None if table.rows >= BIG else Severity.HINT,
                )


def _leads(table: Table, columns: tuple[str, ...]) -> bool:
    """Tell whether a composite reference is found well enough by an index that begins with its last column."""
    return len(columns) > 1 and any(index.keys[:1] == columns[-1:] and index.valid for index in table.indexes)


@rule("hot-query-unindexed", Severity.WARNING)
def hot_query_unindexed(inspection: Inspection) -> Iterator[Finding]:
    """The question a calendar asks all day, one tenant's rows by time, has no index that answers it.

    Fix: create a composite index on the tenant and the time.
    """
    for table in inspection.database.tables:
        tenant = inspection.tenants.column(table)
        start = _asked_by(table)
        if tenant and start and not any(_answers(index, tenant.name, start.name) for index in table.indexes):
            yield Finding(
                table.label,
                f"{tenant.name}, {start.name}",
                f"No index answers the usual question to {table.label}: one {tenant.name}'s rows by {start.name}.",
                (plural(table.rows, "row"),),
                fix=(remedy.create_index(inspection, table, (tenant.name, start.name)),),
                severity=None if _is_calendar(table) else Severity.HINT,
            )


def _answers(index: Index, tenant: str, start: str) -> bool:
    """Tell whether an index answers it: for the whole tenant, or for whatever stands between it and the time.

    Where a tenant has one row at most, that row is found by the tenant.
    """
    alone = index.unique and index.keys == (tenant,) and not index.predicate
    return alone or (index.keys[:1] == (tenant,) and start in index.keys[1:3])


def _asked_by(table: Table) -> Column | None:
    kinds = ("timestamp", "timestamptz", "date")
    return next((column for column in table.columns if column.kind in kinds and names.is_start(column.name)), None)


def _is_calendar(table: Table) -> bool:
    words = frozenset({"duration", "ends", "end", "until"})
    return any(names.has(column.name, words) and column.kind != "text" for column in table.columns)


@rule("lookup-unindexed", Severity.HINT)
def lookup_unindexed(inspection: Inspection) -> Iterator[Finding]:
    """People are looked up by phone or e-mail, and no index has that column.

    Fix: create the index, with the tenant first where there is one.
    """
    for table in inspection.database.tables:
        for column in table.columns:
            wanted = names.has(column.name, names.PHONES | names.EMAILS) and column.kind == "text"
            if wanted and not any(column.name in " ".join(index.keys) for index in table.indexes):
                tenant = inspection.tenants.column(table)
                keys = (tenant.name, column.name) if tenant else (column.name,)
                yield Finding(
                    table.label,
                    column.name,
                    f"No index finds a row of {table.label} by its {column.name}.",
                    (plural(table.rows, "row"),),
                    fix=(remedy.create_index(inspection, table, keys),),
                )


@rule("duplicate-index", Severity.WARNING)
def duplicate_index(inspection: Inspection) -> Iterator[Finding]:
    """Two indexes are the same: every write pays for both, and one would do.

    Fix: drop the one that no constraint needs.
    """
    for table in inspection.database.tables:
        for at, index in enumerate(table.indexes):
            twin = next((other for other in table.indexes[:at] if _same(index, other)), None)
            if twin:
                spare = index if not index.constraint and not index.primary else twin
                kept = twin if spare is index else index
                yield Finding(
                    table.label,
                    ", ".join(index.keys),
                    f"{index.name} and {twin.name} on {table.label} are the same index.",
                    (spare.definition, kept.definition),
                    fix=() if spare.constraint else (remedy.drop_index(inspection, table, spare.name),),
                    advice=f"ALTER TABLE {table.sql} DROP CONSTRAINT {quoted(spare.name)};",
                )


def _same(one: Index, other: Index) -> bool:
    return (one.keys, one.predicate, one.method, one.options) == (
        other.keys,
        other.predicate,
        other.method,
        other.options,
    ) and (one.unique == other.unique or not (one.unique and other.unique))


@rule("overlapping-index", Severity.HINT)
def overlapping_index(inspection: Inspection) -> Iterator[Finding]:
    """An index is the beginning of a longer one, which answers its questions as well.

    Fix: drop the shorter one, unless it is much smaller and much used.
    """
    for table in inspection.database.tables:
        for index in table.indexes:
            longer = next((other for other in table.indexes if _begins(index, other)), None)
            if longer and not index.unique and not index.constraint:
                yield Finding(
                    table.label,
                    ", ".join(index.keys),
                    f"{index.name} on {table.label} is the beginning of {longer.name}, which serves its queries too.",
                    (index.definition, longer.definition),
                    advice=remedy.drop_index(inspection, table, index.name).text,
                )


def _begins(index: Index, longer: Index) -> bool:
    same = (index.predicate, index.method) == (longer.predicate, longer.method) and index.method == "btree"
    return same and len(index.keys) < len(longer.keys) and longer.keys[: len(index.keys)] == index.keys


@rule("invalid-index", Severity.ERROR, POSTGRESQL)
def invalid_index(inspection: Inspection) -> Iterator[Finding]:
    """An index is invalid: a CREATE INDEX CONCURRENTLY failed, and what it left is written to but never read.

    A unique index that is invalid keeps nothing unique.

    Fix: build it again.
    """
    for table in inspection.database.tables:
        for index in table.indexes:
            if not index.valid:
                sql = f"REINDEX INDEX CONCURRENTLY {quoted(table.schema)}.{quoted(index.name)};"
                yield Finding(
                    table.label,
                    ", ".join(index.keys),
                    f"{index.name} on {table.label} is invalid: it costs writes and serves nobody.",
                    (index.definition,),
                    fix=(Step(sql, Order.INDEX, alone=True),),
                )
