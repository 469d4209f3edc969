"""The report as Markdown, to be kept beside the code or pasted into an issue."""

import re
from collections.abc import Iterator

from truebook.audit.findings import Comparison, Finding, Report
from truebook.audit.values import plural
from truebook.kernel.shown import visible

_MARKS = re.compile(r"[\\`*\[\]<>|#&]")


def as_markdown(report: Report) -> str:
    """Return the report as a Markdown page."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# Audit of {_prose(report.database)}"
    yield f"\n{report.engine} {report.version}: {plural(report.tables, 'table')}, {plural(report.rows, 'row')}.\n"
    yield "| severity | findings |\n|---|---|"
    yield from (f"| {severity.word} | {count} |" for severity, count in report.counts().items())
    for finding in report.findings:
        yield from _finding(finding)
    if report.comparisons:
        yield from _parity(report.comparisons)
    if report.notes:
        yield "\n## Notes\n"
        yield from (f"- {_prose(note)}" for note in report.notes)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"\n## {finding.level.word}: {_prose(finding.place)} ({finding.rule})\n"
    yield f"{_prose(finding.meaning)}\n"
    yield from (f"- {_code(line)}" for line in finding.evidence)
    if finding.fix_sql:
        fence = "`" * max(3, _longest(finding.fix_sql) + 1)
        yield f"\n{fence}sql\n{visible(finding.fix_sql, lines=True)}\n{fence}"


def _parity(comparisons: list[Comparison]) -> Iterator[str]:
    yield "\n## Here and there\n\n| table | column | aspect | here | there |\n|---|---|---|---|---|"
    for one in comparisons:
        cells = (one.table, one.column, one.aspect, one.here, one.there)
        yield "| " + " | ".join(_prose(cell) for cell in cells) + " |"


def _prose(text: str) -> str:
    """Return text in which nothing is Markdown, HTML or a link."""
    return _MARKS.sub(r"\\\g<0>", visible(text))


def _code(text: str) -> str:
    """Return text as a span of code, whatever backticks are in it."""
    fence = "`" * (_longest(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{visible(text)}{room}{fence}"


def _longest(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
