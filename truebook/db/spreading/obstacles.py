"""What stands in the way of spreading businesses over several servers, in plain words, and what to do about it."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from truebook.db.health.finding import Finding, judge
from truebook.db.migrations import current, head, promised, roles
from truebook.db.spreading.fitness import unfit

OLDEST = 13
"""The first major version of Citus whose triggers were seen to do what ours need."""
CITUS = """
SELECT (SELECT extversion FROM pg_extension WHERE extname = 'citus'),
       EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus'),
       current_setting('shared_preload_libraries')
"""
RIGHTS = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
COORDINATOR = "SELECT count(*) FROM pg_dist_node WHERE groupid = 0 AND noderole = 'primary'"
WORKERS = """
SELECT nodename || ':' || nodeport FROM pg_dist_node
WHERE groupid <> 0 AND noderole = 'primary' AND isactive AND shouldhaveshards ORDER BY 1
"""
ASKED = "SELECT nodename || ':' || nodeport, success, result FROM run_command_on_workers(%s)"
PREPARED = "SELECT current_setting('max_prepared_transactions')::int > 0"
KNOWN = "SELECT coalesce(string_agg(rolname, ' '), '') FROM pg_roles WHERE rolcanlogin AND rolname IN ({})"
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s AND pid <> pg_backend_pid()
  AND application_name NOT LIKE 'citus%%'
"""


def obstacles(connection: psycopg.Connection) -> list[Finding]:
    """Return what was looked at, in the order in which it must be put right; later ones need the earlier."""
    found: list[Finding] = []
    for finding in _looked_at(connection):
        found.append(finding)
        if not finding.ok:
            break
    return found


def _looked_at(connection: psycopg.Connection) -> Iterator[Finding]:
    yield judge("schema", _schema(connection), "Bring it up to date first: truebook migrate")
    version, available, _ = connection.execute(CITUS).fetchone() or (None, False, "")
    yield judge(
        "Citus",
        None if version else "this database has no Citus",
        "On every server: CREATE EXTENSION citus in a database of this name."
        if available
        else "Install Citus on every server, put citus into shared_preload_libraries, restart, CREATE EXTENSION citus.",
    )
    problem = f"this is Citus {version}" if int(str(version).partition(".")[0].partition("-")[0]) < OLDEST else None
    yield judge("version of Citus", problem, f"Truebook was tried with {OLDEST} and newer: upgrade Citus.")
    may = connection.execute(RIGHTS).fetchone() == (True,)
    who = None if may else "whoever signs in does not see every business's rows, and could not spread them"
    yield judge("rights", who, "Give DATABASE_ADMIN_URL a superuser's URL for this.")
    there = connection.execute(COORDINATOR).fetchone() == (1,)
    yield judge(
        "coordinator",
        None if there else "Citus does not know this server's address",
        "Here: SELECT citus_set_coordinator_host('its name as the others see it', its port);",
    )
    workers = [str(row[0]) for row in connection.execute(WORKERS)]
    yield judge(
        "workers",
        None if workers else "there is no other server to spread businesses over",
        "Here, for each: SELECT citus_add_node('its name', its port);",
    )
    yield judge("answers of the workers", _mute(connection), "Start it, and let this server in (pg_hba.conf).")
    yield judge(
        "prepared transactions",
        _without(connection, PREPARED, "t", "max_prepared_transactions is 0"),
        "Set it to at least max_connections there, and restart: a booking is committed on two servers at once.",
    )
    yield judge("roles", _shut_out(connection), "Let that role in there: pg_hba.conf, and a password in .pgpass here.")
    yield judge("tables", _unfit(connection), "This is a fault of Truebook's: report it, please.")


def _schema(connection: psycopg.Connection) -> str | None:
    if current(connection) != head():
        return f"it is at revision {current(connection) or 'nothing'}, and this Truebook needs {head()}"
    if connection.execute("SELECT to_regclass('truebook.keys_put_aside')").fetchone() != (None,):
        return None  # begun already: the keys are looked at when they are back
    gone = promised.missing(connection)
    return f"these objects are missing: {', '.join(gone)}" if gone else None


def _mute(connection: psycopg.Connection) -> str | None:
    try:
        rows = connection.execute(ASKED, ("SELECT 1",)).fetchall()
    except psycopg.Error as error:
        return str(error.diag.message_primary or error)
    return next((f"{where} does not answer: {said}" for where, well, said in rows if not well), None)


def _without(connection: psycopg.Connection, question: str, wanted: str, problem: str) -> str | None:
    rows = connection.execute(ASKED, (question,)).fetchall()
    return next((f"on {where} {problem}" for where, _, said in rows if said != wanted), None)


def _shut_out(connection: psycopg.Connection) -> str | None:
    """Return which role cannot sign in where; one that is not there yet will be made."""
    for role in ours(connection):
        with connection.transaction(force_rollback=True):
            try:
                connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
                rows = connection.execute(ASKED, ("SELECT 1",)).fetchall()
            except psycopg.Error as error:
                return f"the role {role} cannot be used here: {error.diag.message_primary or error}"
        for where, well, said in rows:
            if not well and "does not exist" not in said:
                return f"the role {role} cannot sign in at {where}: {said}"
    return None


def _unfit(connection: psycopg.Connection) -> str | None:
    return "; ".join(f"{table}, {what}: {why}" for table, what, why in unfit(connection)) or None


def ours(connection: psycopg.Connection) -> list[str]:
    """Return the roles that the schema's statements run as: its owner, and the app's where there is one."""
    owner = roles.schema_owner(connection)
    return [owner, roles.APP] if owner == roles.OWNER else [owner] if owner else []


def busy(connection: psycopg.Connection) -> int:
    """Return how many connections of the app there are; where it signs in as somebody else, nobody can tell."""
    row = connection.execute(OTHERS, (roles.APP,)).fetchone()
    return int(row[0]) if row else 0
