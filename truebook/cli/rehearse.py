"""truebook rehearse: play saved customers against an assistant, before real ones meet it."""

import asyncio
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from truebook import desk
from truebook.assistant.models.engine import Engine
from truebook.assistant.models.llm import Engines
from truebook.assistant.offline.model import Offline
from truebook.cli.database import data_folder, database_url
from truebook.cli.terminal import out, raw, tell
from truebook.db import Database, Scope, migrations, server
from truebook.kernel import settings as environment
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.kernel.shown import visible
from truebook.rehearsal import businesses, talks
from truebook.rehearsal.businesses import Business
from truebook.rehearsal.judging import VERDICTS, Verdict
from truebook.rehearsal.playing import Play, play
from truebook.rehearsal.purse import Purse
from truebook.rehearsal.talks import Segment, Talk
from truebook.tenants import accounts, bots, vault
from truebook.tenants.bots import ModelChoice

STYLES: dict[Verdict, str] = {
    "good": "green",
    "slow": "yellow",
    "stuck": "red",
    "wrong": "bold red",
    "untrue": "bold red",
    "budget": "yellow",
}
NEVER: tuple[Verdict, ...] = ("wrong", "untrue")


@dataclass(frozen=True, slots=True)
class House:
    """What talks are played on, and against; `payer` is the real business whose model that is."""

    business: Business
    engine: Engine
    payer: Scope | None = None

    def purse(self, db: Database | None) -> Purse | None:
        """Return who pays for a play, from the database of the real businesses; nobody for what costs nothing."""
        if db is None or self.payer is None or isinstance(self.engine.model, Offline):
            return None
        return Purse(db, self.payer, self.engine.bounds)


def rehearse(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILES]", help="saved talks; without any, our own")
    ] = None,
    business: Annotated[
        str | None, typer.Option(help="slug of a business whose services, hours and model are copied")
    ] = None,
    model: Annotated[str | None, typer.Option(help="play against this model, as TRUEBOOK_MODEL names it")] = None,
    prompt: Annotated[
        Path | None, typer.Option(help="a file with a prompt to try", exists=True, dir_okay=False)
    ] = None,
    only: Annotated[str | None, typer.Option(help="play only the talks whose description holds this")] = None,
    show: Annotated[bool, typer.Option("--show", help="print what was said, and the rows")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print how each went as JSON, for programs")] = False,
    good: Annotated[int, typer.Option(help="percent of the talks that must end well", min=0, max=100)] = 90,
) -> None:
    """Play saved customers against the assistant, on a business and in a database of their own.

    Judged by rows, not by wording: good, slow (too many messages), stuck (a wish not met), wrong (a row that nobody
    wanted), untrue (said and not so). Exit code 0 where enough are good and none is wrong or untrue, else 1.
    """
    settings = environment.read()
    settings = replace(settings, model=model) if model else settings
    wanted = [one for path in _files(paths or []) for one in talks.read(path) if only is None or only in one.about]
    if not wanted:
        raise Invalid("FILES", "there is no such talk")
    named = {business} if business else {talk.business for talk in wanted}
    ours = set() if business else named & set(businesses.names())
    told = _quietly if as_json else partial(_tell, show=show)
    with database_url(settings) if named - ours else nullcontext() as real:
        cast = _cast(settings, ours, named - ours, real, own_model=model is None)
        if prompt:
            said = prompt.read_text(encoding="utf-8")
            cast = {name: replace(house, business=house.business.prompted(said)) for name, house in cast.items()}
        plays = asyncio.run(_play([(talk, cast[business or talk.business]) for talk in wanted], told, real))
    if as_json:
        raw(json.dumps([_plain(one) for one in plays], ensure_ascii=False) + "\n")
        return
    raise typer.Exit(_summary(plays, good))


def _files(paths: list[Path]) -> list[Path]:
    """Return the files to play: those given, those in folders given, or our own."""
    if not paths:
        return _in(Path(str(files("truebook.rehearsal").joinpath("talks"))))
    return [one for path in paths for one in (_in(path) if path.is_dir() else [path])]


def _in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _cast(
    settings: Settings, ours: set[str], theirs: set[str], url: str | None, *, own_model: bool
) -> dict[str, House]:
    """Return the businesses to play on, by name: those that come with Truebook, and copies of real ones."""
    engines = Engines(settings, desk.vault_of(settings, data_folder(settings)) if url else vault.read(vault.made()))
    cast = {name: House(businesses.named(name), engines.usual) for name in ours}
    return cast | asyncio.run(_copies(url, sorted(theirs), engines, own_model=own_model)) if url else cast


async def _copies(url: str, slugs: list[str], engines: Engines, *, own_model: bool) -> dict[str, House]:
    async with Database(url, size=2) as db:
        return {slug: await _copy(db, slug, engines, own_model=own_model) for slug in slugs}


async def _copy(db: Database, slug: str, engines: Engines, *, own_model: bool) -> House:
    account = await accounts.by_slug(db, slug)
    scope = businesses.reader(account.id)
    active = await bots.active(db, scope)
    choice = await bots.model_of(db, scope, active.id) if active and own_model else ModelChoice()
    engine = await engines.of(account.id, choice)
    return House(await businesses.copied(db, slug), engine, scope if own_model else None)


async def _play(wanted: list[tuple[Talk, House]], told: Callable[[Play], None], real: str | None) -> list[Play]:
    """Play talks in a database of their own; `real` is the URL of that in which the real businesses are."""
    plays = []
    with _scratch() as url:
        migrations.upgrade(url)
        async with Database(url, size=4) as db, Database(real, size=1) if real else nullcontext() as payers:
            for talk, house in wanted:
                plays.append(await play(db, talk, house.business, house.engine, house.purse(payers)))
                told(plays[-1])
    return plays


@contextmanager
def _scratch() -> Iterator[str]:
    """Lend an empty database that is gone afterwards: nothing that a rehearsal does can reach a real customer."""
    folder = Path(tempfile.mkdtemp(prefix="truebook-rehearsal-"))
    try:
        with server.start(folder, fsync=False, say=tell) as running:
            yield running.url()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(one: Play) -> None:
    """Tell nothing of a play: all of them are told in the end."""


def _plain(one: Play) -> dict[str, object]:
    return {
        "about": one.talk.about, "verdict": one.verdict, "messages": one.messages, "most": one.talk.most,
        "seconds": round(one.seconds, 1), "tokens": one.tokens, "said": one.lines, "untruths": one.untruths,
        "stands": [_row(row) for row in one.rows],
    }  # fmt: skip


def _row(row: Segment) -> str:
    guest = f" for {row.guest}" if row.guest else ""
    return f"{row.service} with {row.staff}{guest}, {row.start:%a %d %b %H:%M}, {row.status}"


def _tell(one: Play, *, show: bool) -> None:
    took = f"{one.messages:2}/{one.talk.most:<2}  {one.seconds:5.1f} s  {one.tokens:7,} tokens"
    stood_in = f"  offline stood in {one.replaced} ×" if one.replaced else ""
    head = Text(f"{one.verdict:7}", style=STYLES[one.verdict])
    out(head + Text(f"{took}  {one.talk.language}  {visible(one.talk.about)}{stood_in}", style="default"))
    for untruth in one.untruths:
        out(f"       untrue: {visible(untruth)}")
    if not show:
        return
    for who, line in one.lines:
        out(f"       {who:8}  " + "\n                 ".join(map(visible, line.splitlines())))
    for row in one.rows:
        out(f"       row       {visible(_row(row))}")


def _summary(plays: list[Play], good: int) -> int:
    counted = Counter(one.verdict for one in plays)
    seconds, tokens = sum(one.seconds for one in plays), sum(one.tokens for one in plays)
    told = ", ".join(f"{counted[one]} {one}" for one in VERDICTS if counted[one])
    out(
        f"{len(plays)} talks: {told}; {sum(one.messages for one in plays)} messages, {seconds:.1f} s, {tokens:,} tokens"
    )
    enough = counted["good"] * 100 >= good * len(plays) and not any(counted[one] for one in NEVER)
    if not enough:
        tell(f"Wanted: at least {good} % good, none wrong or untrue. `--show` prints what was said.")
    return 0 if enough else 1
