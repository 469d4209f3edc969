"""truebook key: make, list and revoke API keys, of the operator of the installation or of the owner of one business."""

import asyncio
import json
import re
from datetime import datetime, timedelta
from typing import Annotated

import typer

from truebook.cli.database import database_url
from truebook.cli.terminal import out, raw, tell
from truebook.db import Database, Scope, health
from truebook.kernel import clock, settings
from truebook.kernel.errors import Conflict, NotFound
from truebook.tenants import access, accounts
from truebook.tenants.access import Key, May

LIFE = re.compile(r"([1-9][0-9]{0,3})d")


def _life(text: str) -> timedelta:
    if not (found := LIFE.fullmatch(text)):
        raise typer.BadParameter("give days, such as 90d")
    return timedelta(days=int(found[1]))


def key(
    business: Annotated[str | None, typer.Option(help="The slug of a business; without it: the operator's.")] = None,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "command line",
    may: Annotated[
        May, typer.Option(help="How far it reaches: book takes appointments, manage settings too.")
    ] = "manage",
    expires: Annotated[
        timedelta | None,
        typer.Option(parser=_life, metavar="DAYS", help="How long it lives, such as 90d; else for ever."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the keys instead; times in UTC.")] = False,
    revoked: Annotated[
        str | None, typer.Option("--revoke", metavar="PREFIX-OR-ID", help="Revoke the key that begins so instead.")
    ] = None,
    keep_issued: Annotated[
        bool, typer.Option("--keep-issued", help="With --revoke: let the keys live that it issued.")
    ] = False,
) -> None:
    """Make an API key: an operator's, which opens businesses, or with --business its owner's."""
    with database_url(settings.read()) as url:
        health.refuse_if_broken(url)
        ends = clock.now() + expires if expires else None
        asyncio.run(_work(url, business, name, may, ends, listed, revoked, keep_issued))


async def _work(
    url: str, business: str | None, name: str, may: May, ends: datetime | None,
    listed: bool, revoked: str | None, keep_issued: bool,
) -> None:  # fmt: skip
    async with Database(url) as db:
        scope = Scope((await accounts.by_slug(db, business)).id if business else None, "truebook key")
        whose = business or "the operator"
        if revoked is not None:
            gone = _named(revoked, await access.listing(db, scope), whose)
            await access.revoke(db, scope, gone.id, keep_issued=keep_issued)
            kept = "" if keep_issued else ", and what it issued with it"
            tell(f"The key {gone.prefix}… is revoked{kept}. A desk that runs refuses it at once.")
        if listed:
            for one in await access.listing(db, scope):
                out(_line(one))
        if revoked is None and not listed:
            made = await access.issue(db, scope, name, may=may, expires_at=ends)
            tell(f"A key for {whose}. Keep it: the database keeps its hash, and nobody can read it again.")
            raw(f"{made}\n")


def _named(text: str, keys: list[Key], whose: str) -> Key:
    """Return the one key that a text means: how it begins, the whole of it, or its id.

    Raises NotFound or Conflict where it means none or several.
    """
    found = [one for one in keys if text.startswith(one.prefix) or text == str(one.id)]
    if not found:
        raise NotFound(f"There is no key of {whose} that begins with {text[:8]} or has that id.")
    if len(found) > 1:
        raise Conflict(
            f"{len(found)} keys of {whose} begin with {text[:8]}: name one of them by its id (truebook key --list)."
        )
    return found[0]


def _line(one: Key) -> str:
    end = f"revoked {one.revoked_at:%Y-%m-%dT%H:%MZ}" if one.revoked_at else "in use"
    if one.expires_at and not one.revoked_at:
        end = f"{'ended' if one.expires_at <= clock.now() else 'ends'} {one.expires_at:%Y-%m-%dT%H:%MZ}"
    used = f"used {one.last_used_at:%Y-%m-%dT%H:%MZ}" if one.last_used_at else "never used"
    name = json.dumps(one.name, ensure_ascii=False)  # whatever is in it, it stays one line, and moves no cursor
    made = f"made {one.created_at:%Y-%m-%dT%H:%MZ}"
    return f"{one.id}  {one.prefix}  may {one.may}  {made}  {used}  {end}  {name}"
