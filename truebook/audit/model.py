"""A database as the auditor sees it: the same frozen picture, whichever engine it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from truebook.kernel.shown import visible

Engine = Literal["postgresql", "sqlite"]
Kind = Literal[
    "uuid", "text", "integer", "number", "boolean", "timestamp", "timestamptz", "date", "json", "enum", "other"
]
"""What a type is for, whatever the engine calls it; `timestamp` is one without a zone."""


@dataclass(frozen=True)
class Column:
    """A column; `default` is the expression as the engine shows it, `computed` is true where no value may be given."""

    name: str
    type: str
    kind: Kind
    nullable: bool
    default: str | None = None
    identity: bool = False
    computed: bool = False
    comment: str = ""

    @property
    def sql(self) -> str:
        """Return the name, quoted."""
        return quoted(self.name)


@dataclass(frozen=True)
class ForeignKey:
    """A declared reference; `parent` is the label of the table it points to."""

    name: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]
    on_delete: str = "NO ACTION"
    valid: bool = True


@dataclass(frozen=True)
class Check:
    """A CHECK constraint: the expression without the word CHECK, and the columns it names."""

    name: str
    expression: str
    columns: tuple[str, ...]
    valid: bool = True


@dataclass(frozen=True)
class Index:
    """An index; a key that is an expression stands in `keys` as its text."""

    name: str
    keys: tuple[str, ...]
    unique: bool = False
    primary: bool = False
    constraint: bool = False
    valid: bool = True
    method: str = "btree"
    predicate: str = ""
    definition: str = ""
    options: str = ""
    """Operator classes, collations, directions, included columns: what makes two indexes on the same keys differ."""


@dataclass(frozen=True)
class Exclusion:
    """An exclusion constraint and the plain columns in it."""

    name: str
    columns: tuple[str, ...]
    definition: str
    predicate: str = ""


@dataclass(frozen=True)
class Trigger:
    """A trigger and the name of the function it runs."""

    name: str
    function: str
    definition: str


@dataclass(frozen=True)
class Policy:
    """A row-level security policy; an empty `roles` means everybody."""

    name: str
    command: str
    using: str
    check: str
    roles: tuple[str, ...] = ()
    permissive: bool = True


@dataclass(frozen=True)
class Function:
    """A function written by the database's users (not by an extension)."""

    name: str
    signature: str
    language: str
    body: str
    definer: bool
    search_path: str | None
    schema: str


@dataclass(frozen=True)
class Sequence:
    """A sequence and the column it feeds; `last` is None before the first call."""

    name: str
    table: str
    column: str
    last: int | None
    start: int
    maximum: int
    increment: int = 1
    type: str = "bigint"


@dataclass(frozen=True)
class Table:
    """A table with all that hangs on it. `rows` is exact on small tables and an estimate on big ones."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    rows: int = 0
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    policies: tuple[Policy, ...] = ()
    rls: bool = False
    rls_forced: bool = False
    comment: str = ""
    definition: str = ""
    strict: bool = False

    @property
    def label(self) -> str:
        """Return the name as people say it: without the schema where it is the usual one."""
        return self.name if self.schema in ("public", "main") else f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        """Return the full name, quoted."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"

    def column(self, name: str) -> Column | None:
        """Return the column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def uniques(self) -> Iterator[tuple[str, ...]]:
        """Yield the column sets that are unique without any condition, the primary key first."""
        if self.primary_key:
            yield self.primary_key
        yield from (i.keys for i in self.indexes if i.unique and i.valid and not i.predicate and not i.primary)

    @property
    def key(self) -> Column | None:
        """Return the column others refer to: the primary key, or of a composite one its `id`."""
        if len(self.primary_key) == 1:
            return self.column(self.primary_key[0])
        return self.column("id") if "id" in self.primary_key else None

    def foreign_key_on(self, column: str) -> ForeignKey | None:
        """Return the declared reference that column takes part in, if any."""
        return next((key for key in self.foreign_keys if column in key.columns), None)


@dataclass(frozen=True)
class Database:
    """Everything the auditor read from the catalog, once."""

    engine: Engine
    version: str
    name: str
    tables: tuple[Table, ...]
    functions: tuple[Function, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    extensions: frozenset[str] = frozenset()
    available_extensions: frozenset[str] = frozenset()
    callable: frozenset[str] = frozenset()
    """Every name that PostgreSQL finds before a bracket: functions, types, tables, words of SQL."""
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_label(self) -> dict[str, Table]:
        """Return the tables by what people call them."""
        return {table.label: table for table in self.tables}

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Return the texts of the users' functions by their names without schemas, those of one name together."""
        found: dict[str, str] = {}
        for function in self.functions:
            name = function.name.rpartition(".")[2].lower()
            found[name] = found.get(name, "") + "\n" + function.body
        return found

    @property
    def search_path(self) -> str:
        """Return a search_path that finds every table, as the application that uses them has one."""
        schemas = dict.fromkeys(["public", *(table.schema for table in self.tables)])
        return ", ".join(quoted(schema) for schema in schemas)

    @property
    def major(self) -> int:
        """Return the first number of the version."""
        return int(self.version.split(".")[0])


def quoted(name: str) -> str:
    """Return an identifier in double quotes, as both engines read it."""
    return '"' + name.replace('"', '""') + '"'


def remark(text: str) -> str:
    """Return a text as an SQL comment of one line, whatever is in it: no sign of it can end the line."""
    return f"-- {visible(text)}"


def literal(value: object) -> str:
    """Return a value as an SQL string literal (or NULL)."""
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
