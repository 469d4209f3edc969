"""The role the app works as: it must be bound by row-level security, whoever it connected as."""

import psycopg

from truebook.db.health.finding import Finding, judge
from truebook.db.migrations.roles import APP, OWNER

NAME = "the app's role"
STEP_DOWN = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'truebook_app')
     AND EXISTS (SELECT FROM pg_namespace WHERE nspname = 'truebook' AND pg_get_userbyid(nspowner) = 'truebook_owner')
  THEN SET ROLE truebook_app; END IF;
END $$
"""
"""Makes a connection of one's own what the app is within each of its transactions."""
ROLE = """
SELECT current_user, r.rolsuper, r.rolbypassrls,
       (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = to_regnamespace('truebook')
                                          AND c.relkind IN ('r', 'p', 'v', 'm')),
       (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'truebook')
FROM pg_roles r WHERE r.rolname = current_user
"""
RIGHTS = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'truebook'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT (has_table_privilege(c.oid, 'SELECT') AND (c.relname IN ('alembic_version', 'appointment_history')
                                                     OR has_table_privilege(c.oid, 'INSERT')))
ORDER BY 1
"""


def step_down(connection: psycopg.Connection) -> Finding:
    """Become the role the app works as, just as its transactions do, and look whether that is possible."""
    try:
        connection.execute(STEP_DOWN)
        connection.execute("SET search_path = truebook")
        problem = None
    except psycopg.errors.InsufficientPrivilege:
        problem = f"the role {connection.info.user} may not act as {APP}"
    return judge("stepping down", problem, f"As an administrator: GRANT {APP} TO {connection.info.user};")


def bound(connection: psycopg.Connection) -> Finding:
    """Look whether row-level security binds the role, and whether it owns nothing that it could unlock.

    Where one plain role does everything, it owns the tables; FORCE row-level security binds it all the same.
    """
    row = connection.execute(ROLE).fetchone()
    assert row is not None
    role, superuser, bypasses, owned, owner = row
    if superuser or bypasses:
        kind = "a superuser" if superuser else "exempt from row-level security"
        remedy = f"Connect as {owner}, who owns the schema." if owner else "Run: truebook migrate"
        return judge(NAME, f"Truebook would work as {role}, who is {kind} and sees every business", remedy)
    problem = f"{role} owns {owned} of the tables, and should own nothing" if owned and owner != role else None
    return judge(NAME, problem, f"REASSIGN OWNED BY {role} TO {owner or OWNER};")


def rights(connection: psycopg.Connection) -> Finding:
    """Look whether the role may read and write every table: one that a migration forgot to grant fails much later."""
    closed = [row[0] for row in connection.execute(RIGHTS)]
    return judge(
        "the app's rights",
        f"the app may not work with: {', '.join(closed)}" if closed else None,
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.… TO {APP};",
    )
