"""Spread the tables over the servers of a cluster, table by table; what was done already is not done again.

Foreign keys are put aside first, in a table of their own, and back last: so tables can go in any order, and whoever was
killed in the middle goes on where they were. Nobody may work with the database meanwhile.
"""

from collections.abc import Callable

import psycopg
from psycopg import sql

from truebook.db.connection import connect
from truebook.db.migrations.turn import take_turn
from truebook.db.spreading import obstacles, places
from truebook.kernel.errors import Unavailable

MANNERS = """
SET citus.enable_unsafe_triggers = on; SET citus.multi_shard_modify_mode = 'sequential'; SET search_path = truebook;
SET lock_timeout = '10s';
"""
"""Our triggers only touch rows of the same business, which lie beside; `fitness` looks at that."""
DONE = "SELECT logicalrelid::regclass::text FROM pg_dist_partition WHERE logicalrelid = ANY(%s::regclass[])"
FUNCTIONS = r"""
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'truebook'::regnamespace AND p.proname NOT LIKE 'procrastinate\_%%'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  AND NOT EXISTS (SELECT FROM pg_dist_object o WHERE o.classid = 'pg_proc'::regclass AND o.objid = p.oid)
  AND (%s OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_policy'::regclass
    AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid))
ORDER BY p.oid
"""
"""Those that were made before there was Citus, which hands on what is made afterwards: all, or what tables need."""
FIRST = """
SELECT c.oid::regclass::text FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid
WHERE p.partmethod = 'h' AND c.relnamespace = 'truebook'::regnamespace ORDER BY p.colocationid, c.oid LIMIT 1
"""
ASIDE = "CREATE TABLE IF NOT EXISTS keys_put_aside (place serial PRIMARY KEY, of text, name text, key text)"
KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) AND NOT EXISTS (
  SELECT FROM pg_dist_partition WHERE logicalrelid = conrelid) ORDER BY oid
"""
"""In the order in which they were made: in it an account's rows go when the account does."""
COMMITS = (
    "CREATE TABLE commits_together (id integer PRIMARY KEY)",
    "ALTER TABLE commits_together ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    "CREATE POLICY nothing_is_in_it ON commits_together USING (false)",
)
TOGETHER = "SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass('commits_together'))"
BACK = "SELECT place, of, name, key FROM keys_put_aside ORDER BY place"


def distribute(url: str, *, say: Callable[[str], None] = lambda _: None) -> int:
    """Spread what is not spread yet; return how many tables that were.

    Raises Unavailable, and has changed nothing, where something stands in the way or somebody is at work.
    """
    with connect(url) as connection:
        take_turn(connection, say)
        for finding in obstacles.obstacles(connection):
            if not finding.ok:
                raise Unavailable(f"{finding.name}: {finding.problem}. {finding.fix}")
        if others := obstacles.busy(connection):
            raise Unavailable(f"{others} connections of the app are open. Stop every app and worker first.")
        _make_roles(connection)
        connection.execute(MANNERS)
        _hand_functions_on(connection)
        spread = places.spread(connection)
        tables = [*places.EVERYBODYS, *spread]
        done = {row[0] for row in connection.execute(DONE, (tables,))}
        left = [table for table in tables if table not in done]
        if left:
            _put_keys_aside(connection, tables)
        for number, table in enumerate(left, 1):
            say(f"{number} of {len(left)}: {table} …")
            _place(connection, table, spread.get(table))
        _hand_functions_on(connection, all_of_them=True)
        _put_keys_back(connection, say)
        _commit_together(connection)
        return len(left)


def _make_roles(connection: psycopg.Connection) -> None:
    """Have our roles on every server: statements run there as whom they run as here."""
    for role in obstacles.ours(connection):
        make = sql.SQL(
            "DO $$ BEGIN IF to_regrole({word}) IS NULL THEN CREATE ROLE {role} LOGIN NOBYPASSRLS; END IF; END $$"
        ).format(word=sql.Literal(role), role=sql.Identifier(role))
        rows = connection.execute(obstacles.ASKED, (make.as_string(connection),)).fetchall()
        for where, well, said in rows:
            if not well:
                raise Unavailable(f"The role {role} could not be made at {where}: {said}")


def _hand_functions_on(connection: psycopg.Connection, *, all_of_them: bool = False) -> None:
    """Have on every server what policies ask; and once the tables are there, of which some speak, all functions."""
    for (function,) in connection.execute(FUNCTIONS, (all_of_them,)).fetchall():
        connection.execute("SELECT create_distributed_function(%s)", (function,))


def _commit_together(connection: psycopg.Connection) -> None:
    """Have a table of which Citus knows that it is here: a change of it and elsewhere is prepared, then committed.

    Else what one worker has would be committed before what the coordinator has, its jobs among it, and might be alone.
    """
    if connection.execute(TOGETHER).fetchone() == (True,):
        return
    with connection.transaction():
        for statement in COMMITS:
            connection.execute(statement)
        for role in obstacles.ours(connection):
            connection.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON commits_together TO {}").format(sql.Identifier(role))
            )
        connection.execute("SELECT citus_add_local_table_to_metadata('commits_together')")


def _put_keys_aside(connection: psycopg.Connection, tables: list[str]) -> None:
    with connection.transaction():
        connection.execute(ASIDE)
        for table, name, key in connection.execute(KEYS, (tables,)).fetchall():
            connection.execute("INSERT INTO keys_put_aside (of, name, key) VALUES (%s, %s, %s)", (table, name, key))
            connection.execute(_alter(table, sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(name))))


def _place(connection: psycopg.Connection, table: str, column: str | None) -> None:
    """Place a table with its rows; its triggers must not take these for new ones."""
    with connection.transaction():
        connection.execute(_alter(table, sql.SQL("DISABLE TRIGGER USER")))
        if column is None:
            connection.execute("SELECT create_reference_table(%s)", (table,))
        else:
            first = connection.execute(FIRST).fetchone()
            beside = str(first[0]) if first else "none"
            connection.execute("SELECT create_distributed_table(%s, %s, colocate_with => %s)", (table, column, beside))
        connection.execute(_alter(table, sql.SQL("ENABLE TRIGGER USER")))


def _put_keys_back(connection: psycopg.Connection, say: Callable[[str], None]) -> None:
    if connection.execute("SELECT to_regclass('keys_put_aside')").fetchone() == (None,):
        return
    kept = connection.execute(BACK).fetchall()
    say(f"{len(kept)} foreign keys …")
    for place, table, name, key in kept:
        with connection.transaction():
            add = sql.SQL("ADD CONSTRAINT {} {}").format(sql.Identifier(name), sql.SQL(key))
            connection.execute(_alter(table, add))
            connection.execute("DELETE FROM keys_put_aside WHERE place = %s", (place,))
    connection.execute("DROP TABLE keys_put_aside")


def _alter(table: str, what: sql.Composable) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), what)
