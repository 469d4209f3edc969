"""The report on one screen: each problem by how many places it has, the first three, and the command for the rest."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from truebook.audit.findings import Finding, Report, Severity
from truebook.audit.registry import RULES
from truebook.audit.report.marks import LOOKS
from truebook.audit.values import plural
from truebook.kernel.shown import visible

FIRST = 3
"""Places that are named of each problem."""
FEWEST, MOST = 12, 30
"""Lines for problems however low the window is, and at most."""
AROUND = 14
"""Lines of a screen that are not problems."""


@dataclass(frozen=True)
class Problem:
    """What one rule found, as one thing: its gravest severity and all its places, the gravest first."""

    rule: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Severity:
        """Return how much the gravest of them matters."""
        return max(finding.level for finding in self.findings)

    @property
    def places(self) -> list[str]:
        """Return where it was found, each place once."""
        return list(dict.fromkeys(_place(finding) for finding in self.findings))

    @property
    def title(self) -> str:
        """Return what is wrong, without what comes of it."""
        return RULES[self.rule].title.partition(":")[0].rstrip(".")

    @property
    def consequence(self) -> str:
        """Return what comes of it, where the rule says so."""
        return RULES[self.rule].title.partition(": ")[2]


def problems(report: Report, *, hints: bool = True) -> list[Problem]:
    """Return the findings by rule, the gravest and then the most frequent first; without hints those are left out."""
    shown = [finding for finding in report.findings if hints or finding.level >= Severity.WARNING]
    by_rule = sorted(shown, key=lambda finding: (finding.rule, -finding.level))
    found = [Problem(rule, tuple(group)) for rule, group in groupby(by_rule, key=lambda finding: finding.rule)]
    return sorted(found, key=lambda problem: (-problem.level, -len(problem.findings), problem.rule))


def screen(report: Report, console: Console, *, hints: bool) -> Iterator[Text]:
    """Yield the lines of one screen; what has no room is counted and named."""
    found = problems(report, hints=hints)
    room = max(FEWEST, min(MOST, console.height - AROUND)) if console.is_terminal else MOST
    while found and (lines := _problem(found[0], console.width)) and len(lines) <= room:
        yield from lines
        room -= len(lines)
        found = found[1:]
    if found:
        told = ", ".join(f"{problem.rule} {len(problem.findings)}" for problem in found)
        yield Text.assemble(("And ", "bold"), told)
    yield Text()


def _problem(problem: Problem, width: int) -> list[Text]:
    sign, style = LOOKS[problem.level]
    count = plural(len(problem.findings), "place")
    title = _cut(problem.title, width - len(count) - 4)
    head = Text.assemble((f"{sign} ", style), (title, "bold"), " " * (width - len(title) - len(count) - 2), count)
    places = textwrap.wrap(first(problem), width - 2)
    more = len(problem.findings) - FIRST
    rest = f"{f'{more:,} more' if more > 0 else 'in full'}: --rule {problem.rule}"
    return [head, *(Text(f"  {line}") for line in places), Text(f"  {rest}", style="dim")]


def first(problem: Problem) -> str:
    """Return the first places of a problem in one line."""
    return ", ".join(problem.places[:FIRST]) + (" …" if len(problem.places) > FIRST else "")


def _place(finding: Finding) -> str:
    several = ", " in finding.column
    return visible(f"{finding.table} ({finding.column})" if several else finding.place)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"
