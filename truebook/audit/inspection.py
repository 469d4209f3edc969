"""What a rule is given: the picture of the database, a way to ask it narrow questions, and what others worked out."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from truebook.audit import implied, parity, tenancy
from truebook.audit.findings import Comparison
from truebook.audit.model import Database
from truebook.audit.questions import Questions
from truebook.audit.stage import Stage


@dataclass
class Inspection(Questions):
    """One audit under way.

    `code` and `migrations` are folders of the application, `other` the database to compare with, `stage` the place
    where rows may be tried: each only where it was asked for.
    """

    code: Path | None = None
    migrations: Path | None = None
    other: Database | None = None
    stage: Stage | None = None

    @cached_property
    def links(self) -> tuple[implied.Link, ...]:
        """Return every reference between tables, declared or only meant, with its orphans counted."""
        return tuple(implied.links(self))

    @cached_property
    def depths(self) -> dict[str, int]:
        """Return by table how many references lie between it and a table that refers to nothing."""
        return implied.depths(self.links)

    @cached_property
    def tenants(self) -> tenancy.Tenancy:
        """Return which table holds the tenants and which column of each table names one."""
        return tenancy.detect(self.database, self.links)

    @cached_property
    def differences(self) -> tuple[Comparison, ...]:
        """Return how this database differs from the other one."""
        return tuple(parity.compare(self.database, self.other)) if self.other else ()
