"""truebook mail bounced: take in what a mail server says of a letter that it could not deliver."""

import asyncio
import sys

import typer

from truebook.cli.database import database_url
from truebook.cli.terminal import out
from truebook.connectors.mail import bounce, mailbox
from truebook.connectors.mail.bounce import LONGEST, Bounce
from truebook.connectors.mail.mailbox import Mailbox
from truebook.db import Database
from truebook.delivery.bouncing import Returns
from truebook.delivery.bouncing import bounced as enter
from truebook.kernel import settings as environment
from truebook.kernel.errors import Invalid

app = typer.Typer(help="What comes back of letters that were sent.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """What comes back of letters that were sent."""


@app.command()
def returned() -> None:
    """Look once into the mailbox of TRUEBOOK_BOUNCES_URL, as the worker does every five minutes."""
    settings = environment.read()
    if settings.bounces_url is None:
        raise Invalid(mailbox.VARIABLE, f"{mailbox.VARIABLE} is not set")
    box = mailbox.read(settings.bounces_url)
    with database_url(settings) as url:
        known = asyncio.run(_look(url, box))
    out(f"The mailbox can be read. Customers' letters that had come back: {known}.")


async def _look(url: str, box: Mailbox) -> int:
    async with Database(url, size=2) as db:
        return await Returns(db, box).work()


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
