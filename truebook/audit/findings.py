"""What an audit says: findings, the steps that mend them, and the report that holds both."""

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from truebook.audit.model import Engine


class Severity(IntEnum):
    """How much a finding matters: an error loses or corrupts data today, a warning will, a hint may."""

    INFO = 0
    HINT = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """Return the severity as it is written."""
        return self.name.lower()


class Order(IntEnum):
    """When a step may run: each kind needs the ones before it to be done."""

    FUNCTION = 10
    DEFAULT = 20
    QUARANTINE = 30
    TYPE = 40
    SPELLING = 50
    CONSTRAINT = 60
    VALIDATE = 70
    INDEX = 80
    DROP = 85
    SEQUENCE = 90


@dataclass(frozen=True)
class Edit:
    """A change to the text of one CREATE TABLE: SQLite can alter little else. Either a new default, or a constraint."""

    table: str
    column: str = ""
    default: str = ""
    constraint: str = ""


@dataclass(frozen=True)
class Step:
    """One statement (or a few that belong together) of a migration, run in a transaction of its own.

    `alone` marks what PostgreSQL refuses inside a transaction block; `edit` stands for a rebuild of an SQLite table;
    `depth` orders steps of one kind: tables that refer to others come after them.
    """

    sql: str | tuple[str, ...]
    order: Order
    why: str = ""
    alone: bool = False
    edit: Edit | None = None
    depth: int = 0
    brief: str = ""

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the statements one by one, as they are run: never two in one request to a server."""
        return (self.sql,) if isinstance(self.sql, str) else self.sql

    @property
    def text(self) -> str:
        """Return the statements as a script."""
        return "\n".join(self.statements)

    @property
    def short(self) -> str:
        """Return the step in a line or two, for people who only want to know what it does."""
        return self.brief or self.text


@dataclass(frozen=True)
class Finding:
    """One fault: where, what it means in a plain sentence, what proves it, and how to mend it.

    `fix` holds steps a machine may take; `advice` is SQL (or words) for a person to decide on.
    """

    table: str
    column: str
    meaning: str
    evidence: tuple[str, ...] = ()
    fix: tuple[Step, ...] = ()
    advice: str = ""
    severity: Severity | None = None
    rule: str = ""

    @property
    def place(self) -> str:
        """Return table.column, or the table alone."""
        return f"{self.table}.{self.column}" if self.column else self.table

    @property
    def level(self) -> Severity:
        """Return the severity; a finding that went through the registry always has one."""
        return Severity.INFO if self.severity is None else self.severity

    @property
    def fix_sql(self) -> str:
        """Return the fix as SQL text."""
        return "\n".join(step.text for step in self.fix) or self.advice

    @property
    def fix_in_brief(self) -> str:
        """Return the fix as SQL text, the long statements each as one line of comment."""
        return "\n".join(step.short for step in self.fix) or self.advice


@dataclass(frozen=True)
class Comparison:
    """One row of a parity table: the same thing in two databases."""

    table: str
    column: str
    aspect: str
    here: str
    there: str


@dataclass
class Report:
    """The outcome of one audit. `notes` tell what was sampled, skipped or could not be checked.

    `accepted` counts findings that a baseline knew, `mended` are places in it that are well now.
    """

    database: str
    engine: Engine
    version: str
    tables: int
    rows: int
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    allowed: int = 0
    accepted: int = 0
    mended: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity, the worst first."""
        counted = Counter(finding.level for finding in self.findings)
        return {severity: counted[severity] for severity in sorted(Severity, reverse=True)}

    def worst(self) -> Severity | None:
        """Return the highest severity found, or None where nothing was."""
        return max((finding.level for finding in self.findings), default=None)
