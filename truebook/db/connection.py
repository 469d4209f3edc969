"""One connection for migrations and health, and one plain sentence where there is none."""

import re
from urllib.parse import urlsplit

import psycopg

from truebook.kernel.errors import Unavailable

OLDEST = 150000
"""PostgreSQL's version number, as libpq gives it, of the oldest version that has what the schema uses."""


def connect(url: str) -> psycopg.Connection:
    """Open a connection in autocommit; raise Unavailable with the reason and what to do about it."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.ProgrammingError as error:  # its text would show the password
        raise Unavailable(
            "DATABASE_URL cannot be read. It looks like this: postgresql://user:password@host:5432/database"
        ) from error
    except psycopg.OperationalError as error:
        raise Unavailable(why_not(str(error))) from error
    if problem := too_old(connection.info.server_version):
        connection.close()
        raise Unavailable(problem)
    return connection


APP = """
SELECT pg_get_userbyid(n.nspowner) = 'truebook_owner' AND r.rolcanlogin FROM pg_namespace n, pg_roles r
WHERE n.nspname = 'truebook' AND r.rolname = 'truebook_app'
"""


def as_app(url: str) -> str:
    """Return the URL of the same database for the role without rights, where there is one that may sign in."""
    with connect(url) as connection:
        if connection.execute(APP).fetchone() != (True,):
            return url
    parts = urlsplit(url)
    return parts._replace(netloc=f"truebook_app@{parts.netloc.rpartition('@')[2]}").geturl()


def too_old(version: int) -> str | None:
    """Return what is wrong with a server of this version number, such as 140011; None for one that is new enough."""
    if version >= OLDEST:
        return None
    return (
        f"This is PostgreSQL {version // 10000}, and Truebook needs {OLDEST // 10000} or newer: upgrade the server, "
        "or leave DATABASE_URL out to use the embedded one."
    )


def why_not(said: str) -> str:
    """Make one sentence of what libpq says when it cannot connect."""
    reasons = re.findall(r"(?:failed: |FATAL: +)((?!connection)[^\n]+)", said.replace("failed: FATAL:", "FATAL:"))
    reason = reasons[-1].strip() if reasons else said.strip().splitlines()[0]
    return f"PostgreSQL cannot be used: {reason}. {_advice(reason)}"


def _advice(reason: str) -> str:
    if "starting up" in reason or "shutting down" in reason or "too many clients" in reason:
        return "Try again in a moment."
    if reason.startswith("database"):
        return "Create that database (createdb), or correct DATABASE_URL."
    if "password" in reason or "role" in reason or "pg_hba" in reason:
        return "Correct the user and the password in DATABASE_URL."
    return "Is it running, and does DATABASE_URL name its host and port?"
