"""Several businesses in one database: what keeps them apart."""

import re
from collections.abc import Iterator

from truebook.audit import names, remedy
from truebook.audit.findings import Finding, Order, Severity, Step
from truebook.audit.implied import Link
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Index, Table, literal, quoted
from truebook.audit.registry import POSTGRESQL, rule
from truebook.audit.sources.source import normalised
from truebook.audit.values import agree, plural, some

_GLOBAL = frozenset(
    [
        "token",
        "hash",
        "key",
        "credential",
        "slug",
        "domain",
        "host",
        "address",
        "email",
        "phone",
        "uuid",
        "guid",
        "external",
        "provider",
        "session",
        "secret",
        "url",
        "sid",
        "username",
    ]
)
_DEFAULT = re.compile(r"^(default|demo|test|system|global|unknown|none)\b|^[0-]+$", re.IGNORECASE)


def _tenant_tables(inspection: Inspection) -> Iterator[tuple[Table, Column]]:
    for table in inspection.database.tables:
        column = inspection.tenants.column(table)
        if column and table is not inspection.tenants.table:
            yield table, column


@rule("tenant-without-rls", Severity.WARNING, POSTGRESQL)
def tenant_without_rls(inspection: Inspection) -> Iterator[Finding]:
    """A table holds rows of several tenants without row-level security: one forgotten WHERE shows them all.

    Fix: enable and force row-level security, with a policy that compares the tenant column with a session setting.
    The application must set it in every transaction first, so `--fix` leaves this to you.
    """
    for table, column in _tenant_tables(inspection):
        if not table.rls:
            yield Finding(
                table.label,
                column.name,
                f"{table.label} holds rows of several tenants, and no row-level security keeps them apart.",
                (f"tenant column {column.name}, {plural(table.rows, 'row')}",),
                advice=f"ALTER TABLE {table.sql} ENABLE ROW LEVEL SECURITY;\nCREATE POLICY tenant ON {table.sql} USING "
                f"({column.sql} = nullif(current_setting('app.tenant', true), '')::{column.type});",
            )


@rule("reference-crosses-tenants", Severity.WARNING)
def reference_crosses_tenants(inspection: Inspection) -> Iterator[Finding]:
    """A reference between two tenants' tables leaves the tenant out: a row may point into another business.

    Foreign keys ignore row-level security. An error where rows cross already.

    Fix: make (tenant, id) unique in the parent and let the foreign key have both columns.
    """
    for link in inspection.links:
        own, theirs = inspection.tenants.column(link.child), inspection.tenants.column(link.parent)
        if own and theirs and link.parent is not inspection.tenants.table and not _keeps_tenant(inspection, link, own):
            count, keys = _crossing(inspection, link, own, theirs)
            yield Finding(
                link.child.label,
                link.column.name,
                f"{link.child.label}.{link.column.name} may point to a row of {link.parent.label} that belongs to "
                "another tenant" + (f", and {plural(count, 'row')} {agree(count, 'does', 'do')}." if count else "."),
                (f"crossing: {some(keys)}",) if count else ("no row crosses today",),
                advice=f"ALTER TABLE {link.child.sql} ADD FOREIGN KEY ({own.sql}, {link.column.sql}) "
                f"REFERENCES {link.parent.sql} ({theirs.sql}, {link.key.sql}) NOT VALID;",
                severity=_crossing_severity(link, count),
            )


def _crossing_severity(link: Link, count: int) -> Severity | None:
    if count:
        return Severity.ERROR
    return Severity.HINT if names.outlives(link.child.name) else None


def _keeps_tenant(inspection: Inspection, link: Link, own: Column) -> bool:
    """Tell whether the reference also has the tenant in it, or is the tenant column itself."""
    composite = [key for key in link.child.foreign_keys if len(key.columns) > 1 and link.column.name in key.columns]
    return link.column.name == own.name or any(own.name in key.columns for key in composite)


def _crossing(inspection: Inspection, link: Link, own: Column, theirs: Column) -> tuple[int, list[str]]:
    key = link.child.key or link.column
    join = f"{normalised('p.' + link.key.sql)} = {normalised('t.' + link.column.sql)}"
    apart = f"{normalised('p.' + theirs.sql)} <> {normalised('t.' + own.sql)}"
    found = inspection.rows(
        f"SELECT CAST(t.{key.sql} AS text) FROM {inspection.sample(link.child)} JOIN {link.parent.sql} p ON {join} "
        f"WHERE {apart} ORDER BY 1 LIMIT 1000"
    )
    return len(found), [row[0] for row in found]


@rule("unique-across-tenants", Severity.WARNING)
def unique_across_tenants(inspection: Inspection) -> Iterator[Finding]:
    """A UNIQUE in a tenants' table leaves the tenant out: one tenant's holiday blocks another's, and tells of it.

    A hint for values that are meant to be unique in the whole world (tokens, addresses, ids of other systems).

    Fix: put the tenant column first in the unique index.
    """
    for table, tenant in _tenant_tables(inspection):
        for index in table.indexes:
            if index.unique and index.valid and not index.primary and tenant.name not in index.keys:
                yield _too_wide(inspection, table, tenant, index)


def _too_wide(inspection: Inspection, table: Table, tenant: Column, index: Index) -> Finding:
    columns = [table.column(key) for key in index.keys]
    worldwide = any(column is None or _is_worldwide(table, column) for column in columns)
    plain = all(column is not None for column in columns) and not worldwide
    return Finding(
        table.label,
        ", ".join(index.keys),
        f"{index.name} is unique across all tenants: one tenant's {', '.join(index.keys)} blocks every other's.",
        (index.definition or f"UNIQUE ({', '.join(index.keys)})",),
        fix=_narrowed(inspection, table, tenant, index) if plain else (),
        advice=f"-- make it UNIQUE ({tenant.name}, {', '.join(index.keys)}) unless it is meant to be unique in the "
        "whole world",
        severity=Severity.HINT if worldwide else None,
    )


def _is_worldwide(table: Table, column: Column) -> bool:
    """Tell whether values of a column are unique in the world by their nature: ids, addresses, secrets."""
    named = names.has(column.name, _GLOBAL) or names.refers(column.name)
    return named or column.kind == "uuid" or column.name in table.primary_key


def _narrowed(inspection: Inspection, table: Table, tenant: Column, index: Index) -> tuple[Step, ...]:
    if not inspection.is_postgres and index.constraint:
        return ()
    new = remedy.create_index(inspection, table, (tenant.name, *index.keys), unique=True, predicate=index.predicate)
    if index.constraint:
        return new, Step(f"ALTER TABLE {table.sql} DROP CONSTRAINT {quoted(index.name)};", Order.DROP)
    return new, remedy.drop_index(inspection, table, index.name)


@rule("tenant-missing", Severity.WARNING)
def tenant_missing(inspection: Inspection) -> Iterator[Finding]:
    """Rows belong to nobody: their tenant is NULL, so every tenant's query misses them, or none does.

    Fix: give them to their owner or move them out; then set the column NOT NULL.
    """
    for table, column in _tenant_tables(inspection):
        count = inspection.count(table, f"{column.sql} IS NULL") if column.nullable else 0
        if count:
            yield Finding(
                table.label,
                column.name,
                f"{plural(count, 'row')} of {table.label} {agree(count, 'belongs', 'belong')} to no tenant.",
                (some(inspection.keys(table, f"{column.sql} IS NULL")) + inspection.of(table),),
                advice=f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} SET NOT NULL;  -- after settling the rows",
            )


@rule("tenant-default", Severity.WARNING)
def tenant_default(inspection: Inspection) -> Iterator[Finding]:
    """Rows belong to a tenant called "default": what has no owner was given to everybody's.

    Fix: find the real owner of each row; do without a default tenant.
    """
    for table, column in _tenant_tables(inspection):
        found = {value: n for value, n in inspection.tally(table, column, 1000).items() if _DEFAULT.match(value)}
        if found or _DEFAULT.match((column.default or "").strip("'( ")):
            yield Finding(
                table.label,
                column.name,
                f"{plural(sum(found.values()), 'row')} of {table.label} "
                f"{agree(sum(found.values()), 'belongs', 'belong')} to a default tenant instead of a "
                "real one.",
                tuple(f"'{value}' × {count}" for value, count in found.items()) or (f"DEFAULT {column.default}",),
                advice=f"SELECT * FROM {table.sql} WHERE {column.sql} IN ({', '.join(map(literal, list(found)[:3]))});",
            )
