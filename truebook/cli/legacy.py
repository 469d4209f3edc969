"""`truebook import legacy`: bring the old database over."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from truebook.cli import legacy_view as view
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import tell
from truebook.db import Database, migrations, server
from truebook.db.connection import connect
from truebook.kernel import clock, settings
from truebook.kernel.errors import Fact, Invalid
from truebook.kernel.settings import Settings
from truebook.legacy import generations, move, preview
from truebook.legacy import source as sources
from truebook.legacy.options import Options
from truebook.legacy.plan import accounts
from truebook.legacy.report import Report
from truebook.legacy.source import Source
from truebook.legacy.times import Reading

app = typer.Typer(help="Bring another system's data into Truebook.", no_args_is_help=True, add_completion=False)
UNDECIDED = 2
FAILED = 1


@app.callback()
def root() -> None:
    """Bring another system's data into Truebook."""


@app.command()
def legacy(
    url: Annotated[str, typer.Argument(help="The old database: a SQLite file, sqlite:///path, or postgresql://…")],
    business: Annotated[
        list[str] | None, typer.Option(help="Id or name of a business to bring over; may be repeated. Default: all.")
    ] = None,
    times: Annotated[
        Reading | None, typer.Option(help="What times without a zone mean: the business's wall clock, or UTC.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone (Area/City) of a business that names none.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Country (AT, DE …) whose phone numbers these are. Default: the time zone's.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the full account of rows; write nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Also write the full account to this file, as JSON.")] = None,
) -> None:
    """Bring an old Knex database (SQLite or PostgreSQL) over. No row is lost; running it again adds nothing."""
    console = Console(highlight=False)
    try:
        chosen = Options(times or Reading.LOCAL, tuple(business or ()), _zone(zone), region and region.upper())
        with sources.at(url) as source:
            _look(console, source, chosen, decided=times is not None or dry_run, url=url)
            account = _rehearse(console, source, chosen) if dry_run else _bring(console, source, chosen)
    except Fact as fact:
        view.failure(console, fact)
        raise typer.Exit(UNDECIDED if isinstance(fact, Invalid) else FAILED) from fact
    if report:
        report.write_text(json.dumps(account.json(), indent=2, ensure_ascii=False), encoding="utf-8")
    view.account(console, account)
    view.what_next(console, account, url, chosen, times)


def _look(console: Console, source: Source, options: Options, *, decided: bool, url: str) -> None:
    """Show what the old database is and how its times read; stop here until somebody has decided on the reading."""
    view.source(console, source)
    seen = preview.look(source, options)
    view.times(console, seen)
    if seen.matters and not decided:
        view.decide(console, url, options, seen, nameless=not accounts(source, sources.fingerprint(source)))
        raise typer.Exit(UNDECIDED)


def _rehearse(console: Console, source: Source, options: Options) -> Report:
    async def run(url: str | None, tick: move.Tick) -> Report:
        if url is None:
            return await move.rehearse(source, options, None, tick)
        async with Database(url, size=2) as database:
            return await move.rehearse(source, options, database, tick)

    with _as_it_is(settings.read()) as url:
        return _with_progress(console, source, lambda tick: asyncio.run(run(url, tick)))


def _bring(console: Console, source: Source, options: Options) -> Report:
    async def run(url: str, tick: move.Tick) -> Report:
        async with Database(url, size=2) as database:
            return await move.bring(source, options, database, tick)

    with database_url(settings.read(), create=True) as url:
        migrations.upgrade(url, say=tell)
        return _with_progress(console, source, lambda tick: asyncio.run(run(url, tick)))


@contextmanager
def _as_it_is(chosen: Settings) -> Iterator[str | None]:
    """Lend the URL of the database without changing anything; None where there is no Truebook yet."""
    if chosen.database_url is None and not server.exists(data_folder(chosen)):
        yield None
        return
    with database_url(chosen) as url:
        yield url if _is_truebook(url) else None


def _is_truebook(url: str) -> bool:
    with connect(url) as connection:
        found = connection.execute("SELECT to_regclass('truebook.import_runs') IS NOT NULL").fetchone()
        return found == (True,)


def _with_progress(console: Console, source: Source, work: Callable[[move.Tick], Report]) -> Report:
    """Show how far the import is, table by table."""
    columns = (TextColumn("  {task.description:<22}"), BarColumn(24), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bars = {
            table: progress.add_task(table, total=source.count(table))
            for thing in generations.THINGS
            for table in thing.tables
            if table in source.tables
        }
        return work(lambda table: progress.advance(bars[table]))


def _zone(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return str(clock.zone(name))
    except ValueError as error:
        raise Invalid("zone", f"{error}; give one such as Europe/Vienna") from error
