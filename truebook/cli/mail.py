"""truebook mail bounced: take in what a mail server says of a letter that it could not deliver."""

import asyncio
import sys

import typer

from truebook.cli.database import database_url
from truebook.cli.terminal import out
from truebook.connectors.mail import bounce
from truebook.connectors.mail.bounce import LONGEST, Bounce
from truebook.db import Database
from truebook.delivery.bouncing import bounced as enter
from truebook.kernel import settings as environment

app = typer.Typer(help="What comes back of letters that were sent.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """What comes back of letters that were sent."""


@app.command()
def bounced() -> None:
    """Read one notification from standard input, as a mail server pipes it into a program; others are left alone."""
    found = bounce.read(sys.stdin.buffer.read(LONGEST))
    if found is None:
        out("That is no notification of a letter that did not arrive.")
        return
    with database_url(environment.read()) as url:
        known = asyncio.run(_enter(url, found))
    out("The letter stands as failed." if known else "That letter was no customer's.")


async def _enter(url: str, found: Bounce) -> bool:
    async with Database(url, size=2) as db:
        return await enter(db, found)
