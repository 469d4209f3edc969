"""The report as Markdown, to be kept beside the code or pasted into an issue."""

from collections.abc import Iterator

from truebook.audit.findings import Comparison, Finding, Report
from truebook.audit.values import plural


def as_markdown(report: Report) -> str:
    """Return the report as a Markdown page."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# Audit of {report.database}"
    yield f"\n{report.engine} {report.version}: {plural(report.tables, 'table')}, {plural(report.rows, 'row')}.\n"
    yield "| severity | findings |\n|---|---|"
    yield from (f"| {severity.word} | {count} |" for severity, count in report.counts().items())
    for finding in report.findings:
        yield from _finding(finding)
    if report.comparisons:
        yield from _parity(report.comparisons)
    if report.notes:
        yield "\n## Notes\n"
        yield from (f"- {note}" for note in report.notes)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"\n## {finding.level.word}: {finding.place} ({finding.rule})\n"
    yield f"{finding.meaning}\n"
    yield from (f"- `{line}`" for line in finding.evidence)
    if finding.fix_sql:
        yield f"\n```sql\n{finding.fix_sql}\n```"


def _parity(comparisons: list[Comparison]) -> Iterator[str]:
    yield "\n## Here and there\n\n| table | column | aspect | here | there |\n|---|---|---|---|---|"
    for one in comparisons:
        yield f"| {one.table} | {one.column} | {one.aspect} | {one.here} | {one.there} |"
