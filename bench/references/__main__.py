"""Drop every declared key of real schemas and find them again: `python -m bench.references FOLDER [--misses]`.

FOLDER holds SQL scripts that make schemas with their keys (pg_dump --schema-only, a Rails structure.sql …).
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from psycopg import sql

from bench.place import running_server
from bench.references.loading import load
from truebook.audit import Limits, Severity, names
from truebook.audit.inspection import Inspection
from truebook.audit.model import Database
from truebook.audit.rules.references import missing_foreign_key
from truebook.audit.run import picture
from truebook.audit.sources import connect
from truebook.db.server import Server

PLENTY = 1.5
"""Keys a table that prove it as well, however the columns are named."""
DECLARING = 0.8
"""Share of the columns named outright after another table, `user_id` where there are users, that have a key: below it
a schema does not declare its keys, and what is found besides those proves nothing either way."""

HEAD = (
    "| schema | tables | keys | found | others | borne out | recall | precision | with those borne out |\n"
    "|---|---|---|---|---|---|---|---|---|"
)

Pair = tuple[str, str]
"""A column and the table that it refers to."""


@dataclass(frozen=True)
class Outcome:
    """What one schema came to: the pairs declared, those found at warning level, and those found at any level."""

    name: str
    tables: int
    declared: frozenset[Pair]
    warned: frozenset[Pair]
    hinted: frozenset[Pair]
    outright: frozenset[Pair]
    """The columns named outright after another table, declared or not."""
    refused: tuple[str, ...] = ()

    @property
    def places(self) -> int:
        """Return how many columns have a declared key."""
        return len({place for place, _ in self.declared})

    @property
    def found(self) -> int:
        """Return how many declared keys were found again as warnings."""
        return len({place for place, _ in self.declared & self.warned})

    @property
    def borne_out(self) -> int:
        """Return how many others the schema itself bears out: it declares a column of that name to that table."""
        said = {(place.rpartition(".")[2], parent) for place, parent in self.declared}
        places = {place for place, _ in self.declared}
        others = self.warned - self.declared
        return sum(1 for place, parent in others if place not in places and (place.rpartition(".")[2], parent) in said)

    @property
    def declares(self) -> bool:
        """Tell whether the schema declares its keys at all."""
        places = {place for place, _ in self.declared}
        named = sum(place in places for place, _ in self.outright)
        return self.places >= PLENTY * self.tables or named >= DECLARING * max(1, len(self.outright))


def tried(server: Server, script: Path) -> Outcome:
    """Load one schema, take its keys away, and look for them."""
    with _empty(server) as url:
        loaded = load(url, script)
        with closing(connect(url, Limits())) as source:
            full = picture(source)
            bare = replace(full, tables=tuple(replace(table, foreign_keys=()) for table in full.tables))
            inspection = Inspection(source, bare)
            parents = {(f"{link.child.label}.{link.column.name}"): link.parent.label for link in inspection.links}
            levels = {finding.place: finding.severity for finding in missing_foreign_key(inspection)}
    warned = {(place, parents[place]) for place, level in levels.items() if (level or Severity.WARNING) > Severity.HINT}
    hinted = {(place, parents[place]) for place in levels}
    return Outcome(
        script.stem,
        len(full.tables),
        _declared(full),
        frozenset(warned),
        frozenset(hinted),
        _outright(full),
        tuple(loaded.refused),
    )


def _outright(full: Database) -> frozenset[Pair]:
    keyed = {(*names.thing(table.name), "id"): table for table in full.tables if table.key}
    return frozenset(
        (f"{table.label}.{column.name}", parent.label)
        for table in full.tables
        for column in table.columns
        if (parent := keyed.get(names.words(column.name))) and parent is not table
    )


def _declared(full: Database) -> frozenset[Pair]:
    """Return each declared key once: of one over several columns, the column that has the name of the parent's key."""
    pairs = set()
    for table in full.tables:
        for key in table.foreign_keys:
            parent = full.by_label.get(key.parent)
            own = parent.key.name if parent and parent.key else ""
            column = dict(zip(key.parent_columns, key.columns, strict=True)).get(own, key.columns[-1])
            pairs.add((f"{table.label}.{column}", key.parent))
    return frozenset(pairs)


@contextmanager
def _empty(server: Server) -> Iterator[str]:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE schema_tried"))
    try:
        yield server.url("schema_tried")
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE schema_tried WITH (FORCE)"))


def _line(name: str, numbers: list[int]) -> str:
    tables, keys, found, others, borne_out = numbers
    strict = found / max(1, found + others)
    fair = (found + borne_out) / max(1, found + others)
    return (
        f"| {name} | {tables} | {keys} | {found} | {others} | {borne_out} | {found / max(1, keys):.2f} | {strict:.2f} "
        f"| {fair:.2f} |"
    )


def _show_misses(outcome: Outcome) -> None:
    places = {place for place, _ in outcome.declared & outcome.warned}
    for place, parent in sorted(outcome.declared):
        if place not in places:
            hint = "  (a hint)" if (place, parent) in outcome.hinted else ""
            print(f"  missed {outcome.name}: {place} → {parent}{hint}")
    for place, parent in sorted(outcome.warned - outcome.declared):
        if place not in places:
            print(f"  beside {outcome.name}: {place} → {parent}")
    for problem in outcome.refused:
        print(f"  refused {outcome.name}: {problem}")


def main(arguments: list[str]) -> None:
    """Try every script of the folder and print one line for each, and the sum of those that declare their keys."""
    folder = Path(next((one for one in arguments if not one.startswith("-")), "."))
    scripts = sorted(folder.glob("*.sql"))
    if not scripts:
        sys.exit(f"There is no .sql file in {folder}.")
    with running_server() as server:
        outcomes = [tried(server, script) for script in scripts]
    print(HEAD)
    for declaring in (True, False):
        some = [one for one in outcomes if one.declares is declaring]
        rows = [[o.tables, o.places, o.found, len(o.warned) - o.found, o.borne_out] for o in some]
        for one, numbers in zip(some, rows, strict=True):
            print(_line(one.name, numbers))
        if some:
            told = "those that declare their keys" if declaring else "those that declare some of them"
            print(_line(f"**{told}**", [sum(column) for column in zip(*rows, strict=True)]))
    if "--misses" in arguments:
        for one in outcomes:
            _show_misses(one)


if __name__ == "__main__":
    main(sys.argv[1:])
