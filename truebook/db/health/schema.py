"""The schema: is every migration recorded, and is everything there that the records promise."""

import psycopg
from psycopg import sql

from truebook.db.health.finding import Finding, judge
from truebook.db.migrations import ledger, promised

UNPROTECTED = f"""
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'truebook'::regnamespace AND c.relkind IN ('r', 'p')
  AND c.relname NOT IN ('alembic_version', 'limits') AND c.relname NOT LIKE 'procrastinate%%'
  AND NOT ({promised.PROTECTED})
ORDER BY 1
"""
DEFAULTS = """
SELECT pg_get_expr(d.adbin, d.adrelid), min(c.relname || '.' || a.attname)
FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relnamespace = 'truebook'::regnamespace AND a.attgenerated = ''
GROUP BY 1 ORDER BY 2
"""
UNBUFFERED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'truebook'::regnamespace AND c.relname = ANY(%s)
  AND NOT coalesce(c.reloptions, '{}') && '{buffering=on,buffering=true}'
ORDER BY 1
"""


def migrated(connection: psycopg.Connection) -> Finding:
    """Look whether the ledger names the newest revision."""
    revision = ledger.current(connection)
    newer = revision is not None and revision not in ledger.revisions()
    fix = "Use that version of Truebook, or another database." if newer else "Run: truebook migrate"
    return judge("migrations", _behind(revision), fix)


def extension(connection: psycopg.Connection) -> Finding:
    """Look for btree_gist, which the constraint against double bookings needs."""
    found = connection.execute("SELECT FROM pg_extension WHERE extname = 'btree_gist'").fetchone()
    return judge(
        "extension btree_gist",
        "the extension btree_gist is missing: nothing would prevent a double booking" if found is None else None,
        "As an administrator: CREATE EXTENSION btree_gist WITH SCHEMA truebook; (package postgresql-contrib).",
    )


def promises(connection: psycopg.Connection) -> Finding:
    """Look every object up in the catalog that the migrations promise."""
    gone = promised.missing(connection)
    return judge(
        "promised objects",
        f"the migrations are recorded, but these are not in the database: {', '.join(gone)}" if gone else None,
        promised.REMEDY,
    )


def row_level_security(connection: psycopg.Connection) -> Finding:
    """Look whether every table keeps one business's rows from another, even from the tables' owner."""
    open_tables = [row[0] for row in connection.execute(UNPROTECTED)]
    return judge(
        "row-level security",
        f"one business could see another's rows in: {', '.join(open_tables)}" if open_tables else None,
        "ALTER TABLE truebook.… ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; and give it its policy back.",
    )


def guards(connection: psycopg.Connection) -> Finding:
    """Look whether the indexes of the guards say how they are to be rebuilt: without it, one takes rows half as fast.

    A restored dump and REINDEX build a GiST index sorted, from PostgreSQL 15 on for some types and from 18 on for
    these, and each row that comes later splits full pages.
    """
    slow = [row[0] for row in connection.execute(UNBUFFERED, (list(promised.GUARDS),))]
    return judge(
        "guards against double bookings",
        f"bookings would be slow once these are rebuilt: {', '.join(slow)}" if slow else None,
        "ALTER INDEX truebook.… SET (buffering = on); then, where it was rebuilt already: REINDEX INDEX CONCURRENTLY.",
        fatal=False,
    )


def defaults(connection: psycopg.Connection) -> Finding:
    """Execute the default of every column: one that cannot be executed makes every insert fail."""
    broken = [problem for default, column in connection.execute(DEFAULTS).fetchall()
              if (problem := _broken(connection, default, column))]  # fmt: skip
    return judge(
        "column defaults",
        f"a default cannot be executed: {'; '.join(broken)}" if broken else None,
        "Set the default again as `truebook migrate --sql` shows it.",
    )


def _behind(revision: str | None) -> str | None:
    if revision is None:
        return "this database has no Truebook schema yet"
    if revision not in ledger.revisions():
        return f"the schema is at revision {revision}, which a newer Truebook made: this one knows {ledger.head()}"
    if revision != ledger.head():
        return f"the schema is at revision {revision}, and this Truebook needs {ledger.head()}"
    return None


def _broken(connection: psycopg.Connection, default: str, column: str) -> str | None:
    """Return why a default cannot be executed, or None."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL("SELECT {}").format(sql.SQL(default)))
    except psycopg.Error as error:
        return f"{column} ({error.diag.message_primary})"
    return None
