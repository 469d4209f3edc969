"""truebook chat: talk to a business's desk in the terminal, through the very turn that every channel runs."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from io import TextIOWrapper
from typing import Annotated
from uuid import UUID

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.text import Text

from truebook import demos, desk
from truebook.assistant.incoming import inbox
from truebook.assistant.incoming.inbox import Answered
from truebook.booking import views
from truebook.booking.model import Appointment
from truebook.channels.api.schema import Phone
from truebook.cli import info, running
from truebook.cli.database import data_folder, database_url
from truebook.db import Database, Scope, health, migrations
from truebook.db.notices import Notices
from truebook.demos import DEFAULT, DEMOS
from truebook.kernel import clock
from truebook.kernel import settings as environment
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.tenants import accounts

PATIENCE = 60.0
console = Console(highlight=False, soft_wrap=True)


def _phone(number: str) -> str:
    try:
        return TypeAdapter(Phone).validate_python(number)
    except ValidationError as error:
        raise typer.BadParameter("give it with its country code, such as +43 660 1234567") from error


def chat(
    business: Annotated[
        str | None, typer.Option(help="the slug of the business to talk to; the demo's that runs, else the salon's")
    ] = None,
    name: Annotated[str | None, typer.Option(help="your name, as a messenger would know it")] = None,
    phone: Annotated[str | None, typer.Option(help="your number, as WhatsApp would know it", parser=_phone)] = None,
) -> None:
    """Talk to a desk. Reads lines from standard input, so it can be scripted: `truebook chat < lines.txt`."""
    settings = at_home(environment.read())
    with database_url(settings, create=True) as url:
        migrations.upgrade(url)
        health.refuse_if_broken(url)
        running.run(_chat(settings, url, business or at_hand(settings), name, phone))


async def _chat(settings: Settings, url: str, business: str, name: str | None, phone: str | None) -> None:
    async with Database(url, size=8) as db, _working(settings, db):
        for demo, one in DEMOS.items():
            if one.slug == business:
                await demos.furnish(db, demo)
        account = await accounts.by_slug(db, business)
        scope = Scope(account.id, "terminal", "truebook chat")
        _, conversation, number = await inbox.open_test_chat(db, scope, name=name, phone=phone)
        console.print(f"[dim]{account.name}, test chat {number}. An empty line or Ctrl-D ends it.[/]")
        shown = inbox.NOTHING
        async for line in _lines():
            shown = await _exchange(db, scope, conversation, line, shown)


def at_hand(settings: Settings) -> str:
    """Return the slug of the demo business of the desk that runs on this data directory, else the usual one's."""
    note = info.running(data_folder(settings)) or {}
    return str(note.get("demo_account", DEMOS[DEFAULT].slug))


@asynccontextmanager
async def _working(settings: Settings, db: Database) -> AsyncIterator[None]:
    """Answer messages in this process too, so that nothing else needs to run."""
    jobs = asyncio.ensure_future(desk.work(settings, db, data_folder(settings)))
    try:
        yield
    finally:
        jobs.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await jobs


async def _exchange(db: Database, scope: Scope, conversation: UUID, line: str, shown: UUID) -> UUID:
    """Send a line and show what comes back; take and return which message of the desk's was shown last."""
    said_at = clock.now()
    try:
        message = await inbox.receive(db, scope, conversation, line, shown=shown)
    except Invalid as refusal:
        console.print(f"[yellow]Not sent: {refusal.message}.[/]")
        return shown
    answer = await inbox.wait_for_answer(db, scope, message, Notices(db.direct), patience=PATIENCE)
    if answer == inbox.SILENT:
        console.print("[dim]A person has taken over this conversation; the assistant is silent.[/]")
        return shown
    if answer is None:
        console.print(f"[yellow]No answer within {PATIENCE:.0f} s. Your message is kept and will be answered.[/]")
        return shown
    return await _show(db, scope, conversation, answer, said_at)


async def _show(db: Database, scope: Scope, conversation: UUID, answer: Answered, since: datetime) -> UUID:
    """Show an answer, its buttons, and the row behind a receipt; return the id of the last that was shown."""
    shown = answer.id
    for told in await inbox.told_since(db, scope, conversation, since):
        shown = told.id
        console.print(Text("desk  ", style="bold cyan") + Text(told.text.replace("\n", "\n      ")))
    if answer.buttons:
        console.print(Text("      " + "   ".join(f"[{one}]" for one in answer.buttons), style="dim"))
    for act in answer.acts:
        dates = act["dates"] if act["kind"] == "series_receipt" else [act] if act["kind"] == "receipt" else []
        for one in dates:
            row = await views.by_code(db, scope, one["code"])
            console.print(
                Text(
                    f"      the row: {row.code} {row.status}, {_what(row)}, "
                    f"{row.local_start:%Y-%m-%d %H:%M %Z}, version {row.version}, id {row.id}",
                    style="green",
                )
            )
    return shown


def _what(row: Appointment) -> str:
    """Return what a row is of, segment by segment."""
    return " + ".join(f"{one.service_name} with {one.staff_name}" for one in row.segments)


async def _lines() -> AsyncIterator[str]:
    """Read what is typed, or what comes in by a pipe (then it is shown as well)."""
    typed = sys.stdin.isatty()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    while True:
        line = await asyncio.to_thread(_ask if typed else sys.stdin.readline)
        if not line.strip():
            if typed or not line:
                return
            continue
        if not typed:
            console.print(Text("you   ", style="bold") + Text(line.strip()))
        yield line.strip()


def _ask() -> str:
    try:
        return console.input("[bold]you   [/]") + "\n"
    except EOFError:
        return ""


def at_home(settings: Settings) -> Settings:
    """Return the settings with the address of the desk that runs on this data directory: receipts link to it."""
    note = info.running(data_folder(settings))
    return replace(settings, public_url=note["url"]) if note and not settings.public_url else settings
