"""Finds out whether a database holds several tenants, and which column of each table says whose a row is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from truebook.audit import names
from truebook.audit.implied import Link
from truebook.audit.model import Column, Database, Table


@dataclass(frozen=True)
class Tenancy:
    """The table of tenants (None where there is none) and, by table label, the column that names the tenant."""

    table: Table | None = None
    columns: dict[str, Column] = field(default_factory=dict)

    def column(self, table: Table) -> Column | None:
        """Return the tenant column of a table, if it belongs to tenants."""
        return self.columns.get(table.label)


def detect(database: Database, links: Sequence[Link]) -> Tenancy:
    """Return the tenancy: the table with a tenant's name that at least half of the other tables point to."""
    pointing: dict[str, dict[str, list[Column]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        if link.child.label != link.parent.label:
            pointing[link.parent.label][link.child.label].append(link.column)
    _add_declared(database, pointing)
    candidates = [table for table in database.tables if _is_named(table) and table.label in pointing]
    best = max(candidates, key=lambda table: len(pointing[table.label]), default=None)
    others = sum(1 for table in database.tables if table is not best and not names.is_ledger(table.name))
    if best is None or len(pointing[best.label]) < max(2, others / 2):
        return _by_name_alone(database)
    columns = {label: _chosen(database.by_label[label], found) for label, found in pointing[best.label].items()}
    return Tenancy(best, columns)


def _add_declared(database: Database, pointing: dict[str, dict[str, list[Column]]]) -> None:
    """Count the leading column of composite references too: (tenant, staff) points into the tenant of staff."""
    for table in database.tables:
        for key in table.foreign_keys:
            column = table.column(key.columns[0])
            parent = database.by_label.get(key.parent)
            if len(key.columns) < 2 or column is None or parent is None:
                continue
            for target, sources in pointing.items():
                if any(found.name == key.parent_columns[0] for found in sources.get(parent.label, ())):
                    pointing[target][table.label].append(column)


def _is_named(table: Table) -> bool:
    thing = names.thing(table.name)
    return bool(thing) and thing[-1] in names.TENANTS


def _chosen(table: Table, columns: list[Column]) -> Column:
    """Return the column that owns the row: in the primary key, else NOT NULL, else the first."""
    return max(columns, key=lambda column: (column.name in table.primary_key, not column.nullable))


def _by_name_alone(database: Database) -> Tenancy:
    """Return the tenancy of a database whose tenants live elsewhere: several tables with a `tenant_id`."""
    found = {table.label: column for table in database.tables for column in table.columns if column.name == "tenant_id"}
    return Tenancy(None, found if len(found) > 1 else {})
