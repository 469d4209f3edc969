"""The list of rules: small functions with an id, a severity, engines, and a docstring that is their page."""

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
            yield replace(finding, rule=self.id, severity=severity)


RULES: dict[str, Rule] = {}


def rule(id: str, severity: Severity, engines: tuple[Engine, ...] = BOTH) -> Callable[[Judge], Judge]:
    """Enter a function into the list of rules."""

    def enter(judge: Judge) -> Judge:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        RULES[id] = Rule(id, severity, engines, judge, judge.__module__.rpartition(".")[2])
        return judge

    return enter
