"""The canary: a real INSERT of a plausible row into every table, on a stage where nothing stays.

A default, a trigger or a CHECK that refuses the row by its own fault is a finding. Whatever may be the fault of the
invented row (a rule of the business the canary cannot know) is inconclusive, and said so.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from truebook.audit import names
from truebook.audit.implied import Link
from truebook.audit.model import Column, Database, Table, literal, quoted
from truebook.audit.stage import Refusal, Stage
from truebook.kernel import clock


@dataclass(frozen=True)
class Fall:
    """A canary that died: which INSERT, why, and whether the database is to blame."""

    table: Table
    column: str
    statement: str
    refusal: Refusal
    to_blame: str
    """`a default`, `a trigger`, `a CHECK`; empty where the invented row may be to blame."""


@dataclass
class Canary:
    """Sings in one database. `allowed` tells the words a column takes, by (table, column)."""

    stage: Stage
    database: Database
    links: tuple[Link, ...]
    allowed: dict[tuple[str, str], frozenset[str]]
    made: dict[str, dict[str, str]] = field(default_factory=dict)
    """By table label, a row the canary made: column name to SQL expression. Cleared to get fresh parents."""
    hopeless: set[str] = field(default_factory=set)
    """Tables that refused every row once: not tried again as parents, or deep chains of them would take for ever."""
    count: Iterator[int] = field(default_factory=itertools.count)

    def sing(self, table: Table) -> Iterator[Fall]:
        """Insert a row with its id given and one with its id left to the database; yield what goes wrong."""
        for with_id in (True, False):
            if with_id or _fills_itself(table):
                fall = self._insert(table, with_id, ())
                if fall:
                    yield fall

    def _insert(self, table: Table, with_id: bool, above: tuple[str, ...]) -> Fall | None:
        """Insert an invented row; where it is refused for a reason that may be its own, others that differ."""
        fall = None
        for row, copied in self._rows(table, with_id, above):
            fall = self._try(table, row, copied)
            if fall is None or fall.to_blame:
                break
        return fall

    def _rows(self, table: Table, with_id: bool, above: tuple[str, ...]) -> Iterator[tuple[dict[str, str], set[str]]]:
        """Yield rows to try, with the names of the columns that were copied from a row that is there already."""
        yield self._invent(table, with_id, above), set()
        self.made.clear()
        yield self._invent(table, with_id, above), set()
        full = self._invent(table, with_id, above, full=True)
        yield full, set()
        yield self._like_another(table, full)

    def _try(self, table: Table, row: dict[str, str], copied: set[str]) -> Fall | None:
        columns = ", ".join(quoted(name) for name in row)
        values = ", ".join(row.values())
        body = f"({columns}) VALUES ({values})" if row else "DEFAULT VALUES"
        statement = f"INSERT INTO {table.sql} {body}"
        outcome = self.stage.attempt(f"{statement} RETURNING {', '.join(column.sql for column in table.columns)}")
        if isinstance(outcome, Refusal):
            return _judged(table, statement, outcome, row, copied)
        self.made[table.label] = _as_sql(table, outcome[0])
        return None

    def _invent(self, table: Table, with_id: bool, above: tuple[str, ...], full: bool = False) -> dict[str, str]:
        """Return SQL expressions for the columns that need a value; in a full row also for those that may be NULL."""
        row: dict[str, str] = {}
        for column in table.columns:
            is_key = column.name in table.primary_key and not table.foreign_key_on(column.name)
            given = with_id and is_key and not column.identity
            left = column.default or column.identity or (column.nullable and not full)
            if column.computed or (left and not given):
                continue
            row[column.name] = self._value(table, column, above)
        return self._kept_together(table, row, above)

    def _value(self, table: Table, column: Column, above: tuple[str, ...]) -> str:
        words = self.allowed.get((table.label, column.name))
        if words:
            return literal(sorted(words)[0])
        link = next((link for link in self.links if link.child is table and link.column.name == column.name), None)
        if link and link.parent is not table:
            parent = self._parent(link.parent, above)
            if parent.get(link.key.name):
                return parent[link.key.name]
        return plausible(column, next(self.count), unique=any(column.name in unique for unique in table.uniques))

    def _kept_together(self, table: Table, row: dict[str, str], above: tuple[str, ...]) -> dict[str, str]:
        """Give the columns of each composite reference the values of one and the same parent."""
        for key in table.foreign_keys:
            parent = self.database.by_label.get(key.parent)
            if parent and parent is not table and len(key.columns) > 1 and any(column in row for column in key.columns):
                needed = [table.column(column) for column in key.columns]
                if all(column and (column.name in row) for column in needed):
                    values = self._parent(parent, above)
                    for own, theirs in zip(key.columns, key.parent_columns, strict=True):
                        row[own] = values.get(theirs, row[own])
        return row

    def _parent(self, parent: Table, above: tuple[str, ...]) -> dict[str, str]:
        """Return a row of the parent: one the canary made, one made now, or one that is there."""
        if parent.label not in {*self.made, *self.hopeless, *above}:
            self._insert(parent, True, (*above, parent.label))
            if parent.label not in self.made:
                self.hopeless.add(parent.label)
        return self.made.get(parent.label) or self._existing(parent)

    def _existing(self, table: Table) -> dict[str, str]:
        listed = ", ".join(column.sql for column in table.columns)
        outcome = self.stage.attempt(f"SELECT {listed} FROM {table.sql} LIMIT 1")
        return {} if isinstance(outcome, Refusal) or not outcome else _as_sql(table, outcome[0])

    def _like_another(self, table: Table, row: dict[str, str]) -> tuple[dict[str, str], set[str]]:
        """Return the row with what another row holds, except where values must not be repeated, and what was copied."""
        other = self._existing(table)
        unique = {name for keys in table.uniques for name in keys}
        apart = unique | {name for exclusion in table.exclusions for name in exclusion.columns}
        copied = {name for name in row if name in other and name not in apart}
        return {name: other[name] if name in copied else value for name, value in row.items()}, copied


def _fills_itself(table: Table) -> bool:
    """Tell whether a row of the table is meant to get its id from the database."""
    keys = [table.column(name) for name in table.primary_key]
    return any(column and (column.default or column.identity) for column in keys) or not keys


def _as_sql(table: Table, values: tuple[object, ...]) -> dict[str, str]:
    pairs = zip(table.columns, values, strict=True)
    return {
        column.name: literal(_plain(value))
        for column, value in pairs
        if value is not None and not isinstance(value, bytes)
    }


def _plain(value: object) -> object:
    """Return what PostgreSQL reads back: the driver gives dicts and lists for json."""
    return str(value).replace("'", '"') if isinstance(value, dict | list) else value


def plausible(column: Column, number: int, *, unique: bool = False) -> str:
    """Return an SQL expression for a value that a column of that name and type would plausibly hold.

    A unique number or moment is far from those that are in use.
    """
    tomorrow = clock.now().astimezone(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(
        days=1 + (9000 + number if unique else 0)
    )
    if column.kind in ("timestamp", "timestamptz", "date"):
        return _moment(column, tomorrow)
    if column.kind in ("integer", "number"):
        return str((30_000 if column.type == "smallint" else 1_900_000_000) + number if unique else number % 7 + 1)
    if column.kind == "text":
        return literal(_text(column, number))
    simple = {"uuid": str(uuid4()), "boolean": "true", "json": "{}", "enum": ""}
    if column.kind == "boolean":
        return "true"
    return literal(simple.get(column.kind) or _other(column))


def _moment(column: Column, tomorrow: datetime) -> str:
    late = tomorrow + timedelta(hours=1) if names.has(column.name, names.ENDS) else tomorrow
    if column.kind == "date":
        return literal(f"{late:%Y-%m-%d}")
    return literal(f"{late:%Y-%m-%d %H:%M:%S}" + ("+00" if column.kind == "timestamptz" else ""))


def _text(column: Column, number: int) -> str:
    if names.has(column.name, names.PHONES):
        return f"+43660{1_000_000 + number}"
    if names.has(column.name, names.EMAILS):
        return f"canary{number}@example.test"
    if names.is_zone(column.name):
        return "Europe/Vienna"
    if column.name == "currency":
        return "EUR"
    if names.words(column.name)[-1:] == ("id",) or "36" in column.type:
        return str(uuid4())
    length = int(_length(column))
    return _letters(number)[-length:] if length <= 3 else f"canary{number}"[-length:]


def _letters(number: int) -> str:
    """Return three capital letters, as codes of countries and currencies have."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))


def _length(column: Column) -> str:
    inside = column.type.partition("(")[2].partition(")")[0]
    return inside if inside.isdigit() and inside != "0" else "100"


def _other(column: Column) -> str:
    kinds = {"bytea": "\\x00", "time": "10:00", "interval": "1 hour", "inet": "127.0.0.1", "oid": "1"}
    if column.type.endswith("[]"):
        return "{}"
    if "range" in column.type:
        return "empty"
    return next((value for word, value in kinds.items() if column.type.startswith(word)), "canary")


def _judged(table: Table, statement: str, refusal: Refusal, row: dict[str, str], copied: set[str]) -> Fall:
    column, blame = _blame(table, refusal, row, copied)
    return Fall(table, column, statement, refusal, blame)


def _blame(table: Table, refusal: Refusal, row: dict[str, str], copied: set[str]) -> tuple[str, str]:
    """Return (column, who is to blame); the blame is empty where it may be the invented row."""
    if _is_broken(refusal):
        trigger = next((trigger for trigger in table.triggers if trigger.function in refusal.context), None)
        in_trigger = trigger or ("no such table" in refusal.message and table.triggers)
        return _failing_column(table, refusal, row), "a trigger" if in_trigger else "a default"
    if refusal.code in ("23514", "SQLITE_CONSTRAINT_CHECK"):
        columns = _checked(table, refusal)
        if columns and all(name not in row and _has_default(table, name) for name in columns):
            return ", ".join(columns), "a default"
        return ", ".join(columns), "a CHECK" if columns and set(columns) <= copied else ""
    if refusal.code in ("23505", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
        keys = [name for name in table.primary_key if name not in row]
        primary = refusal.constraint.endswith("_pkey") or refusal.constraint in [
            i.name for i in table.indexes if i.primary
        ]
        return ", ".join(keys), "a default" if keys and primary else ""
    if refusal.code in ("23502", "SQLITE_CONSTRAINT_NOTNULL"):
        found = table.column(refusal.column)
        return refusal.column, "a default" if found and found.default and found.name not in row else ""
    return "", ""


def _has_default(table: Table, name: str) -> bool:
    column = table.column(name)
    return column is not None and column.default is not None


def _is_broken(refusal: Refusal) -> bool:
    """Tell whether something could not even be executed: a missing function, table or column."""
    if refusal.code.startswith("SQLITE"):
        return any(
            word in refusal.message
            for word in ("unknown function", "no such function", "no such table", "no such column")
        )
    return refusal.code.startswith("42") and refusal.code not in ("42501", "42704")


def _failing_column(table: Table, refusal: Refusal, row: dict[str, str]) -> str:
    """Return the column whose default names what is missing, else the first one left to its default expression."""
    left = [column for column in table.columns if column.default and column.name not in row and "(" in column.default]
    named = [c for c in left if (c.default or "").partition("(")[0] in refusal.message + refusal.context]
    return next((column.name for column in [*named, *left]), "")


def _checked(table: Table, refusal: Refusal) -> tuple[str, ...]:
    """Return the columns of the CHECK that refused: SQLite names it, or gives its text."""
    blank = "".join(refusal.constraint.split())
    return next(
        (c.columns for c in table.checks if c.name == refusal.constraint or "".join(c.expression.split()) == blank), ()
    )
