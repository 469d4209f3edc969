"""Where each table's rows lie on a cluster. A table that is named nowhere here is a business's: it is spread."""

import psycopg

EVERYBODYS = (
    "accounts", "channels", "api_keys", "users", "user_sessions", "sign_in_links", "passkeys", "whatsapp_numbers",
)  # fmt: skip
"""What is found without knowing whose it is, few rows a business: on every server."""
COORDINATORS = (
    "alembic_version", "limits", "import_runs", "import_id_map", "import_quarantine", "procrastinate_jobs",
    "procrastinate_workers", "procrastinate_events", "procrastinate_periodic_defers", "keys_put_aside",
    "commits_together",
)  # fmt: skip
"""The job queue, and what is no business's: on the coordinator alone."""

TABLES = """
SELECT c.relname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                    AND a.attname IN ('tenant_id', 'account_id') ORDER BY a.attname DESC LIMIT 1)
FROM pg_class c WHERE c.relnamespace = to_regnamespace('truebook') AND c.relkind = 'r'
  AND c.relname <> ALL(%s) ORDER BY c.relname
"""


def spread(connection: psycopg.Connection) -> dict[str, str | None]:
    """Return the tables of businesses, each with the column that says whose a row is; None where there is none."""
    return dict(connection.execute(TABLES, ([*EVERYBODYS, *COORDINATORS],)).fetchall())
