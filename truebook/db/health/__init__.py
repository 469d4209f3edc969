"""Health: what must be true of a database before Truebook starts on it, and what is worth a warning."""

from truebook.db.health.backlog import Jobs, backlog
from truebook.db.health.checkup import examine, refuse_if_broken, schema_findings
from truebook.db.health.finding import Finding
from truebook.db.health.lines import lines
from truebook.db.health.promises import Promises, promises
from truebook.db.health.readiness import ready

__all__ = [
    "Finding",
    "Jobs",
    "Promises",
    "backlog",
    "examine",
    "lines",
    "promises",
    "ready",
    "refuse_if_broken",
    "schema_findings",
]
