"""How severities look at a terminal."""

from truebook.audit.findings import Severity

LOOKS = {
    Severity.ERROR: ("✗", "bold red"),
    Severity.WARNING: ("!", "bold yellow"),
    Severity.HINT: ("·", "cyan"),
    Severity.INFO: ("i", "dim"),
}
