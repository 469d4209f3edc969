"""The tables of a database in the order in which they can be filled, what is in them, and rows in and out of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter

import psycopg
from psycopg import sql

from truebook.db.connection import connect
from truebook.db.migrations import roles
from truebook.kernel.errors import Unavailable

PLAINLY = """
SET search_path = truebook; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
SET extra_float_digits = 1; SET bytea_output = 'hex'; SET client_encoding = 'UTF8'
"""
"""So that the same row is the same text, whatever a server's defaults are."""
TABLES = """
SELECT c.relname, c.relforcerowsecurity,
       array_agg(a.attname::text ORDER BY a.attname) FILTER (WHERE a.attgenerated = ''),
       array_agg(a.attname::text ORDER BY a.attname) FILTER (
         WHERE pg_get_serial_sequence('truebook.' || quote_ident(c.relname), a.attname) IS NOT NULL)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'truebook'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
GROUP BY c.relname, c.relforcerowsecurity ORDER BY c.relname
"""
REFERENCES = """
SELECT DISTINCT child.relname, parent.relname FROM pg_constraint o
JOIN pg_class child ON child.oid = o.conrelid JOIN pg_class parent ON parent.oid = o.confrelid
WHERE o.contype = 'f' AND o.connamespace = 'truebook'::regnamespace AND o.conrelid <> o.confrelid
"""
SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
SUM = "SELECT count(*), coalesce(sum(('x' || substr(md5(ROW({})::text), 1, 15))::bit(60)::bigint), 0)::text FROM {}"
"""How many rows, and a sum of their digests: the same rows in any order."""

Content = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the columns that are written, by name, which of them count up, and whether its owner is bound too."""

    name: str
    columns: tuple[str, ...]
    counting: tuple[str, ...]
    forced: bool


def ordered(connection: psycopg.Connection) -> list[Table]:
    """Return every table, each behind those that it refers to."""
    found = {
        name: Table(name, tuple(columns), tuple(counting or ()), forced)
        for name, forced, columns, counting in connection.execute(TABLES)
    }
    before: dict[str, set[str]] = {name: set() for name in found}
    for child, parent in connection.execute(REFERENCES):
        before[child].add(parent)
    return [found[name] for name in TopologicalSorter(before).static_order()]


def contents(connection: psycopg.Connection, tables: Iterable[Table]) -> dict[str, Content]:
    """Return of each table how many rows it has, and a checksum of them."""
    found: dict[str, Content] = {}
    for one in tables:
        names = sql.SQL(", ").join(map(sql.Identifier, one.columns))
        row = connection.execute(sql.SQL(SUM).format(names, sql.Identifier(one.name))).fetchone()
        assert row is not None
        found[one.name] = (int(row[0]), str(row[1]))
    return found


def sees_all(connection: psycopg.Connection) -> bool:
    """Tell whether row-level security does not bind the connection's role."""
    return connection.execute(SEES_ALL).fetchone() == (True,)


@contextmanager
def looking(url: str) -> Iterator[psycopg.Connection]:
    """Lend a connection that sees every row as of one moment, and leaves everything as it is.

    A role that row-level security binds, and that owns the tables, sets itself free in a transaction that is rolled
    back; meanwhile nobody else can use them.
    """
    with connect(url) as connection:
        connection.execute(PLAINLY)
        free = sees_all(connection)
        with connection.transaction(force_rollback=True):
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ" + (", READ ONLY" if free else ""))
            if not free:
                _unbound(connection)
            yield connection


@contextmanager
def filling(url: str) -> Iterator[psycopg.Connection]:
    """Lend a connection that writes rows as they are, without triggers, in one transaction."""
    with connect(url) as connection:
        connection.execute(PLAINLY)
        with connection.transaction():
            tables = _unbound(connection)
            _alter(connection, tables, "DISABLE TRIGGER USER")
            yield connection
            _alter(connection, tables, "ENABLE TRIGGER USER")
            _alter(connection, [one for one in tables if one.forced], "FORCE ROW LEVEL SECURITY")
        connection.execute("ANALYZE")


def read(connection: psycopg.Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table as text."""
    with connection.cursor().copy(_copy(table, "TO STDOUT")) as out:
        for piece in out:
            yield bytes(piece)


def write(connection: psycopg.Connection, table: Table, pieces: Iterable[bytes]) -> None:
    """Add rows to a table, and let what counts up go on behind them."""
    with connection.cursor().copy(_copy(table, "FROM STDIN")) as into:
        for piece in pieces:
            into.write(piece)
    for column in table.counting:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 0) + 1, false) FROM {}").format(
                sql.Literal(f"truebook.{table.name}"), sql.Literal(column), sql.Identifier(column),
                sql.Identifier(table.name),
            )
        )  # fmt: skip


def compare(wanted: dict[str, Content], found: dict[str, Content]) -> None:
    """Raise Unavailable, naming the tables, unless all that is wanted was found."""
    unlike = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if unlike:
        raise Unavailable(f"Not every row came over: {', '.join(unlike)}. Nothing was kept of it.", tables=unlike)


def _copy(table: Table, way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table.name), names, sql.SQL(way))


def _unbound(connection: psycopg.Connection) -> list[Table]:
    """Become the schema's owner, and let row-level security not bind the owner until the transaction ends."""
    owner = roles.schema_owner(connection)
    if owner is None:
        raise Unavailable("There is no Truebook schema in this database.")
    with rights_named(connection):
        roles.become(connection, owner)
        tables = ordered(connection)
        _alter(connection, [one for one in tables if one.forced], "NO FORCE ROW LEVEL SECURITY")
    return tables


@contextmanager
def rights_named(connection: psycopg.Connection) -> Iterator[None]:
    """Turn a missing right into a sentence that says whose it is to copy everything."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise Unavailable(
            f"The role {connection.info.user} may not see every row: use the owner's, or set DATABASE_ADMIN_URL."
        ) from error


def _alter(connection: psycopg.Connection, tables: Iterable[Table], how: str) -> None:
    for one in tables:
        connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(one.name), sql.SQL(how)))
