"""The report for a person at a terminal: what is wrong, what proves it, what to type next."""

import shlex

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table as Grid
from rich.text import Text

from truebook.audit.findings import Comparison, Finding, Report, Severity
from truebook.audit.values import plural
from truebook.kernel.shown import visible, without_password

_LOOKS = {
    Severity.ERROR: ("✗", "bold red"),
    Severity.WARNING: ("!", "bold yellow"),
    Severity.HINT: ("·", "cyan"),
    Severity.INFO: ("i", "dim"),
}


def show(report: Report, console: Console, url: str, *, hints: bool = True) -> None:
    """Print the report; without hints, those and the infos are only counted."""
    with console.capture() as printed:
        _print(report, console, url, hints)
    console.file.writelines(line.rstrip() + "\n" for line in printed.get().splitlines())


def _print(report: Report, console: Console, url: str, hints: bool) -> None:
    sizes = f"{plural(report.tables, 'table')} · {plural(report.rows, 'row')}"
    console.print(f"\n[bold]{escape(visible(report.database))}[/] · {report.engine} {report.version} · {sizes}\n")
    for finding in report.findings:
        if hints or finding.level >= Severity.WARNING:
            console.print(_finding(finding))
    if report.comparisons:
        console.print(parity(report.comparisons))
    _show_notes(report, console)
    console.print(_summary(report))
    console.print(Text.assemble(("Next: ", "bold"), next_step(report, url)), soft_wrap=True)


def _finding(finding: Finding) -> RenderableType:
    sign, style = _LOOKS[finding.level]
    head = Text.assemble(
        (f"{sign} {finding.level.word} ", style), (visible(finding.place), "bold"), (f"  {finding.rule}", "dim")
    )
    lines: list[RenderableType] = [
        Text(visible(finding.meaning)),
        *(Text(visible(line), style="dim") for line in finding.evidence),
    ]
    if finding.fix_in_brief:
        sql = visible(finding.fix_in_brief, lines=True)
        lines.append(Syntax(sql, "sql", theme="ansi_dark", background_color="default", word_wrap=True))
    return Group(head, Padding(Group(*lines), (0, 0, 1, 4), expand=False))


def parity(comparisons: list[Comparison]) -> Grid:
    """Return the table of differences between two databases."""
    grid = Grid("table", "column", "aspect", "here", "there", title="Here and there", title_justify="left")
    for one in comparisons:
        cells = (one.table, one.column, one.aspect, one.here, one.there)
        grid.add_row(*(Text(visible(cell)) for cell in cells))
    return grid


def _show_notes(report: Report, console: Console) -> None:
    if report.notes:
        console.print("[bold]Notes[/]")
        for note in report.notes:
            console.print(Text(f"  {visible(note)}", style="dim"))
        console.print()


def _summary(report: Report) -> Text:
    parts = [
        plural(count, severity.word) for severity, count in report.counts().items() if count and severity.word != "info"
    ]
    found = ", ".join(parts) or "nothing found"
    allowed = f" ({report.allowed} allowed)" if report.allowed else ""
    return Text(f"{found}{allowed} in {report.seconds:.1f} s", style="bold")


def next_step(report: Report, url: str) -> str:
    """Return what to type next."""
    shown = shlex.quote(without_password(url))
    if any(finding.fix for finding in report.findings if finding.level >= Severity.WARNING):
        return f"truebook audit {shown} --fix   shows the migration that mends what a machine may; --apply runs it"
    if report.findings:
        return "what is left needs a person; each rule is explained in docs/audit/"
    return f"truebook audit {shown} --canary   tries a real INSERT into every table, and rolls it back"


def before_after(before: Report, after: Report) -> Grid:
    """Return how many findings of each rule there were before a fix, and are after it."""
    grid = Grid("rule", "before", "after", title="Before and after", title_justify="left")
    counts = [
        {rule: sum(1 for f in report.findings if f.rule == rule) for rule in {f.rule for f in report.findings}}
        for report in (before, after)
    ]
    for rule in sorted({*counts[0], *counts[1]}):
        one, other = counts[0].get(rule, 0), counts[1].get(rule, 0)
        grid.add_row(rule, str(one), str(other), style="green" if other < one else "red" if other > one else None)
    grid.add_section()
    for severity in sorted(Severity, reverse=True):
        grid.add_row(severity.word, str(before.counts()[severity]), str(after.counts()[severity]), style="bold")
    return grid
