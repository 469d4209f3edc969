"""Reads a PostgreSQL database (12 to 18) into the auditor's picture, in read-only sessions with timeouts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from truebook.audit.model import (
    Check,
    Column,
    Database,
    Engine,
    Exclusion,
    ForeignKey,
    Function,
    Index,
    Kind,
    Policy,
    Sequence,
    Table,
    Trigger,
    quoted,
)
from truebook.audit.sources import catalog, trust
from truebook.audit.sources.source import GUARDED, Budget, Limits, ProbeFailed, Progress, Row, Unreadable
from truebook.audit.sources.trust import Trust
from truebook.kernel.shown import without_password

GATE = "BEGIN READ ONLY; SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL constraint_exclusion = off"
"""What every question stands in: it can change nothing, and a name means what PostgreSQL means by it, nobody else."""
QUIET = "-c default_transaction_read_only=on -c search_path=pg_catalog,pg_temp"
BIG = 32 * 1024 * 1024
"""Bytes above which a table is not counted but its planner's estimate taken."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("int2", "int4", "int8"), "integer"),
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), "text"),
    **dict.fromkeys(("numeric", "float4", "float8", "money"), "number"),
    **dict.fromkeys(("json", "jsonb"), "json"),
    "uuid": "uuid",
    "bool": "boolean",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "date": "date",
}
_ON_DELETE = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_COMMANDS = {"*": "ALL", "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}


class PostgresSource:
    """A PostgreSQL database open for reading; every question is a read-only transaction of its own."""

    engine: Engine = "postgresql"

    def __init__(self, url: str, limits: Limits) -> None:
        self.limits = limits
        self.notes: list[str] = []
        self._trust = Trust()
        self._budget = Budget(limits)
        self._connection = _connected(url)
        self._name = self._connection.info.dbname
        self._prepare()

    def _prepare(self) -> None:
        """Make the session harmless: it cannot write, wait long for a lock, or run long."""
        self._connection.execute("SET default_transaction_read_only = on")
        self._connection.execute("SET lock_timeout = '2s'")
        self._connection.execute("SET idle_in_transaction_session_timeout = '60s'")
        if self.limits.run_code and self._ask(trust.PRIVILEGED, None)[0][0]:
            self.close()
            raise Unreadable(
                "--run-code runs what this database's users wrote, and this role could do anything on the server: "
                "connect as a role that is no superuser and may neither run programs nor write files"
            )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def rows(self, sql: str) -> list[Row]:
        """Return the answer to one read-only question; raise ProbeFailed."""
        if reason := self._trust.against(sql):
            raise ProbeFailed(GUARDED, reason)
        return self._ask(sql, None)

    def _ask(self, sql: str, values: dict[str, Any] | None) -> list[Row]:
        """Ask inside the gate, and leave nothing behind, not even a setting; `prepare` takes one statement only."""
        seconds = self._budget.seconds()
        try:
            self._connection.execute(f"{GATE}; SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
            return self._connection.execute(sql.encode(), values, prepare=True).fetchall()
        except psycopg.Error as error:
            raise ProbeFailed(error.sqlstate or "", str(error).strip()) from error
        finally:
            if not self._connection.closed:
                self._connection.execute("ROLLBACK")

    def sampled(self, table: Table) -> bool:
        """Tell whether the table is so big that only a part of it is looked at."""
        return table.rows > self.limits.sample_above

    def sample(self, table: Table) -> str:
        """Return the table, or a repeatable sample of its pages of about the size limit."""
        if not self.sampled(table):
            return table.sql
        percent = max(0.001, 100 * self.limits.sample_above / table.rows)
        return f"(SELECT * FROM {table.sql} TABLESAMPLE SYSTEM ({percent:.4f}) REPEATABLE (1))"

    def read(self, progress: Progress) -> Database:
        """Return the picture of the whole database."""
        wanted: dict[str, Any] = {"schemas": list(self.limits.schemas)}
        heads = self._ask(catalog.TABLES, wanted)
        wanted["tables"] = [head[0] for head in heads]
        labels = {oid: _label(schema, name) for oid, schema, name, *_ in heads}
        self._note_hidden(wanted)
        self._trust = self._trusted(heads, wanted)
        tables = _Tables(self, heads, labels, wanted).build(progress)
        return Database(
            engine="postgresql",
            version=str(self._connection.info.server_version // 10000)
            + f".{self._connection.info.server_version % 10000}",
            name=self._name,
            tables=tables,
            functions=tuple(Function(*row) for row in self._ask(catalog.FUNCTIONS, wanted)),
            sequences=tuple(_sequence(row, labels) for row in self._ask(catalog.SEQUENCES, wanted)),
            extensions=frozenset(row[0] for row in self._ask(catalog.EXTENSIONS, None)),
            available_extensions=frozenset(row[0] for row in self._ask(catalog.AVAILABLE, None)),
            enums={name: tuple(values) for name, values in self._ask(catalog.ENUMS, None)},
            callable=frozenset(row[0] for row in self._ask(catalog.NAMES, None)),
            views=dict(self._ask(catalog.VIEWS, None)),
        )

    def _trusted(self, heads: list[Row], wanted: dict[str, Any]) -> Trust:
        """Return what must not be asked here, and say so, unless whoever audits lets the database's code run."""
        if self.limits.run_code:
            return Trust()
        names = {oid: f"{quoted(schema)}.{quoted(name)}" for oid, schema, name, *_ in heads}
        labels = {oid: _label(schema, name) for oid, schema, name, *_ in heads}
        reading = self._ask(trust.READING, wanted)
        texts = [row[0] for row in self._ask(catalog.TEXTS, wanted)]
        volatile = (row[0] for row in self._ask(trust.VOLATILE, None))
        evaluating = trust.unevaluated(self._ask(trust.EVALUATING, wanted), texts, volatile)
        for kind, guarded in (("read", trust.unread(reading, labels)), ("evaluated", evaluating)):
            for what, reason in guarded.items():
                self.notes.append(f"{what} was not {kind}: {reason}; --run-code lets it.")
        return Trust(trust.unread(reading, names) | evaluating)

    def _note_hidden(self, wanted: dict[str, Any]) -> None:
        """Say which tables show this role only a part of their rows."""
        hidden = [row[0] for row in self._ask(catalog.HIDDEN, wanted)]
        if hidden:
            self.notes.append(
                f"Row-level security hides rows of {', '.join(hidden)} from this role: counts are of what it may see."
            )

    def count(self, schema: str, name: str, estimate: float, size: int) -> int:
        """Return the number of rows: exact on small tables, the planner's estimate on big ones."""
        if size > BIG:
            return int(estimate) if estimate > 0 else size // 100
        try:
            return int(self.rows(f"SELECT count(*) FROM {quoted(schema)}.{quoted(name)}")[0][0])
        except ProbeFailed as failure:
            self.notes.append(f"{_label(schema, name)} could not be counted: {failure.message}")
            return max(0, int(estimate))


class _Tables:
    """Puts the catalog's answers together, table by table."""

    def __init__(
        self, source: PostgresSource, heads: list[Row], labels: dict[int, str], wanted: dict[str, Any]
    ) -> None:
        self.source = source
        self.heads = heads
        self.labels = labels

        def ask(sql: str) -> dict[int, list[Row]]:
            return _grouped(source._ask(sql, wanted))

        self.columns = ask(catalog.COLUMNS)
        self.constraints = ask(catalog.CONSTRAINTS)
        self.indexes = ask(catalog.INDEXES)
        self.triggers = ask(catalog.TRIGGERS)
        self.policies = ask(catalog.POLICIES)

    def build(self, progress: Progress) -> tuple[Table, ...]:
        tables = []
        for done, head in enumerate(self.heads):
            progress(f"counting {head[2]}", done, len(self.heads))
            tables.append(self._table(head))
        return tuple(tables)

    def _table(self, head: Row) -> Table:
        oid, schema, name, estimate, size, rls, forced, comment = head
        by_type: dict[str, list[Row]] = defaultdict(list)
        for row in self.constraints[oid]:
            by_type[row[0]].append(row)
        return Table(
            schema=schema,
            name=name,
            columns=tuple(_column(row) for row in self.columns[oid]),
            rows=self.source.count(schema, name, estimate, size),
            primary_key=next((tuple(row[2]) for row in by_type["p"]), ()),
            foreign_keys=tuple(self._foreign_key(row) for row in by_type["f"] if row[3] in self.labels),
            checks=tuple(Check(row[1], row[7], tuple(row[2]), row[6]) for row in by_type["c"]),
            exclusions=tuple(Exclusion(row[1], tuple(row[2]), row[8], row[9]) for row in by_type["x"]),
            indexes=tuple(Index(row[0], tuple(row[1]), *row[2:]) for row in self.indexes[oid]),
            triggers=tuple(Trigger(*row) for row in self.triggers[oid]),
            policies=tuple(_policy(row) for row in self.policies[oid]),
            rls=rls,
            rls_forced=forced,
            comment=comment,
        )

    def _foreign_key(self, row: Row) -> ForeignKey:
        _, name, columns, parent, parent_columns, action, valid, *_ = row
        return ForeignKey(name, tuple(columns), self.labels[parent], tuple(parent_columns), _ON_DELETE[action], valid)


def _connected(url: str) -> psycopg.Connection:
    """Connect with as little of the database's own code as possible: not even an event trigger that greets who comes.

    Only a superuser may turn those off; for anybody else they run, read-only and with no more rights than theirs.
    """
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its text would show the password
        raise Unreadable("the URL cannot be read; it looks like postgresql://user:password@host:5432/name") from None
    own = str(given.get("options") or "")
    for options in (f"{own} {QUIET} -c event_triggers=off", f"{own} {QUIET}", own):
        try:
            return psycopg.connect(
                make_conninfo(url, options=options.strip()),
                autocommit=True,
                connect_timeout=10,
                application_name="truebook audit",
                client_encoding="utf8",
            )
        except psycopg.OperationalError as error:
            said = str(error).strip()
    raise Unreadable(f"cannot connect: {without_password(said, url)}") from None


def _label(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Return the rows by their first value, which is left out."""
    found: dict[int, list[Row]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


def _column(row: Row) -> Column:
    name, type_name, base, sort, nullable, default, identity, generated, comment = row
    kind: Kind = "enum" if sort == "e" else _KINDS.get(base, "other")
    computed = bool(generated)
    return Column(name, type_name, kind, nullable, None if computed else default, bool(identity), computed, comment)


def _policy(row: Row) -> Policy:
    name, command, using, check, roles, permissive = row
    return Policy(name, _COMMANDS[command], using, check, tuple(roles), permissive)


def _sequence(row: Row, labels: dict[int, str]) -> Sequence:
    name, table, *rest = row
    return Sequence(name, labels[table], *rest)
