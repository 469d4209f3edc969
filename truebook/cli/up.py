"""truebook up: the whole desk in one process, with a demo business to try it on."""

import asyncio
import contextlib
import errno
import json
import os
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

from truebook import desk
from truebook.cli import running
from truebook.cli.database import data_folder
from truebook.cli.info import NAME
from truebook.cli.terminal import tell
from truebook.db import Database, Scope, health, migrations, server
from truebook.kernel import settings as environment
from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings
from truebook.tenants import access, demo
from truebook.tenants.access import Unauthorized
from truebook.tenants.accounts import Account


def up() -> None:
    """Set up everything that is missing and run the desk until Ctrl-C."""
    settings = environment.read()
    data = data_folder(settings)
    with _listening(settings) as listener, _database(settings, data) as url:
        if migrations.upgrade(url, say=tell):
            tell("the schema is there, every promised object looked up in the catalog")
        health.refuse_if_broken(url)
        running.run(_run(settings, url, data, listener))
    tell("stopped; everything is saved")


async def _run(settings: Settings, url: str, data: Path, listener: socket.socket) -> None:
    async with running.database(settings, url) as db:
        account = await demo.furnish(db)
        key = await _demo_key(db, account, data)
        http = running.server(settings, db, data)
        jobs = asyncio.ensure_future(desk.work(settings, db, data))
        note = _note(settings, data, account, key)
        with _noted(data, note):
            _welcome(settings, note, account)
            try:
                await running.listen(http, [listener], until=jobs)
            finally:
                jobs.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await jobs


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


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else is started; say in one sentence if somebody else has it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise Unavailable(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                f"{_instead(settings.port, error)}"
            ) from error
        yield listener


def _instead(port: int, error: OSError) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return f"Take another one: TRUEBOOK_PORT={8000 + (port + 1) % 1000} make up"
    return "TRUEBOOK_HOST must be an address of this machine."


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


def _note(settings: Settings, data: Path, account: Account, key: str) -> dict[str, Any]:
    base = settings.base_url
    return {
        "url": base,
        "docs": f"{base}/docs",
        "api": f"{base}/api/v1",
        "data": str(data),
        "demo_account": account.slug,
        "demo_key": key,
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


def _welcome(settings: Settings, note: dict[str, Any], account: Account) -> None:
    """Say where everything is, and what to type next."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n[bold green]Truebook is open.[/] Only a committed row may speak.\n")
    rows = {
        "API and its documentation": note["docs"],
        "Demo business": f"{account.name} ({account.slug})",
        "Demo API key": note["demo_key"],
        "Data": note["data"],
    }
    for label, value in rows.items():
        console.print(f"  {label:<27}{value}", markup=False)
    console.print("\n  Next, in another terminal:\n")
    for setting in _to_repeat(settings):
        console.print(f"    export {setting}", markup=False)
    console.print("    [bold].venv/bin/truebook chat[/]        talk to the desk: “a haircut tomorrow around 3, please”")
    console.print("    [bold].venv/bin/truebook simulate whatsapp[/]   the same as a customer on a phone, without Meta")
    console.print("    [bold].venv/bin/truebook doctor[/]      see that the database is fit to be trusted")
    console.print(
        f"    [bold]curl -H 'Authorization: Bearer {note['demo_key']}' {note['api']}/appointments[/]\n"
        "                                what the chat has booked, as rows"
    )
    console.print("\n  Ctrl-C stops everything; nothing is lost.\n")


def _to_repeat(settings: Settings) -> list[str]:
    """Return the settings without which another terminal would find another desk; a URL may hold a password."""
    data = [f"TRUEBOOK_DATA={shlex.quote(str(settings.data.resolve()))}"] if settings.data else []
    return data + (["DATABASE_URL=…  # as here"] if settings.database_url else [])
