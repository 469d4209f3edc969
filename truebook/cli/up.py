"""truebook up: the whole desk in one process, with a demo business to try it on."""

import asyncio
import contextlib
import json
import os
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from truebook import demos, desk
from truebook.channels.web.set_up import LIFE, PURPOSE
from truebook.cli import running, sockets
from truebook.cli.database import data_folder
from truebook.cli.info import NAME
from truebook.cli.terminal import called, tell
from truebook.db import Database, Scope, health, migrations, server
from truebook.demos import DEFAULT, DEMOS
from truebook.kernel import clock
from truebook.kernel import settings as environment
from truebook.kernel.settings import Settings
from truebook.tenants import access, demo, sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.accounts import Account


def _known(name: str) -> str:
    if name not in DEMOS:
        raise typer.BadParameter(f"there is no demo business {name!r}; these are: {', '.join(DEMOS)}")
    return name


def up(
    demo: Annotated[str, typer.Option(help=f"the demo business to open: {', '.join(DEMOS)}", parser=_known)] = DEFAULT,
) -> None:
    """Set up everything that is missing and run the desk until Ctrl-C."""
    settings = environment.read()
    data = data_folder(settings)
    with sockets.of_desk(settings) as listener, _database(settings, data) as url:
        if migrations.upgrade(url, say=tell):
            tell("the schema is there, every promised object looked up in the catalog")
        health.refuse_if_broken(url)
        running.run(_run(settings, url, data, listener, demo))
    tell("stopped; everything is saved")


async def _run(settings: Settings, url: str, data: Path, listener: socket.socket, demo: str) -> None:
    async with running.database(settings, url) as db, running.watched(settings, db):
        note = _note(settings, data) | ({} if settings.production else await _demo(settings, db, data, demo))
        http = running.server(settings, db, data)
        jobs = asyncio.ensure_future(desk.work(settings, db, data))
        with _noted(data, note):
            _welcome(settings, note)
            try:
                await running.listen(http, [listener], until=jobs, drain=settings.drain)
            finally:
                jobs.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await jobs


async def _demo(settings: Settings, db: Database, data: Path, chosen: str) -> dict[str, Any]:
    """Open the demo business where there is none yet; return what the note says of it."""
    account = await demos.furnish(db, chosen)
    key = await _demo_key(db, account, data)
    owner = await demo.owner(db, account)
    door = await sessions.link(db, Scope(account.id, "truebook up", "demo"), owner.id, now=clock.now())
    return {
        "start": f"{settings.base_url}/?desk={door}",
        "demo": f"{account.name} ({chosen}): {settings.base_url}/{account.slug}",
        "demo_account": account.slug,
        "demo_key": key,
        "tries": DEMOS[chosen].tries,
    }


@contextmanager
def _database(settings: Settings, data: Path) -> Iterator[str]:
    """Lend the database: DATABASE_URL's, or the embedded one, which nobody else may be running."""
    if settings.database_url:
        with server.blamed(data):
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield settings.admin_url or settings.direct_url or settings.database_url
        return
    with server.start(data, say=tell) as embedded:
        yield embedded.url()


async def _demo_key(db: Database, account: Account, data: Path) -> str:
    """Return the demo business's API key, kept in the data directory; made when there is none, or none that works."""
    kept = data / "demo-key"
    key = kept.read_text(encoding="ascii").strip() if kept.exists() else None
    try:
        if key and (await access.identify(db, key)).tenant == account.id:
            return key
    except Unauthorized:
        pass
    key = await access.issue(db, Scope(account.id, "truebook up", "demo"), "demo")
    kept.touch(mode=0o600)
    kept.write_text(key, encoding="ascii")
    return key


def _note(settings: Settings, data: Path) -> dict[str, Any]:
    base = settings.base_url
    return {
        "url": base,
        "set_up": f"{base}/set-up/{desk.links_of(settings, data).ticket(PURPOSE, clock.now() + LIFE)}",
        "docs": f"{base}/docs",
        "api": f"{base}/api/v1",
        "data": str(data),
        "pid": os.getpid(),
    }


@contextmanager
def _noted(data: Path, note: dict[str, Any]) -> Iterator[None]:
    """Leave a note for `truebook info` while the desk runs."""
    path = data / NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps(note), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _welcome(settings: Settings, note: dict[str, Any]) -> None:
    """Say where everything is, and what to type next."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n[bold green]Truebook is open.[/] Only a committed row may speak.\n")
    for name, label in LABELS.items():
        if name in note and (name != "docs" or settings.docs_open):
            console.print(f"  {label:<27}{note[name]}", markup=False)
    console.print("\n  Next, in another terminal:\n")
    for setting in _to_repeat(settings):
        console.print(f"    export {setting}", markup=False)
    steps = list(_next(note))
    width = max(len(command) for command, _ in steps if len(command) <= WIDEST) + 4
    for command, what in steps:
        if len(command) > WIDEST:
            console.print(f"    [bold]{command}[/]\n{'':{width + 4}}{what}")
        else:
            console.print(f"    [bold]{command:<{width}}[/]{what}")
    console.print("\n  Ctrl-C stops everything; nothing is lost.\n")


WIDEST = 72
"""Characters of a command that still has its explanation beside it."""
LABELS = {
    "start": "Start here",
    "set_up": "Your own business",
    "docs": "API and its documentation",
    "demo": "Demo business",
    "demo_key": "Demo API key",
    "data": "Data",
}
"""What the note says, as people read it."""


def _next(note: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield commands that lead on from here, and what they do."""
    me = called()
    if "demo_key" in note:
        first, *others = note["tries"]
        yield f"{me} chat", f"talk to the desk: “{first}”"
        yield from (("", f"or: “{one}”") for one in others)
        yield f"{me} simulate whatsapp", "the same as a customer on a phone, without Meta"
    else:
        yield f"{me} link", "a page that sets up another business"
    yield f"{me} doctor", "see that the database is fit to be trusted"
    if "demo_key" in note:
        asked = f"curl -H 'Authorization: Bearer {note['demo_key']}' {note['api']}/appointments"
        yield asked, "what the chat has booked, as rows"


def _to_repeat(settings: Settings) -> list[str]:
    """Return the settings without which another terminal would find another desk; a URL may hold a password."""
    data = [f"TRUEBOOK_DATA={shlex.quote(str(settings.data.resolve()))}"] if settings.data else []
    return data + (["DATABASE_URL=…  # as here"] if settings.database_url else [])
