"""Runs an audit: reads the database, lets every rule look at it, and gathers what they say."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from truebook.audit import rules
from truebook.audit.findings import Finding, Report
from truebook.audit.inspection import Inspection
from truebook.audit.model import Database
from truebook.audit.questions import silent
from truebook.audit.registry import RULES
from truebook.audit.remedy import QUARANTINE
from truebook.audit.sources import Limits, Progress, Source, Unreadable, connect
from truebook.audit.sources.source import ProbeFailed
from truebook.audit.stage import open_stage
from truebook.audit.values import plural

assert rules, "importing the package is what fills the registry"
_ALLOWED = re.compile(r"audit: allow ([\w-]+)")


@dataclass(frozen=True)
class Options:
    """What to look at and how hard; `ignore` holds rule ids, or `rule:table` or `rule:table.column`.

    With `rules` only those are asked, with `tables` only what is found in those is told.
    """

    limits: Limits = field(default_factory=Limits)
    against: str | None = None
    canary: bool = False
    code: Path | None = None
    migrations: Path | None = None
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


def audit(url: str, options: Options | None = None, progress: Progress = silent) -> Report:
    """Audit the database at url and return the report; raise Unreadable where it cannot be opened."""
    wanted = options or Options()
    started = time.monotonic()
    with closing(connect(url, wanted.limits)) as source:
        database = picture(source, progress)
        inspection = Inspection(source, database, progress, code=wanted.code, migrations=wanted.migrations)
        inspection.other = _other(wanted)
        if wanted.canary:
            inspection.stage = open_stage(url, database, wanted.limits)
        try:
            report = _judged(inspection, wanted)
        finally:
            if inspection.stage:
                inspection.stage.close()
    report.seconds = time.monotonic() - started
    return report


def picture(source: Source, progress: Progress = silent) -> Database:
    """Return the picture of a database without the table in which audits keep what they moved."""
    try:
        database = source.read(progress)
    except ProbeFailed as failure:
        raise Unreadable(f"the catalog cannot be read: {failure.message}") from failure
    return replace(database, tables=tuple(table for table in database.tables if table.name != QUARANTINE))


def _other(options: Options) -> Database | None:
    if options.against is None:
        return None
    with closing(connect(options.against, options.limits)) as source:
        return picture(source)


def _judged(inspection: Inspection, options: Options) -> Report:
    database = inspection.database
    _look_up(database, options.tables)
    todo = [
        rule
        for rule in RULES.values()
        if database.engine in rule.engines and (not options.rules or rule.id in options.rules)
    ]
    found: list[Finding] = []
    for done, rule in enumerate(todo):
        inspection.progress(rule.id, done, len(todo))
        found += (one for one in rule.findings(inspection) if not options.tables or one.table in options.tables)
    allowed = _allowances(database, options)
    kept = [finding for finding in found if not _is_allowed(finding, allowed)]
    return Report(
        database=database.name,
        engine=database.engine,
        version=database.version,
        tables=len(database.tables),
        rows=sum(table.rows for table in database.tables),
        findings=sorted(kept, key=lambda one: (-one.level, one.table, one.column, one.rule)),
        notes=list(dict.fromkeys([*inspection.source.notes, *_sampled(inspection), *inspection.notes])),
        comparisons=list(inspection.differences),
        allowed=len(found) - len(kept),
    )


def _look_up(database: Database, tables: tuple[str, ...]) -> None:
    """Raise Unreadable where a table that was asked for is not there."""
    for name in tables:
        if name not in database.by_label:
            near = get_close_matches(name, database.by_label, n=1)
            raise Unreadable(f"there is no table {name} here{f'; did you mean {near[0]}?' if near else ''}")


def _sampled(inspection: Inspection) -> Iterator[str]:
    for table in inspection.database.tables:
        if inspection.source.sampled(table):
            looked = inspection.source.limits.sample_above
            yield (
                f"{table.label} has about {plural(table.rows, 'row')}; its values were judged by a sample of "
                f"about {looked:,}."
            )
    if inspection.stage is None:
        yield "No row was tried: --canary tries a real INSERT into every table, and leaves nothing behind."
        return
    if inspection.stage.warning:
        yield inspection.stage.warning
    if inspection.is_postgres:
        yield (
            "The canary's rows were rolled back; sequences they drew from have moved on, as they do on every rollback."
        )


def _allowances(database: Database, options: Options) -> dict[str, set[str]]:
    """Return by place ("" is everywhere) the rules that are allowed: by option, or by a comment in the schema."""
    allowed: dict[str, set[str]] = defaultdict(set)
    for entry in options.ignore:
        rule, _, place = entry.partition(":")
        allowed[place].add(rule)
    for table in database.tables:
        allowed[table.label] |= set(_ALLOWED.findall(table.comment + table.definition))
        for column in table.columns:
            allowed[f"{table.label}.{column.name}"] |= set(_ALLOWED.findall(column.comment))
    return allowed


def _is_allowed(finding: Finding, allowed: dict[str, set[str]]) -> bool:
    places = ["", finding.table, *(f"{finding.table}.{name}" for name in finding.column.split(", "))]
    return any(finding.rule in allowed.get(place, ()) for place in places)
