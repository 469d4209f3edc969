"""truebook doctor: look at the database, and book a canary that is rolled back."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from truebook.cli.database import database_url
from truebook.cli.report import exit_code, show
from truebook.cli.terminal import raw
from truebook.db import health
from truebook.kernel import settings


def doctor(
    tenant: Annotated[str | None, typer.Option(help="The slug of a business to book a canary for as well.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look whether the database is fit to keep appointments. Exit code 0: healthy, 1: not, 2: cannot be reached."""
    chosen = settings.read()
    with database_url(chosen) as url:
        findings = health.examine(url, tenant=tenant, listens=chosen.direct_url or chosen.database_url)
    if as_json:
        healthy = exit_code(findings) == 0
        raw(json.dumps({"healthy": healthy, "findings": [asdict(finding) for finding in findings]}, indent=2) + "\n")
        raise typer.Exit(exit_code(findings))
    raise typer.Exit(show(findings, healthy="All is well. Next: truebook up", advice=ADVICE))


ADVICE = "Next: do what is said above, then `truebook doctor` again."
