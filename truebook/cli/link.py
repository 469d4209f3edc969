"""truebook link: a link that signs somebody in once, or one that sets up a business."""

import asyncio
from typing import Annotated

import typer

from truebook import desk
from truebook.channels.web.set_up import LIFE, PURPOSE
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import raw, tell
from truebook.db import Database, Scope, health
from truebook.kernel import clock
from truebook.kernel import settings as environment
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.tenants import accounts, sessions, users


def link(
    email: Annotated[str | None, typer.Argument(help="The e-mail address of somebody who works with the desk.")] = None,
    business: Annotated[str | None, typer.Option(help="The slug of their business.")] = None,
    owner: Annotated[
        bool, typer.Option("--owner", help="Make them an owner first, if nobody has that address.")
    ] = False,
) -> None:
    """Make a link that opens the desk for somebody, once, within a day; without EMAIL one that sets up a business."""
    settings = environment.read()
    if email is None:
        tell("Whoever opens this within a day may set up a business of their own:")
        ticket = desk.links_of(settings, data_folder(settings)).ticket(PURPOSE, clock.now() + LIFE)
        raw(f"{settings.base_url}/set-up/{ticket}\n")
        return
    if business is None:
        raise Invalid("business", "Say whose desk it is: truebook link EMAIL --business SLUG")
    with database_url(settings) as url:
        health.refuse_if_broken(url)
        asyncio.run(_work(settings, url, email, business, owner))


async def _work(settings: Settings, url: str, email: str, business: str, owner: bool) -> None:
    async with Database(url) as db:
        scope = Scope((await accounts.by_slug(db, business)).id, "truebook link")
        user = await (users.found_or_added(db, scope, email) if owner else users.by_email(db, scope, email))
        token = await sessions.link(db, scope, user.id, now=clock.now())
        tell(f"Opens the desk of {business} for {user.email}, once, within a day:")
        raw(f"{settings.base_url}/sign-in/{token}\n")
