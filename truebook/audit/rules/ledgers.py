"""The ledger of migrations against the database it speaks of."""

from collections.abc import Iterator

from truebook.audit import names
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.ledger import Entry, Ledger, Promise, ledgers, promised
from truebook.audit.model import Table
from truebook.audit.registry import rule


@rule("ledger-drift", Severity.ERROR)
def ledger_drift(inspection: Inspection) -> Iterator[Finding]:
    """A migration is recorded as done, but what it says it made is not there.

    A migration that catches its own errors is entered in the ledger all the same, and never runs again. Knex, Alembic,
    Django and Rails ledgers are read; with `--migrations DIR` the files say what to look for, without it only what the
    names of the migrations claim.

    Fix: write a new migration that makes what is missing, and let it fail loudly.
    """
    for ledger in ledgers(inspection, inspection.migrations):
        for entry, promise in promised(ledger):
            missing = list(_missing(inspection, promise))
            if missing:
                yield _broken(ledger, entry, promise, missing)
        if ledger.tool == "Django":
            yield from _django(inspection, ledger)
        if ledger.entries and len(inspection.database.tables) == 1:
            yield _broken(ledger, ledger.entries[-1], Promise("table"), ["there is no table besides the ledger"])


def _broken(ledger: Ledger, entry: Entry, promise: Promise, missing: list[str]) -> Finding:
    return Finding(
        ledger.table.label,
        "",
        f"The {ledger.tool} ledger says that {entry.name} ran, but what it promises is not there: {promise}.",
        tuple(missing[:6]),
        advice="-- a new migration that makes the missing objects, without catching its errors",
    )


def _missing(inspection: Inspection, promise: Promise) -> Iterator[str]:
    """Yield what is not there of what was promised."""
    if promise.kind == "foreign keys":
        yield from _missing_keys(inspection, promise.table)
    elif promise.kind == "id defaults":
        yield from _missing_defaults(inspection, promise)
    elif promise.kind == "type":
        yield from _wrong_types(inspection, promise)
    elif not _exists(inspection, promise):
        yield f"no {promise}"


def _tables(inspection: Inspection, name: str) -> list[Table]:
    """Return the tables a migration means by a name, singular or plural; all of them where it names none."""
    return [table for table in inspection.database.tables if not name or names.thing(table.name) == names.thing(name)]


def _exists(inspection: Inspection, promise: Promise) -> bool:
    for table in _tables(inspection, promise.table):
        if promise.kind == "table":
            return True
        if promise.kind == "column" and (table.column(promise.name) or table.column(f"{promise.name}_id")):
            return True
        if promise.kind == "index" and any(index.name == promise.name for index in table.indexes):
            return True
        if promise.kind == "foreign key" and table.foreign_key_on(promise.name):
            return True
    return False


def _missing_keys(inspection: Inspection, table: str) -> Iterator[str]:
    """Yield the references without a key that a migration called add_foreign_keys left."""
    labels = {found.label for found in _tables(inspection, table)}
    for link in inspection.links:
        if link.how != "declared" and link.child.label in labels and not names.outlives(link.child.name):
            yield f"no foreign key {link.sql}"


def _missing_defaults(inspection: Inspection, promise: Promise) -> Iterator[str]:
    if promise.name == "postgresql" and not inspection.is_postgres:
        return
    for table in inspection.database.tables:
        key = table.key
        if key and key.kind == "uuid" and not table.foreign_key_on(key.name):
            if not key.default:
                yield f"{table.label}.{key.name} has no default"
            elif inspection.is_postgres and inspection.failure(f"SELECT ({key.default})"):
                yield f"the default of {table.label}.{key.name} fails"


def _wrong_types(inspection: Inspection, promise: Promise) -> Iterator[str]:
    for table in inspection.database.tables:
        column = table.column(promise.name)
        if column and promise.table not in (column.kind, column.type.lower()):
            yield f"{table.label}.{column.name} is {column.type}"


def _django(inspection: Inspection, ledger: Ledger) -> Iterator[Finding]:
    """Yield what Django's own list of models promises: a table for each model of an app whose migrations ran."""
    types = inspection.database.by_label.get("django_content_type")
    apps = {entry.app for entry in ledger.entries}
    if types is None:
        return
    for app, model in inspection.rows(f"SELECT app_label, model FROM {types.sql} ORDER BY 1, 2"):
        own = any(table.name.startswith(f"{app}_") for table in inspection.database.tables)
        if app in apps and own and f"{app}_{model}" not in inspection.database.by_label:
            promise = Promise("table", f"{app}_{model}")
            yield _broken(ledger, Entry(f"{app}.{model}", app), promise, [f"no {promise}"])


@rule("ledger-locked", Severity.WARNING)
def ledger_locked(inspection: Inspection) -> Iterator[Finding]:
    """The lock of the migrations is held: a migration died half way, and no other will start.

    Fix: make sure that none is running, see what the last one left undone, then free the lock.
    """
    table = inspection.database.by_label.get("knex_migrations_lock")
    if table and inspection.value(f"SELECT max(is_locked) FROM {table.sql}"):
        yield Finding(
            table.label,
            "is_locked",
            "Knex's migration lock is held: a migration died half way, or is running now.",
            ("is_locked = 1",),
            advice=f"UPDATE {table.sql} SET is_locked = 0;",
        )
