"""The rules, one module per family. Importing this package fills the registry."""

from truebook.audit.rules import (
    canaries,
    checks,
    constraints,
    contents,
    defaults,
    indexes,
    intervals,
    ledgers,
    references,
    security,
    sequences,
    spelling,
    statuses,
    tenants,
    times,
    twins,
)

__all__ = [
    "canaries",
    "checks",
    "constraints",
    "contents",
    "defaults",
    "indexes",
    "intervals",
    "ledgers",
    "references",
    "security",
    "sequences",
    "spelling",
    "statuses",
    "tenants",
    "times",
    "twins",
]
