"""truebook key: make an API key, for the operator of the installation or for the owner of one business."""

import asyncio
from typing import Annotated

import typer

from truebook.cli.database import database_url
from truebook.cli.terminal import raw, tell
from truebook.db import Database, Scope, health
from truebook.kernel import settings
from truebook.tenants import access, accounts


def key(
    business: Annotated[str | None, typer.Option(help="The slug of a business; without it: the operator's.")] = None,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "command line",
) -> None:
    """Make an API key: an operator's, which opens businesses, or with --business its owner's."""
    with database_url(settings.read()) as url:
        health.refuse_if_broken(url)
        made = asyncio.run(_issue(url, business, name))
    tell(f"A key for {business or 'the operator'}. Keep it: the database keeps its hash, and nobody can read it again.")
    raw(f"{made}\n")


async def _issue(url: str, business: str | None, name: str) -> str:
    async with Database(url) as db:
        tenant = (await accounts.by_slug(db, business)).id if business else None
        return await access.issue(db, Scope(tenant, "truebook key"), name)
