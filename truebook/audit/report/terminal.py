"""The report for a person at a terminal: what is wrong, what proves it, what to type next."""

import shlex

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table as Grid
from rich.text import Text

from truebook.audit.findings import Comparison, Finding, Report, Severity
from truebook.audit.report.marks import LOOKS
from truebook.audit.report.screen import problems, screen
from truebook.audit.values import plural
from truebook.kernel.shown import visible, without_password


def show(report: Report, console: Console, url: str, *, hints: bool = True, full: bool = False) -> None:
    """Print the report: one screen of it, or all of every finding; without hints, those and the infos are counted."""
    with console.capture() as printed:
        _print(report, console, url, hints, full)
    console.file.writelines(line.rstrip() + "\n" for line in printed.get().splitlines())


def _print(report: Report, console: Console, url: str, hints: bool, full: bool) -> None:
    sizes = f"{plural(report.tables, 'table')} · {plural(report.rows, 'row')}"
    console.print(f"\n[bold]{escape(visible(report.database))}[/] · {report.engine} {report.version} · {sizes}")
    console.print(_summary(report), end="\n\n")
    if full:
        _print_everything(report, console, hints)
    else:
        for line in screen(report, console, hints=hints):
            console.print(line)
    for line in _told_of_baseline(report):
        console.print(line)
    for line in _next(report, url, full=full):
        console.print(line, soft_wrap=True)


def _print_everything(report: Report, console: Console, hints: bool) -> None:
    for problem in problems(report, hints=hints):
        sign, style = LOOKS[problem.level]
        head = f"{problem.title}{': ' if problem.consequence else '.'}{problem.consequence}"
        console.print(Text.assemble((f"{sign} ", style), (head, "bold"), (f"  {problem.rule}", "dim")))
        for finding in problem.findings:
            console.print(Padding(_finding(finding), (0, 0, 0, 2), expand=False))
    if report.comparisons:
        console.print(parity(report.comparisons))
    if report.notes:
        console.print("[bold]Notes[/]")
        for note in report.notes:
            console.print(Padding(Text(visible(note), style="dim"), (0, 0, 0, 2), expand=False))
        console.print()


def _finding(finding: Finding) -> RenderableType:
    sign, style = LOOKS[finding.level]
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


def _summary(report: Report) -> Text:
    parts = [
        Text(plural(count, severity.word), style=LOOKS[severity][1])
        for severity, count in report.counts().items()
        if count and severity is not Severity.INFO
    ]
    found = Text(", ").join(parts) if parts else Text("nothing found", style="bold green")
    aside = [f"{report.allowed} allowed"] if report.allowed else []
    aside += [f"{report.accepted} accepted before"] if report.accepted else []
    return Text.assemble(found, f" ({', '.join(aside)})" if aside else "", f" in {report.seconds:.1f} s")


def _told_of_baseline(report: Report) -> list[Text]:
    if not report.mended:
        return []
    named = ", ".join(visible(one) for one in report.mended[:3]) + (" …" if len(report.mended) > 3 else "")
    return [Text.assemble(("✓ ", "green"), f"{plural(len(report.mended), 'accepted finding')} mended: {named}"), Text()]


def _next(report: Report, url: str, *, full: bool) -> list[Text]:
    """Return what to type next: the rest of the report, and what mends it."""
    steps: list[tuple[str, str]] = []
    if report.findings and not full:
        some = f"--rule {problems(report)[0].rule}"
        steps += [(some, "what proves it and what mends it"), ("--all", _everything(report))]
        steps += [("--format html > audit.html", "a page to send to a colleague")]
    if any(finding.fix for finding in report.findings if finding.level >= Severity.WARNING):
        steps.append(("--fix", "the migration that mends what a machine may"))
    elif not report.findings:
        steps.append(("--canary", "a real INSERT into every table, rolled back"))
    if report.notes and not report.findings and not full:
        steps.append(("--all", _everything(report)))
    if not steps:
        return []
    width = max(len(one) for one, _ in steps)
    head = Text.assemble(("Next: ", "bold"), f"truebook audit {shlex.quote(without_password(url))}", (" with", "dim"))
    return [head, *(Text.assemble("  ", one.ljust(width), (f"  {why}", "dim")) for one, why in steps)]


def _everything(report: Report) -> str:
    notes = f", and {plural(len(report.notes), 'note')} on what was left out" if report.notes else ""
    return f"all in full{notes}"


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
