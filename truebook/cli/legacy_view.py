"""How an import looks in a terminal: the readings of its times, the account of rows, and what to type next."""

import shlex
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from truebook.cli.terminal import plain
from truebook.kernel.errors import Fact, Invalid
from truebook.kernel.shown import without_password
from truebook.legacy import generations, words
from truebook.legacy.move import Busy
from truebook.legacy.options import Options
from truebook.legacy.preview import Preview
from truebook.legacy.report import Entry, Line, Report, RowsLost
from truebook.legacy.source import Source
from truebook.legacy.times import Reading

WALL = "%a %d %b %Y %H:%M"
EXAMPLES = 4


def source(console: Console, source: Source) -> None:
    """Say in one line what the old database is."""
    known = [table for thing in generations.THINGS for table in thing.tables if table in source.tables]
    rows = sum(source.count(table) for table in known)
    engine = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[source.kind]
    _title(console, "The old database")
    console.print(f"  {plain(source.where)} · {engine} · {_many(rows, 'row')} in {_many(len(known), 'table')}")


def times(console: Console, seen: Preview) -> None:
    """Show how the appointments' times are stored, and the same ones under both readings."""
    if not seen.kinds:
        return
    _title(console, "How its times read")
    stored = ", ".join(f"{count} with {kind}" for kind, count in seen.kinds.most_common())
    console.print(f"  {stored}" + (f", {seen.unreadable} unreadable" if seen.unreadable else ""))
    if not seen.samples:
        return
    table = _table("customer", "stored", "as local", "as utc")
    for sample in seen.samples:
        table.add_row(
            plain(sample.customer), plain(sample.stored), sample.local.strftime(WALL), sample.utc.strftime(WALL)
        )
    console.print(table)
    console.print("  Both on the business's own clock; local means what is stored is that clock already.")
    if seen.judged:
        hits = " · ".join(f"as {reading} {seen.open_for[reading]}" for reading in Reading)
        console.print(f"  Inside opening hours, of {seen.judged}: {hits}")


def decide(console: Console, url: str, options: Options, seen: Preview, *, nameless: bool) -> None:
    """Ask for the one decision nobody can take for the operator, and whose the database is where it is nameless."""
    _title(console, "Nothing has been imported yet")
    console.print("  Which of the two is what the customers were told? Say so:")
    missing = " --business NAME" if nameless and not options.businesses else ""
    missing += " --zone Area/City" if nameless and not options.zone else ""
    for reading in sorted(Reading, key=lambda reading: -seen.open_for[reading]):
        _command(console, f"{_again(url, options, reading)}{missing} --dry-run")
    if missing:
        console.print("  This database is older than accounts: say whose it is, and where, as well.")


def account(console: Console, report: Report) -> None:
    """Show what became of every row."""
    _rows(console, report)
    _entries(console, "In quarantine: kept whole, with the reason", report.quarantine, words.REASONS, "red")
    damage = [note for note in report.notes if note.kind in words.DAMAGE]
    form = [note for note in report.notes if note.kind not in words.DAMAGE]
    _entries(console, "Went in, and deserves a look", damage, words.NOTES, "yellow")
    _entries(console, "Went in, written differently", form, words.NOTES, "dim", examples=1)
    _changed(console, report)
    _promises(console, report)
    _left_alone(console, report)


def what_next(console: Console, report: Report, url: str, options: Options, times_said: Reading | None) -> None:
    """End with what the operator can type now."""
    again = _again(url, options, times_said)
    _title(console, "Next")
    zone = " --zone Europe/Vienna" if any(entry.kind == "no-zone" for entry in report.quarantine) else ""
    if report.dry:
        said = " A business names no time zone; here it gets one:" if zone else ""
        console.print(f"  Nothing was written. To do it:{said}")
        _command(console, (again if times_said else f"{again} --times {options.reading}") + zone)
        return
    if zone:
        console.print("  A business without a time zone waits. Name its zone, such as this, and import again:")
        _command(console, again + zone)
    elif report.quarantine:
        console.print(
            "  What is in quarantine can be put right in the old database; importing again then adds only that."
        )
    console.print("  See the calendar:")
    _command(console, "truebook up")


def failure(console: Console, fact: Fact) -> None:
    """Say why there is no account of rows: nothing was begun, or something broke on the way."""
    unbegun = isinstance(fact, Invalid | Busy)
    console.print(
        f"[bold red]{'Not imported.' if unbegun else 'Not finished.'}[/] {plain(fact.message)}", soft_wrap=True
    )
    if not unbegun and fact.code != RowsLost.code:
        console.print("What is in is in, and nothing is in twice: when this is mended, run the same command again.")


def _rows(console: Console, report: Report) -> None:
    _title(console, "The account of rows" + (" (rehearsed: nothing was written)" if report.dry else ""))
    left_out = any(line.left_out for line in report.lines.values())
    heads = ["table", "rows", "imported", "of them new", "quarantine", *(["left out"] if left_out else []), ""]
    table = _table(*heads, right=range(1, len(heads) - 1))
    for line in [*report.lines.values(), _sum(report)]:
        cells = [line.rows, line.imported, line.imported_now, line.quarantined, *([line.left_out] if left_out else [])]
        end = Text("✓", "green") if line.adds_up else Text("does not add up", "bold red")
        table.add_row(line.table, *(f"{cell:,}" for cell in cells), end, style="bold" if line.table == "all" else None)
    console.print(table)
    middle = " + left out" if left_out else ""
    where = "as planned" if report.dry else "counted again in the database after the last commit"
    console.print(f"  rows = imported + quarantine{middle}, {where}")


def _sum(report: Report) -> Line:
    lines = report.lines.values()
    names = ("rows", "imported", "imported_now", "quarantined", "quarantined_now", "left_out")
    return Line("all", **{name: sum(getattr(line, name) for line in lines) for name in names})


def _entries(
    console: Console, title: str, entries: list[Entry], meanings: dict[str, str], style: str, examples: int = EXAMPLES
) -> None:
    """Show entries by kind, the most frequent first, with a few rows of each as examples."""
    if not entries:
        return
    _title(console, title)
    for kind, count in Report.kinds(entries).items():
        of_kind = [entry for entry in entries if entry.kind == kind]
        console.print(f"  [{style}]{count:>5}[/]  {meanings[kind]}")
        grid = Table.grid(padding=(0, 2, 0, 0))
        for entry in of_kind[:examples]:
            grid.add_row(" " * 7, plain(f"{entry.table} {_short_key(entry.key)}"), plain(entry.text), style="dim")
        if len(of_kind) > examples:
            grid.add_row("", f"and {len(of_kind) - examples:,} more", "", style="dim")
        console.print(grid)


def _changed(console: Console, report: Report) -> None:
    if not report.changed:
        return
    _title(console, "Changed in the old database since they came over")
    console.print("  Truebook keeps what it has. Look at these rows and repeat there what should be repeated:")
    for table, key in report.changed[:20]:
        console.print(f"    {plain(table)} {plain(key)}")
    if len(report.changed) > 20:
        console.print(f"    and {len(report.changed) - 20:,} more")


def _promises(console: Console, report: Report) -> None:
    if not report.promises:
        return
    _title(console, "Promised, but not booked")
    console.print("  The old assistant said so to a customer, and no appointment stands behind it. Ask them:")
    table = _table("chat", "with", "when", "it said", "but")
    for promise in report.promises:
        when = promise.at.strftime(WALL) if promise.at else "?"
        table.add_row(plain(promise.session), plain(promise.who), when, plain(_short(promise.said)), plain(promise.why))
    console.print(table)


def _left_alone(console: Console, report: Report) -> None:
    if not report.strange and not report.unread:
        return
    _title(console, "Left where it is")
    for name, rows in report.strange.items():
        console.print(f"  the table {plain(name)}, {_many(rows, 'row')}: Truebook has no such thing")
    for name, rows in report.unread.items():
        console.print(f"  the column {plain(name)}, filled in {_many(rows, 'row')}: Truebook has no place for it")


def _again(url: str, options: Options, times_said: Reading | None) -> str:
    parts = ["truebook", "import", "legacy", without_password(url)]
    for name in options.businesses:
        parts += ["--business", name]
    for option, value in (("--times", times_said), ("--zone", options.zone), ("--region", options.region)):
        parts += [option, str(value)] if value else []
    return shlex.join(parts)


def _title(console: Console, text: str) -> None:
    console.print(f"\n[bold]{text}[/]")


def _command(console: Console, command: str) -> None:
    console.print(f"    [cyan]{plain(command)}[/]", soft_wrap=True)


def _table(*heads: str, right: Iterable[int] = ()) -> Table:
    table = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
    numbers = set(right)
    for index, head in enumerate(heads):
        table.add_column(head, justify="right" if index in numbers else "left")
    return table


def _short_key(key: str) -> str:
    return key if len(key) <= 14 else f"{key[:6]}…{key[-6:]}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
