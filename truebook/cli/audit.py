"""`truebook audit URL`: checks any PostgreSQL or SQLite database, and mends what a machine may."""

import enum
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.syntax import Syntax
from rich.text import Text

from truebook.audit import Limits, Options, Report, Severity, Unreadable, baseline
from truebook.audit import audit as run_audit
from truebook.audit import fix as fixes
from truebook.audit.baseline import Accepted, BaselineUnreadable
from truebook.audit.fix import Outcome
from truebook.audit.registry import RULES
from truebook.audit.report import before_after, show, written
from truebook.kernel.shown import visible


class Format(enum.StrEnum):
    """The forms a report can take."""

    terminal = "terminal"
    json = "json"
    html = "html"
    markdown = "markdown"
    sarif = "sarif"


class FailOn(enum.StrEnum):
    """The severity from which the command fails."""

    error = "error"
    warning = "warning"
    hint = "hint"
    never = "never"


def audit(
    url: Annotated[str, typer.Argument(help="postgresql://…, sqlite:///path, or the path of an SQLite file")],
    form: Annotated[Format, typer.Option("--format", help="how to write the report")] = Format.terminal,
    fail_on: Annotated[FailOn, typer.Option(help="exit with 1 from this severity on")] = FailOn.error,
    against: Annotated[str | None, typer.Option(help="another database to compare with")] = None,
    canary: Annotated[
        bool, typer.Option(help="try a real INSERT into every table, rolled back; runs the database's own triggers")
    ] = False,
    fix: Annotated[bool, typer.Option(help="write the migration that mends what a machine may")] = False,
    apply: Annotated[bool, typer.Option(help="with --fix: run it, then audit again")] = False,
    output: Annotated[Path | None, typer.Option(help="with --fix: the file to write the migration to")] = None,
    schema: Annotated[list[str] | None, typer.Option(help="look at this schema only (may be repeated)")] = None,
    code: Annotated[Path | None, typer.Option(help="the application's source, for the words it writes")] = None,
    migrations: Annotated[Path | None, typer.Option(help="the folder of migration files, for the ledger")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="a rule, or rule:table.column, to pass over")] = None,
    hints: Annotated[bool, typer.Option(help="show hints as well")] = True,
    everything: Annotated[bool, typer.Option("--all", help="every finding in full, not one screen of them")] = False,
    rule: Annotated[list[str] | None, typer.Option(help="ask this rule only, in full (may be repeated)")] = None,
    table: Annotated[list[str] | None, typer.Option(help="tell of this table only, in full (may be repeated)")] = None,
    accept: Annotated[
        Path | None, typer.Option(help="a file of findings that are accepted: only new ones are told and fail")
    ] = None,
    renew: Annotated[bool, typer.Option(help="with --accept: write all that is found now into that file")] = False,
    sample_above: Annotated[int, typer.Option(help="rows above which a table is judged by a sample")] = 200_000,
    timeout: Annotated[float, typer.Option(help="seconds one question may take")] = 30.0,
    budget: Annotated[float, typer.Option(help="seconds all questions together may take")] = 900.0,
    run_code: Annotated[
        bool,
        typer.Option(
            "--run-code",
            help="look at everything, even where that RUNS FUNCTIONS THE DATABASE'S USERS WROTE (in defaults, CHECKs, "
            "indexes, policies), with the rights of the role you connect as; refused for a superuser",
        ),
    ] = False,
) -> None:
    """Audit any PostgreSQL (12 to 18) or SQLite database; read-only unless you ask for --apply or --canary.

    One screen tells the problems, the gravest first. In full, each finding says what it means, what proves it and how
    to mend it.
    """
    if apply and not fix:
        raise typer.BadParameter("--apply runs the migration that --fix writes; give both")
    if renew and accept is None:
        raise typer.BadParameter("--renew writes the file that --accept names; give both")
    if renew and (rule or table):
        raise typer.BadParameter("--renew accepts all that is found; leave --rule and --table out")
    for name in rule or ():
        _look_up(name)
    limits = Limits(timeout, sample_above, tuple(schema or ()), run_code, budget)
    options = Options(
        limits, against, canary, code, migrations, tuple(ignore or ()), tuple(rule or ()), tuple(table or ())
    )
    try:
        known = baseline.read(accept) if accept and not renew else None
        report = _watched(url, options)
        if accept and renew:
            baseline.write(accept, report)
            typer.echo(visible(f"{len(report.findings)} findings are accepted in {accept}"), err=True)
            known = baseline.read(accept)
    except (Unreadable, BaselineUnreadable) as problem:
        typer.echo(visible(problem.message, lines=True), err=True)
        raise typer.Exit(2) from None
    except OSError as problem:
        typer.echo(visible(f"{accept} cannot be written: {problem.strerror}"), err=True)
        raise typer.Exit(2) from None
    if known is not None:
        whole = not (rule or table)
        report = baseline.apply(report, known if whole else [one for one in known if _is_asked(one, rule, table)])
    _print(report, form, url, hints, full=everything or bool(rule or table))
    if fix:
        report = _mend(report, url, options, apply, output)
    _exit(report, fail_on)


def _watched(url: str, options: Options) -> Report:
    """Run the audit with a line of progress on standard error."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading the catalog")
        return run_audit(
            url,
            options,
            lambda what, done, total: bar.update(task, description=escape(f"{visible(what)} ({done + 1}/{total})")),
        )


def _look_up(name: str) -> None:
    """Refuse a rule that does not exist, and name the nearest that does."""
    if name not in RULES:
        near = get_close_matches(name, RULES, n=1)
        raise typer.BadParameter(f"there is no rule {name}{f'; did you mean {near[0]}?' if near else ''}")


def _is_asked(one: Accepted, rules: list[str] | None, tables: list[str] | None) -> bool:
    """Tell whether an accepted finding could have been found again, when only some rules or tables were asked."""
    in_table = not tables or any(one.place == table or one.place.startswith(f"{table}.") for table in tables)
    return in_table and (not rules or one.rule in rules)


def _print(report: Report, form: Format, url: str, hints: bool, *, full: bool) -> None:
    if form is Format.terminal:
        show(report, Console(), url, hints=hints, full=full)
    else:
        sys.stdout.write(written(report, form.value) + "\n")


def _mend(report: Report, url: str, options: Options, apply: bool, output: Path | None) -> Report:
    """Write and show the migration; with apply run it, audit again, and return the new report."""
    console = Console(stderr=True)
    steps = fixes.plan(report, url, options.limits)
    if not steps:
        console.print("There is nothing here that a machine may mend.")
        return report
    text = fixes.migration(steps, report)
    path = output or Path(f"{Path(report.database).stem}.fix.sql")
    _keep(text, path)
    console.print(
        Syntax(visible(text, lines=True), "sql", theme="ansi_dark", background_color="default", word_wrap=True)
    )
    told = Text.assemble((f"{len(steps)} steps", "bold"), f" written to {visible(str(path))}")
    console.print(told if apply else told.append("; add --apply to run them"), soft_wrap=True)
    if not apply:
        return report
    failed = [outcome for outcome in fixes.apply(url, steps) if _told(outcome, console).problem]
    after = _watched(url, options)
    console.print(before_after(report, after))
    if failed:
        console.print(
            f"[bold red]{len(failed)} of {len(steps)} steps failed; each of them left everything as it was[/]"
        )
    return after


def _keep(text: str, path: Path) -> None:
    """Write the migration; a file that says something else is never overwritten."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
            typer.echo(visible(f"{path} exists already: name another file with --output, or delete it."), err=True)
            raise typer.Exit(2) from None


def _told(outcome: Outcome, console: Console) -> Outcome:
    """Print what became of a step."""
    first = visible(outcome.step.statements[-1][:100])
    tries = f" (attempt {outcome.attempts})" if outcome.attempts > 1 else ""
    console.print(
        Text(f"✗ {first}: {visible(outcome.problem)}" if outcome.problem else f"✓ {first}{tries}"), soft_wrap=True
    )
    return outcome


def _exit(report: Report, fail_on: FailOn) -> None:
    worst = report.worst()
    if fail_on is not FailOn.never and worst is not None and worst >= Severity[fail_on.upper()]:
        raise typer.Exit(1)
