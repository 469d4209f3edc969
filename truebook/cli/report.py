"""Findings as people read them: a line each, with a mark, and what to do about those that are not well."""

from collections.abc import Sequence

from rich.text import Text

from truebook.cli.terminal import out
from truebook.db.health import Finding


def show(findings: Sequence[Finding], *, healthy: str, advice: str) -> int:
    """Write the findings and what to type next; return the exit code."""
    for finding in findings:
        out(_line(finding))
        if not finding.ok:
            out(f"    {finding.fix}")
    out()
    out(advice if exit_code(findings) else healthy)
    return exit_code(findings)


def exit_code(findings: Sequence[Finding]) -> int:
    """Return 0 where all is well, else 1."""
    return 0 if all(finding.ok for finding in findings) else 1


def _line(finding: Finding) -> Text:
    if finding.ok:
        return Text.assemble(("✓ ", "green"), finding.name)
    mark, colour = ("✗ ", "red") if finding.fatal else ("! ", "yellow")
    return Text.assemble((mark, colour), (finding.name, "bold"), f": {finding.problem}")
