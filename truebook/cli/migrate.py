"""truebook migrate: bring the schema up to date, look whether it is, or print the SQL."""

from typing import Annotated

import typer

from truebook.cli.database import database_url
from truebook.cli.report import show
from truebook.cli.terminal import out, raw, tell
from truebook.db import migrations, spreading
from truebook.db.connection import connect
from truebook.db.health import schema_findings
from truebook.kernel import settings


def migrate(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; say whether the schema is complete.")] = False,
    sql: Annotated[bool, typer.Option("--sql", help="Print the SQL instead, from an empty database on.")] = False,
    to: Annotated[str, typer.Option(help="Stop at this revision.")] = "head",
    distribute: Annotated[
        bool, typer.Option("--distribute", help="Spread the businesses over a cluster of servers (Citus).")
    ] = False,
) -> None:
    """Bring the database to the schema this version needs."""
    if sql:
        raw(migrations.sql())
        return
    if distribute:
        _spread(check=check)
        return
    with database_url(settings.read(), create=not check) as url:
        if check:
            raise typer.Exit(show(schema_findings(url), healthy="The schema is complete.", advice=CHECK_ADVICE))
        applied = migrations.upgrade(url, to, say=tell)
    revision = migrations.head() if to == "head" else to
    out(f"The schema is now at revision {revision}." if applied else f"Nothing to do: revision {revision} is there.")
    out("Next: truebook doctor")


def _spread(*, check: bool) -> None:
    """Spread the businesses over the servers of a cluster, or say what stands in the way."""
    with database_url(settings.read()) as url:
        if check:
            with connect(url) as connection:
                found = spreading.obstacles(connection)
            raise typer.Exit(show(found, healthy="Nothing stands in the way.", advice=SPREAD_ADVICE))
        tables = spreading.distribute(url, say=tell)
    out(f"{tables} tables are spread now." if tables else "Nothing to do: every table is spread.")


SPREAD_ADVICE = "Next: do what is said above, then `truebook migrate --distribute --check` again."
CHECK_ADVICE = "Next: do what is said above, then `truebook migrate --check` again."
