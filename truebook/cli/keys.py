"""truebook keys rotate: seal every business's secrets under a new key."""

import asyncio

import typer

from truebook import desk
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import out, tell
from truebook.db import Database, health
from truebook.kernel import settings as environment
from truebook.tenants import accounts, bots, numbers, vault
from truebook.tenants.vault import Vault

app = typer.Typer(help="The keys that seal businesses' tokens and secrets.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """The keys that seal businesses' tokens and secrets."""


@app.command()
def rotate() -> None:
    """Make a new key and seal everything under it. Old keys stay, so that a desk that runs opens what it has.

    Where TRUEBOOK_KEYS is set, put the new key first in it, on every machine, and run this: it seals under the first.
    """
    settings = environment.read()
    folder = data_folder(settings)
    with database_url(settings) as url:
        health.refuse_if_broken(url)
        if not settings.keys:
            desk.vault_of(settings, folder)  # makes the first key where there is none
            path = folder / "keys"
            held = path.read_text(encoding="ascii").strip()
            fresh = vault.made(f"k{len(vault.read(held).keys) + 1}")
            beside = path.with_name("keys.new")
            beside.touch(mode=0o600)
            beside.write_text(f"{fresh},{held}", encoding="ascii")
            beside.replace(path)
            tell(f"A new key stands first in {path}. Restart the desk: until then it cannot open what is sealed now.")
        count = asyncio.run(_reseal(url, desk.vault_of(settings, folder)))
        out(f"{count} secrets are sealed under the first key. Once every process has restarted, old keys may go.")


async def _reseal(url: str, box: Vault) -> int:
    async with Database(url, size=2) as db:
        sealed = [await bots.reseal(db, box, tenant) async for tenant in accounts.every(db)]
        return await numbers.reseal(db, box) + sum(sealed)
