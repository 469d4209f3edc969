"""Checks any PostgreSQL (12 to 18) or SQLite database for the faults that made a booking desk lie.

Knows nothing of Truebook's own tables and code, so that a fault there cannot hide itself.
"""

from truebook.audit.findings import Finding, Report, Severity
from truebook.audit.run import Options, audit
from truebook.audit.sources import Limits, Unreadable

__all__ = ["Finding", "Limits", "Options", "Report", "Severity", "Unreadable", "audit"]
