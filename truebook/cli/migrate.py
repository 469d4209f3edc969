"""truebook migrate: bring the schema up to date, look whether it is, or print the SQL."""

from typing import Annotated

import typer

from truebook.cli.database import database_url
from truebook.cli.report import show
from truebook.cli.terminal import out, raw, tell
from truebook.db import migrations
from truebook.db.health import schema_findings
from truebook.kernel import settings


def migrate(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; say whether the schema is complete.")] = False,
    sql: Annotated[bool, typer.Option("--sql", help="Print the SQL instead, from an empty database on.")] = False,
    to: Annotated[str, typer.Option(help="Stop at this revision.")] = "head",
) -> None:
    """Bring the database to the schema this version needs."""
    if sql:
        raw(migrations.sql())
        return
    with database_url(settings.read(), create=not check) as url:
        if check:
            raise typer.Exit(show(schema_findings(url), healthy="The schema is complete.", advice=CHECK_ADVICE))
        applied = migrations.upgrade(url, to, say=tell)
    revision = migrations.head() if to == "head" else to
    out(f"The schema is now at revision {revision}." if applied else f"Nothing to do: revision {revision} is there.")
    out("Next: truebook doctor")


CHECK_ADVICE = "Next: do what is said above, then `truebook migrate --check` again."
