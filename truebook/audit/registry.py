"""The list of rules: small functions with an id, a severity, engines, and a docstring that is their page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Engine

Judge = Callable[[Inspection], Iterator[Finding]]
BOTH: tuple[Engine, ...] = ("postgresql", "sqlite")
POSTGRESQL: tuple[Engine, ...] = ("postgresql",)
SQLITE: tuple[Engine, ...] = ("sqlite",)


@dataclass(frozen=True)
class Rule:
    """One thing an audit looks for. The docstring's first sentence is the title, the rest the page."""

    id: str
    severity: Severity
    engines: tuple[Engine, ...]
    judge: Judge
    family: str

    @property
    def title(self) -> str:
        """Return what the rule finds, in one sentence."""
        return (self.judge.__doc__ or "").strip().splitlines()[0]

    def findings(self, inspection: Inspection) -> Iterator[Finding]:
        """Yield what the rule finds, signed with its id and, unless it says otherwise, its severity."""
        for finding in self.judge(inspection):
            severity = self.severity if finding.severity is None else finding.severity
            advice = finding.advice if inspection.is_postgres else _for_sqlite(finding.advice)
            yield replace(finding, rule=self.id, severity=severity, advice=advice)


RULES: dict[str, Rule] = {}
_ALTERS = re.compile(
    r"ALTER TABLE (\S+) ((?:ADD (?:CHECK|FOREIGN|PRIMARY|EXCLUDE)|ALTER COLUMN|DROP CONSTRAINT)[^;]*);?"
)


def _for_sqlite(advice: str) -> str:
    """Return advice that SQLite can follow: it alters no constraints and has no regular expressions."""
    plain = advice.replace(" NOT VALID", "").replace("'^\\+[1-9][0-9]{6,14}$'", "'+[1-9]*'").replace(" ~ ", " GLOB ")
    if "EXCLUDE USING" in plain:
        return "-- SQLite has no exclusion constraints: a trigger BEFORE INSERT and UPDATE must refuse what overlaps"
    return _ALTERS.sub(r"-- rebuild \1 with: \2", plain)


def rule(id: str, severity: Severity, engines: tuple[Engine, ...] = BOTH) -> Callable[[Judge], Judge]:
    """Enter a function into the list of rules."""

    def enter(judge: Judge) -> Judge:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        RULES[id] = Rule(id, severity, engines, judge, judge.__module__.rpartition(".")[2])
        return judge

    return enter
