"""Reads an SQLite file into the auditor's picture, opened read-only."""

import sqlite3
from pathlib import Path

from truebook.audit.model import Check, Column, Database, Engine, ForeignKey, Index, Kind, Table, Trigger, quoted
from truebook.audit.sources import ddl
from truebook.audit.sources.source import Budget, Limits, ProbeFailed, Progress, Row, Unreadable
from truebook.kernel.sqlite import Watch, guard

_NAMES = """
SELECT name, coalesce(sql, '') FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"""
_MAGIC = b"SQLite format 3\x00"


class SqliteSource:
    """An SQLite file open for reading."""

    engine: Engine = "sqlite"

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.notes: list[str] = []
        self._budget = Budget(limits)
        self._watch = Watch()
        self._connection = _open(path)
        self._watch.over(self._connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, sql: str) -> list[Row]:
        """Return the answer to one read-only question; raise ProbeFailed."""
        try:
            with self._watch.within(self._budget.seconds()):
                return self._connection.execute(sql).fetchall()
        except (sqlite3.Error, MemoryError) as error:
            raise ProbeFailed(getattr(error, "sqlite_errorname", "SQLITE_NOMEM"), str(error) or "no memory") from error

    def sampled(self, table: Table) -> bool:
        """Tell whether the table is so big that only a part of it is looked at."""
        return table.rows > self.limits.sample_above

    def sample(self, table: Table) -> str:
        """Return the table, or a repeatable sample: evenly spaced rowids, the first rows where it has no rowid."""
        if not self.sampled(table):
            return table.sql
        wanted = self.limits.sample_above
        if "WITHOUT ROWID" in table.definition.upper():
            return f"(SELECT * FROM {table.sql} LIMIT {wanted})"
        spaced = (
            f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {wanted - 1}) "
            f"SELECT 1 + i * (SELECT max(rowid) FROM {table.sql}) / {wanted} FROM n"
        )
        return f"(SELECT * FROM {table.sql} WHERE rowid IN ({spaced}))"

    def read(self, progress: Progress) -> Database:
        """Return the picture of the whole database."""
        names = self.rows(_NAMES)
        tables = []
        for done, (name, definition) in enumerate(names):
            progress(f"counting {name}", done, len(names))
            tables.append(self._table(name, definition))
        return Database("sqlite", sqlite3.sqlite_version, self.path.name, tuple(tables), views=self._views())

    def _views(self) -> dict[str, str]:
        return dict(self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))

    def _table(self, name: str, definition: str) -> Table:
        info = self.rows(f"PRAGMA table_xinfo({quoted(name)})")
        return Table(
            schema="main",
            name=name,
            columns=tuple(_column(row, _rowid_alias(info, definition)) for row in info if row[6] != 1),
            rows=self.rows(f"SELECT count(*) FROM {quoted(name)}")[0][0],
            primary_key=tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]),
            foreign_keys=self._foreign_keys(name),
            checks=tuple(_checks(definition, [row[1] for row in info])),
            indexes=self._indexes(name),
            triggers=self._triggers(name),
            definition=definition,
            strict=ddl.is_strict(definition),
        )

    def _foreign_keys(self, name: str) -> tuple[ForeignKey, ...]:
        found: dict[int, list[Row]] = {}
        for row in self.rows(f"PRAGMA foreign_key_list({quoted(name)})"):
            found.setdefault(row[0], []).append(row)
        return tuple(self._foreign_key(name, rows) for _, rows in sorted(found.items()))

    def _foreign_key(self, name: str, rows: list[Row]) -> ForeignKey:
        """Return one reference; SQLite never checks old rows, so none of its keys counts as valid by itself."""
        parent, action = rows[0][2], rows[0][6]
        columns = tuple(row[3] for row in rows)
        own = tuple(row[4] for row in rows if row[4]) or self._primary_key(parent)
        return ForeignKey(f"{name}_{'_'.join(columns)}_fkey", columns, parent, own, action, valid=False)

    def _primary_key(self, name: str) -> tuple[str, ...]:
        info = self.rows(f"PRAGMA table_info({quoted(name)})")
        return tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])

    def _indexes(self, name: str) -> tuple[Index, ...]:
        listed = self.rows(f"PRAGMA index_list({quoted(name)})")
        return tuple(self._index(row) for row in sorted(listed, key=lambda row: str(row[1])))

    def _index(self, row: Row) -> Index:
        _, name, unique, origin, partial = row[:5]
        keys = [key for key in self.rows(f"PRAGMA index_xinfo({quoted(name)})") if key[5]]
        sql = dict(self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'")).get(name) or ""
        texts = ddl.index_keys(sql)
        return Index(
            name=name,
            keys=tuple(key[2] if key[1] >= 0 else texts[at] for at, key in enumerate(keys)),
            unique=bool(unique),
            primary=origin == "pk",
            constraint=origin in ("pk", "u"),
            predicate=ddl.predicate(sql) if partial else "",
            definition=sql,
            options=" ".join(f"{key[3]}{key[4]}" for key in keys),
        )

    def _triggers(self, name: str) -> tuple[Trigger, ...]:
        found = self.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = "
            f"'{name.replace(chr(39), chr(39) * 2)}'"
        )
        return tuple(Trigger(trigger, trigger, sql) for trigger, sql in found)


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise Unreadable(f"{path} is not a file")
    with path.open("rb") as file:
        if file.read(16) not in (_MAGIC, b""):
            raise Unreadable(f"{path} is not an SQLite database")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2)
    connection.text_factory = lambda data: data.decode(errors="replace")
    guard(connection)
    connection.execute("PRAGMA query_only = 1")
    return connection


def _kind(declared: str) -> Kind:
    """Return what a declared type is for, by SQLite's own way of reading it: by the words in it."""
    text = declared.lower()
    words: tuple[tuple[str, Kind], ...] = (
        ("uuid", "uuid"), ("json", "json"), ("bool", "boolean"), ("timestamptz", "timestamptz"),
        ("datetime", "timestamp"), ("timestamp", "timestamp"), ("date", "date"), ("int", "integer"),
        ("char", "text"), ("text", "text"), ("clob", "text"),
        ("dec", "number"), ("num", "number"), ("real", "number"), ("float", "number"), ("doub", "number"),
    )  # fmt: skip
    return next((kind for word, kind in words if word in text), "other")


def _rowid_alias(info: list[Row], definition: str) -> str:
    """Return the column that is the rowid by another name: a lone INTEGER primary key."""
    keys = [row for row in info if row[5]]
    alias = len(keys) == 1 and keys[0][2].upper() == "INTEGER" and "WITHOUT ROWID" not in definition.upper()
    return keys[0][1] if alias else ""


def _column(row: Row, rowid_alias: str) -> Column:
    _, name, declared, not_null, default, _, hidden = row
    is_alias = name == rowid_alias
    return Column(
        name,
        declared,
        _kind(declared),
        not (not_null or is_alias),
        default,
        identity=is_alias,
        computed=hidden > 1,
    )


def _checks(definition: str, columns: list[str]) -> list[Check]:
    found = enumerate(ddl.checks(definition), start=1)
    return [Check(name or f"check {at}", text, tuple(ddl.named(text, columns))) for at, (name, text) in found]
